"""A log laid out for reading: turns, comments, snapshots and runs on the interview's own clock.

Built in one pass; everything in `evidence` is a pure function of it. Times are *active* seconds:
pauses are left out and the clock stops when the interview ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from interviewer.domain import events as ev
from interviewer.domain.rubric import Rubric
from interviewer.domain.scenario import QuestionType, Scenario
from interviewer.domain.test_run import RunPurpose
from interviewer.matching.rules import normalise
from interviewer.scoring.evidence.code import (
    COMMENT,
    added_lines,
    first_real_statement,
    identifiers,
    substantive_lines,
)
from interviewer.scoring.evidence.text import Guard, sentences

WINDOW_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A candidate's turn; `credited` are its sentences that may earn something (nothing copied)."""

    seq: int
    at: float
    number: int
    text: str
    act: ev.Act
    segments: tuple[ev.Segment, ...]
    credited: tuple[str, ...]

    @property
    def plain(self) -> str:
        """The credited text, in the form rules are matched against."""
        return normalise(" ".join(self.credited))


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the candidate's own, as it stands in snapshot `seq`."""

    seq: int
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The editor's text after event `seq`."""

    seq: int
    at: float
    source: str


@dataclass(frozen=True, slots=True)
class Timed:
    """Any event with its active time."""

    seq: int
    at: float
    event: ev.SessionEvent


