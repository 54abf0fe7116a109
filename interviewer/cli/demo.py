"""`interviewer demo`: a scripted candidate, everything else as in earnest."""

from __future__ import annotations

import asyncio
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from interviewer.cli.compose import compose, open_home
from interviewer.cli.console import Console
from interviewer.cli.plain import PlainSession
from interviewer.cli.raters import readable
from interviewer.domain.rubric import Seniority
from interviewer.errors import ContentError, Problem
from interviewer.service.clocks import SimulatedClock
from interviewer.storage import MemoryStore

SCRIPT = Path("demo") / "kmeans_lloyd.toml"
READING_CHARACTERS = 30.0  # a second
LONGEST_PAUSE = 4.0

_KEYS = ("format", "scenario", "company", "level", "minutes", "seed", "self_rating", "answers", "steps")
_DEEDS = ("say", "code", "do")


def demo(extra: Sequence[Path], *, slow: bool, keep: bool) -> int:
    """Play the script to its report."""
    from interviewer.content import own_root
    from interviewer.reports import render

    home = open_home(extra)
    script = load_script(own_root().evals / SCRIPT)
    clock = SimulatedClock()
    service = compose(home, clock=clock, store=None if keep else MemoryStore())
    try:
        interview = service.start(
            script["scenario"], company=script["company"], seniority=Seniority(script["level"]),
            minutes=float(script["minutes"]), seed=int(script["seed"]),
        )  # fmt: skip
        console = SlowConsole() if slow else Console()
        session = PlainSession(
            interview,
            rubric=service.ports.library.rubric(interview.scenario.rubric),
            lines=ScriptedLines(
                script,
                heard=lambda: console.reply,
                ended=lambda: interview.state.ended is not None,
            ),
            console=console,
            report=lambda held, card: readable(render(card, held.log)),
            simulated=clock,
            echo=True,
        )
        try:
            asyncio.run(session.hold())
        finally:
            interview.close()
    finally:
        service.close()
    return 0


class SlowConsole(Console):
    """Writes at the pace of reading."""

    def _write(self, text: str) -> None:
        super()._write(text)
        time.sleep(min(LONGEST_PAUSE, len(text) / READING_CHARACTERS))


class ScriptedLines:
    """What the candidate of a script types: answers to what was just asked, else the next step.

    `heard` gives the interviewer's last reply, `ended` whether the interview is over: then the
    candidate rates themselves.
    """

    interactive = False

    def __init__(
        self, script: Mapping[str, Any], *, heard: Callable[[], str], ended: Callable[[], bool]
    ) -> None:
        self._steps = iter(script["steps"])
        self._answers = list(script["answers"])
        self._self_rating: str | None = script["self_rating"]
        self._waiting: list[str] = []
        self._heard = heard
        self._ended = ended

    async def next(self, patience: float) -> str | None:
        """The next line."""
        if self._ended():
            rating, self._self_rating = self._self_rating, None
            return rating
        if not self._waiting:
            self._waiting = self._typed()
        return self._waiting.pop(0) if self._waiting else None

    def _typed(self) -> list[str]:
        asked = self._heard()
        for answer in self._answers:
            if answer["asked"] in asked:
                self._answers.remove(answer)
                return step_lines(answer)
        step = next(self._steps, None)
        return step_lines(step) if step is not None else []


def step_lines(step: Mapping[str, Any]) -> list[str]:
    """One step as the lines a candidate would type."""
    lines = [f"/wait {step['wait']:g}s"]
    if "say" in step:
        text = step["say"]
        return [*lines, f"/{text}" if text.startswith("/") else text]
    if "code" in step:
        return [*lines, "/code", *step["code"].strip("\n").split("\n"), "."]
    return [*lines, f"/{step['do']}"]


def load_script(path: Path) -> dict[str, Any]:
    """Read a script; raises ContentError with every problem."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContentError([Problem(str(path), f"cannot be read ({error})")]) from None
    problems = [Problem(str(path), "is unknown", key=key) for key in data if key not in _KEYS]
    problems += [Problem(str(path), "is missing", key=key) for key in _KEYS if key not in data]
    for number, step in enumerate(data.get("steps", [])):
        deeds = [deed for deed in _DEEDS if deed in step]
        if set(step) != {"wait", *deeds} or len(deeds) != 1:
            problems.append(Problem(str(path), "needs wait and one of say, code, do", key=f"steps[{number}]"))
    for number, answer in enumerate(data.get("answers", [])):
        if set(answer) != {"asked", "wait", "say"}:
            problems.append(Problem(str(path), "needs asked, wait and say", key=f"answers[{number}]"))
    if problems:
        raise ContentError(problems)
    return data
