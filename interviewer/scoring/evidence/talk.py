"""Communication: talk beside the code, answers to interjections, rambling, going on after green."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.domain import events as ev
from interviewer.domain.scenario import Interjection, TriggerKind
from interviewer.domain.test_run import RunPurpose
from interviewer.matching import lexicon
from interviewer.matching.rules import normalise
from interviewer.scoring.evidence.code import added_lines, own_test_lines
from interviewer.scoring.evidence.text import JUSTIFIES, NUMBER, Reader, content_words
from interviewer.scoring.evidence.traces import Trace
from interviewer.scoring.evidence.view import WINDOW_SECONDS, LogView, Timed, Turn

ACT_SECONDS = 300.0
LONG_TURN_WORDS = 80
SHORT_WORDS = 20
# Triggers that ask for words alone: the answer is the act. Others name something to do in the code.
ASKS_FOR_WORDS = frozenset(("anyone_there", "assumptions", "paste", "silence_first", "silence_second"))
# "That is enough": acted on by leaving the code alone.
ENOUGH = frozenset(("scope",))
# A word about time is no question.
TIME = "phase"
_DEFENSIVE = re.compile(
    r"\b(?:that(?:'s| is) (?:just )?how (?:everybody|everyone|people|we|it)|everybody (?:does"
    r"|knows|uses)|everyone (?:does|knows|uses)"
    r"|nobody (?:does|writes|cares|needs)|trust me|you(?:'re| are) wrong|i(?:'ve| have) always"
    r"|i know what i(?:'m| am) doing"
    r"|(?:that|this|it)(?:'s| is) (?:obvious|obviously|fine|correct|right|standard|normal)\b"
    r"|doesn'?t matter|does not matter|won'?t happen|will not happen|never happens?|not (?:a|my|the) problem"
    r"|no need|not necessary|i disagree|i don'?t (?:agree|see (?:the|a|any)|think (?:so"
    r"|that(?:'s| is)))|why would (?:you|anyone|i))\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An interjection and what came of it; `reply` is the next turn's number, 0 without one."""

    seq: int
    line: str
    reply: int
    answered: bool
    acted: int
    defensive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """All evidence for communication; windows are numbered by their three minutes."""

    windows: tuple[int, ...]
    spoken: tuple[int, ...]
    written: tuple[int, ...]
    silent_events: tuple[int, ...]
    spoken_events: tuple[int, ...]
    exchanges: tuple[Exchange, ...]
    ramble: float
    ramble_turns: tuple[int, ...]
    walkthrough: tuple[int, ...]
    after_green: float
    after_green_events: tuple[int, ...]

    @property
    def talked(self) -> int:
        """Windows with talk; those with a comment only count at most as often as those with speech."""
        return len(self.spoken) + min(len(self.written), len(self.spoken))


