"""Which hidden fact a piece of a candidate's turn is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from interviewer.domain.scenario import Fact
from interviewer.matching import lexicon
from interviewer.matching.concepts import meanings
from interviewer.matching.foils import FOILS
from interviewer.matching.rules import Rule, any_match, compile_rule, normalise
from interviewer.matching.similarity import Likeness, Spelling, vocabulary, words

# Set on the dev half of the labelled turns and by leaving out one probe at a time; see evals/matcher.
RULE_BONUS = 0.3
ENOUGH_WITH_RULE = 0.5
ENOUGH_ALONE = 0.4
RULE_AGAINST_FOIL = 0.15  # by so much may a question about nothing be likelier when a rule matches
CLEAR_MARGIN = 0.15  # to the next fact, when no rule matches
COVERED = 0.5  # of the meanings in the text must be the fact's own, when no rule matches
FOIL_MARGIN = 0.1  # to the likeliest question about nothing, when no rule matches
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
        known |= vocabulary([_plain(source) for f in self.facts for source in f.aliases], shortest=4)
        self._domain = {w for w in known if w not in lexicon.COMMON and w not in lexicon.STOP} | lexicon.TRADE
        # Parameters are often one letter: `same for k > n?` speaks of the task.
        self._domain |= {w for w in words(normalise(context)) if len(w) < 4 and w not in lexicon.STOP}
        self._spelling = Spelling(self._domain, lexicon.COMMON | lexicon.STOP)
        self._families = {f.id: family_of(f) for f in self.facts}

    def hits(self, text: str) -> tuple[str, ...]:
        """Ids of all facts whose alias rules match the text, in the scenario's order."""
        return self._hits(normalise(text))

    def _hits(self, normalised: str) -> tuple[str, ...]:
        return tuple(fact for fact, rules in self._rules if any(r.matches(normalised) for r in rules))

    def best(self, text: str) -> Match | None:
        """The one fact the text is about; None when no fact is."""
        raw = normalise(text).replace("not a number", "nan")
        found = self._best(raw)
        if found is None:
            mended = self._spelling.mend(raw)
            found = self._best(mended) if mended != raw else None
        return found

    def _best(self, normalised: str) -> Match | None:
        hits = set(self._hits(normalised))
        scores = self._index.similarities(normalised)
        foil = scores.pop(_FOIL, 0.0)
        for fact in hits:
            scores[fact] = scores.get(fact, 0.0) + RULE_BONUS
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if not ranked:
            return None
        fact, score = ranked[0]
        runner_up = ranked[1][1] if len(ranked) > 1 else 0.0
        if fact not in hits:
            ruled = [found for found in ranked if found[0] in hits]
            if ruled and ruled[0][1] > score - CLEAR_MARGIN:
                fact, score = ruled[0]
        if fact in hits:
            sure = score >= ENOUGH_WITH_RULE and score - RULE_BONUS >= foil - RULE_AGAINST_FOIL
        else:
            sure = score >= ENOUGH_ALONE and score - runner_up >= CLEAR_MARGIN and score >= foil + FOIL_MARGIN
            sure = sure and self._covered(fact, normalised) >= COVERED
        return Match(fact, round(min(1.0, score), 3)) if sure else None

    def _covered(self, fact: str, normalised: str) -> float:
        """Share of the meanings in a text that the fact's own texts hold."""
        found = set(meanings(normalised))
        return len(found & self._meanings[fact]) / len(found) if found else 0.0

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


_CLASS = re.compile(r"\\[a-zA-Z]|\(\?[:=!<]*|[^a-z_ ]+")


def _plain(rule: str) -> str:
    """The literal words inside a rule, as far as they can be read off."""
    return _CLASS.sub(" ", rule.lower())
