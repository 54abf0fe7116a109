"""What an interviewer may see, and why it is asked to speak."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from interviewer.domain.events import Act, Segment
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Seniority
from interviewer.domain.test_run import ProgramRun, TestRun
from interviewer.domain.transcript import Line


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
