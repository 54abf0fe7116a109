"""Playing many interviews with one interviewer and noting what became of each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.domain import events as ev
from interviewer.errors import InterviewerError
from interviewer.evaluation.conduct import Conducted, breaches
from interviewer.evaluation.persona import OwnChecks, Persona
from interviewer.evaluation.play import Played, play
from interviewer.evaluation.result import CaseResult, EvalResult
from interviewer.service.clocks import SimulatedClock
from interviewer.service.service import Ports

OnCase = Callable[[CaseResult, EvalResult], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One interview to play; each epoch has a seed of its own."""

    persona: Persona
    own: OwnChecks
    epoch: int


def cases(personas: Sequence[Persona], scenarios: Sequence[OwnChecks], epochs: int) -> list[Case]:
    """Every persona in every scenario, `epochs` times; whole epochs first."""
    return [
        Case(persona=persona, own=own, epoch=epoch)
        for epoch in range(epochs)
        for own in scenarios
        for persona in personas
    ]


async def run_cases(
    todo: Sequence[Case],
    make_ports: Callable[[SimulatedClock], Ports],
    *,
    interviewer: str = "offline",
    seed: int = 1,
    at_a_time: int = 4,
    on_case: OnCase | None = None,
) -> EvalResult:
    """Play all cases, some at a time; `on_case` gets each with the result so far, in the order of `todo`.

    What fails in a case is noted there and the others are played.
    """
    turns = asyncio.Semaphore(max(1, at_a_time))
    versions: dict[str, str] = {}
    found: dict[int, CaseResult] = {}

    def so_far() -> EvalResult:
        return EvalResult(
            interviewer=interviewer,
            seed=seed,
            versions=dict(sorted(versions.items())),
            cases=tuple(found[number] for number in sorted(found)),
        )

    async def one(number: int, case: Case) -> None:
        async with turns:
            try:
                played = await play(
                    case.persona, case.own.scenario, case.own, make_ports,
                    seed=seed + case.epoch, interviewer=interviewer,
                )  # fmt: skip
            except InterviewerError as error:
                found[number] = _failed(case, str(error))
            except Exception as error:  # an evaluation of hours must not be lost to one interview
                found[number] = _failed(case, f"our fault: {type(error).__name__}: {error}")
            else:
                found[number] = judged(case, played)
                versions.update(_versions(played))
            if on_case:
                on_case(found[number], so_far())

    async with asyncio.TaskGroup() as group:
        for number, case in enumerate(todo):
            group.create_task(one(number, case))
    return so_far()


def judged(case: Case, played: Played) -> CaseResult:
    """What is to be noted of a finished interview."""
    reference = (Path(played.scenario.path) / "reference.py").read_text(encoding="utf-8")
    calls = [e for e in played.log if isinstance(e, ev.ModelCalled)]
    requests = [e for e in calls if e.role != "note"]
    return CaseResult(
        persona=case.persona.id,
        scenario=case.own.scenario,
        epoch=case.epoch,
        levels={name: level.value if level else None for name, level in played.levels().items()},
        expected=len(case.persona.expected),
        out_of_range=played.out_of_range(),
        breaches=tuple(breaches(Conducted(log=played.log, scenario=played.scenario, reference=reference))),
        dropped_claims=played.scorecard.dropped_claims,
        calls=len(requests),
        failed_calls=sum(bool(e.error) for e in calls),
        tokens=sum(e.input_tokens + e.output_tokens for e in requests),
        replaced=any(isinstance(e, ev.InterviewerChanged) for e in played.log),
    )


def _failed(case: Case, why: str) -> CaseResult:
    return CaseResult(
        persona=case.persona.id,
        scenario=case.own.scenario,
        epoch=case.epoch,
        expected=len(case.persona.expected),
        error=why,
    )


def _versions(played: Played) -> dict[str, str]:
    started = next(e for e in played.log if isinstance(e, ev.SessionStarted))
    shared = {name: value for name, value in started.versions.items() if name != "scenario"}
    return {**shared, f"scenario {started.scenario}": started.digest}
