"""The commands a session can be given: a closed union, handled by `session.decide`."""

from __future__ import annotations

from dataclasses import dataclass, field

from interviewer.domain import events as ev
from interviewer.domain.phases import Kind, Phase, PhasePlan
from interviewer.domain.rubric import Level, Seniority
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.test_run import OwnTestGrade, ProgramRun, RunPurpose, TestRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """Start a session: becomes the first event and enters the first phase."""

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
    outline: ev.ScenarioOutline
    libraries: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    branched_from: str = ""
    branched_at: int = 0


@dataclass(frozen=True, slots=True)
class Reopen:
    """Open a stored session again."""


@dataclass(frozen=True, slots=True)
class Say:
    """The candidate says a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Classify:
    """Record how the candidate's turn was understood."""

    turn: int
    act: ev.Act
    segments: tuple[ev.Segment, ...]


@dataclass(frozen=True, slots=True)
class Speak:
    """The interviewer has said a line."""

    text: str
    reply_to: int = 0
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Disclose:
    """The interviewer gives out a fact."""

    fact: str
    topic: str
    answer: str
    via: ev.Via = ev.Via.ASKED
    turn: int = 0


@dataclass(frozen=True, slots=True)
class NoteAssumption:
    """The candidate settled something without a fact."""

    text: str
    turn: int


@dataclass(frozen=True, slots=True)
class ServeHint:
    """Serve the next rung; `ladder` is the scenario's."""

    ladder: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskFollowUp:
    """Put a follow-up question."""

    follow_up: str
    question: str


@dataclass(frozen=True, slots=True)
class Interject:
    """Speak unasked."""

    trigger: str
    reason: str
    line: str


@dataclass(frozen=True, slots=True)
class ProbeDecision:
    """Ask for the reason behind a decision."""

    decision: str
    question: str


@dataclass(frozen=True, slots=True)
class RefuseMove:
    """Record a move that code outside the engine refused."""

    move: str
    why: str


@dataclass(frozen=True, slots=True)
class EditCode:
    """The editor's text changed."""

    source: str


@dataclass(frozen=True, slots=True)
class RecordTests:
    """Tests have run."""

    purpose: RunPurpose
    run: TestRun


@dataclass(frozen=True, slots=True)
class RecordProgram:
    """The candidate's program has run."""

    run: ProgramRun


@dataclass(frozen=True, slots=True)
class RecordGrade:
    """The candidate's own checks were graded."""

    grade: OwnTestGrade


@dataclass(frozen=True, slots=True)
class EnterPhase:
    """Move to a phase. Only the candidate may go back."""

    phase: Phase
    by: ev.EnteredBy


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed: yields due notices, and ends the interview when the total is gone.

    With `ends` False it leaves that to a later one, for whoever has something to hand in first.
    """

    ends: bool = True


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Let the clock run."""


@dataclass(frozen=True, slots=True)
class ChangeInterviewer:
    """Another interviewer takes over."""

    interviewer: str
    why: str


@dataclass(frozen=True, slots=True)
class RecordLeak:
    """The leak guard withheld a passage."""

    why: str
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordModelCall:
    """A language model was called."""

    model: str
    role: str
    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0
    cost_usd: float | None = None
    estimated: bool = False
    ms: float = 0.0
    error: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """End the interview."""

    reason: ev.EndReason


@dataclass(frozen=True, slots=True)
class RateSelf:
    """The candidate rates themselves before the reveal."""

    ratings: dict[str, Level]


@dataclass(frozen=True, slots=True)
class RecordScore:
    """A rater has produced a scorecard."""

    scorecard: Scorecard


Command = (
    Begin
    | Reopen
    | Say
    | Classify
    | Speak
    | Disclose
    | NoteAssumption
    | ServeHint
    | AskFollowUp
    | Interject
    | ProbeDecision
    | RefuseMove
    | EditCode
    | RecordTests
    | RecordProgram
    | RecordGrade
    | EnterPhase
    | Tick
    | Pause
    | Resume
    | ChangeInterviewer
    | RecordLeak
    | RecordModelCall
    | End
    | RateSelf
    | RecordScore
)
