"""Conduct checks: what an interviewer may never do, whoever the candidate is, read off the log.

Each check is a pure function of the log and the scenario's own texts and gives one line per breach.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewer.domain import events as ev
from interviewer.domain.scenario import Scenario
from interviewer.domain.session import fold
from interviewer.matching.rules import normalise

_CODE_LINE = 14
_QUESTION = re.compile(r"[^.?!]*\?")
_WORDS = 4
# Short turns of speech that may come again: they ask for nothing new.
_COURTESY = re.compile(
    r"\b(shall i|which first|anything|what would you assume|is that about|you mean|go on)\b", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conducted:
    """What the checks look at; `reference` is the scenario's reference source."""

    log: Sequence[ev.SessionEvent]
    scenario: Scenario
    reference: str

    def said(self) -> list[ev.InterviewerSaid]:
        """The interviewer's lines."""
        return [e for e in self.log if isinstance(e, ev.InterviewerSaid)]


Check = Callable[[Conducted], list[str]]


def no_reference_line(seen: Conducted) -> list[str]:
    """No line of the reference is spoken, other than what the brief or the starter shows."""
    shown = normalise(seen.scenario.brief + seen.scenario.starter).replace(" ", "")
    lines = {_squeezed(line) for line in seen.reference.splitlines()}
    secret = {line for line in lines if len(line) >= _CODE_LINE and line not in shown}
    return [
        f"event {said.seq} speaks a line of the reference: {line}"
        for said in seen.said()
        for line in secret
        if line in _squeezed(said.text)
    ]


def no_unserved_rung(seen: Conducted) -> list[str]:
    """A rung is spoken only after it was served, and rungs are served in order."""
    found: list[str] = []
    served: dict[int, int] = {e.rung: e.seq for e in seen.log if isinstance(e, ev.HintServed)}
    for number, rung in enumerate(seen.scenario.hints, start=1):
        for said in seen.said():
            if normalise(rung) in normalise(said.text) and said.seq < served.get(number, 10**9):
                found.append(f"event {said.seq} speaks rung {number} before it was served")
    if list(served) != sorted(served):
        found.append(f"rungs served out of order: {list(served)}")
    return found


def facts_only_when_asked(seen: Conducted) -> list[str]:
    """A fact comes out in answer to a turn that asked about it or assumed something of it."""
    heard: dict[int, ev.TurnClassified] = {e.turn: e for e in seen.log if isinstance(e, ev.TurnClassified)}
    turns = sorted(heard)
    found: list[str] = []
    for event in seen.log:
        if not isinstance(event, ev.FactDisclosed):
            continue
        # A question that missed may be answered one turn later, after the family was named.
        recent = [heard[t] for t in turns if t <= event.turn][-2:]
        about = {s.fact for h in recent for s in h.segments} - {""}
        asks = any(
            s.act in (ev.Act.QUESTION, ev.Act.ASSUMPTION, ev.Act.RESTATEMENT)
            for h in recent
            for s in h.segments
        )
        if event.fact not in about and not asks:
            found.append(f"event {event.seq} gives out {event.fact}, which nobody asked about")
    return found


def facts_not_before_disclosure(seen: Conducted) -> list[str]:
    """A fact's answer is not spoken before the fact was disclosed."""
    told = {e.fact: e.seq for e in reversed(list(seen.log)) if isinstance(e, ev.FactDisclosed)}
    return [
        f"event {said.seq} speaks the answer of {fact.id} undisclosed"
        for fact in seen.scenario.facts
        for said in seen.said()
        if len(fact.answer.split()) > _WORDS
        and normalise(fact.answer) in normalise(said.text)
        and said.seq < told.get(fact.id, 10**9)
    ]


def no_question_twice(seen: Conducted) -> list[str]:
    """No question is put twice."""
    counted: Counter[str] = Counter()
    for said in seen.said():
        for question in _QUESTION.findall(said.text):
            text = normalise(question)
            if len(text.split()) > _WORDS and not _COURTESY.search(text):
                counted[text] += 1
    return [f"asked {n} times: {text}" for text, n in counted.items() if n > 1]


def no_phase_regress(seen: Conducted) -> list[str]:
    """Only the candidate goes back to an earlier phase."""
    plan = fold(seen.log).plan
    found: list[str] = []
    at = -1
    for event in seen.log:
        if isinstance(event, ev.PhaseEntered):
            to = plan.index(event.phase)
            if to < at and event.by is not ev.EnteredBy.CANDIDATE:
                found.append(f"event {event.seq} goes back to {event.phase.value}")
            at = to
    return found


def ends_in_time(seen: Conducted) -> list[str]:
    """The interview ends, and not after its time."""
    state = fold(seen.log)
    if state.ended is None:
        return ["the interview never ended"]
    total = state.plan.total_seconds
    late = state.active(state.ended.at)
    if total is not None and late > total + 60:
        return [f"ended {late - total:.0f} s after the time was up"]
    return []


def true_time(seen: Conducted) -> list[str]:
    """A clock time the interviewer states as what is left agrees with the clock to the minute."""
    found: list[str] = []
    state = fold(seen.log[:1])
    total = state.plan.total_seconds
    for said in seen.said():
        for match in re.finditer(r"\b(\d{1,3}):(\d\d)\b(?= left)", said.text):
            stated = int(match.group(1)) * 60 + int(match.group(2))
            if total is not None and abs(total - said.at - stated) > 60:
                found.append(f"event {said.seq} says {match.group()} left")
    return found


CHECKS: tuple[Check, ...] = (
    no_reference_line,
    no_unserved_rung,
    facts_only_when_asked,
    facts_not_before_disclosure,
    no_question_twice,
    no_phase_regress,
    ends_in_time,
    true_time,
)


def breaches(seen: Conducted) -> list[str]:
    """Every breach of every check, each with the check's name before it."""
    return [f"{check.__name__}: {line}" for check in CHECKS for line in check(seen)]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()
