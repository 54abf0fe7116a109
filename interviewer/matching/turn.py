"""The turn pipeline: normalise, classify, split, match, and the defences against gaming it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from interviewer.domain.events import Act, Segment
from interviewer.domain.phases import Phase
from interviewer.matching import lexicon as lx
from interviewer.matching.acts import asks, classify, restates
from interviewer.matching.facts import FactMatcher, Match
from interviewer.matching.rules import normalise
from interviewer.matching.similarity import containment, word_grams, words
from interviewer.matching.split import is_word_list, parts, sentences

SHORT = 3  # a segment of fewer words earns nothing
PASTED = 0.4  # share of word 4-grams taken from guarded text
PASTED_WORDS = 8  # a question of fewer words may well be worded like the brief
MAX_FACTS = 3  # answers in one turn

_WOULD = re.compile(r"(?:(?:so|ok|okay|then|and|well),? )*(?:i'?d|i would|we would)\b")
_THEN = re.compile(r"\b(?:then|that|it|this|them|which one|and now)\b")
_LEANS = 5  # a reply to `what about it?` of at most so many words leans on the keyword before it
_PLAIN_INTENTION = 12  # an intention in more words tells how, which is narration
_TOLD = (Act.NARRATION, Act.OUTLINE, Act.ANSWER)
_MATCHED = (Act.QUESTION, Act.ASSUMPTION, Act.RESTATEMENT)
_RANK = (
    Act.EXTRACTION, Act.HELP, Act.QUESTION, Act.ASSUMPTION, Act.RESTATEMENT, Act.OUTLINE, Act.PROCEDURAL,
    Act.ANSWER, Act.NARRATION, Act.SMALL_TALK,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What of the interview bears on understanding one turn.

    `pending`: the interviewer's last line waits for an answer. `about`: the words of a question that was
    too short, when the interviewer asked what about it. `searched`: the unanswered question whose family
    the candidate was asked to name. `assuming`: the candidate was asked for an assumption. `guarded`: word
    4-grams of texts whose pasting earns nothing (see `guard`).
    """

    phase: Phase = Phase.CLARIFY
    pending: bool = False
    about: str = ""
    searched: str = ""
    assuming: bool = False
    guarded: frozenset[tuple[str, ...]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Reading:
    """A turn as it was understood: its main act and its segments in order."""

    act: Act
    segments: tuple[Segment, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Facts the turn obtains: credited, each once, at most `MAX_FACTS`."""
        found = dict.fromkeys(s.fact for s in self.segments if s.fact and s.credited)
        return tuple(found)[:MAX_FACTS]


def guard(texts: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """The word 4-grams of texts that a candidate could paste in place of own words."""
    return frozenset(gram for text in texts for gram in word_grams(normalise(text)))


def understand(text: str, matcher: FactMatcher, context: Context | None = None) -> Reading:
    """Understand one turn. Pure; a few milliseconds for a turn of ordinary length."""
    context = context or Context()
    if context.searched:
        named = _family_named(text)
        found = matcher.in_family(context.searched, named) if named else None
        if named and not matcher.hits(text):
            return Reading(Act.QUESTION, (_segment(text, Act.QUESTION, found, plausible=True),))
    segments: list[Segment] = []
    pieces = sentences(text)
    retells = restates(normalise(pieces[0])) if pieces else False
    case = ""
    for sentence in pieces:
        heard = _sentence(sentence, matcher, context, alone=len(pieces) == 1, retells=retells)
        if case and len(heard) == 1 and not (heard[0].fact and heard[0].credited and not _leans(sentence)):
            heard = _of_case(case, heard[0], matcher)
        case = sentence if all(s.act in _TOLD for s in heard) else ""
        segments += heard
    if not segments:
        segments = [Segment(text=text.strip(), act=Act.NARRATION)]
    if _is_pasted(text, context):
        segments = [_uncredited(s) for s in segments]
    elif is_word_list(text):
        segments = [_uncredited(s) if s.act is Act.QUESTION else s for s in segments]
    segments = _at_most_three(segments)
    return Reading(_main(segments), tuple(segments))


def _leans(question: str) -> bool:
    """Whether a question says little without what was said before it."""
    return len(words(normalise(question))) <= _LEANS or _THEN.search(normalise(question)) is not None


def _of_case(case: str, asked: Segment, matcher: FactMatcher) -> list[Segment]:
    """A question after the case it is about: `Somebody passes 1.5. What then?`."""
    if asked.act is not Act.QUESTION:
        return [asked]
    found = matcher.best(f"{case} {asked.text}")
    return [_segment(asked.text, Act.QUESTION, found, plausible=True)] if found else [asked]


def _is_pasted(text: str, context: Context) -> bool:
    folded = normalise(text)
    if not context.guarded or len(words(folded)) < PASTED_WORDS:
        return False
    return containment(folded, context.guarded) > PASTED


def _sentence(
    sentence: str, matcher: FactMatcher, context: Context, *, alone: bool, retells: bool
) -> list[Segment]:
    act = classify(sentence, phase=context.phase, pending=context.pending)
    if retells and act in (Act.NARRATION, Act.OUTLINE, Act.ANSWER):
        act = Act.RESTATEMENT
    if act is Act.PROCEDURAL and _also_asks(sentence, matcher):
        act = Act.QUESTION
    if act in (Act.ANSWER, Act.NARRATION, Act.OUTLINE) and context.about:
        act = Act.QUESTION
    if act in (Act.ANSWER, Act.NARRATION, Act.OUTLINE) and context.assuming:
        act = Act.ASSUMPTION
    if act is Act.HELP and asks(normalise(sentence)) and matcher.hits(sentence):
        act = Act.QUESTION
    if alone and act in (Act.NARRATION, Act.OUTLINE) and not context.pending:
        act = _before_code(sentence, act, matcher, context)
    if act not in _MATCHED:
        return [Segment(text=sentence, act=act, plausible=matcher.plausible(sentence))]

    pieces = _clauses(sentence) if act is Act.RESTATEMENT else parts(sentence, matcher.best, matcher.hits)
    return [_matched(p, act, matcher, context, whole=sentence, of=len(pieces)) for p in pieces]


def _matched(part: str, act: Act, matcher: FactMatcher, context: Context, *, whole: str, of: int) -> Segment:
    # The reason given for an assumption speaks of other things than the assumption.
    claim = lx.CAUSAL.split(part)[0] if act is Act.ASSUMPTION and lx.CAUSAL.search(part) else part
    found = matcher.best(claim) if len(words(normalise(claim))) >= SHORT else matcher.best(part)
    if act is Act.RESTATEMENT and found and not _claims(matcher, found.fact, part):
        found = None
    if found is None and context.about and len(words(normalise(part))) <= _LEANS:
        found = matcher.best(f"{context.about} {part}")
    short = len(words(normalise(part))) < SHORT
    if short and (context.about or _leans_on(part, whole, of)):
        short = False
    segment = _segment(part, act, found, plausible=found is not None or matcher.plausible(part))
    return _uncredited(segment) if short else segment


def _leans_on(part: str, whole: str, of: int) -> bool:
    """A short part of one real sentence: `how skewed is the data and how large?`."""
    return 1 < of <= MAX_FACTS and len(words(normalise(whole))) >= 2 * of + 1


def _claims(matcher: FactMatcher, fact: str, text: str) -> bool:
    return matcher.agrees(fact, text) or matcher.contradicts(fact, text)


def _also_asks(sentence: str, matcher: FactMatcher) -> bool:
    folded = normalise(sentence)
    if lx.TIME_LEFT.search(folded) or lx.ENDS.search(folded) or lx.THE_QUESTION.search(folded):
        return False
    return bool(matcher.hits(sentence)) and bool(lx.ASKS_AT_START.match(folded) or folded.endswith("?"))


def _before_code(sentence: str, act: Act, matcher: FactMatcher, context: Context) -> Act:
    """While things are being clarified, a bare mention of a fact asks and a plain intention assumes.

    `if two center have same distance who win` carries no sign of a question; `I'll drop empty groups`
    carries none of an assumption.
    """
    folded = normalise(sentence)
    short = len(words(folded)) < SHORT
    if context.phase is not Phase.CLARIFY and not short:
        return act
    if lx.INTENDS.match(folded):
        if len(words(folded)) > _PLAIN_INTENTION or lx.CRAFT.search(folded):
            return act
        found = matcher.best(sentence)
        if found and _WOULD.match(folded):
            # `I'd drop them` proposes, right or wrong; `I'll drop them` may just tell what comes next.
            return Act.ASSUMPTION if matcher.hits(sentence) else act
        return Act.ASSUMPTION if found and matcher.may_claim(found.fact, sentence) else act
    tells = folded.endswith(".") or lx.OWN_WORDS.match(folded) or lx.FIRST_PERSON.search(folded)
    if act is Act.NARRATION and not tells and matcher.hits(sentence):
        return Act.QUESTION
    return act


def _clauses(sentence: str) -> list[str]:
    """The clauses of a restatement: what is between commas, semicolons and *and*."""
    found = [c.strip() for c in normalise_joints(sentence).split("\x00")]
    return [c for c in found if c] or [sentence]


def normalise_joints(sentence: str) -> str:
    """The sentence with its joints replaced by a separator."""
    for joint in ("; ", ", and ", ", ", " and "):
        sentence = sentence.replace(joint, "\x00")
    return sentence


def _family_named(text: str) -> str:
    """The family a short reply names, empty when it names none or more than one."""
    folded = normalise(text)
    if len(words(folded)) > 8:
        return ""
    named = [name for name, pattern in lx.FAMILY_NAMED.items() if pattern.search(folded)]
    if "special cases" in named:
        return "special cases"
    return named[0] if len(named) == 1 else ""


def _segment(text: str, act: Act, found: Match | None, *, plausible: bool) -> Segment:
    return Segment(
        text=text.strip(), act=act, fact=found.fact if found else "", plausible=plausible,
        score=found.score if found else 0.0,
    )  # fmt: skip


def _uncredited(segment: Segment) -> Segment:
    return Segment(
        text=segment.text, act=segment.act, fact=segment.fact, plausible=segment.plausible, credited=False,
        score=segment.score,
    )  # fmt: skip


def _at_most_three(segments: list[Segment]) -> list[Segment]:
    """Only the first three facts of a turn are credited; the rest wait to be asked again."""
    seen: dict[str, None] = {}
    kept: list[Segment] = []
    for segment in segments:
        if segment.fact and segment.credited:
            seen.setdefault(segment.fact)
            if segment.fact in list(seen)[MAX_FACTS:]:
                segment = _uncredited(segment)
        kept.append(segment)
    return kept


def _main(segments: list[Segment]) -> Act:
    weight: Counter[Act] = Counter()
    for segment in segments:
        weight[segment.act] += len(words(normalise(segment.text)))
    return next(act for act in _RANK if weight.get(act) is not None)
