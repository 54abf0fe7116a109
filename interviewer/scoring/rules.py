"""The rules rater: deterministic, offline, the same bytes for the same log."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.domain.events import SessionEvent
from interviewer.domain.rubric import FOUR_LEVELS, Level, Rubric
from interviewer.domain.scenario import Scenario
from interviewer.domain.scorecard import Scorecard, SignalRating
from interviewer.scoring import table
from interviewer.scoring.card import assemble
from interviewer.scoring.citations import verify
from interviewer.scoring.evidence import Evidence, gather
from interviewer.scoring.points import points_signals
from interviewer.scoring.reasons import reasons


class RulesRater:
    """Rates by the decision table, with nothing but the log, the scenario and the rubric."""

    @property
    def name(self) -> str:
        """How scorecards call it."""
        return "rules"

    def rate(self, log: Sequence[SessionEvent], scenario: Scenario, rubric: Rubric) -> Scorecard:
        """The scorecard of a log, its citations checked. Pure."""
        evidence = gather(log, scenario, rubric)
        card = assemble(evidence, rubric, self.name, rules_signals(evidence, rubric))
        return verify(card, log)


def rules_signals(evidence: Evidence, rubric: Rubric) -> tuple[SignalRating, ...]:
    """Each signal of the rubric as the rules rate it, with the interval the evidence allows."""
    if rubric.kind != "coding":
        return points_signals(evidence, rubric)
    verdicts = table.rate(evidence.features, evidence.view.started.seniority)
    return tuple(_signal(evidence, s.id, s.title, verdicts.get(s.id)) for s in rubric.signals)


def _signal(evidence: Evidence, signal: str, title: str, verdict: table.Verdict | None) -> SignalRating:
    why = not_assessed(evidence, signal)
    if verdict is None:
        why = why or "this scorer has no rule for the signal"
    if why or verdict is None:
        return SignalRating(signal=signal, title=title, rating=None, not_assessed=why)
    return SignalRating(
        signal=signal,
        title=title,
        rating=verdict.level,
        reasons=reasons(evidence, signal, verdict),
        interval=interval(evidence, signal, verdict.level),
    )


def interval(evidence: Evidence, signal: str, level: Level) -> tuple[Level, Level]:
    """The levels any rater may give: from execution, from the record of facts, or one step around."""
    f = evidence.features
    if signal == table.TECHNICAL:
        return table.technical_interval(f, evidence.view.started.seniority)
    if signal == table.UNDERSTANDING:
        return table.understanding_interval(f)
    return FOUR_LEVELS[max(0, level.rank - 1)], FOUR_LEVELS[min(3, level.rank + 1)]


def not_assessed(evidence: Evidence, signal: str) -> str:
    """Why a signal of the coding rubric cannot be rated; empty when it can."""
    f, scenario = evidence.features, evidence.view.scenario
    if signal == table.TECHNICAL:
        return evidence.execution.unassessed
    if signal == table.UNDERSTANDING and f.essential == 0:
        return "the scenario leaves nothing open to ask about"
    if signal == table.RATIONALE and not scenario.decisions and not f.follow_ups:
        return "the scenario has no decisions to justify and no follow-up was asked"
    return ""
