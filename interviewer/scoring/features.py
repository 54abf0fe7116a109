"""What the decision table reads: one session boiled down to counts and shares."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Every feature with its neutral default; shares are 0..1.

    Problem understanding: `essential` facts in the scenario, obtained `essential_before` or
    `essential_late` (after the first real code); questions by kind; `honoured` is the share of obtained
    facts whose tests pass at the end, None when the code does too little right for a failing test to
    say anything about a fact; `implemented` tells whether there was real code at all.

    Technical skills: `core` and `edge` are passed shares of the best submission, `own_checks` distinct
    right checks of the candidate's own, `own_edge` those of them on an edge input.

    Rationale: `decisions` to justify, how many were (`justified`), vaguely (`vague`) or wrongly
    (`misconceptions`, of which `corrected`); `follow_up_points` is the mean share of points made over
    the `follow_ups` put, `senior_points` the best share over those of senior level (None: none put).

    Communication: three-minute `windows` with code changes, those `spoken` in; `proactive` is the share
    of justifications given unasked, `ramble` the share of words in turns without any anchor,
    `after_green` the share of the time spent adding code after it was solved and checked.
    """

    essential: int = 6
    essential_before: int = 0
    essential_late: int = 0
    relevant: int = 0
    off_topic: int = 0
    extraction: int = 0
    honoured: float | None = 0.0
    implemented: bool = True
    restated: bool = False
    step_back: bool = False

    core: float = 0.0
    edge: float = 0.0
    own_checks: int = 0
    own_edge: int = 0
    forbidden: bool = False
    leak_left: bool = False
    leak_fixed: bool = False
    hints: int = 0
    hint_level: int = 0

    decisions: int = 8
    justified: int = 0
    vague: int = 0
    misconceptions: int = 0
    corrected: int = 0
    follow_ups: int = 3
    follow_up_points: float = 0.0
    senior_points: float | None = None
    paste_unexplained: bool = False

    windows: int = 8
    spoken: int = 0
    proactive: float = 0.0
    interjections: int = 2
    answered: int = 0
    acted: int = 0
    defensive: int = 0
    ramble: float = 0.0
    walkthrough: bool = False
    after_green: float = 0.0
