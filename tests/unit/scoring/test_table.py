"""The decision table on feature records: 21 personas in their ranges, monotone, steady under noise."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from interviewer.domain.rubric import Level, Seniority
from interviewer.scoring import table
from interviewer.scoring.features import Features

VW, W, S, VS = range(4)
ORDER = ("PU", "TS", "RA", "CO")
NAMES = dict(zip(ORDER, table.SIGNALS, strict=True))

# (expected ranges PU, TS, RA, CO, overall) and the feature record; both written by hand beforehand.
PERSONAS: dict[str, tuple[tuple[tuple[int, int], ...], dict[str, Any]]] = {
    "silent_coder": (((VW, W), (W, S), (VW, W), (VW, VW), (VW, W)), {
        "core": 1.0, "edge": 0.55, "own_checks": 1, "vague": 1, "follow_up_points": 0.1,
        "interjections": 3, "answered": 1, "acted": 1}),
    "rambler": (((W, S), (W, S), (W, S), (W, W), (W, W)), {
        "essential_before": 3, "relevant": 3, "off_topic": 3, "honoured": 0.6, "core": 0.7, "edge": 0.4,
        "own_checks": 1, "justified": 2, "vague": 3, "follow_up_points": 0.3, "spoken": 8, "interjections": 3,
        "answered": 2, "acted": 1, "proactive": 0.7, "ramble": 0.7}),
    "strong": (((VS, VS), (VS, VS), (S, VS), (VS, VS), (VS, VS)), {
        "essential_before": 6, "relevant": 7, "honoured": 1.0, "restated": True, "core": 1.0, "edge": 0.95,
        "own_checks": 4, "own_edge": 2, "justified": 6, "follow_up_points": 0.7, "spoken": 7, "answered": 2,
        "acted": 2, "proactive": 0.8, "walkthrough": True, "ramble": 0.1}),
    "solid_mid": (((S, S),) * 5, {
        "essential_before": 4, "relevant": 4, "honoured": 0.8, "core": 1.0, "edge": 0.7, "own_checks": 1,
        "justified": 3, "vague": 1, "follow_up_points": 0.45, "spoken": 5, "answered": 2, "acted": 1,
        "proactive": 0.5, "ramble": 0.2}),
    "jump_to_code": (((VW, VW), (W, S), (W, S), (W, S), (W, W)), {
        "core": 1.0, "edge": 0.5, "own_checks": 1, "justified": 3, "vague": 1, "follow_up_points": 0.4,
        "spoken": 5, "answered": 2, "acted": 1, "proactive": 0.5}),
    "late_stepback": (((W, S), (S, S), (S, S), (S, VS), (S, S)), {
        "essential_late": 4, "step_back": True, "relevant": 4, "honoured": 0.9, "core": 1.0, "edge": 0.8,
        "own_checks": 2, "own_edge": 1, "justified": 4, "follow_up_points": 0.5, "spoken": 6, "answered": 2,
        "acted": 2, "proactive": 0.6, "walkthrough": True}),
    "wrong_metric": (((W, W), (VW, W), (W, W), (W, S), (W, W)), {
        "essential_before": 2, "relevant": 2, "honoured": 0.3, "core": 0.3, "edge": 0.2, "own_checks": 1,
        "justified": 2, "vague": 2, "misconceptions": 2, "follow_up_points": 0.3, "spoken": 5, "answered": 2,
        "proactive": 0.5}),
    "sklearn_user": (((VW, W), (VW, VW), (VW, W), (W, S), (VW, VW)), {
        "essential_before": 1, "relevant": 1, "honoured": 0.0, "forbidden": True, "core": 1.0, "edge": 0.8,
        "own_checks": 1, "justified": 1, "vague": 2, "misconceptions": 1, "follow_up_points": 0.2,
        "spoken": 4,
        "answered": 2, "proactive": 0.4, "defensive": 1}),
    "sklearn_then_asks": (((W, S), (S, S), (S, S), (S, VS), (S, S)), {
        "essential_before": 3, "relevant": 3, "honoured": 0.9, "core": 1.0, "edge": 0.7, "own_checks": 1,
        "justified": 3, "follow_up_points": 0.5, "spoken": 6, "answered": 2, "acted": 2, "proactive": 0.5}),
    "hint_beggar": (((W, S), (W, W), (VW, W), (W, W), (W, W)), {
        "essential_before": 3, "relevant": 3, "off_topic": 2, "extraction": 3, "honoured": 0.7, "core": 1.0,
        "edge": 0.4, "own_checks": 1, "justified": 1, "vague": 2, "follow_up_points": 0.2, "spoken": 6,
        "answered": 2, "acted": 2, "proactive": 0.2, "hints": 6, "hint_level": 3}),
    "extractor_injector": (((VW, W), (VW, W), (VW, W), (VW, W), (VW, W)), {
        "extraction": 6, "core": 0.2, "edge": 0.1, "vague": 2, "follow_up_points": 0.1, "spoken": 4,
        "answered": 1, "proactive": 0.2, "ramble": 0.9}),
    "defensive": (((S, S), (W, S), (W, S), (W, W), (W, S)), {
        "essential_before": 4, "relevant": 4, "honoured": 0.6, "core": 1.0, "edge": 0.5, "own_checks": 1,
        "justified": 3, "vague": 1, "follow_up_points": 0.4, "spoken": 6, "interjections": 3, "answered": 3,
        "proactive": 0.5, "defensive": 3}),
    "over_optimizer": (((S, S), (W, S), (S, VS), (S, S), (S, S)), {
        "essential_before": 4, "relevant": 4, "honoured": 0.8, "core": 1.0, "edge": 0.6, "own_checks": 2,
        "justified": 5, "follow_up_points": 0.5, "spoken": 6, "answered": 2, "acted": 1, "proactive": 0.7,
        "after_green": 0.4, "walkthrough": True}),
    "recoverer": (((S, S), (S, VS), (S, VS), (S, VS), (S, VS)), {
        "essential_before": 4, "relevant": 4, "honoured": 0.9, "core": 1.0, "edge": 0.9, "own_checks": 3,
        "own_edge": 1, "leak_fixed": True, "justified": 5, "misconceptions": 1, "corrected": 1,
        "follow_up_points": 0.6, "spoken": 7, "answered": 2, "acted": 2, "proactive": 0.7,
        "walkthrough": True}),
    "leakage_maker": (((W, S), (VW, W), (W, W), (W, S), (W, W)), {
        "essential_before": 3, "relevant": 3, "honoured": 0.5, "core": 0.8, "edge": 0.6, "own_checks": 2,
        "leak_left": True, "justified": 2, "vague": 1, "misconceptions": 2, "follow_up_points": 0.3,
        "spoken": 5, "answered": 2, "proactive": 0.5}),
    "terse_non_native": (((S, VS), (S, VS), (S, S), (S, S), (S, S)), {
        "essential_before": 5, "relevant": 6, "honoured": 1.0, "restated": True, "core": 1.0, "edge": 0.8,
        "own_checks": 2, "own_edge": 1, "justified": 4, "follow_up_points": 0.4, "spoken": 5, "answered": 2,
        "acted": 2, "proactive": 0.5}),
    "theory_only": (((S, S), (VW, W), (S, VS), (S, S), (W, W)), {
        "essential_before": 4, "relevant": 4, "honoured": 0.5, "core": 0.1, "justified": 5,
        "follow_up_points": 0.7, "spoken": 6, "answered": 2, "acted": 1, "proactive": 0.8, "ramble": 0.3}),
    "no_check_finisher": (((S, S), (W, W), (S, S), (S, S), (S, S)), {
        "essential_before": 4, "relevant": 4, "honoured": 0.8, "core": 1.0, "edge": 0.7, "justified": 3,
        "follow_up_points": 0.4, "spoken": 5, "answered": 2, "acted": 1, "proactive": 0.5}),
    "panicker": (((W, S), (W, W), (W, S), (W, S), (W, W)), {
        "essential_before": 3, "relevant": 3, "honoured": 0.6, "core": 0.5, "edge": 0.2, "own_checks": 1,
        "justified": 2, "vague": 2, "follow_up_points": 0.3, "spoken": 4, "interjections": 3, "answered": 2,
        "acted": 1, "proactive": 0.3}),
    "empty_session": (((VW, VW),) * 5, {}),
    "plain_style_over_volume": (((S, S), (S, S), (S, S), (S, VS), (S, S)), {
        "essential_before": 4, "relevant": 4, "honoured": 0.8, "core": 1.0, "edge": 0.7, "own_checks": 1,
        "justified": 3, "follow_up_points": 0.45, "spoken": 5, "answered": 2, "acted": 1, "proactive": 0.5}),
}  # fmt: skip


def levels(f: Features, seniority: Seniority = Seniority.MID) -> dict[str, int]:
    rated = table.rate(f, seniority)
    overall, _ = table.overall({k: v.level for k, v in rated.items()}, f)
    assert overall is not None
    return {**{k: v.level.rank for k, v in rated.items()}, "overall": overall.rank}


def test_there_are_21_personas() -> None:
    assert len(PERSONAS) == 21


@pytest.mark.parametrize("name", PERSONAS)
def test_persona_lands_in_its_range(name: str) -> None:
    expected, record = PERSONAS[name]
    found = levels(Features(**record))
    for key, (low, high) in zip((*table.SIGNALS, "overall"), expected, strict=True):
        assert low <= found[key] <= high, (key, found)


# --- monotone ---------------------------------------------------------------------------------

ESSENTIAL, DECISIONS, WINDOWS, INTERJECTIONS = 6, 8, 8, 3
share = st.floats(0, 1, allow_nan=False)


@st.composite
def records(draw: st.DrawFn) -> Features:
    before = draw(st.integers(0, ESSENTIAL))
    justified = draw(st.integers(0, DECISIONS))
    checks = draw(st.integers(0, 4))
    answered = draw(st.integers(0, INTERJECTIONS))
    mistaken = draw(st.integers(0, 3))
    return Features(
        essential=ESSENTIAL, essential_before=before, essential_late=draw(st.integers(0, ESSENTIAL - before)),
        relevant=draw(st.integers(0, 6)), off_topic=draw(st.integers(0, 3)), extraction=draw(st.integers(0,
        3)),
        honoured=draw(share), restated=draw(st.booleans()), step_back=draw(st.booleans()),
        core=draw(st.sampled_from([0, 0.2, 0.4, 0.7, 0.95, 1])), edge=draw(share), own_checks=checks,
        own_edge=draw(st.integers(0, min(2, checks))), forbidden=draw(st.booleans()) and draw(st.booleans()),
        leak_left=draw(st.booleans()) and draw(st.booleans()), hints=draw(st.integers(0, 6)),
        hint_level=draw(st.integers(0, 3)), decisions=DECISIONS, justified=justified,
        vague=draw(st.integers(0, DECISIONS - justified)), misconceptions=mistaken,
        corrected=draw(st.integers(0, mistaken)), follow_ups=3, follow_up_points=draw(share), windows=WINDOWS,
        spoken=draw(st.integers(0, WINDOWS)), proactive=draw(share), interjections=INTERJECTIONS,
        answered=answered, acted=draw(st.integers(0, answered)), defensive=draw(st.integers(0, 2)),
        ramble=draw(share), walkthrough=draw(st.booleans()), after_green=draw(st.floats(0, 0.5)),
        senior_points=draw(st.none() | share),
    )  # fmt: skip


CAPS: dict[str, float] = {
    "essential_before": ESSENTIAL, "honoured": 1, "core": 1, "edge": 1, "own_checks": 6, "own_edge": 4,
    "justified": DECISIONS, "follow_up_points": 1, "spoken": WINDOWS, "proactive": 1,
        "answered": INTERJECTIONS,
    "acted": INTERJECTIONS, "corrected": 3,
}  # fmt: skip
DOWN = (
    "vague", "misconceptions", "ramble", "defensive", "extraction", "off_topic", "after_green", "hints",
        "hint_level",
)  # fmt: skip


def better(f: Features, name: str) -> Features:
    """One thing a little better, everything else as little changed as its meaning allows."""
    value: Any = getattr(f, name)
    change: dict[str, Any]
    if name in CAPS:
        step = 1 if isinstance(value, int) and name not in ("core",) else 0.2
        change = {name: min(CAPS[name], value + step)}
    elif name in DOWN:
        change = {name: max(0, value - (1 if isinstance(value, int) else 0.2))}
    else:
        change = {name: name in ("restated", "walkthrough", "step_back")}
    g = dataclasses.replace(f, **change)
    return dataclasses.replace(
        g,
        essential_late=min(g.essential_late, ESSENTIAL - g.essential_before),
        own_checks=max(g.own_checks, g.own_edge),
        acted=min(g.acted, g.answered),
        vague=min(g.vague, DECISIONS - g.justified),
        corrected=min(g.corrected, g.misconceptions),
    )


@settings(max_examples=800, deadline=None)
@given(
    records(),
    st.sampled_from([*CAPS, *DOWN, "restated", "walkthrough", "step_back", "forbidden", "leak_left"]),
    st.sampled_from(list(Seniority)),
)
def test_doing_one_thing_better_lowers_nothing(f: Features, name: str, seniority: Seniority) -> None:
    g = better(f, name)
    # The one exception, stated in the rubric's sense: with no vague reason left there is no reason at all.
    assume(not (name == "vague" and f.justified == 0 and g.vague == 0))
    # Correcting one of fewer misconceptions is another session, not a better one.
    assume(not (name == "misconceptions" and g.corrected < f.corrected))
    before, after = levels(f, seniority), levels(g, seniority)
    assert all(after[k] >= before[k] for k in before), (name, before, after)


def test_planted_fault_is_caught_by_the_monotone_check(monkeypatch: pytest.MonkeyPatch) -> None:
    real = table.technical_skills

    def faulty(f: Features, seniority: Seniority = Seniority.MID) -> table.Verdict:
        found = real(f, seniority)
        return table.Verdict(Level.WEAK) if f.own_checks > 3 else found

    monkeypatch.setattr(table, "technical_skills", faulty)
    f = Features(core=1, edge=1, own_checks=3, own_edge=1)
    assert levels(better(f, "own_checks"))[table.TECHNICAL] < levels(f)[table.TECHNICAL]


# --- noise ------------------------------------------------------------------------------------


def test_measurement_noise_rarely_moves_two_levels() -> None:
    r = random.Random(7)
    moved: dict[str, int] = dict.fromkeys((*table.SIGNALS, "overall"), 0)
    two = total = 0
    for _, record in PERSONAS.values():
        f = Features(**record)
        base = levels(f)
        for _ in range(200):
            noisy: dict[str, Any] = {
                k: max(0, getattr(f, k) + r.choice([-1, 0, 0, 1]))
                for k in ("justified", "vague", "spoken", "essential_before", "answered")
            }
            noisy |= {
                k: min(1.0, max(0.0, getattr(f, k) + r.uniform(-0.1, 0.1)))
                for k in ("follow_up_points", "proactive", "ramble")
            }
            noisy["answered"] = min(noisy["answered"], f.interjections)
            noisy["spoken"] = min(noisy["spoken"], f.windows)
            noisy["essential_before"] = min(noisy["essential_before"], f.essential)
            g = levels(dataclasses.replace(f, **noisy))
            total += 1
            for k in moved:
                moved[k] += g[k] != base[k]
                two += abs(g[k] - base[k]) > 1
    assert moved[table.TECHNICAL] == 0
    assert all(n / total <= 0.25 for n in moved.values()), moved
    assert two / (total * len(moved)) <= 0.01


# --- bounds, caps and the formula -------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(records(), st.sampled_from(list(Seniority)))
def test_ratings_stay_in_the_intervals_every_rater_must_keep(f: Features, seniority: Seniority) -> None:
    rated = table.rate(f, seniority)
    for low, high, level in (
        (*table.technical_interval(f, seniority), rated[table.TECHNICAL].level),
        (*table.understanding_interval(f), rated[table.UNDERSTANDING].level),
    ):
        assert low.rank <= level.rank <= high.rank


@settings(max_examples=200, deadline=None)
@given(records())
def test_failing_code_is_never_strong_and_unverified_code_never_above_weak(f: Features) -> None:
    _, high = table.technical_interval(f)
    if f.core < 0.95 or f.own_checks == 0 or f.leak_left:
        assert high.rank <= W
    if f.forbidden:
        assert high is Level.VERY_WEAK


@pytest.mark.parametrize(
    ("record", "interval"),
    [
        ({"core": 1.0, "edge": 0.6, "own_checks": 1}, (Level.STRONG, Level.STRONG)),
        ({"core": 0.6}, (Level.WEAK, Level.WEAK)),
        ({"core": 1.0, "edge": 1.0, "own_checks": 2}, (Level.STRONG, Level.VERY_STRONG)),
        ({"core": 1.0, "edge": 0.4, "own_checks": 2}, (Level.WEAK, Level.STRONG)),
        ({"core": 0.2, "own_checks": 1}, (Level.VERY_WEAK, Level.WEAK)),
        ({"core": 1.0, "edge": 1.0, "own_checks": 9, "forbidden": True}, (Level.VERY_WEAK, Level.VERY_WEAK)),
        ({"core": 1.0, "edge": 1.0, "own_checks": 2, "hint_level": 3}, (Level.STRONG, Level.STRONG)),
    ],
)
def test_technical_interval(record: dict[str, Any], interval: tuple[Level, Level]) -> None:
    assert table.technical_interval(Features(**record)) == interval


def test_senior_thresholds_are_a_step_up() -> None:
    f = Features(core=1.0, edge=0.6, own_checks=1, own_edge=0)
    assert table.technical_skills(f, Seniority.MID).level is Level.STRONG
    assert table.technical_skills(f, Seniority.SENIOR).level is Level.WEAK
    r = Features(justified=3, follow_up_points=0.45)
    assert table.rationale(r, Seniority.JUNIOR).level is Level.STRONG
    assert table.rationale(r, Seniority.SENIOR).level is Level.WEAK
    one = Features(justified=6, follow_up_points=0.6, senior_points=0.3)
    assert table.rationale(one, Seniority.MID).level is Level.VERY_STRONG
    assert table.rationale(one, Seniority.SENIOR).level is Level.WEAK


@pytest.mark.parametrize(
    ("ranks", "features", "expected"),
    [
        ((3, 3, 3, 3), {"core": 1.0}, 3),
        ((3, 3, 3, 1), {"core": 1.0}, 2),
        ((3, 3, 2, 2), {"core": 1.0}, 2),
        ((2, 2, 2, 0), {"core": 1.0}, 1),
        ((3, 0, 3, 3), {"core": 0.1}, 1),
        ((3, 0, 3, 3), {"core": 0.0}, 0),
        ((3, 0, 3, 3), {"core": 1.0, "forbidden": True}, 0),
        ((3, 1, 3, 3), {"core": 1.0, "leak_left": True}, 1),
        ((2, 1, 1, 3), {"core": 1.0}, 1),
    ],
)
def test_overall_is_the_lower_median_with_caps(
    ranks: tuple[int, ...], features: dict[str, Any], expected: int
) -> None:
    four = [Level.VERY_WEAK, Level.WEAK, Level.STRONG, Level.VERY_STRONG]
    rated = {signal: four[rank] for signal, rank in zip(table.SIGNALS, ranks, strict=True)}
    level, _ = table.overall(dict(rated), Features(**features))
    assert level is four[expected]


def test_signals_not_assessed_are_left_out_of_the_median() -> None:
    rated: dict[str, Level | None] = {"a": Level.STRONG, "b": None, "c": Level.VERY_STRONG, "d": None}
    assert table.overall(rated)[0] is Level.STRONG
    assert table.overall({"a": None})[0] is None
