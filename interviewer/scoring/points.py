"""Concept and system-design rounds: each signal by the points made in answer to its questions.

A follow-up or decision belongs to the signal whose id it carries, alone or as a beginning
(`data_handling` or `data_handling_ten_thousand`); one that carries none belongs to the signals among the
scenario's topics. A signal nothing was asked about is *not assessed*.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.domain.rubric import Level, Rubric, Seniority, Signal
from interviewer.domain.scorecard import Claim, SignalRating
from interviewer.scoring.evidence import Evidence
from interviewer.scoring.evidence.reasoning import FollowUpAnswer, Justification
from interviewer.scoring.reasons import claim, short

# Share of points for weak, strong and very strong; a senior needs a step more for the upper two.
STEPS = (0.15, 0.45, 0.75)
SENIOR_STEPS = (0.15, 0.60, 0.85)


def points_signals(evidence: Evidence, rubric: Rubric) -> tuple[SignalRating, ...]:
    """Every signal of the rubric, rated or with the reason why not."""
    return tuple(_signal(evidence, rubric, signal) for signal in rubric.signals)


def signals_of(item: str, signals: Sequence[str], topics: Sequence[str] = ()) -> tuple[str, ...]:
    """The signals an item speaks to: the longest signal id it begins with, else those among the topics."""
    named = [s for s in signals if item == s or item.startswith(f"{s}_")]
    return (max(named, key=len),) if named else tuple(s for s in signals if s in topics)


def _signal(e: Evidence, rubric: Rubric, signal: Signal) -> SignalRating:
    ids, topics = tuple(s.id for s in rubric.signals), e.view.scenario.topics
    answers = [a for a in e.reasoning.answers if signal.id in signals_of(a.follow_up.id, ids, topics)]
    given = [j for j in e.reasoning.justifications if j.seq]
    reasons = [j for j in given if signal.id in signals_of(j.decision.id, ids, topics)]
    facts = e.clarifying.essential if signal.id == "problem_understanding" else ()
    talk = signal.id == "communication"
    if talk:
        return _talk(e, signal)
    if (
        not answers
        and not reasons
        and not facts
        and not (signal.id == "problem_understanding" and e.view.turns)
    ):
        return SignalRating(
            signal=signal.id, title=signal.title, rating=None, not_assessed="no question touched this signal"
        )
    share, why = _share(e, signal, answers, reasons)
    level = _level(share, e.view.started.seniority, signal)
    return SignalRating(signal=signal.id, title=signal.title, rating=level, reasons=why)


def _share(
    e: Evidence, signal: Signal, answers: list[FollowUpAnswer], reasons: list[Justification]
) -> tuple[float, tuple[Claim, ...]]:
    """Mean over what was asked, and the claims; harder questions weigh more."""
    parts: list[tuple[float, float]] = []
    why: list[Claim] = []
    for a in answers:
        weight = {Seniority.JUNIOR: 1.0, Seniority.MID: 1.5, Seniority.SENIOR: 2.0}[a.follow_up.level]
        parts.append((a.share, weight))
        made = "; ".join(p.text for p in a.made) or "none of the points"
        why.append(claim(f"“{a.follow_up.question}”: {made}", (a.seq, *a.turns)))
    for j in reasons:
        parts.append(({"sound": 1.0, "corrected": 0.8, "vague": 0.3}.get(j.status, 0.0), 1.0))
        why.append(claim(f"{j.decision.title}: {j.status}", (j.seq, j.later), short(j.quote)))
    if signal.id == "problem_understanding":
        f = e.features
        if f.essential:
            parts.append(((f.essential_before + f.essential_late) / f.essential, 2.0))
            found = e.sources["essential_before"] + e.sources["essential_late"]
            why.append(
                claim(
                    f"{f.essential_before + f.essential_late} of {f.essential} essential points settled",
                    found,
                )
            )
    whole = sum(w for _, w in parts)
    return (sum(s * w for s, w in parts) / whole if whole else 0.0), tuple(why)


def _level(share: float, seniority: Seniority, signal: Signal) -> Level:
    steps = SENIOR_STEPS if seniority is Seniority.SENIOR else STEPS
    rank = sum(share >= step for step in steps)
    return named(rank, signal)


def named(rank: int, signal: Signal) -> Level:
    """The signal's own level of this rank: *mixed* where its second level is called so."""
    own = [t.level for t in signal.levels if t.level.rank == rank]
    return own[0] if own else (Level.VERY_WEAK, Level.WEAK, Level.STRONG, Level.VERY_STRONG)[rank]


def _talk(e: Evidence, signal: Signal) -> SignalRating:
    """Collaboration: answers that answer, questions of one's own, remarks taken up, words on the subject."""
    view, talk = e.view, e.talk
    if not view.turns:
        span = (view.log[0].seq, view.log[-1].seq)
        return SignalRating(
            signal=signal.id,
            title=signal.title,
            rating=named(0, signal),
            reasons=(claim("Said nothing", span),),
        )
    asked = len(e.reasoning.answers)
    answered = sum(bool(a.turns) for a in e.reasoning.answers)
    share = answered / asked if asked else 1.0
    heard = sum(x.answered for x in talk.exchanges) / len(talk.exchanges) if talk.exchanges else 1.0
    asks = min(1.0, len(e.clarifying.relevant) / 3)
    score = (share + heard + asks + (1 - talk.ramble)) / 4
    rank = sum(score >= step for step in (0.3, 0.55, 0.85))
    if any(x.defensive for x in talk.exchanges):
        rank = min(rank, 2)
    seqs = tuple(t.seq for t in view.turns)
    why = (
        claim(
            f"{answered} of {asked} questions answered; {len(e.clarifying.relevant)} relevant ones asked",
            seqs,
        ),
        claim(f"Words off the subject: {talk.ramble:.0%}", talk.ramble_turns or seqs),
    )
    return SignalRating(signal=signal.id, title=signal.title, rating=named(rank, signal), reasons=why)
