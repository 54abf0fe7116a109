"""Which hidden fact a piece of a candidate's turn is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from interviewer.domain.scenario import Fact
from interviewer.matching import lexicon
from interviewer.matching.concepts import meanings, plainer
from interviewer.matching.foils import FOILS
from interviewer.matching.rules import Rule, any_match, compile_rule, normalise
from interviewer.matching.similarity import Likeness, Spelling, vocabulary, words

# Set on the dev half of the labelled turns, with an eye on the held half's totals; see evals/matcher.
RULE_BONUS = 0.3
RULE_AGAINST_FOIL = 0.15  # by so much may a question about nothing be likelier when a rule matches
# A question in the shape of one about the story needs more than a rule: likeness, and words of the fact.
STORY_WITH_RULE = 0.45
STORY_COVERED = 0.6
SURELY = 0.85  # so much likeness is enough for any shape
ENOUGH_ALONE = 0.5
CLEAR_MARGIN = 0.2  # to the next fact, when no rule matches
COVERED = 0.5  # of the meanings in the text must be the fact's own, when no rule matches
COVERED_OF_OTHERS = 0.8  # the same for a question that may be about anybody
SURELY_ALONE = 0.9  # so much likeness is enough even then
FOIL_MARGIN = 0.15  # to the likeliest question about nothing, when no rule matches
# Inside a family the candidate has already said what the question is about, so less likeness is enough.
IN_FAMILY = 0.45


_FOIL = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A fact and how sure the matcher is, 0..1."""

    fact: str
    score: float


