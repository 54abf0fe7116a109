"""What the service needs from outside: interviewer, judge, executor, store, clock.

Each is a small protocol; every implementation passes the contract suite of its port under
`tests/contract/`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from interviewer.domain.commands import RecordModelCall
from interviewer.domain.events import Act, Segment, SessionEvent, Via
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Rubric, Seniority
from interviewer.domain.scenario import Scenario, TestSpec
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.test_run import OwnTestGrade, ProgramRun, TestResult, TestRun
from interviewer.domain.transcript import Line

# --- clock ------------------------------------------------------------------------------------


class Clock(Protocol):
    """Seconds on a clock that never runs back; only differences mean anything."""

    def now(self) -> float:
        """Seconds."""
        ...


# --- interviewer ------------------------------------------------------------------------------


class Occasion(StrEnum):
    """Why the interviewer is asked to speak."""

    OPENING = "opening"
    TURN = "turn"
    HINT = "hint"
    PHASE = "phase"
    TESTS = "tests"
    PROGRAM = "program"
    WATCH = "watch"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeView:
    """The true time in seconds; None where the session is untimed.

    `green_for` and `red_for`: since when the candidate's runs are all green, or not green any more.
    """

    elapsed: float
    remaining: float | None
    phase_elapsed: float
    phase_budget: float | None
    since_candidate_spoke: float
    since_code_changed: float
    since_interviewer_spoke: float
    green_for: float | None = None
    red_for: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A fact by its neutral topic, without its answer unless it was disclosed."""

    fact: str
    topic: str
    essential: bool
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewView:
    """Everything an interviewer may see. No reference, hidden test, unserved rung or undisclosed answer.

    `turn` is the number of the candidate's turn being answered (0 when none), `act` and `segments`
    how it was understood. `misconception` is the exposing question of a recognised mutant, not its name.
    `follow_ups` and `decisions` are those not yet put, as (id, question). `largest_paste` is the most
    lines that one snapshot of the code added.
    """

    occasion: Occasion
    brief: str
    title: str
    seniority: Seniority
    company: str
    code_runs: bool
    libraries: tuple[str, ...]
    phase: Phase
    next_phase: Phase | None
    time: TimeView
    lines: tuple[Line, ...]
    topics: tuple[Topic, ...]
    code: str
    starter: str
    code_changes: int
    turn: int = 0
    act: Act | None = None
    segments: tuple[Segment, ...] = ()
    run: TestRun | None = None
    program: ProgramRun | None = None
    hints: tuple[str, ...] = ()
    rungs: int = 0
    hint_refusal: str = ""
    next_hint_cost: str = ""
    follow_ups: tuple[tuple[str, str], ...] = ()
    follow_ups_asked: tuple[str, ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()
    decisions_probed: tuple[str, ...] = ()
    decisions_justified: tuple[str, ...] = ()
    interjections: tuple[str, ...] = ()
    misconception: str = ""
    misconception_confidence: float = 0.0
    largest_paste: int = 0


@dataclass(frozen=True, slots=True)
class DiscloseFact:
    """Give out one fact; granted with its answer as text."""

    fact: str
    via: Via = Via.ASKED


@dataclass(frozen=True, slots=True)
class NoteTheAssumption:
    """Record that the candidate settled something the scenario has no fact for."""

    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Serve the next rung; granted with the rung as text."""


@dataclass(frozen=True, slots=True)
class AskTheFollowUp:
    """Put a follow-up question; granted with the question as text."""

    follow_up: str


@dataclass(frozen=True, slots=True)
class ProbeTheDecision:
    """Ask for the reason behind a decision; granted with the question as text."""

    decision: str


@dataclass(frozen=True, slots=True)
class InterjectLine:
    """Speak unasked, once per trigger; granted with the line as text."""

    trigger: str
    reason: str
    line: str


@dataclass(frozen=True, slots=True)
class RequestPhase:
    """Ask the engine to move to the next phase."""

    phase: Phase


@dataclass(frozen=True, slots=True)
class RequestEnd:
    """Ask the engine to end the interview."""

    why: str


Move = (
    DiscloseFact
    | NoteTheAssumption
    | Hint
    | AskTheFollowUp
    | ProbeTheDecision
    | InterjectLine
    | RequestPhase
    | RequestEnd
)


@dataclass(frozen=True, slots=True)
class MoveOutcome:
    """The engine's answer: granted with the text to say, or refused with the reason."""

    granted: bool
    text: str = ""


class Desk(Protocol):
    """Where an interviewer asks the engine for a move; decided at once and recorded."""

    def request(self, move: Move) -> MoveOutcome:
        """Grant or refuse `move`."""
        ...

    def record_leak(self, why: str, characters: int) -> None:
        """Record that a passage was withheld."""
        ...

    def record_model_call(
        self,
        *,
        model: str,
        role: str,
        input_tokens: int,
        output_tokens: int,
        cached_tokens: int = 0,
        cost_usd: float | None = None,
        estimated: bool = False,
        ms: float = 0.0,
        error: str = "",
    ) -> None:
        """Record a call of a language model; a text in `error` is shown to the candidate as a note."""
        ...

    def change_interviewer(self, name: str, why: str) -> None:
        """Record that another interviewer speaks from now on."""
        ...


class Interviewer(Protocol):
    """One side of the conversation. It sees an `InterviewView`, acts through a `Desk`, and speaks."""

    @property
    def name(self) -> str:
        """How the log calls it: `offline` or the model's name."""
        ...

    def respond(self, view: InterviewView, desk: Desk) -> AsyncIterator[str]:
        """Yield the reply piece by piece; nothing at all means staying silent.

        Raises ModelError when a model could not answer; what was yielded before stays said.
        """
        ...


@runtime_checkable
class Versioned(Protocol):
    """An interviewer made of parts with versions (model, prompts) that a session should record."""

    @property
    def versions(self) -> dict[str, str]:
        """Version by part."""
        ...


@runtime_checkable
class Warming(Protocol):
    """An interviewer that is slow to get ready; front ends warm it after their first paint."""

    async def warm(self) -> None:
        """Get ready in a thread; never raises ModelError, the first reply will tell."""
        ...


@runtime_checkable
class HandsBack(Protocol):
    """An interviewer in whose place another may come to speak, until it is handed back the word."""

    @property
    def taken_over(self) -> bool:
        """True while another speaks in its place."""
        ...

    def hand_back(self) -> None:
        """Let it speak again from the next reply on; nothing when it does so already."""
        ...


@runtime_checkable
class Spending(Protocol):
    """An interviewer with a budget; told of the session's past, so that what was spent stays spent."""

    def recall(self, log: Sequence[SessionEvent]) -> None:
        """Take note of a log that is being continued."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """How a turn was understood."""

    act: Act
    segments: tuple[Segment, ...]


class Listener(Protocol):
    """Understands the candidate's turns against one scenario, whoever the interviewer is."""

    def understand(self, text: str, view: InterviewView) -> Understanding:
        """Classify a turn, split it, and match its segments to facts."""
        ...


# --- executor ---------------------------------------------------------------------------------

OnResult = Callable[[TestResult], None]
OnOutput = Callable[[str], None]


class Executor(Protocol):
    """Runs the candidate's code, contained. Blocking; safe to call from a worker thread."""

    def warm(self) -> None:
        """Get ready, so that the first run is as fast as the others."""
        ...

    def run_tests(
        self,
        scenario: Scenario,
        source: str,
        *,
        tests: Sequence[TestSpec],
        seed: int = 0,
        recognise: bool = False,
        on_result: OnResult | None = None,
    ) -> TestRun:
        """Run `tests` of the scenario against `source`; `on_result` is called after each."""
        ...

    def run_program(
        self, scenario: Scenario, source: str, *, on_output: OnOutput | None = None
    ) -> ProgramRun:
        """Run the file as a program; `on_output` gets sanitised output as it comes."""
        ...

    def grade_own_tests(self, scenario: Scenario, source: str) -> OwnTestGrade:
        """Run the candidate's own checks against the reference and every mutant."""
        ...

    def sandbox(self) -> dict[str, str]:
        """Each containment layer: `on`, `off`, or why it is missing."""
        ...

    def close(self) -> None:
        """End all child processes."""
        ...


# --- judge ------------------------------------------------------------------------------------


class Rater(Protocol):
    """Turns a log into a scorecard."""

    @property
    def name(self) -> str:
        """`rules` or `judge:<model>`."""
        ...

    def rate(self, log: Sequence[SessionEvent], scenario: Scenario, rubric: Rubric) -> Scorecard:
        """Rate a log. Deterministic for `rules`."""
        ...


@runtime_checkable
class CallsModels(Protocol):
    """A rater that calls language models; whoever stores its scorecard stores these calls too."""

    def take_calls(self) -> tuple[RecordModelCall, ...]:
        """The calls made since this was last asked."""
        ...


# --- store ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """One line of the history; `overall` is the newest rating's level value, empty when unrated."""

    session: str
    scenario: str
    company: str
    seniority: str
    started_at: str
    seconds: float
    events: int
    ended: bool
    overall: str = ""
    decision: str = ""
    signals: dict[str, str] = field(default_factory=dict)


class SessionWriter(Protocol):
    """The one writer of one session; held until closed."""

    def append(self, events: Sequence[SessionEvent]) -> None:
        """Store events durably before returning; their numbers must follow the stored ones."""
        ...

    def save_draft(self, name: str, text: str) -> None:
        """Keep the unsent text called `name` (`code`, `reply`), replacing the former."""
        ...

    def close(self) -> None:
        """Give the session free."""
        ...


class SessionStore(Protocol):
    """Keeps session logs. Raises StoreError and UnknownName."""

    def create(self, session: str) -> SessionWriter:
        """Start a new session."""
        ...

    def open(self, session: str) -> SessionWriter:
        """Take a stored session for writing; raises SessionBusy, UnknownName."""
        ...

    def events(self, session: str) -> tuple[SessionEvent, ...]:
        """A session's log."""
        ...

    def drafts(self, session: str) -> dict[str, str]:
        """Unsent texts by name."""
        ...

    def sessions(self) -> tuple[SessionSummary, ...]:
        """All sessions, newest first."""
        ...

    def find(self, prefix: str) -> str:
        """The session id that starts with `prefix`; the newest for an empty one; raises UnknownName."""
        ...

    def delete(self, session: str) -> None:
        """Remove a session."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...
