"""A scenario as a value: what `scenario.toml` and the files beside it say."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from interviewer.domain.phases import Kind
from interviewer.domain.rubric import Seniority
from interviewer.domain.test_run import Tier


class QuestionType(StrEnum):
    """What the candidate is asked to produce."""

    ALGORITHM = "algorithm"
    DATA_PROCESSING = "data_processing"
    METRIC = "metric"
    DEBUG = "debug"
    COMPONENT = "component"


class Pattern(StrEnum):
    """The nine things a question can really be testing."""

    PREPROCESSING = "preprocessing"
    METRICS = "metrics"
    WINDOWS = "windows"
    SAMPLING = "sampling"
    COMPONENTS = "components"
    DEBUGGING = "debugging"
    SHAPES = "shapes"
    TRAIN_TEST = "train_test"
    SANITY_CHECKS = "sanity_checks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probes:
    """Ways candidates ask about a fact, by style; each must hit its own fact and no other."""

    plain: tuple[str, ...] = ()
    no_term: tuple[str, ...] = ()
    non_native: tuple[str, ...] = ()
    assumption: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every probe."""
        return self.plain + self.no_term + self.non_native + self.assumption


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something the brief leaves out.

    `aliases` are match rules: each is regular expressions joined by `&&` (all must match the same
    segment) and `!!` (must not match). `agrees` and `contradicts` are rules of the same form that
    tell whether an assumption matched to this fact is right or wrong.
    `tests` name the tests that fail when the fact is not honoured.
    """

    id: str
    topic: str
    answer: str
    essential: bool = False
    aliases: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    probes: Probes = field(default_factory=Probes)
    tests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing a good answer or a sound reason says; `aliases` recognise it in free text."""

    text: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A choice the candidate makes and should justify.

    `mentions` recognise that the candidate speaks about the choice at all; `reasons` are the sound
    ones, `misconceptions` the usual wrong ones; `question` asks for the reason without naming it.
    """

    id: str
    title: str
    question: str
    mentions: tuple[str, ...]
    reasons: tuple[Point, ...]
    misconceptions: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A question asked after the code, with the points a good answer makes."""

    id: str
    question: str
    points: tuple[Point, ...]
    level: Seniority = Seniority.MID


class TriggerKind(StrEnum):
    """What sets an interjection off."""

    CODE_MATCHES = "code_matches"
    SAID_MATCHES = "said_matches"
    NO_FUNCTION_AFTER = "no_function_after"
    GREEN_AND_EDITING = "green_and_editing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interjection:
    """A line the interviewer says unasked, at most once.

    `pattern` and `unless` are regular expressions over the code or the candidate's words;
    `minutes` belongs to `no_function_after`.
    """

    id: str
    trigger: TriggerKind
    line: str
    pattern: str = ""
    unless: str = ""
    minutes: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSpec:
    """One function `test_<name>(solution, rng)` of `tests.py`; `about` is shown for visible tests."""

    __test__ = False

    name: str
    tier: Tier
    hidden: bool = True
    fact: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A classic wrong implementation, `mutants/<id>.py`, and the question that exposes it."""

    id: str
    misconception: str
    question: str
    killed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a candidate's code may use: wall-clock seconds a call, seconds in all, megabytes."""

    call_seconds: float = 2.0
    total_seconds: float = 20.0
    memory_mb: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One interview question with everything needed to run, conduct and rate it.

    `entry` are the names the tests call; `digest` identifies the files it was loaded from;
    `path` is the folder (trusted code in it runs on the trusted side only).
    """

    id: str
    title: str
    kind: Kind
    question_type: QuestionType
    patterns: tuple[Pattern, ...]
    level: Seniority
    minutes: int
    rubric: str
    signatures: tuple[str, ...]
    entry: tuple[str, ...]
    brief: str
    guide: str
    starter: str
    facts: tuple[Fact, ...]
    hints: tuple[str, ...]
    decisions: tuple[Decision, ...]
    follow_ups: tuple[FollowUp, ...]
    interjections: tuple[Interjection, ...]
    tests: tuple[TestSpec, ...]
    mutants: tuple[Mutant, ...]
    libraries: tuple[str, ...] = ("numpy",)
    topics: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    digest: str = ""
    path: str = ""

    def fact(self, fact_id: str) -> Fact | None:
        """The fact with this id, if the scenario has it."""
        return next((f for f in self.facts if f.id == fact_id), None)

    def test(self, name: str) -> TestSpec | None:
        """The test with this name, if the scenario has it."""
        return next((t for t in self.tests if t.name == name), None)

    def visible(self) -> tuple[TestSpec, ...]:
        """The tests a candidate may see."""
        return tuple(t for t in self.tests if not t.hidden)