def talk(view: LogView, reader: Reader, traces: tuple[Trace, ...]) -> Talk:
    """Evidence for communication."""
    anchors = {turn.seq: _anchored(view, reader, turn, turn.plain) for turn in view.turns}
    spoken, events = _spoken(view, anchors)
    written = {
        int(c.at // WINDOW_SECONDS): c.seq
        for c in view.comments
        if len(content_words(c.text)) >= 3 and _names_code(view, c.seq, c.text)
    }
    silent = sorted(set(view.windows) - set(spoken) - set(written))
    ramble, ramblers = _ramble(view, reader)
    after, after_events = _after_green(view, traces)
    return Talk(
        windows=view.stretches,
        spoken=tuple(spoken),
        written=tuple(sorted(set(written) & set(view.windows) - set(spoken))),
        silent_events=tuple(s.seq for n in silent for s in (view.windows[n][0], view.windows[n][-1])),
        spoken_events=events,
        exchanges=_exchanges(view, reader, anchors),
        ramble=ramble,
        ramble_turns=ramblers,
        walkthrough=tuple(t.seq for t in traces),
        after_green=after,
        after_green_events=after_events,
    )


# --- windows ----------------------------------------------------------------------------------


def substantive(turn: Turn, anchor: bool) -> bool:
    """Six words of content, or three that touch the subject, so that short turns count too."""
    if turn.act in (ev.Act.EXTRACTION, ev.Act.SMALL_TALK, ev.Act.PROCEDURAL):
        return False
    count = len(content_words(turn.plain))
    return count >= 6 or (count >= 3 and anchor)


def _spoken(view: LogView, anchors: dict[int, bool]) -> tuple[list[int], tuple[int, ...]]:
    windows: dict[int, int] = {}
    for turn in view.turns:
        number = int(turn.at // WINDOW_SECONDS)
        if number in view.stretches and substantive(turn, anchors[turn.seq]):
            windows.setdefault(number, turn.seq)
    return sorted(windows), tuple(windows[n] for n in sorted(windows))


def _names_code(view: LogView, seq: int, text: str) -> bool:
    return bool(set(content_words(text)) & view.names_at(seq)) or bool(NUMBER.search(text))


def _anchored(view: LogView, reader: Reader, turn: Turn, piece: str) -> bool:
    """Whether words touch the subject: a fact, identifiers of the code, numbers, the scenario's own words.

    One such word is enough for a short remark; a long one needs them throughout.
    """
    if any(s.fact and s.credited and normalise(s.text) in piece for s in turn.segments):
        return True
    found = {w for form in reader.plain(piece) for w in content_words(form)}
    hits = len(found & (view.names_at(turn.seq) | reader.subject)) + bool(NUMBER.search(piece))
    count = len(piece.split())
    return hits >= (1 if count <= SHORT_WORDS else 2 + count // 40)


def _ramble(view: LogView, reader: Reader) -> tuple[float, tuple[int, ...]]:
    """Share of words in turns that touch nothing; a long turn is read in pieces."""
    total = lost = 0
    turns = []
    for turn in view.turns:
        for piece in _pieces(turn):
            count = len(piece.split())
            total += count
            if count > 3 and not _anchored(view, reader, turn, normalise(piece)):
                lost += count
                turns.append(turn.seq)
    return (lost / total if total else 0.0), tuple(dict.fromkeys(turns))


def _pieces(turn: Turn) -> list[str]:
    pieces: list[str] = []
    for sentence in turn.credited:
        if pieces and len(pieces[-1].split()) + len(sentence.split()) <= LONG_TURN_WORDS:
            pieces[-1] = f"{pieces[-1]} {sentence}"
        else:
            pieces.append(sentence)
    return pieces


# --- interjections ----------------------------------------------------------------------------


def _exchanges(view: LogView, reader: Reader, anchors: dict[int, bool]) -> tuple[Exchange, ...]:
    asked = view.of(ev.Interjected)
    known = {i.id: i for i in view.scenario.interjections}
    found = []
    for t in asked:
        assert isinstance(t.event, ev.Interjected)
        reply = next((c for c in view.turns if c.seq > t.seq and c.at - t.at <= ACT_SECONDS), None)
        if t.event.trigger.startswith(TIME):
            continue
        acted = _acted(view, t, known.get(t.event.trigger))
        reasoned = reply is not None and _reasoned(reply, anchors)
        answered = reply is not None and _on_topic(view, reply, t.event.line, anchors)
        if answered and not acted and reply is not None and t.event.trigger in ASKS_FOR_WORDS:
            acted = reply.seq
        refuses = reply is not None and bool(_DEFENSIVE.search(reply.plain))
        # Typing on is no answer to a refusal: only a change of what was pointed at takes it back.
        defensive = refuses and not reasoned and not _mended(view, t, known.get(t.event.trigger))
        found.append(
            Exchange(
                seq=t.seq, line=t.event.line, reply=reply.seq if reply else 0, answered=answered,
                acted=acted or (reply.seq if reply is not None and reasoned else 0), defensive=defensive,
            )
        )  # fmt: skip
    return tuple(found)


def _on_topic(view: LogView, reply: Turn, line: str, anchors: dict[int, bool]) -> bool:
    """More than a nod, and about the subject: an anchor, a reason, or a word of the question's."""
    if lexicon.SMALL_TALK.match(reply.plain) or reply.act is ev.Act.EXTRACTION:
        return False
    found = content_words(reply.plain)
    if len(found) < 2:
        return False
    shared = set(found) & set(content_words(line))
    return (
        anchors[reply.seq]
        or bool(shared)
        or bool(JUSTIFIES.search(reply.plain))
        or reply.act is ev.Act.ANSWER
    )


def _reasoned(reply: Turn, anchors: dict[int, bool]) -> bool:
    return bool(JUSTIFIES.search(reply.plain)) and anchors[reply.seq] and len(content_words(reply.plain)) >= 4


def _acted(view: LogView, asked: Timed, known: Interjection | None) -> int:
    """The event that follows the interjection up within five minutes; 0 when none does."""
    later = [s for s in view.snapshots if s.seq > asked.seq and s.at - asked.at <= ACT_SECONDS]
    if _stops(view, asked):
        return asked.seq if not later else 0
    before = view.source_at(asked.seq)
    base = before.source if before else view.started.starter
    if known is not None and known.trigger is TriggerKind.CODE_MATCHES and re.search(known.pattern, base):
        unless = re.compile(known.unless) if known.unless else None
        for snapshot in later:
            if not re.search(known.pattern, snapshot.source) or (unless and unless.search(snapshot.source)):
                return snapshot.seq
        return 0
    return next((s.seq for s in later if added_lines(base, s.source)), 0)


def _mended(view: LogView, asked: Timed, known: Interjection | None) -> bool:
    """Whether the very thing pointed at changed within five minutes: the code seen, or failing tests."""
    if known is not None and known.trigger is TriggerKind.CODE_MATCHES:
        return _acted(view, asked, known) > 0
    runs = view.of(ev.TestsRan)
    before = [r for r in runs if r.seq < asked.seq]
    after = [r for r in runs if r.seq > asked.seq and r.at - asked.at <= ACT_SECONDS]
    return bool(before and after) and max(map(_passed, after)) > _passed(before[-1])


def _passed(timed: Timed) -> float:
    run = timed.event.run if isinstance(timed.event, ev.TestsRan) else None
    return run.passed / run.total if run is not None and run.total else 0.0


# --- after it was solved ----------------------------------------------------------------------


def _after_green(view: LogView, traces: tuple[Trace, ...]) -> tuple[float, tuple[int, ...]]:
    """Share of the time in which code was added after all tests passed and an own check was done."""
    solved = _solved_at(view, traces)
    if solved is None or view.end_at <= 0:
        return 0.0, ()
    asked = [
        t.at
        for t in view.of(ev.FollowUpAsked, ev.Interjected)
        if t.at >= solved and not _stops(view, t) and not _asks_for_words(t)
    ]
    spent, events, before = 0.0, [], None
    for snapshot in view.snapshots:
        if before is not None and snapshot.at > solved:
            added = set(added_lines(before.source, snapshot.source)) - own_test_lines(snapshot.source)
            invited = any(0 <= snapshot.at - at <= ACT_SECONDS for at in asked)
            if added and not invited:
                spent += min(60.0, snapshot.at - max(before.at, solved))
                events.append(snapshot.seq)
        before = snapshot
    return min(1.0, spent / view.end_at), tuple(events)


def _stops(view: LogView, timed: Timed) -> bool:
    """Whether an interjection says that it is enough; every other question invites an answer in code."""
    if not isinstance(timed.event, ev.Interjected):
        return False
    trigger = timed.event.trigger
    if trigger in ENOUGH:
        return True
    known = next((i for i in view.scenario.interjections if i.id == trigger), None)
    return known is not None and known.trigger is TriggerKind.GREEN_AND_EDITING


def _asks_for_words(timed: Timed) -> bool:
    return isinstance(timed.event, ev.Interjected) and timed.event.trigger in ASKS_FOR_WORDS


def _solved_at(view: LogView, traces: tuple[Trace, ...]) -> float | None:
    """When the last red turned green for good, everything passing and something checked by hand."""
    runs = view.runs(RunPurpose.VISIBLE, RunPurpose.SUBMIT, RunPurpose.PROBE)
    full = [(t, e) for t, e in runs if e.purpose is not RunPurpose.VISIBLE] or list(runs)
    green: float | None = None
    for timed, event in full:
        green = (timed.at if green is None else green) if event.run.green else None
    if green is None:
        return None
    checks = [
        t.at for t in view.of(ev.ProgramRan) if isinstance(t.event, ev.ProgramRan) and t.event.run.checks
    ]
    checks += [view.active[t.seq] for t in traces]
    if not checks:
        return None
    return max(green, min(checks))
