"""Technical skills: shares of tests, the candidate's own checks, forbidden libraries, leaks, hints."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.domain import events as ev
from interviewer.domain.scenario import Scenario
from interviewer.domain.test_run import CheckGrade, RunPurpose, TestRun, Tier, Verdict
from interviewer.scoring.evidence.code import forbidden_imports
from interviewer.scoring.evidence.leaks import leaks
from interviewer.scoring.evidence.text import numbers
from interviewer.scoring.evidence.traces import Trace
from interviewer.scoring.evidence.view import LogView, Timed


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCheckFound:
    """One distinct check of the candidate's own with a right expected value."""

    key: str
    text: str
    events: tuple[int, ...]
    edge: bool = False
    kills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """All evidence for technical skills; `run` is what the code is judged by, None when nothing ran."""

    run: TestRun | None
    run_seq: int
    final: TestRun | None
    final_seq: int
    core: float
    edge: float
    stretch: float | None
    checks: tuple[OwnCheckFound, ...]
    wrong_checks: tuple[tuple[int, CheckGrade], ...]
    forbidden: tuple[tuple[str, int], ...]
    leak_left: tuple[int, ...]
    leak_fixed: tuple[int, ...]
    hints: tuple[int, ...]
    hint_level: int
    unassessed: str = ""


def execution(view: LogView, traces: tuple[Trace, ...]) -> Execution:
    """Evidence for technical skills."""
    allowed = frozenset((*view.scenario.libraries, *view.started.libraries))
    forbidden = forbidden_imports(view.code, allowed)
    judged = _judged(view, allowed, bool(forbidden))
    ends = view.runs(RunPurpose.FINAL) or view.runs(RunPurpose.SUBMIT)
    final = ends[-1] if ends else None
    run = judged[1].run if judged else None
    core, edge = _shares(run)
    hints = view.of(ev.HintServed)
    refused = [
        t.seq
        for t in view.of(ev.MoveRefused)
        if isinstance(t.event, ev.MoveRefused) and t.event.move.startswith("hint(")
    ]
    graded, wrong = _graded(view)
    return Execution(
        run=run,
        run_seq=judged[0].seq if judged else 0,
        final=final[1].run if final else None,
        final_seq=final[0].seq if final else 0,
        core=core,
        edge=edge,
        stretch=run.share(Tier.STRETCH) if run else None,
        checks=_distinct(graded, (*_stated(view, core), *_traced(view, traces, core))),
        wrong_checks=wrong,
        forbidden=forbidden,
        leak_left=_leak_left(view, final),
        leak_fixed=_leak_fixed(view, final),
        hints=tuple(sorted((*(t.seq for t in hints), *refused))),
        hint_level=max((t.event.rung for t in hints if isinstance(t.event, ev.HintServed)), default=0),
        unassessed=_unassessed(view, run),
    )


def _judged(view: LogView, allowed: frozenset[str], forbidden_now: bool) -> tuple[Timed, ev.TestsRan] | None:
    """The best submission: most core, then edge, then stretch tests; the earliest of equals.

    A submission that used a forbidden library does not count once the library is gone.
    """
    best: tuple[Timed, ev.TestsRan] | None = None
    rank = (-1.0, -1.0, -1.0)
    for timed, event in view.runs(RunPurpose.SUBMIT, RunPurpose.FINAL):
        if event.run.total == 0 and event.run.verdict is Verdict.HARNESS_ERROR:
            continue
        if not forbidden_now:
            snapshot = view.source_at(timed.seq)
            if snapshot is not None and forbidden_imports(snapshot.source, allowed):
                continue
        core, edge = _shares(event.run)
        this = (core, edge, event.run.share(Tier.STRETCH) or 0.0)
        if this > rank:
            best, rank = (timed, event), this
    return best


def _shares(run: TestRun | None) -> tuple[float, float]:
    """Core and edge share; a tier the scenario has no test of takes the other's share."""
    if run is None:
        return 0.0, 0.0
    core, edge = run.share(Tier.CORE), run.share(Tier.EDGE)
    if core is None:
        core = edge if edge is not None else 0.0
    return core, core if edge is None else edge


def _unassessed(view: LogView, run: TestRun | None) -> str:
    if run is not None or view.first_code is None:
        return ""
    if view.runs(RunPurpose.SUBMIT, RunPurpose.FINAL):
        return "the sandbox failed in every run, which is not charged to the candidate"
    return "the code was never run against the tests"


# --- own checks -------------------------------------------------------------------------------


def edge_mutants(scenario: Scenario) -> frozenset[str]:
    """Mutants that no core test kills: catching one takes an edge input.

    A scenario without any such mutant takes those that some edge test kills.
    """
    core = {t.name for t in scenario.tests if t.tier is Tier.CORE}
    killed = [m for m in scenario.mutants if m.killed_by]
    only = frozenset(m.id for m in killed if not core & set(m.killed_by))
    return only or frozenset(m.id for m in killed if not core >= set(m.killed_by))