class LogView:
    """One session's log, read once."""

    def __init__(self, log: Sequence[ev.SessionEvent], scenario: Scenario, rubric: Rubric | None) -> None:
        self.log = tuple(log)
        self.scenario = scenario
        self.by_seq = {event.seq: event for event in self.log}
        self._guard = Guard(_guarded(rubric))
        started = next((e for e in self.log if isinstance(e, ev.SessionStarted)), None)
        if started is None:
            raise ValueError("a log starts with its session_started event")
        self.started = started
        self.active: dict[int, float] = {}
        self.end_at = self._clock()
        self.timed = tuple(Timed(e.seq, self.active[e.seq], e) for e in self.log)
        self.snapshots = tuple(
            Snapshot(t.seq, t.at, t.event.source) for t in self.timed if isinstance(t.event, ev.CodeChanged)
        )
        self.turns = self._turns()
        self._names: dict[int, frozenset[str]] = {}
        self._line_names: dict[str, frozenset[str]] = {}

    def _clock(self) -> float:
        stood, paused_at, ended = 0.0, None, None
        for event in self.log:
            at = event.at if ended is None else min(event.at, ended)
            if isinstance(event, ev.Paused) and paused_at is None:
                paused_at = at
            elif isinstance(event, ev.Resumed) and paused_at is not None:
                stood += at - paused_at
                paused_at = None
            standing = at - paused_at if paused_at is not None else 0.0
            self.active[event.seq] = at - stood - standing
            if isinstance(event, ev.InterviewEnded):
                ended = event.at
        return max(self.active.values())

    def _turns(self) -> tuple[Turn, ...]:
        heard = {e.turn: e for e in self.log if isinstance(e, ev.TurnClassified)}
        turns: list[Turn] = []
        for t in self.timed:
            if not isinstance(t.event, ev.CandidateSaid):
                continue
            known = heard.get(t.seq)
            act = known.act if known else ev.Act.NARRATION
            segments = known.segments if known else ()
            asked = [normalise(s.text) for s in segments if s.act is ev.Act.EXTRACTION]
            if asked and len(asked) < len(segments) and act is ev.Act.EXTRACTION:
                # A demand beside other things: those count as what they are, the demand earns nothing.
                act = next(s.act for s in segments if s.act is not ev.Act.EXTRACTION)
            credited = tuple(
                s
                for s in sentences(t.event.text)
                if not self._guard.copied(s) and not any(a in normalise(s) for a in asked)
            )
            turns.append(Turn(t.seq, t.at, len(turns), t.event.text, act, segments, credited))
        return tuple(turns)

    def of(self, *kinds: type[ev.SessionEvent]) -> tuple[Timed, ...]:
        """Events of these kinds with their active times."""
        return tuple(t for t in self.timed if isinstance(t.event, kinds))

    @cached_property
    def first_code(self) -> Snapshot | None:
        """The first snapshot with real code of the candidate's own."""
        starter = substantive_lines(self.started.starter)
        need = 1 if self.scenario.question_type is QuestionType.DEBUG else 3
        return next((s for s in self.snapshots if first_real_statement(s.source, starter, need)), None)

    @property
    def code(self) -> str:
        """The code as it stood at the end."""
        return self.snapshots[-1].source if self.snapshots else self.started.starter

    @property
    def code_seq(self) -> int:
        """The event holding the code as it stood at the end."""
        return self.snapshots[-1].seq if self.snapshots else self.started.seq

    @cached_property
    def stretches(self) -> tuple[int, ...]:
        """Numbers of the stretches that talk is looked for in: those with code, without any code all."""
        return tuple(self.windows) or tuple(range(int(self.end_at // WINDOW_SECONDS) + 1))

    @cached_property
    def windows(self) -> dict[int, tuple[Snapshot, ...]]:
        """Snapshots by three-minute stretch; stretches without a change are left out."""
        found: dict[int, list[Snapshot]] = {}
        for snapshot in self.snapshots:
            found.setdefault(int(snapshot.at // WINDOW_SECONDS), []).append(snapshot)
        return {number: tuple(these) for number, these in found.items()}

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Comments of the candidate's own, each once, where it first stood at the end of a stretch."""
        seen = {normalise(m) for m in _comments(self.started.starter)}
        marks = [these[-1] for these in self.windows.values()]
        if self.first_code is not None:
            marks.append(self.first_code)
        found: list[Comment] = []
        for snapshot in sorted(set(marks), key=lambda s: s.seq):
            for text in _comments(snapshot.source):
                key = normalise(text)
                if key and key not in seen:
                    seen.add(key)
                    if not self._guard.copied(text):
                        found.append(Comment(snapshot.seq, snapshot.at, text))
        return tuple(found)

    def source_at(self, seq: int) -> Snapshot | None:
        """The newest snapshot up to event `seq`."""
        found = None
        for snapshot in self.snapshots:
            if snapshot.seq > seq:
                break
            found = snapshot
        return found

    def names_at(self, seq: int) -> frozenset[str]:
        """Identifiers in the code as it stood at event `seq`, and those of the signature."""
        snapshot = self.source_at(seq)
        key = snapshot.seq if snapshot else 0
        if key not in self._names:
            source = snapshot.source if snapshot else self.started.starter
            # Snapshots share most of their lines: each distinct line is read once.
            lines = {*source.splitlines(), *self.scenario.signatures}
            for line in lines - self._line_names.keys():
                self._line_names[line] = identifiers(line)
            self._names[key] = frozenset().union(*(self._line_names[line] for line in lines))
        return self._names[key]

    def runs(self, *purposes: RunPurpose) -> tuple[tuple[Timed, ev.TestsRan], ...]:
        """Test runs, of these purposes when any is given."""
        return tuple(
            (t, t.event)
            for t in self.timed
            if isinstance(t.event, ev.TestsRan) and (not purposes or t.event.purpose in purposes)
        )

    @cached_property
    def pastes(self) -> tuple[tuple[Snapshot, tuple[str, ...]], ...]:
        """Snapshots that brought more than fifteen new lines of code at once, with those lines."""
        found, before = [], self.started.starter
        for snapshot in self.snapshots:
            if (
                len(snapshot.source) - len(before) > 15 * 8
                or snapshot.source.count("\n") > before.count("\n") + 8
            ):
                new = added_lines(before, snapshot.source)
                if len(new) > 15:
                    found.append((snapshot, new))
            before = snapshot.source
        return tuple(found)


def _comments(source: str) -> Iterable[str]:
    for line in source.splitlines():
        if "#" in line and (match := COMMENT.search(line)):
            yield match.group(1).strip()


def _guarded(rubric: Rubric | None) -> list[str]:
    """Texts nobody earns anything by repeating: the rubric's own."""
    texts: list[str] = []
    if rubric is not None:
        for signal in (*rubric.signals, *rubric.roles):
            texts += [signal.definition, signal.senior, *signal.checklist, *(lv.text for lv in signal.levels)]
        texts += [text for d in rubric.decisions for text in (d.decision, d.meaning, d.levelling)]
    return [text for text in texts if text]
