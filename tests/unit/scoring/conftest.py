"""Real logs for the scorer: built through the session machine, turns understood by the real matcher."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import count
from typing import Any, Protocol

import pytest

from interviewer.content.catalogue import Catalogue
from interviewer.content.rubrics import load_rubric
from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import Phase, plan_for
from interviewer.domain.rubric import Rubric, Seniority
from interviewer.domain.scenario import Scenario
from interviewer.domain.session import SessionState, decide, evolve, sha
from interviewer.domain.test_run import (
    CheckGrade,
    OwnCheck,
    OwnTestGrade,
    ProgramRun,
    Recognition,
    RunPurpose,
    TestResult,
    TestRun,
    Verdict,
    worst,
)
from interviewer.matching import Context, FactMatcher, understand
from interviewer.matching.turn import guard

CODE = '''import numpy as np


def squared_distances(X, C):
    return ((X[:, None] - C[None]) ** 2).sum(-1)


def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):
    """Group the rows of X into k segments; returns (labels, centroids, inertia)."""
    X = np.array(X, dtype=float)
    if not 1 <= k <= len(X):
        raise ValueError("k must be between 1 and the number of rows")
    rng = np.random.default_rng(seed)
    C = X[rng.permutation(len(X))[:k]]
    for _ in range(max_iter):
        D = squared_distances(X, C)
        labels = D.argmin(axis=1)
        moved = C.copy()
        for j in range(k):
            rows = labels == j
            moved[j] = X[rows].mean(axis=0) if rows.any() else X[D.min(axis=1).argmax()]
        shift = np.linalg.norm(moved - C, axis=1).max()
        C = moved
        if shift < tol:
            break
    D = squared_distances(X, C)
    return D.argmin(axis=1), C, float(D.min(axis=1).sum())
'''
CHECKS = """

if __name__ == "__main__":
    assert kmeans([[0, 0], [0, 2]], 1)[2] == 2.0
    assert kmeans([[1, 1], [1, 1], [5, 5]], 2, seed=1)[2] == 0.0
    assert kmeans([[3, 3], [3, 3]], 2)[1].tolist() == [[3, 3], [3, 3]]
