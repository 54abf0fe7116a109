"""Problem understanding: facts obtained, when, restated or not, and honoured by the code or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from interviewer.domain import events as ev
from interviewer.domain.scenario import Fact
from interviewer.domain.test_run import TestRun, Tier, Verdict
from interviewer.matching import lexicon
from interviewer.matching.rules import normalise
from interviewer.scoring.evidence.text import Reader, sentences
from interviewer.scoring.evidence.view import LogView, Turn

FACTS_A_TURN = 3
STEP_BACK_SHARE = 0.4
WORKS_AT_ALL = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtained:
    """A fact that came out because the candidate asked or assumed: `turn` and `seq` are the evidence."""

    fact: Fact
    turn: int
    seq: int
    via: ev.Via
    late: bool
    quote: str
    honoured: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarifying:
    """All evidence for problem understanding; numbers are event numbers."""

    obtained: tuple[Obtained, ...]
    relevant: tuple[int, ...]
    off_topic: tuple[int, ...]
    extraction: tuple[int, ...]
    restated: tuple[int, ...]
    step_back: tuple[int, ...]

    @property
    def essential(self) -> tuple[Obtained, ...]:
        """Those of the essential facts."""
        return tuple(o for o in self.obtained if o.fact.essential)


def clarifying(view: LogView, reader: Reader, run: TestRun | None) -> Clarifying:
    """Evidence for problem understanding; `run` is the run the code is judged by."""
    obtained = _obtained(view, run)
    return Clarifying(
        obtained=obtained,
        relevant=_relevant(view),
        off_topic=_questions(view, lambda s: s.act is ev.Act.QUESTION and not s.fact and not s.plausible),
        extraction=_extraction(view),
        restated=_restated(view, reader, obtained),
        step_back=_step_back(view, obtained),
    )


def _obtained(view: LogView, run: TestRun | None) -> tuple[Obtained, ...]:
    turns = {t.seq: t for t in view.turns}
    first = view.first_code
    earned: dict[int, int] = {}
    found: dict[str, Obtained] = {}
    for t in view.of(ev.FactDisclosed):
        event = t.event
        assert isinstance(event, ev.FactDisclosed)
        fact, turn = view.scenario.fact(event.fact), turns.get(event.turn)
        if fact is None or turn is None or event.fact in found or not turn.credited:
            continue
        if not _earned(turn, event.fact) or earned.get(turn.seq, 0) >= FACTS_A_TURN:
            continue
        earned[turn.seq] = earned.get(turn.seq, 0) + 1
        found[event.fact] = Obtained(
            fact=fact, turn=turn.seq, seq=t.seq, via=event.via,
            late=first is not None and turn.seq > first.seq,
            quote=_quote(turn, event.fact), honoured=honoured(fact, run),
        )  # fmt: skip
    return tuple(found.values())


def _earned(turn: Turn, fact: str) -> bool:
    """Whether the turn holds a credited segment about the fact, or at least one the interviewer took so."""
    about = [s for s in turn.segments if s.fact == fact]
    if about:
        return any(s.credited for s in about)
    return not turn.segments or any(s.credited and len(s.text.split()) >= 3 for s in turn.segments)


def _quote(turn: Turn, fact: str) -> str:
    segment = next((s.text for s in turn.segments if s.fact == fact and s.text in turn.text), "")
    return segment or turn.text


def honoured(fact: Fact, run: TestRun | None) -> bool | None:
    """Whether the code does what the fact says; None when that cannot be seen.

    A fact without tests cannot be seen, nor can one in code that gets next to nothing right: such a
    failure says nothing about the fact and is charged to technical skills alone.
    """
    if run is None or not fact.tests:
        return None
    linked = [r for r in run.results if r.name in fact.tests and r.verdict is not Verdict.HARNESS_ERROR]
    if not linked:
        return None
    if all(r.verdict is Verdict.PASSED for r in linked):
        return True
    core = run.share(Tier.CORE)
    return None if core is not None and core < WORKS_AT_ALL else False


def _relevant(view: LogView) -> tuple[int, ...]:
    """One number for each fact asked about or assumed, at its first mention."""
    first: dict[str, int] = {}
    for turn in view.turns:
        for s in turn.segments:
            if s.fact and s.credited and s.act in (ev.Act.QUESTION, ev.Act.ASSUMPTION, ev.Act.RESTATEMENT):
                first.setdefault(s.fact, turn.seq)
    for t in view.of(ev.FactDisclosed):
        if isinstance(t.event, ev.FactDisclosed) and t.event.turn:
            asker = next((c for c in view.turns if c.seq == t.event.turn), None)
            if asker is not None and asker.credited and _earned(asker, t.event.fact):
                first.setdefault(t.event.fact, asker.seq)
    return tuple(sorted(first.values()))


def _questions(view: LogView, wanted: Callable[[ev.Segment], bool]) -> tuple[int, ...]:
    return tuple(turn.seq for turn in view.turns for s in turn.segments if wanted(s))


def _extraction(view: LogView) -> tuple[int, ...]:
    """Requests for answers, each wording once, and for the next step with nothing tried since the last."""
    demands: dict[str, int] = {}
    for turn in view.turns:
        for s in turn.segments:
            if s.act is ev.Act.EXTRACTION:
                demands.setdefault(normalise(s.text), turn.seq)
    found = list(demands.values())
    tried = True
    for t in view.timed:
        if isinstance(t.event, ev.CodeChanged | ev.TestsRan | ev.ProgramRan):
            tried = True
        elif isinstance(t.event, ev.TurnClassified) and t.event.act is ev.Act.HELP:
            if not tried:
                found.append(t.event.turn)
            tried = False
    return tuple(sorted(found))


def _has(turn: Turn, act: ev.Act) -> bool:
    return any(s.act is act for s in turn.segments)


def _restated(view: LogView, reader: Reader, obtained: tuple[Obtained, ...]) -> tuple[int, ...]:
    """Turns or comments before coding that name two obtained facts' values, or outline three steps."""
    first = view.first_code
    last = first.seq if first is not None else view.log[-1].seq
    found = []
    for turn in view.turns:
        if turn.seq > last or not turn.credited:
            continue
        text = " ".join(turn.credited)
        named = {s.fact for s in turn.segments if s.fact and s.act in _STATES} | _named(
            reader, obtained, text, turn.seq
        )
        known = {o.fact.id for o in obtained if o.turn < turn.seq}
        planned = turn.act is ev.Act.OUTLINE or _has(turn, ev.Act.OUTLINE)
        if len(named & known) >= 2 or (planned and steps(text) >= 3):
            found.append(turn.seq)
    for comment in view.comments:
        if comment.seq <= last and len(_named(reader, obtained, comment.text, comment.seq)) >= 2:
            found.append(comment.seq)
    return tuple(found)


