"""The citation check: every claim must rest on events that exist, every quote on their words.

A claim needs at least one event. That something did *not* happen is evidenced by the first and last
event of the stretch that was searched, so absence is cited like everything else. A quote must be a
literal part of the text of one of the cited events. What does not resolve is dropped and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from interviewer.domain import events as ev
from interviewer.domain.scorecard import Claim, Scorecard


def event_texts(event: ev.SessionEvent) -> tuple[str, ...]:
    """The texts of an event a claim may quote from."""
    match event:
        case ev.CandidateSaid() | ev.InterviewerSaid() | ev.AssumptionNoted():
            return (event.text,)
        case ev.CodeChanged():
            return (event.source,)
        case ev.SessionStarted():
            return (event.starter,)
        case ev.FactDisclosed():
            return (event.topic, event.answer)
        case ev.HintServed():
            return (event.text,)
        case ev.FollowUpAsked() | ev.DecisionProbed():
            return (event.question,)
        case ev.Interjected():
            return (event.line,)
        case ev.TestsRan():
            results = event.run.results
            return (
                event.run.message,
                event.run.stdout,
                *(t for r in results for t in (r.message, r.got, r.expected)),
            )
        case ev.ProgramRan():
            return (
                event.run.stdout,
                event.run.message,
                *(t for c in event.run.checks for t in (c.text, c.message)),
            )
        case ev.OwnTestsGraded():
            return tuple(c.text for c in event.grade.checks)
        case _:
            return ()


def resolves(claim: Claim, events: Mapping[int, ev.SessionEvent]) -> bool:
    """Whether the claim's events exist and its quote, if any, stands in one of them."""
    if not claim.events or any(n not in events for n in claim.events):
        return False
    if not claim.quote:
        return True
    return any(claim.quote in text for n in claim.events for text in event_texts(events[n]))


def verify(card: Scorecard, log: Sequence[ev.SessionEvent]) -> Scorecard:
    """The scorecard without claims that do not resolve; `dropped_claims` counts those now dropped too.

    A mistake, and a tick of the approach, goes with its claim; a decision's status and a rating stay, but
    a rating left without any reason becomes *not assessed*. The overall level is not worked out again:
    a rater whose reasons may fail checks them before it concludes.
    """
    events = {event.seq: event for event in log}
    dropped = 0

    def kept(claims: Iterable[Claim]) -> tuple[Claim, ...]:
        nonlocal dropped
        held = tuple(claims)
        good = tuple(c for c in held if resolves(c, events))
        dropped += len(held) - len(good)
        return good

    def one(claim: Claim | None) -> Claim | None:
        return next(iter(kept((claim,))), None) if claim is not None else None

    signals = []
    for s in card.signals:
        reasons = kept(s.reasons)
        if s.rating is not None and s.reasons and not reasons:
            s = replace(
                s, rating=None, not_assessed="none of the reasons given could be found in the session"
            )
        signals.append(replace(s, reasons=reasons))
    mistakes = []
    for m in card.mistakes:
        if kept((m.claim,)):
            recovery = one(m.recovery)
            mistakes.append(replace(m, recovery=recovery, recovered=m.recovered and (recovery is not None)))
    steps = []
    for a in card.approach:
        said = one(a.claim)
        steps.append(replace(a, claim=said, done=a.done and said is not None))
    facts = tuple(f for f in card.facts if kept((Claim(text=f.topic, events=f.events),)))
    follow_ups = tuple(f for f in card.follow_ups if kept((Claim(text=f.question, events=f.events),)))
    decisions = tuple(replace(d, claim=one(d.claim)) for d in card.decisions)
    overall = kept(card.overall_reasons)
    return replace(
        card, signals=tuple(signals), mistakes=tuple(mistakes), approach=tuple(steps), facts=facts,
        follow_ups=follow_ups, decisions=decisions, overall_reasons=overall,
        dropped_claims=card.dropped_claims + dropped,
    )  # fmt: skip
