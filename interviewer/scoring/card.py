"""Putting a scorecard together: from rated signals and evidence to the whole outcome."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from interviewer.domain.events import OwnTestsGraded, SelfRated
from interviewer.domain.rubric import DecisionRule, Level, Rubric, Seniority
from interviewer.domain.scorecard import Claim, Scorecard, SignalRating
from interviewer.scoring import rows, table
from interviewer.scoring.approach import approach
from interviewer.scoring.evidence import Evidence, whole
from interviewer.scoring.mistakes import mistakes
from interviewer.scoring.patterns import PATTERNS
from interviewer.scoring.reasons import claim
from interviewer.scoring.weighted import weighted

# Raised with every change that can move a rating.
SCORER_VERSION = 1

THIN_TURNS = 8
THIN_SECONDS = 300.0

_LADDER = (Seniority.JUNIOR, Seniority.MID, Seniority.SENIOR)


def assemble(evidence: Evidence, rubric: Rubric, rater: str, signals: Sequence[SignalRating]) -> Scorecard:
    """The scorecard for these ratings: overall, decision, levelling and everything shown beside them."""
    view, features = evidence.view, evidence.features
    levels = {s.signal: s.rating for s in signals}
    coding = rubric.kind == "coding"
    level, caps = table.overall(levels, features if coding else None)
    level = _named(level, rubric)
    rule = decision_rule(rubric, level)
    rows_weighted, total = weighted(evidence, rubric, levels)
    graded = [e for e in view.log if isinstance(e, OwnTestsGraded)]
    rated = next((e.ratings for e in view.log if isinstance(e, SelfRated)), {})
    scenario = view.scenario
    return Scorecard(
        session=view.started.session,
        scenario=scenario.id,
        title=scenario.title,
        kind=scenario.kind.value,
        rubric=rubric.id,
        rubric_version=rubric.version,
        rater=rater,
        scorer_version=SCORER_VERSION,
        signals=tuple(signals),
        overall=level,
        overall_reasons=_overall_reasons(levels, level, caps, evidence),
        formula=rubric.formula or table.FORMULA,
        decision=rule.decision if rule else "",
        meaning=rule.meaning if rule else "",
        levelling=levelling(level, view.started.seniority, rule),
        thin=thin(evidence),
        weighted=rows_weighted,
        weighted_total=total,
        mistakes=mistakes(evidence) if coding else (),
        phases=rows.phase_rows(evidence),
        facts=rows.fact_rows(evidence),
        decisions=rows.decision_rows(evidence),
        follow_ups=rows.follow_up_rows(evidence),
        tests=rows.test_rows(evidence),
        approach=approach(evidence) if coding else (),
        own_tests_killed=graded[-1].grade.killed if graded else None,
        own_tests_mutants=graded[-1].grade.mutants if graded else None,
        patterns=tuple(PATTERNS[p].title for p in scenario.patterns),
        really_tested=really_tested(evidence),
        hints=features.hints,
        self_rating=dict(rated),
        versions=versions(evidence, rubric),
    )


def with_signals(
    card: Scorecard, signals: Sequence[SignalRating], evidence: Evidence, rubric: Rubric, rater: str = ""
) -> Scorecard:
    """`card` with other ratings; whatever follows from them is worked out again."""
    return replace(
        assemble(evidence, rubric, rater or card.rater, signals), dropped_claims=card.dropped_claims
    )


def decision_rule(rubric: Rubric, level: Level | None) -> DecisionRule | None:
    """What the rubric says of an overall level."""
    if level is None:
        return None
    return next((d for d in rubric.decisions if d.level.rank == level.rank), None)


def levelling(level: Level | None, target: Seniority, rule: DecisionRule | None) -> str:
    """The level note, relative to the level interviewed for."""
    if level is None:
        return f"Interviewed for {target.value}; too little was rated to speak of a level."
    at = _LADDER.index(target)
    note = {
        0: "no level is recommended on this round",
        1: f"down-level: {_LADDER[at - 1].value} is the level to discuss"
        if at
        else "there is no level below to discuss",
        2: f"on level: {target.value} fits",
        3: f"up-level: {_LADDER[at + 1].value} can be discussed"
        if at + 1 < len(_LADDER)
        else "top of the scale this rubric knows",
    }[level.rank]
    said = f" {rule.levelling}" if rule and rule.levelling else ""
    return f"Interviewed for {target.value}; {note}.{said}"


def thin(evidence: Evidence) -> str:
    """Why the ratings rest on little; empty when they do not."""
    view = evidence.view
    turns, seconds = len(view.turns), view.end_at
    reasons = []
    if turns < THIN_TURNS:
        reasons.append(f"only {turns} turns of the candidate (fewer than {THIN_TURNS})")
    if seconds < THIN_SECONDS:
        reasons.append(f"only {seconds / 60:.1f} minutes (fewer than {THIN_SECONDS / 60:.0f})")
    return f"Not enough evidence: {' and '.join(reasons)}. Read the ratings with care." if reasons else ""


_TESTS = re.compile(r"what (?:it|this) (?:really |actually )?(?:tests|was testing|is testing)", re.IGNORECASE)
_MARKS = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`")


def really_tested(evidence: Evidence) -> str:
    """What the scenario was really about: its guide's own paragraph, else its patterns' intent."""
    for paragraph in re.split(r"\n\s*\n", evidence.view.scenario.guide):
        if _TESTS.search(paragraph):
            plain = " ".join(_MARKS.sub(lambda m: m.group(1) or m.group(2), paragraph).split())
            said = _TESTS.sub("", plain, count=1).lstrip(" .:#-")
            if said:
                return said
    return " ".join(PATTERNS[p].tests for p in evidence.view.scenario.patterns)


def versions(evidence: Evidence, rubric: Rubric) -> dict[str, str]:
    """What the rating was made with: scorer, rubric, scenario, and what the session pinned (prompts)."""
    pinned = {f"session {key}": value for key, value in sorted(evidence.view.started.versions.items())}
    return {
        "scorer": str(SCORER_VERSION),
        "rubric": f"{rubric.id}@{rubric.version}",
        "scenario": evidence.view.scenario.digest,
        **pinned,
    }


def _named(level: Level | None, rubric: Rubric) -> Level | None:
    """The level in the rubric's own words: mixed where it says mixed for the overall level."""
    rule = decision_rule(rubric, level)
    return rule.level if rule else level


def _overall_reasons(
    levels: Mapping[str, Level | None], level: Level | None, caps: tuple[str, ...], evidence: Evidence
) -> tuple[Claim, ...]:
    span = whole(evidence.view)
    known = [lv for lv in levels.values() if lv is not None]
    if level is None:
        return (claim("No signal could be assessed", span),)
    ordered = ", ".join(lv.words for lv in sorted(known, key=lambda lv: lv.rank))
    middle = table.lower_median(known)
    first = claim(f"Lower median of {ordered} is {middle.words if middle else ''}", span)
    return (first, *(claim(f"Cap: {cap}", span) for cap in caps))