_STATES = (ev.Act.RESTATEMENT, ev.Act.OUTLINE, ev.Act.NARRATION, ev.Act.ASSUMPTION)


def _named(reader: Reader, obtained: tuple[Obtained, ...], text: str, seq: int) -> set[str]:
    """Facts obtained before `seq` whose value the text states."""
    plain = [s for s in sentences(text) if not s.rstrip().endswith("?")]
    forms = [form for s in plain for form in reader.plain(s)]
    return {
        o.fact.id
        for o in obtained
        if o.turn < seq and o.fact.agrees and reader.hits(reader.rules(o.fact.agrees), forms)
    }


def steps(text: str) -> int:
    """How many steps an outline has: numbered lines, or clauses tied by order words."""
    numbered = len(lexicon.NUMBERED.findall(text))
    plain = normalise(text)
    parts = [p for p in _STEP.split(plain) if len(p.split()) >= 2]
    return max(numbered, len(parts))


_STEP = re.compile(
    r"[.;\n]|->|=>|,? (?:and )?(?:then|next|after (?:that|this)|finally|afterwards|until|repeat|lastly)\b"
    r"|\b(?:first|second|third|step \d+|\d+[.)])"
)


def _step_back(view: LogView, obtained: tuple[Obtained, ...]) -> tuple[int, ...]:
    """Turns that stop early coding to clarify: within its first two fifths, no edit before the answer."""
    first = view.first_code
    if first is None:
        return ()
    limit = first.at + STEP_BACK_SHARE * (view.end_at - first.at)
    found = []
    for o in obtained:
        if not (o.late and o.fact.essential) or view.active[o.turn] > limit:
            continue
        reply = next(
            (
                t.seq
                for t in view.of(ev.InterviewerSaid)
                if isinstance(t.event, ev.InterviewerSaid) and t.event.reply_to == o.turn
            ),
            o.seq,
        )
        if not any(o.turn < s.seq < reply for s in view.snapshots):
            found.append(o.turn)
    return tuple(dict.fromkeys(found))
