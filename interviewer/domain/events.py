"""The session log: a closed union of events, each with its number and its time.

`seq` counts from 1 without gaps. `at` is *session seconds*: time since the start during which the
program was open, pauses included; it never runs back. A log is the session: state, transcript,
ratings and report are functions of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from interviewer.domain.phases import Kind, Phase, PhasePlan
from interviewer.domain.rubric import Level, Seniority
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.test_run import OwnTestGrade, ProgramRun, RunPurpose, TestRun

LOG_SCHEMA = 1


class Act(StrEnum):
    """What a candidate's turn, or a segment of it, does."""

    QUESTION = "question"
    ASSUMPTION = "assumption"
    RESTATEMENT = "restatement"
    OUTLINE = "outline"
    NARRATION = "narration"
    ANSWER = "answer"
    HELP = "help"
    EXTRACTION = "extraction"
    SMALL_TALK = "small_talk"
    PROCEDURAL = "procedural"


class Via(StrEnum):
    """How a fact came out."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"


class EnteredBy(StrEnum):
    """Who moved the interview to a phase."""

    CANDIDATE = "candidate"
    INTERVIEWER = "interviewer"
    START = "start"


class EndReason(StrEnum):
    """Why the interview ended."""

    CANDIDATE = "candidate"
    INTERVIEWER = "interviewer"
    TIME_UP = "time_up"
    ABANDONED = "abandoned"


class NoticeKind(StrEnum):
    """A statement about time, made once each."""

    PHASE_AMBER = "phase_amber"
    PHASE_SPENT = "phase_spent"
    TOTAL_AMBER = "total_amber"
    FIVE_MINUTES = "five_minutes"
    TIME_UP = "time_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a candidate's turn as it was understood; `fact` when it was about a known fact.

    `credited` is false for a segment that must earn nothing (too short, pasted rubric text, a word
    list). `score` is the matcher's confidence, 0..1.
    """

    text: str
    act: Act
    fact: str = ""
    plausible: bool = False
    credited: bool = True
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioOutline:
    """What the engine must know of a scenario to grant moves; pinned when the session starts."""

    facts: tuple[str, ...] = ()
    essential: tuple[str, ...] = ()
    hints: int = 0
    follow_ups: tuple[str, ...] = ()
    interjections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    seq: int
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStarted(_Event):
    """First event of every log; `started_at` is UTC ISO 8601; `versions` pins the content used."""

    session: str
    scenario: str
    digest: str
    interview: Kind
    company: str
    seniority: Seniority
    plan: PhasePlan
    code_runs: bool
    seed: int
    interviewer: str
    started_at: str
    starter: str
    outline: ScenarioOutline
    libraries: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    branched_from: str = ""
    branched_at: int = 0
    kind: Literal["session_started"] = "session_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReopened(_Event):
    """The program was closed or died, and the session was opened again."""

    kind: Literal["session_reopened"] = "session_reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSaid(_Event):
    """The candidate's line, as typed."""

    text: str
    kind: Literal["candidate_said"] = "candidate_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnClassified(_Event):
    """How the turn with number `turn` was understood, whoever the interviewer is."""

    turn: int
    act: Act
    segments: tuple[Segment, ...]
    kind: Literal["turn_classified"] = "turn_classified"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewerSaid(_Event):
    """The interviewer's line; `reply_to` is the number of the turn it answers, 0 when unasked."""

    text: str
    reply_to: int = 0
    interrupted: bool = False
    kind: Literal["interviewer_said"] = "interviewer_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDisclosed(_Event):
    """A fact was given out."""

    fact: str
    topic: str
    answer: str
    via: Via
    turn: int = 0
    kind: Literal["fact_disclosed"] = "fact_disclosed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionNoted(_Event):
    """The candidate settled something the scenario has no fact for."""

    text: str
    turn: int
    kind: Literal["assumption_noted"] = "assumption_noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class HintServed(_Event):
    """A rung of the ladder (1-based)."""

    rung: int
    text: str
    cost: str
    kind: Literal["hint_served"] = "hint_served"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAsked(_Event):
    """A follow-up question was put."""

    follow_up: str
    question: str
    kind: Literal["follow_up_asked"] = "follow_up_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interjected(_Event):
    """The interviewer spoke unasked; `trigger` is unique in a session."""

    trigger: str
    reason: str
    line: str
    kind: Literal["interjected"] = "interjected"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionProbed(_Event):
    """The interviewer asked for the reason behind one of the scenario's decisions."""

    decision: str
    question: str
    kind: Literal["decision_probed"] = "decision_probed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRefused(_Event):
    """A move the engine did not grant, and why."""

    move: str
    why: str
    kind: Literal["move_refused"] = "move_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeChanged(_Event):
    """A snapshot of the editor: the full text."""

    source: str
    sha: str
    kind: Literal["code_changed"] = "code_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestsRan(_Event):
    """The scenario's tests ran against the code in the editor."""

    __test__ = False

    purpose: RunPurpose
    run: TestRun
    kind: Literal["tests_ran"] = "tests_ran"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRan(_Event):
    """The candidate's file ran as a program."""

    run: ProgramRun
    kind: Literal["program_ran"] = "program_ran"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTestsGraded(_Event):
    """The candidate's own checks were graded against the reference and the mutants."""

    grade: OwnTestGrade
    kind: Literal["own_tests_graded"] = "own_tests_graded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseEntered(_Event):
    """The interview moved to a phase."""

    phase: Phase
    by: EnteredBy
    kind: Literal["phase_entered"] = "phase_entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeNoticed(_Event):
    """A statement about time was due; `phase` for the two that concern one phase."""

    notice: NoticeKind
    remaining: float
    phase: Phase | None = None
    kind: Literal["time_noticed"] = "time_noticed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(_Event):
    """The clock stands."""

    kind: Literal["paused"] = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(_Event):
    """The clock runs again."""

    kind: Literal["resumed"] = "resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewerChanged(_Event):
    """Another interviewer took over."""

    interviewer: str
    why: str
    kind: Literal["interviewer_changed"] = "interviewer_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakBlocked(_Event):
    """The leak guard withheld a passage; its text is not stored, only why and how long it was."""

    why: str
    characters: int
    kind: Literal["leak_blocked"] = "leak_blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCalled(_Event):
    """One call of a language model: tokens and cost; `estimated` when the provider gave no usage."""

    model: str
    role: str
    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0
    cost_usd: float | None = None
    estimated: bool = False
    ms: float = 0.0
    error: str = ""
    kind: Literal["model_called"] = "model_called"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewEnded(_Event):
    """Nothing more is said or run; rating follows."""

    reason: EndReason
    kind: Literal["interview_ended"] = "interview_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfRated(_Event):
    """The candidate's own rating per signal, given before the reveal."""

    ratings: dict[str, Level]
    kind: Literal["self_rated"] = "self_rated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored(_Event):
    """A rater's scorecard; a session may be scored again under another rubric or scorer."""

    scorecard: Scorecard
    kind: Literal["scored"] = "scored"


SessionEvent = (
    SessionStarted
    | SessionReopened
    | CandidateSaid
    | TurnClassified
    | InterviewerSaid
    | FactDisclosed
    | AssumptionNoted
    | HintServed
    | FollowUpAsked
    | Interjected
    | DecisionProbed
    | MoveRefused
    | CodeChanged
    | TestsRan
    | ProgramRan
    | OwnTestsGraded
    | PhaseEntered
    | TimeNoticed
    | Paused
    | Resumed
    | InterviewerChanged
    | LeakBlocked
    | ModelCalled
    | InterviewEnded
    | SelfRated
    | Scored
)