def _graded(view: LogView) -> tuple[tuple[OwnCheckFound, ...], tuple[tuple[int, CheckGrade], ...]]:
    edges = edge_mutants(view.scenario)
    entry = re.compile(rf"\b(?:{'|'.join(map(re.escape, view.scenario.entry)) or '(?!)'})\b")
    ran = [(t.seq, t.event) for t in view.of(ev.ProgramRan) if isinstance(t.event, ev.ProgramRan)]
    calls = {c.text.strip() for _, e in ran for c in e.run.checks if c.calls}
    found, wrong = [], []
    for t in view.of(ev.OwnTestsGraded):
        assert isinstance(t.event, ev.OwnTestsGraded)
        for check in t.event.grade.checks:
            if not (check.inputs or entry.search(check.text) or check.text.strip() in calls):
                continue
            if not check.right:
                wrong.append((t.seq, check))
                continue
            seen = [seq for seq, e in ran if any(c.text.strip() == check.text.strip() for c in e.run.checks)]
            found.append(
                OwnCheckFound(
                    key=check.inputs or re.sub(r"\s+", "", check.text),
                    text=check.text.strip() or check.name,
                    events=(*seen[:1], t.seq),
                    edge=bool(set(check.kills) & edges),
                    kills=check.kills,
                )
            )
    return tuple(found), tuple(wrong)


_EXPECTS = re.compile(r"\b(?:should|expect\w*|must|ought|supposed|will (?:be|give|print|return)|gives?|=)\b")


def _stated(view: LogView, core: float) -> tuple[OwnCheckFound, ...]:
    """Values stated before a program run that then printed them; only where the code is right."""
    if core < 0.95:
        return ()
    found = []
    since = 0
    for t in view.of(ev.ProgramRan):
        assert isinstance(t.event, ev.ProgramRan)
        shown = set(numbers(t.event.run.stdout))
        for turn in view.turns:
            if not since < turn.seq < t.seq:
                continue
            for sentence in turn.credited:
                stated = set(numbers(sentence))
                if _EXPECTS.search(sentence.lower()) and stated & shown:
                    found.append(OwnCheckFound(key=sentence, text=sentence, events=(turn.seq, t.seq)))
                    break
        since = t.seq
    return tuple(found)


def _traced(view: LogView, traces: tuple[Trace, ...], core: float) -> tuple[OwnCheckFound, ...]:
    """Spoken traces: with a run that shows their outcome, or one where code cannot be run at all."""
    if core < 0.95:
        return ()
    shown: set[str] = set()
    for t in view.timed:
        match t.event:
            case ev.ProgramRan():
                shown |= set(numbers(t.event.run.stdout))
            case ev.TestsRan():
                for r in t.event.run.results:
                    shown |= set(numbers(r.expected)) | set(numbers(r.got))
            case ev.OwnTestsGraded():
                for c in t.event.grade.checks:
                    if c.right:
                        shown |= set(numbers(c.text))
            case _:
                pass
    agreeing = [t for t in traces if t.outcome in shown]
    if not view.started.code_runs and not agreeing:
        # Nothing can be run in this format: one trace in full counts as the basic check, not as more.
        agreeing = list(traces[:1])
    return tuple(OwnCheckFound(key=t.text, text=t.text, events=(t.seq,)) for t in agreeing)


def _distinct(
    graded: tuple[OwnCheckFound, ...], spoken: tuple[OwnCheckFound, ...]
) -> tuple[OwnCheckFound, ...]:
    """Each input once; a spoken check of what an assert checks too is the same check."""
    found: dict[str, OwnCheckFound] = {}
    for check in graded:
        if check.key not in found or (check.edge and not found[check.key].edge):
            found[check.key] = check
    counted = [set(numbers(c.text)) for c in found.values()]
    for check in spoken:
        own = set(numbers(check.text))
        if not any(own <= other or other <= own for other in counted if other):
            counted.append(own)
            found[check.key] = check
    return tuple(found.values())


# --- leakage ----------------------------------------------------------------------------------


def _leak_left(view: LogView, final: tuple[Timed, ev.TestsRan] | None) -> tuple[int, ...]:
    if final is None or not leaks(final[1].run, view.scenario):
        return ()
    return (final[0].seq,)


def _leak_fixed(view: LogView, final: tuple[Timed, ev.TestsRan] | None) -> tuple[int, ...]:
    """The run that showed the leak and the final one without it."""
    if final is None or leaks(final[1].run, view.scenario):
        return ()
    earlier = [t.seq for t, e in view.runs() if t.seq < final[0].seq and leaks(e.run, view.scenario)]
    return (earlier[-1], final[0].seq) if earlier else ()
