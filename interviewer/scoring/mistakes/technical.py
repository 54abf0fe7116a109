"""Mistakes that show in the code and its runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from interviewer.domain import events as ev
from interviewer.domain.scenario import QuestionType
from interviewer.domain.test_run import TestRun, Tier, Verdict
from interviewer.scoring.evidence import Evidence, whole
from interviewer.scoring.evidence.code import forbidden_imports, parse
from interviewer.scoring.mistakes.found import Found
from interviewer.scoring.reasons import claim, short

SURE = 0.8
PANIC_RUNS = 3
PANIC_SECONDS = 60.0

_SCALING = re.compile(r"\bscal|standardi|normali[sz]|unscaled")
_BIAS = re.compile(r"\bbias\b|intercept")
_SHAPES = re.compile(
    r"shape|broadcast|\baxis\b|all axes|\(n, ?1\)|dimension|column vector|c.order|contiguous"
)
_OVERFLOW = re.compile(
    r"overflow|underflow|naive exp|\bexp\b|log.?0|log of zero|extreme (?:logit|score)|unstable"
)
_SHAPE_ERROR = re.compile(
    r"shapes? .*(?:align|match|mismatch)|could not be broadcast|matmul|dimension", re.IGNORECASE
)


def code_first(e: Evidence) -> Found | None:
    """Real code before any essential fact."""
    first, c = e.view.first_code, e.clarifying
    if first is None or e.features.essential == 0 or e.features.essential_before:
        return None
    late = c.step_back or tuple(o.turn for o in c.essential if o.late)
    return Found(
        claim("The first real code came before any essential question", (e.view.log[0].seq, first.seq)),
        claim("Stopped coding and clarified", late) if late else None,
    )


def library_model(e: Evidence) -> Found | None:
    """A model library doing the work, now or at some time."""
    allowed = (*e.view.scenario.libraries, *e.view.started.libraries)
    marks = [these[-1] for these in e.view.windows.values()]
    marks += [s for t, _ in e.view.runs() if (s := e.view.source_at(t.seq)) is not None]
    for snapshot in sorted(set(marks), key=lambda s: s.seq):
        hits = forbidden_imports(snapshot.source, allowed)
        if not hits:
            continue
        library, line = hits[0]
        quote = snapshot.source.splitlines()[line - 1].strip()
        gone = (
            None
            if e.execution.forbidden
            else next(
                s
                for s in e.view.snapshots
                if s.seq > snapshot.seq and not forbidden_imports(s.source, allowed)
            )
        )
        return Found(
            claim(f"Used {library} (line {line})", (snapshot.seq,), quote),
            claim(f"Took {library} out and wrote the core", (gone.seq,)) if gone else None,
        )
    return None


def _theme(e: Evidence, pattern: re.Pattern[str], run: TestRun) -> str:
    """How a run shows a mistake of this kind: a recognised misconception, or a failing test about it."""
    scenario, known = e.view.scenario, run.recognition
    named = f"{known.mutant.replace('_', ' ')} {known.misconception}".lower() if known else ""
    if known is not None and known.confidence >= SURE and pattern.search(named):
        return known.misconception
    if (run.share(Tier.CORE) or 0.0) < 0.25:
        return ""
    for r in run.results:
        if r.verdict not in (Verdict.FAILED, Verdict.ERROR):
            continue
        linked = [f.topic for f in scenario.facts if r.name in f.tests]
        if pattern.search(" ".join((r.name.replace("_", " "), *linked)).lower()):
            return (
                f"a {r.tier.value} test about {linked[0]} fails"
                if linked
                else f"a {r.tier.value} test about it fails"
            )
    return ""


def _themed(pattern: re.Pattern[str]) -> Callable[[Evidence], Found | None]:
    def detect(e: Evidence) -> Found | None:
        seen = [
            (t.seq, run, said)
            for t, event in e.view.runs()
            if (said := _theme(e, pattern, (run := event.run)))
        ]
        if not seen:
            return None
        seq, _, said = seen[0]
        last = e.execution.final or e.execution.run
        fixed = last is not None and not _theme(e, pattern, last)
        end = e.execution.final_seq or e.execution.run_seq
        return Found(
            claim(said, (seq,)),
            claim("Put right: later runs no longer show it", (seen[-1][0], end)) if fixed else None,
        )

    return detect


def shapes(e: Evidence) -> Found | None:
    """A shape error when running, or a test about shapes that fails."""
    themed = _themed(_SHAPES)(e)
    if themed is not None:
        return themed
    hits = []
    for t in e.view.timed:
        texts: tuple[str, ...] = ()
        if isinstance(t.event, ev.ProgramRan):
            texts = (t.event.run.message,)
        elif isinstance(t.event, ev.TestsRan):
            texts = tuple(r.message for r in t.event.run.results if r.verdict is Verdict.ERROR)
        wrong = next((m for m in texts if _SHAPE_ERROR.search(m)), "")
        if wrong:
            hits.append((t.seq, wrong))
    if not hits:
        return None
    ran_after = [t.seq for t in e.view.of(ev.ProgramRan, ev.TestsRan) if t.seq > hits[-1][0]]
    hidden = any(
        isinstance(event, ev.TestsRan)
        and any(r.hidden and r.message == hits[0][1] for r in event.run.results)
        for event in e.view.log
        if event.seq == hits[0][0]
    )
    return Found(
        claim("A run stopped on arrays that do not fit", (hits[0][0],), "" if hidden else short(hits[0][1])),
        claim("Later runs no longer stop on it", (hits[-1][0], ran_after[0])) if ran_after else None,
    )


def needless_classes(e: Evidence) -> Found | None:
    """Two or more classes where functions were asked for; one class is always fine."""
    if any(re.search(r"\.\w+\(", s) or s[:1].isupper() for s in e.view.scenario.signatures):
        return None
    given = _classes(e.view.started.starter)
    at = next((s for s in reversed(e.view.snapshots) if len(_classes(s.source) - given) >= 2), None)
    if at is None:
        return None
    names = sorted(_classes(at.source) - given)
    gone = next((s for s in e.view.snapshots if s.seq > at.seq), None)
    quote = next((n for n in names if n in at.source), "")
    return Found(
        claim(f"{len(names)} classes for a task of functions: {', '.join(names)}", (at.seq,), quote),
        claim("Taken out again", (gone.seq,)) if gone else None,
    )


def _classes(source: str) -> frozenset[str]:
    if "class " not in source:
        return frozenset()
    tree = parse(source)
    return frozenset(n.name for n in tree.body if isinstance(n, ast.ClassDef)) if tree else frozenset()


def no_check(e: Evidence) -> Found | None:
    """Code, but no check of its own, run or traced."""
    if not e.features.implemented or e.execution.checks:
        return None
    return Found(claim("Nothing of the candidate's own shows that the code is right", whole(e.view)))


def panic(e: Evidence) -> Found | None:
    """Three failing runs in a row, close together, with edits but no word between them."""
    streak: list[int] = []
    last_at = 0.0
    worst: tuple[int, ...] = ()
    better = 0
    for t in e.view.timed:
        if isinstance(t.event, ev.CandidateSaid):
            streak = []
            continue
        if isinstance(t.event, ev.TestsRan) and t.event.purpose.value in ("visible", "submit"):
            failed = not t.event.run.green
        elif isinstance(t.event, ev.ProgramRan):
            failed = t.event.run.verdict is not Verdict.PASSED
        else:
            continue
        if not failed:
            if worst and not better:
                better = t.seq
            streak = []
            continue
        streak = [*streak, t.seq] if streak and t.at - last_at <= PANIC_SECONDS else [t.seq]
        last_at = t.at
        if len(streak) >= PANIC_RUNS and not worst:
            worst = tuple(streak)
    if not worst:
        return None
    return Found(
        claim(f"{len(worst)} failing runs in quick succession without a word", worst),
        claim("Got it to run again", (better,)) if better else None,
    )


def leakage(e: Evidence) -> Found | None:
    """Leakage in the final code, or found and removed."""
    x = e.execution
    if x.leak_left:
        return Found(claim("The final code uses what is not known at that time", x.leak_left))
    if x.leak_fixed:
        return Found(
            claim("An earlier version used what is not known at that time", x.leak_fixed[:1]),
            claim("Removed before the end", x.leak_fixed),
        )
    return None


def wrong_metric(e: Evidence) -> Found | None:
    """In a metric question: most core tests fail because something else is computed."""
    if e.view.scenario.question_type is not QuestionType.METRIC:
        return None
    runs = [(t.seq, event.run) for t, event in e.view.runs() if event.run.share(Tier.CORE) is not None]
    off = [seq for seq, run in runs if (run.share(Tier.CORE) or 0) < 0.5 and _values_differ(run)]
    if not off:
        return None
    fixed = e.features.core >= 0.95
    return Found(
        claim("The code runs but computes another quantity than the one asked for", (min(off),)),
        claim("Found out and computed the right one", (e.execution.run_seq,)) if fixed else None,
    )


def _values_differ(run: TestRun) -> bool:
    core = [r for r in run.results if r.tier is Tier.CORE]
    return sum(r.verdict is Verdict.FAILED for r in core) > len(core) / 2


TECHNICAL: dict[str, Callable[[Evidence], Found | None]] = {
    "code_first": code_first,
    "library_model": library_model,
    "no_scaling": _themed(_SCALING),
    "no_bias": _themed(_BIAS),
    "shapes": shapes,
    "needless_classes": needless_classes,
    "overflow": _themed(_OVERFLOW),
    "no_check": no_check,
    "panic": panic,
    "leakage": leakage,
    "wrong_metric": wrong_metric,
}