"""


def source(text: str, upto: int) -> str:
    """The first lines of a source text."""
    return "\n".join(text.splitlines()[:upto]) + "\n"


@lru_cache(maxsize=8)
def scenario_called(name: str) -> Scenario:
    """A shipped scenario."""
    return Catalogue().get(name)


@lru_cache(maxsize=8)
def matcher_for(name: str) -> FactMatcher:
    """Its matcher, built once."""
    scenario = scenario_called(name)
    return FactMatcher(scenario.facts, f"{scenario.brief} {' '.join(scenario.signatures)}")


class Tape:
    """Plays commands into a log. Times are session seconds, moved on with `wait`."""

    def __init__(
        self, scenario: Scenario, *, seniority: Seniority = Seniority.MID, code_runs: bool = True,
        minutes: int = 45, guarded: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self.scenario, self.at = scenario, 0.0
        self.events: list[ev.SessionEvent] = []
        self.state = SessionState()
        self.matcher = matcher_for(scenario.id)
        self.guarded = guard(tuple(guarded))
        self.do(
            cmd.Begin(
                session="s1", scenario=scenario.id, digest=scenario.digest, interview=scenario.kind,
                company="free", seniority=seniority, plan=plan_for(scenario.kind, minutes),
                code_runs=code_runs, seed=0, interviewer="offline", started_at="2026-01-01T00:00:00Z",
                starter=scenario.starter, libraries=scenario.libraries, versions={"prompts": "1"},
                outline=ev.ScenarioOutline(
                    facts=tuple(f.id for f in scenario.facts),
                    essential=tuple(f.id for f in scenario.facts if f.essential),
                    hints=len(scenario.hints), follow_ups=tuple(f.id for f in scenario.follow_ups),
                    interjections=tuple(i.id for i in scenario.interjections),
                ),
            )
        )  # fmt: skip

    @property
    def log(self) -> tuple[ev.SessionEvent, ...]:
        return tuple(self.events)

    def do(self, command: cmd.Command) -> tuple[ev.SessionEvent, ...]:
        made = decide(self.state, command, self.at)
        for event in made:
            self.events.append(event)
            self.state = evolve(self.state, event)
        return made

    def wait(self, seconds: float) -> None:
        self.at += seconds

    def say(self, text: str, *, pending: bool = False) -> int:
        """A turn, understood, its facts disclosed, and answered."""
        turn = self.do(cmd.Say(text))[0].seq
        phase = self.state.phase or Phase.CLARIFY
        reading = understand(text, self.matcher, Context(phase=phase, pending=pending, guarded=self.guarded))
        self.do(cmd.Classify(turn, reading.act, reading.segments))
        for fact_id in reading.facts:
            fact = self.scenario.fact(fact_id)
            segment = next(s for s in reading.segments if s.fact == fact_id)
            if fact is None or fact_id in self.state.facts:
                continue
            via = ev.Via.ASKED
            if segment.act is ev.Act.ASSUMPTION:
                agrees = self.matcher.agrees(fact_id, segment.text)
                via = ev.Via.CONFIRMED if agrees else ev.Via.CORRECTED
            self.do(cmd.Disclose(fact_id, fact.topic, fact.answer, via, turn))
        self.wait(2)
        self.do(cmd.Speak("All right.", turn))
        return turn

    def phase(self, phase: Phase) -> None:
        self.do(cmd.EnterPhase(phase, ev.EnteredBy.CANDIDATE))

    def code(self, text: str) -> int:
        made = self.do(cmd.EditCode(text))
        return made[0].seq if made else self.state.seq

    def run(
        self, purpose: RunPurpose = RunPurpose.VISIBLE, failing: Iterable[str] = (),
        recognition: Recognition | None = None, message: str = "values differ", line: int | None = 16,
    ) -> int:  # fmt: skip
        bad = set(failing)
        tests = self.scenario.visible() if purpose is RunPurpose.VISIBLE else self.scenario.tests
        results = tuple(
            TestResult(
                name=t.name, tier=t.tier, hidden=t.hidden,
                verdict=Verdict.FAILED if t.name in bad else Verdict.PASSED,
                message=message if t.name in bad else "", line=line if t.name in bad else None, fact=t.fact,
            )
            for t in tests
        )  # fmt: skip
        run = TestRun(
            scenario=self.scenario.id, seed=0, source_sha=sha(self.state.code),
            verdict=worst([r.verdict for r in results]), results=results, recognition=recognition,
        )  # fmt: skip
        return self.do(cmd.RecordTests(purpose, run))[0].seq

    def program(self, checks: Iterable[str] = (), stdout: str = "", *, fails: bool = False) -> int:
        verdict = Verdict.FAILED if fails else Verdict.PASSED
        made = tuple(
            OwnCheck(name=f"check {n}", line=n, text=text, verdict=verdict, calls=True, inputs=text)
            for n, text in enumerate(checks, 1)
        )
        run = ProgramRun(source_sha=sha(self.state.code), verdict=verdict, stdout=stdout, checks=made)
        return self.do(cmd.RecordProgram(run))[0].seq

    def grade(self, checks: Iterable[tuple[str, bool, tuple[str, ...]]]) -> int:
        made = tuple(
            CheckGrade(name=f"check {n}", line=n, right=right, kills=kills, inputs=text, text=text)
            for n, (text, right, kills) in enumerate(checks, 1)
        )
        killed = len({k for c in made for k in c.kills})
        grade = OwnTestGrade(
            source_sha=sha(self.state.code), mutants=len(self.scenario.mutants), killed=killed, checks=made
        )
        return self.do(cmd.RecordGrade(grade))[0].seq

    def interject(self, trigger: str, line: str) -> int:
        seq = self.do(cmd.Interject(trigger, "seen in the code", line))[0].seq
        self.do(cmd.Speak(line))
        return seq

    def probe(self, decision: str) -> None:
        question = next(d.question for d in self.scenario.decisions if d.id == decision)
        self.do(cmd.ProbeDecision(decision, question))
        self.do(cmd.Speak(question))

    def follow_up(self, name: str) -> int:
        question = next(f.question for f in self.scenario.follow_ups if f.id == name)
        seq = self.do(cmd.AskFollowUp(name, question))[0].seq
        self.do(cmd.Speak(question))
        return seq

    def hint(self) -> None:
        self.do(cmd.ServeHint(self.scenario.hints))

    def end(self, reason: ev.EndReason = ev.EndReason.CANDIDATE) -> None:
        self.do(cmd.End(reason))


ASSERTS = tuple(line.strip() for line in CHECKS.splitlines() if "assert" in line)
ALL: frozenset[str] = frozenset({"*"})


def strong_session(
    rubric: Rubric,
    *,
    voice: Callable[[str], str] = lambda text: text,
    aside: Callable[[Tape], None] = lambda tape: None,
    code: str = CODE,
    comment: str = "",
    failing: frozenset[str] = frozenset(),
    seniority: Seniority = Seniority.MID,
    skip: frozenset[int] = frozenset(),
) -> Tape:
    """A strong candidate on k-means; `voice` transforms each turn, `aside` adds turns between them.

    `skip` leaves turns out by their number, which makes a candidate of the middle.
    `failing` names the tests every full run fails (`ALL`: every one), `comment` goes into the code.
    """
    scenario = scenario_called("kmeans_lloyd")
    texts = [lv.text for s in rubric.signals for lv in s.levels]
    tape = Tape(scenario, seniority=seniority, guarded=texts)
    bad = [t.name for t in scenario.tests] if failing == ALL else sorted(failing)
    visible = [t.name for t in scenario.visible() if t.name in bad]

    numbers = count()

    def say(text: str, *, pending: bool = False) -> None:
        if next(numbers) in skip:
            tape.wait(15)
            return
        tape.say(voice(text), pending=pending)
        aside(tape)
        tape.wait(15)

    tape.do(cmd.Speak("Write k-means from scratch, please."))
    tape.wait(20)
    say("What is X exactly, a NumPy array of floats, and can it have missing values?")
    say("Who chooses the number of groups k, and what if k is larger than the number of rows?")
    say("How should the first centroids be picked, and does the seed make it reproducible?")
    say("When do the rounds stop, a tolerance on the centroids or a maximum number of iterations?")
    say("What should happen when a cluster ends up with no points?")
    say("And what should the function return: labels, centroids and inertia?")
    say(
        "So to restate: k random rows as the start with the seed, stop when no centroid moved "
        "by tol or after "
        "max_iter, and an empty cluster moves to the farthest point."
    )
    tape.phase(Phase.OUTLINE)
    tape.wait(20)
    say(
        "My plan: first check k and copy the input, then pick random rows, then alternate "
        "assigning each point "
        "to the nearest centroid and moving each centroid to the mean, then stop on the tolerance."
    )
    tape.phase(Phase.IMPLEMENT)
    tape.wait(60)
    tape.code(source(code, 6) + comment)
    say(
        "I write squared_distances as a helper of its own because it is needed in the loop and again at the "
        "end, so I can test it alone."
    )
    say("I use squared distances, no root, because it is monotone, so the nearest centroid is the same.")
    tape.wait(100)
    tape.code(source(code, 14) + comment)
    say(
        "X goes into a float copy at the top, because the mean of integers would be truncated "
        "and the caller's "
        "array must not change."
    )
    tape.wait(120)
    tape.code(source(code, 21) + comment)
    tape.interject("mean_of_nothing", "What happens on that line if no label equals j?")
    tape.wait(10)
    say(
        "If no label equals j then rows is empty and the mean is NaN, so I re-seed the empty group at the "
        "farthest point, because the caller asked for k groups and that point lowers the inertia most.",
        pending=True,
    )
    tape.code(code + comment)
    say("The new centroid is the mean because for fixed labels it minimises the squared error of its group.")
    tape.wait(100)
    say("I stop on tol, not on equality, since float sums differ in the last digits and may never be equal.")
    tape.code(code + comment + "\n")
    tape.phase(Phase.TEST)
    tape.run(RunPurpose.VISIBLE, visible)
    tape.wait(30)
    say("For X = [[0, 0], [0, 2]] and k = 1 the centroid is [0, 1] and the inertia should be 2.")
    tape.code(code + comment + CHECKS)
    tape.program(ASSERTS)
    tape.wait(60)
    say("With [[3, 3], [3, 3]] and k = 2 one cluster is empty, so both centroids must be [3, 3].")
    tape.run(RunPurpose.SUBMIT, bad)
    tape.wait(20)
    tape.follow_up("never_worse")
    say(
        "For fixed labels the mean minimises the squared error, and assigning to the nearest centroid cannot "
        "raise it. It is bounded below by zero, so it converges, but only to a local optimum.",
        pending=True,
    )
    tape.follow_up("ten_million")
    say(
        "I would compute the distances in chunks to save memory, use mini-batch updates, and a "
        "better start like "
        "k-means++ with several restarts.",
        pending=True,
    )
    tape.phase(Phase.TEST)
    tape.wait(20)
    say("I am happy with it, that is it from my side.")
    tape.end()
    tape.grade(
        [
            (ASSERTS[0], True, ("returns_root",)),
            (ASSERTS[1], True, ("empty_keeps_place",)),
            (ASSERTS[2], True, ("empty_nan", "empty_keeps_place")),
        ]
    )
    tape.run(RunPurpose.FINAL, bad)
    return tape


class MakeTape(Protocol):
    def __call__(self, **options: Any) -> Tape: ...


class MakeStrong(Protocol):
    def __call__(self, **options: Any) -> Tape: ...


@pytest.fixture
def kmeans() -> Scenario:
    return scenario_called("kmeans_lloyd")


@pytest.fixture
def coding() -> Rubric:
    return load_rubric("ml_coding")


@pytest.fixture
def new_tape(kmeans: Scenario) -> MakeTape:
    """A fresh tape on k-means."""
    return lambda **options: Tape(options.pop("scenario", kmeans), **options)


@pytest.fixture
def strong(coding: Rubric) -> MakeStrong:
    """The strong candidate's session, see `strong_session`."""
    return lambda **options: strong_session(coding, **options)
