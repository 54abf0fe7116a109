"""Likeness of short texts in plain Python: small indexes, no dependency, about a millisecond a query."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from interviewer.matching.concepts import meanings

_WORD = re.compile(r"[a-z0-9_]+")
_SIZES = (3, 4, 5)
_UNSEEN = 0.7  # what a word nobody used weighs, of the rarest one that was used


def words(normalised: str) -> list[str]:
    """The words of a text in the form of `rules.normalise`."""
    return _WORD.findall(normalised)


def grams(normalised: str) -> Iterator[str]:
    """Character 3- to 5-grams inside each word, with its ends marked by a space."""
    for word in words(normalised):
        padded = f" {word} "
        for size in _SIZES:
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


class _Space:
    """Weights of one kind of feature over labelled texts; unit vectors, cosine by postings.

    A feature weighs by how few *labels* use it, not how few texts: the many ways of asking about one fact
    share their telling words.
    """

    def __init__(self, counts: Sequence[Counter[str]], labels: Sequence[str], loose: str) -> None:
        """`loose` is a label whose texts have nothing in common: each counts as a fifth of a label."""
        users: dict[str, set[str]] = defaultdict(set)
        spread: Counter[str] = Counter()
        for count, label in zip(counts, labels, strict=True):
            for feature in count:
                if label == loose:
                    spread[feature] += 1
                else:
                    users[feature].add(label)
        total = len(set(labels))
        self._idf = {
            f: max(0.05, self._rarity(total, max(0.5, len(users[f]) + 0.2 * spread[f])))
            for f in {*users, *spread}
        }
        self._unseen = self._rarity(total, 0.5) * _UNSEEN
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for feature, weight in self._unit(count).items():
                self._postings[feature].append((number, weight))

    @staticmethod
    def _rarity(total: int, users: float) -> float:
        return math.log((1 + total) / (users + 0.5)) + 0.3

    def _unit(self, count: Counter[str]) -> dict[str, float]:
        weights = {f: (1 + math.log(n)) * self._idf.get(f, self._unseen) for f, n in count.items()}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return {f: w / length for f, w in weights.items()}

    def cosines(self, count: Counter[str], share: float, into: dict[int, float]) -> None:
        """Add `share` times the cosine of a query to each text to `into`."""
        for feature, weight in self._unit(count).items():
            for number, own in self._postings.get(feature, ()):
                into[number] += share * weight * own


class Likeness:
    """How alike a query is to a few labelled texts: by meaning of words first, by spelling second."""

    SPELLING = 0.3
    COMPANY = 0.6  # what the second and third likeliest text of a label add, on average

    def __init__(self, labelled: Iterable[tuple[str, str]], loose: str = "") -> None:
        """`labelled`: (label, text in normalised form); a label may have many texts.

        The texts of the label `loose` are alike in nothing: there only the likeliest one counts.
        """
        texts = list(labelled)
        self._loose = loose
        self._labels = [label for label, _ in texts]
        self._meanings = _Space([Counter(meanings(text)) for _, text in texts], self._labels, loose)
        self._spelling = _Space([Counter(grams(text)) for _, text in texts], self._labels, loose)

    def similarities(self, normalised: str) -> dict[str, float]:
        """For each label its likeness to the query, 0 to about 1.6; 0 is left out.

        The cosine of the likeliest text, and a share of the next two: one lucky word is not enough.
        """
        scores: dict[int, float] = defaultdict(float)
        self._meanings.cosines(Counter(meanings(normalised)), 1.0 - self.SPELLING, scores)
        self._spelling.cosines(Counter(grams(normalised)), self.SPELLING, scores)
        found: dict[str, list[float]] = defaultdict(list)
        for number, score in scores.items():
            found[self._labels[number]].append(score)
        return {label: self._together(label, values) for label, values in found.items()}

    def _together(self, label: str, values: list[float]) -> float:
        if label == self._loose:
            return max(values)
        first, *others = heapq.nlargest(3, values)
        return first + self.COMPANY * sum(others) / 2


def word_grams(normalised: str, size: int = 4) -> set[tuple[str, ...]]:
    """The word n-grams of a text."""
    found = words(normalised)
    return {tuple(found[i : i + size]) for i in range(len(found) - size + 1)}


def containment(normalised: str, guarded: Set[tuple[str, ...]], size: int = 4) -> float:
    """Share of a text's word n-grams that occur in `guarded`; 0 for a text too short to have one."""
    own = word_grams(normalised, size)
    return len(own & guarded) / len(own) if own else 0.0


class Spelling:
    """Mends a misspelt word when it is one edit away from exactly one family of known words."""

    _SHORTEST = 5

    def __init__(self, known: Iterable[str], common: Iterable[str] = ()) -> None:
        self._known = {w for w in known if len(w) >= self._SHORTEST - 1 and w.isalpha()}
        self._kept = self._known | set(common)
        self._near: dict[str, set[str]] = defaultdict(set)
        for word in self._known:
            for form in self._deletes(word):
                self._near[form].add(word)

    @staticmethod
    def _deletes(word: str) -> set[str]:
        return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}

    def mend(self, normalised: str) -> str:
        """The text with its misspelt words replaced; unchanged when nothing is clearly misspelt."""
        return _WORD.sub(lambda m: self._mended(m.group()), normalised)

    def _mended(self, word: str) -> str:
        if len(word) < self._SHORTEST or word in self._kept or not word.isalpha() or self._inflected(word):
            return word
        near: set[str] = set()
        for form in self._deletes(word):
            near |= self._near.get(form, set())
        near = {w for w in near if w[0] == word[0] and abs(len(w) - len(word)) <= 1}
        return min(near, key=lambda w: (abs(len(w) - len(word)), w)) if near else word

    def _inflected(self, word: str) -> bool:
        return any(
            word.endswith(end) and word.removesuffix(end) in self._kept
            for end in ("s", "es", "ed", "d", "r", "er", "ers", "ing")
        )


def vocabulary(texts: Sequence[str], *, shortest: int = 3) -> set[str]:
    """The words of several normalised texts."""
    return {w for text in texts for w in words(text) if len(w) >= shortest}
