"""What a rater concludes: ratings, decision, and claims that point at events."""

from __future__ import annotations

from dataclasses import dataclass, field

from interviewer.domain.rubric import Level
from interviewer.domain.test_run import Tier, Verdict

SCORECARD_SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement resting on events; `quote`, when given, is a literal substring of one of them."""

    text: str
    events: tuple[int, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRating:
    """One signal's rating, or why it has none.

    `interval` are the lowest and highest level the evidence allows; `proposed` is the rater's own
    level before clamping when that differed; `samples` the levels of repeated judge calls.
    """

    signal: str
    title: str
    rating: Level | None
    not_assessed: str = ""
    reasons: tuple[Claim, ...] = ()
    interval: tuple[Level, Level] | None = None
    proposed: Level | None = None
    samples: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One detected mistake of the top-ten lists."""

    id: str
    title: str
    claim: Claim
    inference: str
    avoidance: str
    recovered: bool = False
    recovery: Claim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTime:
    """Seconds spent in a phase beside the seconds recommended (None: untimed)."""

    phase: str
    spent: float
    budget: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """How one fact was obtained: `asked`, `assumed`, each also `_late`, or `missed`."""

    fact: str
    topic: str
    essential: bool
    status: str
    honoured: bool | None = None
    events: tuple[int, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """Whether a decision was justified: `sound`, `vague`, `misconception`, `corrected` or `open`."""

    decision: str
    title: str
    status: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """Points made of the points a good answer makes."""

    follow_up: str
    question: str
    made: tuple[str, ...]
    missing: tuple[str, ...]
    events: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRow:
    """A test of the final run as the report shows it."""

    __test__ = False

    name: str
    tier: Tier
    hidden: bool
    verdict: Verdict
    message: str = ""
    line: int | None = None
    code_line: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedRow:
    """A criterion of the weighted view; `share` is 0..1, None where it could not be assessed."""

    id: str
    title: str
    weight: int
    share: float | None
    note: str = ""
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachStep:
    """A step of the ten-step approach, ticked when the log shows it."""

    id: str
    title: str
    done: bool
    claim: Claim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The whole outcome of a session under one rubric and one rater."""

    session: str
    scenario: str
    title: str
    kind: str
    rubric: str
    rubric_version: int
    rater: str
    scorer_version: int
    signals: tuple[SignalRating, ...]
    overall: Level | None
    overall_reasons: tuple[Claim, ...]
    formula: str
    decision: str
    meaning: str
    levelling: str
    thin: str = ""
    weighted: tuple[WeightedRow, ...] = ()
    weighted_total: float | None = None
    mistakes: tuple[Mistake, ...] = ()
    phases: tuple[PhaseTime, ...] = ()
    facts: tuple[FactRow, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    follow_ups: tuple[FollowUpRow, ...] = ()
    tests: tuple[TestRow, ...] = ()
    approach: tuple[ApproachStep, ...] = ()
    own_tests_killed: int | None = None
    own_tests_mutants: int | None = None
    patterns: tuple[str, ...] = ()
    really_tested: str = ""
    hints: int = 0
    dropped_claims: int = 0
    self_rating: dict[str, Level] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    schema: int = SCORECARD_SCHEMA
