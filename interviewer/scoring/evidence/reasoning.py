"""Rationale: which decisions were justified, vaguely or wrongly, and what follow-ups were answered with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewer.domain import events as ev
from interviewer.domain.rubric import Seniority
from interviewer.domain.scenario import Decision, FollowUp, Point
from interviewer.matching import lexicon
from interviewer.matching.rules import Rule
from interviewer.scoring.evidence.code import identifiers
from interviewer.scoring.evidence.text import CAUSAL, JUSTIFIES, Reader, content_words
from interviewer.scoring.evidence.view import LogView, Turn

ANSWER_TURNS = 3
# In a turn up to this long a decision named anywhere in it is what the turn is about.
SHORT_TURN_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One or two neighbouring sentences of a turn, or a comment, in the forms rules are matched against.

    `turn_forms` are those of the whole turn when it is short. `asked` is the decision the passage
    answers; `unasked` is false right after any question for reasons.
    """

    seq: int
    quote: str
    forms: tuple[str, ...]
    turn_forms: tuple[str, ...]
    comment: bool = False
    asked: str = ""
    unasked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Justification:
    """How a decision stands: `sound`, `vague`, `misconception`, `corrected` or `open`."""

    decision: Decision
    status: str
    seq: int = 0
    quote: str = ""
    point: str = ""
    unasked: bool = False
    later: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAnswer:
    """The points made of those a good answer makes; `turns` hold the answer."""

    follow_up: FollowUp
    seq: int
    turns: tuple[int, ...]
    made: tuple[Point, ...]
    missing: tuple[Point, ...]

    @property
    def share(self) -> float:
        """Share of points made, 0..1."""
        whole = len(self.made) + len(self.missing)
        return len(self.made) / whole if whole else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoning:
    """All evidence for rationale."""

    justifications: tuple[Justification, ...]
    answers: tuple[FollowUpAnswer, ...]
    paste_unexplained: tuple[int, ...]

    def having(self, *statuses: str) -> tuple[Justification, ...]:
        """Decisions with one of these statuses."""
        return tuple(j for j in self.justifications if j.status in statuses)

    @property
    def points(self) -> float:
        """Mean share of points over the follow-ups put; 0 when none was."""
        return sum(a.share for a in self.answers) / len(self.answers) if self.answers else 0.0

    @property
    def senior_points(self) -> float | None:
        """Best share over senior follow-ups; None when none was put."""
        return max((a.share for a in self.answers if a.follow_up.level is Seniority.SENIOR), default=None)

    @property
    def proactive(self) -> float:
        """Share of justifications given without being asked; 0 without any."""
        given = self.having("sound", "vague", "corrected")
        return sum(j.unasked for j in given) / len(given) if given else 0.0


def reasoning(view: LogView, reader: Reader) -> Reasoning:
    """Evidence for rationale."""
    said = passages(view, reader)
    return Reasoning(
        justifications=_justifications(view.scenario.decisions, said, reader),
        answers=_answers(view, reader),
        paste_unexplained=_unexplained(view),
    )


def passages(view: LogView, reader: Reader) -> tuple[Passage, ...]:
    """Everything the candidate said or wrote as a comment, cut for matching."""
    found: list[Passage] = []
    questions = [
        t for t in view.timed if isinstance(t.event, ev.DecisionProbed | ev.FollowUpAsked | ev.Interjected)
    ]
    previous = 0
    for turn in view.turns:
        between = [t.event for t in questions if previous < t.seq < turn.seq]
        probed = next((e.decision for e in reversed(between) if isinstance(e, ev.DecisionProbed)), "")
        previous = turn.seq
        if turn.act is ev.Act.EXTRACTION:
            continue
        whole = " ".join(turn.credited)
        near = reader.plain(whole) if len(whole.split()) <= SHORT_TURN_WORDS else ()
        for quote, text in _windows(turn):
            forms = reader.plain(text)
            found.append(
                Passage(
                    seq=turn.seq, quote=quote, forms=forms, turn_forms=near or forms, asked=probed,
                    unasked=not between,
                )
            )  # fmt: skip
    for comment in view.comments:
        forms = reader.plain(comment.text)
        found.append(
            Passage(seq=comment.seq, quote=comment.text, forms=forms, turn_forms=forms, comment=True)
        )
    return tuple(sorted(found, key=lambda p: p.seq))


def _windows(turn: Turn) -> list[tuple[str, str]]:
    """(quote, text) for each sentence and each two neighbours; the quote is the later sentence as typed."""
    found = []
    for n, sentence in enumerate(turn.credited):
        found.append((sentence, sentence))
        if n:
            found.append((sentence, f"{turn.credited[n - 1]} {sentence}"))
    return found


def _causal(passage: Passage) -> bool:
    return any(CAUSAL.search(form) for form in passage.forms)


def _justifications(
    decisions: Sequence[Decision], said: tuple[Passage, ...], reader: Reader
) -> tuple[Justification, ...]:
    seen = [_matches(d, said, reader) for d in decisions]
    sound = _once_each([m.sound for m in seen])
    used = {(passage.seq, passage.quote) for passage, _ in sound.values()}
    return tuple(
        _standing(d, m, sound.get(n), used) for n, (d, m) in enumerate(zip(decisions, seen, strict=True))
    )


@dataclass(frozen=True, slots=True)
class _Matches:
    """What was said about one decision; `sound` in order of how surely it is meant for this decision."""

    sound: tuple[tuple[Passage, Point], ...]
    mistaken: tuple[Passage, Point] | None
    vague: Passage | None


