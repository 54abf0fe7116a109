"""Evidence: pure functions over a session's log, each finding with the event numbers it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.domain.events import SessionEvent
from interviewer.domain.rubric import Rubric
from interviewer.domain.scenario import Scenario
from interviewer.scoring.evidence.clarifying import Clarifying, clarifying
from interviewer.scoring.evidence.execution import Execution, execution
from interviewer.scoring.evidence.reasoning import Reasoning, reasoning
from interviewer.scoring.evidence.talk import Talk, talk
from interviewer.scoring.evidence.text import Reader
from interviewer.scoring.evidence.traces import Trace, traces
from interviewer.scoring.evidence.view import LogView
from interviewer.scoring.features import Features

__all__ = ["Evidence", "LogView", "gather"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything found in one log: per signal, and boiled down to `features`.

    `sources` gives for each feature the events it was read from; a feature that says something is
    absent is sourced by the first and last event of the stretch searched.
    """

    view: LogView
    reader: Reader
    clarifying: Clarifying
    execution: Execution
    reasoning: Reasoning
    talk: Talk
    traces: tuple[Trace, ...]
    features: Features
    sources: dict[str, tuple[int, ...]]


def gather(log: Sequence[SessionEvent], scenario: Scenario, rubric: Rubric | None = None) -> Evidence:
    """Read a log. Raises ValueError for one that does not begin with its session_started event."""
    view = LogView(log, scenario, rubric)
    reader = Reader(scenario)
    worked = traces(view)
    ran = execution(view, worked)
    asked = clarifying(view, reader, ran.run)
    why = reasoning(view, reader)
    said = talk(view, reader, worked)
    return Evidence(
        view=view, reader=reader, clarifying=asked, execution=ran, reasoning=why, talk=said, traces=worked,
        features=_features(view, asked, ran, why, said),
        sources=_sources(view, asked, ran, why, said),
    )  # fmt: skip


def _features(view: LogView, asked: Clarifying, ran: Execution, why: Reasoning, said: Talk) -> Features:
    essential = asked.essential
    seen = [o.honoured for o in asked.obtained if o.honoured is not None]
    sound, corrected = why.having("sound"), why.having("corrected")
    return Features(
        essential=sum(f.essential for f in view.scenario.facts),
        essential_before=sum(not o.late for o in essential),
        essential_late=sum(o.late for o in essential),
        relevant=len(asked.relevant),
        off_topic=len(asked.off_topic),
        extraction=len(asked.extraction),
        honoured=sum(seen) / len(seen) if seen else None,
        implemented=view.first_code is not None,
        restated=bool(asked.restated),
        step_back=bool(asked.step_back),
        core=ran.core,
        edge=ran.edge,
        own_checks=len(ran.checks),
        own_edge=sum(c.edge for c in ran.checks),
        forbidden=bool(ran.forbidden),
        leak_left=bool(ran.leak_left),
        leak_fixed=bool(ran.leak_fixed),
        hints=len(ran.hints),
        hint_level=ran.hint_level,
        decisions=len(view.scenario.decisions),
        justified=len(sound) + len(corrected),
        vague=len(why.having("vague")),
        misconceptions=len(why.having("misconception")) + len(corrected),
        corrected=len(corrected),
        follow_ups=len(why.answers),
        follow_up_points=why.points,
        senior_points=why.senior_points,
        paste_unexplained=bool(why.paste_unexplained),
        windows=len(said.windows),
        spoken=said.talked,
        proactive=why.proactive,
        interjections=len(said.exchanges),
        answered=sum(e.answered for e in said.exchanges),
        acted=sum(bool(e.acted) for e in said.exchanges),
        defensive=sum(e.defensive for e in said.exchanges),
        ramble=said.ramble,
        walkthrough=bool(said.walkthrough),
        after_green=said.after_green,
    )


def whole(view: LogView) -> tuple[int, int]:
    """First and last event: what an absence in the whole session rests on."""
    return (view.log[0].seq, view.log[-1].seq)


def before_code(view: LogView) -> tuple[int, int]:
    """The stretch before the first real code, or the whole session without any."""
    return (view.log[0].seq, view.first_code.seq) if view.first_code else whole(view)


def _sources(
    view: LogView, asked: Clarifying, ran: Execution, why: Reasoning, said: Talk
) -> dict[str, tuple[int, ...]]:
    all_of, early = whole(view), before_code(view)
    run = (ran.run_seq,) if ran.run_seq else (view.code_seq,)
    given = why.having("sound", "vague", "corrected")
    found: dict[str, tuple[int, ...]] = {
        "essential_before": tuple(n for o in asked.essential if not o.late for n in (o.turn, o.seq)) or early,
        "essential_late": tuple(n for o in asked.essential if o.late for n in (o.turn, o.seq)) or all_of,
        "relevant": asked.relevant or all_of,
        "off_topic": asked.off_topic or all_of,
        "extraction": asked.extraction or all_of,
        "honoured": tuple(o.seq for o in asked.obtained if o.honoured is not None) + run,
        "restated": asked.restated or early,
        "step_back": asked.step_back or all_of,
        "implemented": (view.first_code.seq,) if view.first_code else all_of,
        "core": run,
        "edge": run,
        "own_checks": tuple(n for c in ran.checks for n in c.events) or all_of,
        "own_edge": tuple(n for c in ran.checks if c.edge for n in c.events) or all_of,
        "forbidden": (view.code_seq,),
        "leak_left": ran.leak_left or run,
        "leak_fixed": ran.leak_fixed or run,
        "hints": ran.hints or all_of,
        "hint_level": ran.hints or all_of,
        "justified": tuple(j.later or j.seq for j in why.having("sound", "corrected")) or all_of,
        "vague": tuple(j.seq for j in why.having("vague")) or all_of,
        "misconceptions": tuple(j.seq for j in why.having("misconception", "corrected")) or all_of,
        "corrected": tuple(j.later for j in why.having("corrected")) or all_of,
        "follow_ups": tuple(a.seq for a in why.answers) or all_of,
        "follow_up_points": tuple(n for a in why.answers for n in (a.seq, *a.turns)) or all_of,
        "senior_points": tuple(a.seq for a in why.answers) or all_of,
        "paste_unexplained": why.paste_unexplained or all_of,
        "windows": tuple(s[0].seq for s in view.windows.values()) or all_of,
        "spoken": said.spoken_events or said.silent_events or all_of,
        "proactive": tuple(j.seq for j in given) or all_of,
        "interjections": tuple(e.seq for e in said.exchanges) or all_of,
        "answered": tuple(e.reply for e in said.exchanges if e.answered) or all_of,
        "acted": tuple(e.acted for e in said.exchanges if e.acted) or all_of,
        "defensive": tuple(e.reply for e in said.exchanges if e.defensive) or all_of,
        "ramble": said.ramble_turns or all_of,
        "walkthrough": said.walkthrough or all_of,
        "after_green": said.after_green_events or all_of,
    }
    return {name: tuple(sorted(dict.fromkeys(events))) for name, events in found.items()}