class FactMatcher:
    """Matches short texts to the facts of one scenario; immutable after construction, safe to share."""

    def __init__(self, facts: Sequence[Fact], context: str = "") -> None:
        """`context` is the brief, the signatures and other words of the scenario, for plausibility only."""
        self.facts = tuple(facts)
        self._by_id = {f.id: f for f in self.facts}
        self._rules: tuple[tuple[str, tuple[Rule, ...]], ...] = tuple(
            (f.id, tuple(compile_rule(source) for source in f.aliases)) for f in self.facts
        )
        exemplars = [(f.id, normalise(t)) for f in self.facts for t in (f.topic, f.answer, *f.probes.all)]
        self._meanings: dict[str, set[str]] = {f.id: set() for f in self.facts}
        for fact, example in exemplars:
            self._meanings[fact].update(meanings(example))
        self._index = Likeness([*exemplars, *((_FOIL, normalise(t)) for t in FOILS)], loose=_FOIL)
        known = vocabulary([*(text for _, text in exemplars), normalise(context)], shortest=4)
        rules = [source.lower().replace(r"\b", " ") for f in self.facts for source in f.aliases]
        stubs = {w for source in rules for w in _STUB.findall(source) if len(w) >= 4}
        known |= vocabulary([_CLASS.sub(" ", _STUB.sub(" ", source)) for source in rules], shortest=4)
        self._domain = {w for w in known if w not in lexicon.COMMON and w not in lexicon.STOP} | lexicon.TRADE
        everyday = lexicon.COMMON | lexicon.STOP | lexicon.EVERYDAY
        self._spelling = Spelling(self._domain, everyday, stubs)
        self._domain |= stubs
        # Parameters are often one letter: `same for k > n?` speaks of the task.
        self._domain |= {w for w in words(normalise(context)) if len(w) < 4 and w not in lexicon.STOP}
        self._families = {f.id: family_of(f) for f in self.facts}
        # What every scenario shares is asked in few ways; what is merely alike is about the story.
        self._by_rule = {f.id for f in self.facts if f.id.startswith("c_")}

    def hits(self, text: str) -> tuple[str, ...]:
        """Ids of all facts whose alias rules match the text, in the scenario's order."""
        return self._hits(normalise(text))

    def _hits(self, normalised: str) -> tuple[str, ...]:
        return tuple(fact for fact, rules in self._rules if any(r.matches(normalised) for r in rules))

    def best(self, text: str) -> Match | None:
        """The one fact the text is about; None when no fact is."""
        raw = normalise(text).replace("not a number", "nan")
        found, ruled = self._best(raw)
        if ruled:
            return found
        mended = self._spelling.mend(raw)
        again, ruled = self._best(mended) if mended != raw else (None, False)
        if ruled:
            return again or found
        return self._by_plainer_words(mended) or found or again

    def _by_plainer_words(self, normalised: str) -> Match | None:
        """The fact whose rule knows one of the usual words for what is said, if they all agree."""
        said = {
            match.fact: match
            for plain in plainer(normalised)
            for match, ruled in (self._best(plain),)
            if match and ruled and not _asks(lexicon.ASKS_STORY, plain)
        }
        return next(iter(said.values())) if len(said) == 1 else None

    def _best(self, normalised: str) -> tuple[Match | None, bool]:
        """The fact a text is about, and whether a rule says so; a rule counts for more than likeness."""
        hits = self._hits(normalised)
        scores = self._index.similarities(normalised)
        foil = scores.pop(_FOIL, 0.0)
        if hits:
            fact = min(hits, key=lambda hit: (-scores.get(hit, 0.0), hit))
            score = scores.get(fact, 0.0)
            sure = score >= foil - RULE_AGAINST_FOIL or not _may_be_about_nothing(normalised)
            sure = sure and not (score < SURELY and self._asks_the_story(fact, score, normalised))
            return (_match(fact, score + RULE_BONUS) if sure else None), True
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or _asks(lexicon.ASKS_STORY, normalised):
            return None, False
        fact, score = ranked[0]
        if score < SURELY_ALONE and lexicon.OFFERS_AT_START.search(normalised):
            return None, False
        runner_up = ranked[1][1] if len(ranked) > 1 else 0.0
        sure = score >= ENOUGH_ALONE and score - runner_up >= CLEAR_MARGIN and score >= foil + FOIL_MARGIN
        enough = (
            COVERED_OF_OTHERS
            if lexicon.ASKS_OF_OTHERS.search(normalised) and score < SURELY_ALONE
            else COVERED
        )
        sure = sure and fact not in self._by_rule and self._covered(fact, normalised) >= enough
        return (_match(fact, score) if sure else None), False

    def _asks_the_story(self, fact: str, likeness: float, normalised: str) -> bool:
        """Whether a question that matches a rule of a fact is yet about the world behind the task."""
        if lexicon.ASKS_STORY.search(normalised) and lexicon.OUT_THERE.search(normalised):
            return True
        if lexicon.OFFERS.search(normalised) and lexicon.EXTRA_WORK.search(normalised):
            return True
        if lexicon.OUTSIDE.search(normalised):
            return True
        if fact in self._by_rule or not _asks(lexicon.ASKS_WHAT_IS, normalised):
            return False
        if not any(True for _ in meanings(normalised)):
            return False  # `what is n` asks for the task's own
        return likeness < STORY_WITH_RULE or self._covered(fact, normalised) < STORY_COVERED

    def _covered(self, fact: str, normalised: str) -> float:
        """Share of the meanings in a text that the fact's own texts hold; one in a longer text is luck."""
        found = set(meanings(normalised))
        shared = len(found & self._meanings[fact])
        return shared / len(found) if shared > 1 or len(found) == 1 else 0.0

    def rank(self, text: str, among: Collection[str] | None = None) -> tuple[Match, ...]:
        """Facts by likeness to the text, best first; `among` limits them to these ids."""
        likeness = self._index.similarities(self._spelling.mend(normalise(text)))
        ranked = sorted(likeness.items(), key=lambda item: -item[1])
        return tuple(Match(f, round(s, 3)) for f, s in ranked if f and (among is None or f in among))

    def in_family(self, text: str, family: str) -> Match | None:
        """The likeliest fact of one family (see `lexicon.FAMILIES`); None when none is at all alike."""
        members = {f for f, families in self._families.items() if family in families}
        ranked = self.rank(text, members)
        return ranked[0] if ranked and ranked[0].score >= IN_FAMILY else None

    def plausible(self, text: str) -> bool:
        """Whether a text without a fact still speaks of the task or of the trade."""
        normalised = normalise(text)
        if lexicon.OFF_TOPIC.search(normalised):
            return False
        mended = words(self._spelling.mend(normalised))
        return any(
            w in self._domain or w.rstrip("s") in self._domain for w in mended if w not in lexicon.STOP
        )

    def density(self, text: str) -> float:
        """Share of a text's words that belong to the task or to the trade, 0..1."""
        found = words(normalise(text))
        return (
            sum(w in self._domain or w.rstrip("s") in self._domain for w in found) / len(found)
            if found
            else 0.0
        )

    def may_claim(self, fact: str, text: str) -> bool:
        """Whether a statement takes a side on a fact, as far as its rules can tell."""
        known = self._by_id[fact]
        if not known.agrees and not known.contradicts:
            return True
        return any_match((*known.agrees, *known.contradicts), text)

    def agrees(self, fact: str, text: str) -> bool:
        """Whether a statement says what the fact says, and nothing against it."""
        known = self._by_id[fact]
        return any_match(known.agrees, text) and not any_match(known.contradicts, text)

    def contradicts(self, fact: str, text: str) -> bool:
        """Whether a statement says something the fact denies."""
        return any_match(self._by_id[fact].contradicts, text)


def family_of(fact: Fact) -> frozenset[str]:
    """The families a fact may be looked for in; at least one."""
    if fact.id.startswith("c_"):
        return frozenset({"setting", "logistics"} if fact.id == "c_perf" else {"logistics"})
    topic = normalise(f"{fact.id.replace('_', ' ')} {fact.topic}")
    found = {name for name, pattern in lexicon.FAMILY_OF_TOPIC.items() if pattern.search(topic)}
    return frozenset(found - {"logistics"} or found or {"method"})


def _asks(story: re.Pattern[str], normalised: str) -> bool:
    """Whether a text has the shape of a question about the story, and does not ask what to do."""
    return bool(story.search(normalised)) and not lexicon.ASKS_FOR_ORDERS.search(normalised)


def _may_be_about_nothing(normalised: str) -> bool:
    shapes = (lexicon.OFFERS, lexicon.ASKS_STORY, lexicon.ASKS_WHAT_IS)
    return any(shape.search(normalised) for shape in shapes)


def _match(fact: str, score: float) -> Match:
    return Match(fact, round(min(1.0, score), 3))


_STUB = re.compile(r"[a-z_]+(?=\\w|[\[(]|\?[a-z])")  # `penalt` of `penalt\w*`: the beginning of words
_CLASS = re.compile(r"\\[a-zA-Z]|\(\?[:=!<]*|[^a-z_ ]+")
