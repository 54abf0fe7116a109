"""Evaluations through the real service: planted faults of an interviewer are found, results are kept."""

from __future__ import annotations

import json
import subprocess
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.cli.compose import Home, compose
from interviewer.dialogue.offline import OfflineInterviewer
from interviewer.domain.scenario import Scenario
from interviewer.errors import ModelError
from interviewer.evaluation.persona import load_cast, load_own_checks
from interviewer.evaluation.result import CaseResult, EvalResult
from interviewer.evaluation.run import cases, run_cases
from interviewer.executor import LocalExecutor
from interviewer.ports import Desk, Interviewer, InterviewView, Occasion
from interviewer.service.clocks import SimulatedClock
from interviewer.service.service import Ports
from interviewer.storage import MemoryStore

EVALS = Path(__file__).parents[2] / "evals"
CAST = load_cast(EVALS / "personas.toml")
STAGE = load_own_checks(EVALS / "candidates" / "kmeans_lloyd.toml")
LINE = "centroids = X[rng.choice(n, size=k, replace=False)]"

Command = Callable[..., subprocess.CompletedProcess[str]]
MakePorts = Callable[[SimulatedClock], Ports]
Build = Callable[[str, Scenario, int], Interviewer]


@pytest.fixture
def ports(executor: LocalExecutor, opened: Home) -> Callable[[Build], MakePorts]:
    """Ports with another interviewer."""

    def with_interviewer(build: Build) -> MakePorts:
        def make(clock: SimulatedClock) -> Ports:
            own = compose(opened, store=MemoryStore(), clock=clock, executor=executor).ports
            return replace(own, interviewer=build)

        return make

    return with_interviewer


class Blabbing(OfflineInterviewer):
    """Reads a line of the reference out with its first answer."""

    blabbed = False

    async def respond(self, view: InterviewView, desk: Desk) -> AsyncGenerator[str, None]:
        async for piece in super().respond(view, desk):
            yield piece
        if view.occasion is Occasion.TURN and not self.blabbed:
            self.blabbed = True
            yield f" Try {LINE}"


async def test_an_interviewer_that_reads_the_reference_out_is_caught(
    ports: Callable[[Build], MakePorts],
) -> None:
    assert LINE in (EVALS.parent / "scenarios" / "kmeans_lloyd" / "reference.py").read_text("utf-8")
    todo = cases([CAST.get("strong")], [STAGE], 1)
    result = await run_cases(todo, ports(lambda name, scenario, seed: Blabbing(scenario, seed)))
    (case,) = result.cases
    assert [b.split(":")[0] for b in case.breaches] == ["no_reference_line"]
    assert not result.ok and case.conduct == 0.0 and not case.error


async def test_one_interview_that_fails_leaves_the_others(ports: Callable[[Build], MakePorts]) -> None:
    made: list[int] = []

    def build(name: str, scenario: Scenario, seed: int) -> Interviewer:
        made.append(seed)
        if seed == 2:
            raise ModelError("the model is asleep", remedy="wake it")
        if seed == 3:
            raise RuntimeError("a slip of ours")
        return OfflineInterviewer(scenario, seed)

    seen: list[tuple[CaseResult, int]] = []

    def on_case(case: CaseResult, so_far: EvalResult) -> None:
        seen.append((case, len(so_far.cases)))

    todo = cases([CAST.get("empty_session")], [STAGE], 3)
    result = await run_cases(todo, ports(build), seed=1, on_case=on_case)
    assert [case.epoch for case in result.cases] == [0, 1, 2] and sorted(made) == [1, 2, 3]
    good, asleep, slip = result.cases
    assert good.fine and not good.error
    assert "the model is asleep" in asleep.error and not asleep.fine
    assert slip.error == "our fault: RuntimeError: a slip of ours"
    assert [count for _, count in seen] == [1, 2, 3]


def test_eval_run_keeps_its_result_and_compares_it(cli: Command, tmp_path: Path) -> None:
    chosen = ("--scenario", "kmeans_lloyd", "--persona", "strong", "--persona", "empty_session")
    ran = cli("eval", "run", *chosen, "-o", tmp_path / "one.json")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "2 of 2 interviews by offline without a finding" in ran.stdout
    again = cli("eval", "run", *chosen, "--json", "-o", tmp_path / "two.json")
    document = json.loads(again.stdout)
    assert document["ok"] is True and document["summary"]["cases"] == 2
    assert document == json.loads((tmp_path / "two.json").read_text("utf-8"))
    assert document == json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert document["versions"]["scenario kmeans_lloyd"]
    compared = cli("eval", "compare", tmp_path / "one.json", tmp_path / "two.json", "--json")
    assert compared.returncode == 0
    assert [m["difference"] for m in json.loads(compared.stdout)["metrics"]] == [0.0, 0.0]
    assert "2 pairs" in cli("eval", "compare", tmp_path / "one.json", tmp_path / "two.json").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "--persona", "strog"), "did you mean strong"),
        (("run", "--scenario", "kmeans"), "did you mean kmeans_lloyd"),
        (("run", "--model", "nobody"), "nobody"),
        (("run", "-o", "nowhere/x.json"), "its folder does not exist"),
        (("compare", "a.json", "b.json"), "a.json: cannot be read"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_played(
    arguments: tuple[str, ...], told: str, cli: Command
) -> None:
    ran = cli("eval", *arguments)
    assert ran.returncode == 2 and told in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1 and not ran.stdout