def _matches(decision: Decision, said: tuple[Passage, ...], reader: Reader) -> _Matches:
    mentions = reader.rules(decision.mentions)
    reasons = [(p, reader.rules(p.aliases)) for p in decision.reasons]
    wrong = [(p, reader.rules(p.aliases)) for p in decision.misconceptions]
    sound: list[tuple[int, Passage, Point]] = []
    mistaken: tuple[Passage, Point] | None = None
    vague: Passage | None = None
    for passage in said:
        asked = passage.asked == decision.id
        here = reader.hits(mentions, passage.forms)
        if not asked and not here and not reader.hits(mentions, passage.turn_forms):
            continue
        point, belief = _point(reasons, passage, reader), _point(wrong, passage, reader)
        if point is not None and belief is not None:
            # Both in one sentence: with a word of contrast the mistake is named to reject it.
            point, belief = (point, None) if _rejects(passage) else (None, belief)
        if point is not None and (asked or _causal(passage)):
            sound.append((0 if asked else 1 if here else 2, passage, point))
        if mistaken is None and belief is not None:
            mistaken = (passage, belief)
        tried = (asked and _tries(passage)) or (here and _gives_reason(passage))
        if vague is None and tried:
            vague = passage
    ranked = sorted(sound, key=lambda found: (found[0], found[1].seq))
    return _Matches(tuple((passage, point) for _, passage, point in ranked), mistaken, vague)


def _once_each(
    wishes: Sequence[tuple[tuple[Passage, Point], ...]],
) -> dict[int, tuple[Passage, Point]]:
    """Give each decision a sentence of its own: the same sentence justifies one decision only.

    A largest matching (augmenting paths), so that the order of the decisions costs nobody a point.
    """
    taken: dict[tuple[int, str], int] = {}
    given: dict[int, tuple[Passage, Point]] = {}

    def place(n: int, tried: set[tuple[int, str]]) -> bool:
        for passage, point in wishes[n]:
            key = (passage.seq, passage.quote)
            if key in tried:
                continue
            tried.add(key)
            if key not in taken or place(taken[key], tried):
                taken[key], given[n] = n, (passage, point)
                return True
        return False

    for n in range(len(wishes)):
        place(n, set())
    return given


def _standing(
    decision: Decision, seen: _Matches, sound: tuple[Passage, Point] | None, used: set[tuple[int, str]]
) -> Justification:
    if seen.mistaken is not None:
        passage, belief = seen.mistaken
        if sound is None or sound[0].seq < passage.seq:
            return _as(decision, "misconception", passage, belief)
        return replace(_as(decision, "corrected", passage, sound[1]), later=sound[0].seq)
    if sound is not None:
        return _as(decision, "sound", *sound)
    if seen.vague is not None and (seen.vague.seq, seen.vague.quote) not in used:
        return _as(decision, "vague", seen.vague, None)
    return Justification(decision=decision, status="open")


def _as(decision: Decision, status: str, passage: Passage, point: Point | None) -> Justification:
    return Justification(
        decision=decision, status=status, seq=passage.seq, quote=passage.quote,
        point=point.text if point else "", unasked=passage.unasked,
    )  # fmt: skip


def _point(points: list[tuple[Point, tuple[Rule, ...]]], passage: Passage, reader: Reader) -> Point | None:
    return next((point for point, rules in points if reader.hits(rules, passage.forms)), None)


_CONTRAST = re.compile(
    r"\b(?:not|no|never|nor|instead|rather|wrong|but|although|unlike|cannot|avoid\w*)\b|n't\b"
)


def _rejects(passage: Passage) -> bool:
    return any(_CONTRAST.search(form) for form in passage.forms)


def _gives_reason(passage: Passage) -> bool:
    return any(JUSTIFIES.search(form) for form in passage.forms) and not passage.quote.rstrip().endswith("?")


def _tries(passage: Passage) -> bool:
    return len(content_words(passage.forms[0])) >= 3 and not lexicon.SMALL_TALK.match(passage.forms[0])


# --- follow-ups -------------------------------------------------------------------------------


def _answers(view: LogView, reader: Reader) -> tuple[FollowUpAnswer, ...]:
    known = {f.id: f for f in view.scenario.follow_ups}
    asked = view.of(ev.FollowUpAsked)
    stops = [
        t.seq
        for t in view.timed
        if isinstance(t.event, ev.FollowUpAsked | ev.DecisionProbed | ev.InterviewEnded)
    ]
    found = []
    for t in asked:
        assert isinstance(t.event, ev.FollowUpAsked)
        follow_up = known.get(t.event.follow_up)
        if follow_up is None:
            continue
        until = next((s for s in stops if s > t.seq), view.log[-1].seq + 1)
        turns = [c for c in view.turns if t.seq < c.seq < until][:ANSWER_TURNS]
        forms = [
            form for c in turns for text in (*c.credited, " ".join(c.credited)) for form in reader.plain(text)
        ]
        made = tuple(p for p in follow_up.points if reader.hits(reader.rules(p.aliases), forms))
        found.append(
            FollowUpAnswer(
                follow_up=follow_up, seq=t.seq, turns=tuple(c.seq for c in turns), made=made,
                missing=tuple(p for p in follow_up.points if p not in made),
            )
        )  # fmt: skip
    return tuple(found)


# --- pasted code ------------------------------------------------------------------------------


def _unexplained(view: LogView) -> tuple[int, ...]:
    """Snapshots that brought a long stretch of code at once of which no word was ever said."""
    found = []
    given = identifiers(" ".join((view.started.starter, *view.scenario.signatures)))
    for snapshot, lines in view.pastes:
        brought = identifiers("\n".join(lines)) - given
        talked = any(
            len(content_words(turn.plain)) >= 4 and set(content_words(turn.plain)) & brought
            for turn in view.turns
        )
        noted = any(set(content_words(c.text)) & brought for c in view.comments)
        if not talked and not noted:
            found.append(snapshot.seq)
    return tuple(found)
