"""Likeness of short texts in plain Python: small indexes, no dependency, about a millisecond a query."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from interviewer.matching.concepts import meanings, stem

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
    """Mends a word that is spelt as nobody spells it, when it is one slip away from a known one.

    Slips are two letters swapped, a letter left out and a letter typed twice; a wrong letter counts in
    long words only, where it hardly ever makes another word. Short words lose at most a doubled letter.
    """

    _SHORTEST = 5
    _LONG = 7
    _ENDS = ("ing", "ed", "es", "s", "d")
    _RESTS = frozenset(
        re.split(
            " ",
            " e s d y ed es er ers or ly al ing ion ions ation ations ise ize ised ized ising izing ity"
            " ility able ment ments ies ied ty ness ate ates ated ating t te ted ting ance ence",
        )
    )

    def __init__(self, known: Iterable[str], common: Iterable[str] = (), stubs: Iterable[str] = ()) -> None:
        """`known` words are what is meant; `common` ones, and all that begin with `stubs`, are right too."""
        self._stubs = tuple(stubs)
        self._known = {w for w in known if len(w) >= self._SHORTEST - 1 and w.isalpha()}
        self._kept = self._known | set(common)
        self._stems = {stem(w) for w in self._kept if len(w) >= self._SHORTEST} | self._kept
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
        if len(word) < 3 or word in self._kept or not word.isalpha() or self._begun(word):
            return word
        if (stem(word) if len(word) >= self._SHORTEST else word.removesuffix("s")) in self._stems:
            return word
        return self._nearest(word) or self._inflected(word) or word

    def _begun(self, word: str) -> bool:
        """Whether a word is one of the known beginnings with an ordinary ending."""
        return word.startswith(self._stubs) and any(
            word.removeprefix(stub) in self._RESTS for stub in self._stubs if word.startswith(stub)
        )

    def _nearest(self, word: str) -> str:
        near: set[str] = set()
        for form in self._deletes(word):
            near |= self._near.get(form, set())
        near = {w for w in near if w[0] == word[0] and self._slipped(w, word)}
        return min(near, key=lambda w: (abs(len(w) - len(word)), w), default="")

    def _slipped(self, meant: str, typed: str) -> bool:
        if len(meant) == len(typed) + 1:
            at = next((i for i, c in enumerate(typed) if c != meant[i]), len(typed))
            return len(typed) >= self._SHORTEST - 1 or meant[at] == meant[at - 1]
        if len(meant) + 1 == len(typed):
            at = next((i for i, c in enumerate(meant) if c != typed[i]), len(meant))
            return len(typed) >= self._SHORTEST and (len(typed) >= self._LONG or typed[at] == typed[at - 1])
        if len(meant) != len(typed):
            return False
        apart = [i for i, (a, b) in enumerate(zip(meant, typed, strict=True)) if a != b]
        swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and meant[apart[0]] == typed[apart[1]]
        if swapped and meant[apart[1]] == typed[apart[0]]:
            return True
        return len(apart) == 1 and len(typed) >= self._LONG

    def _inflected(self, word: str) -> str:
        """A misspelt word whose root is known without its ending: `recomupted` for `recomputed`."""
        for end in self._ENDS:
            root = word.removesuffix(end)
            if root == word or len(root) < self._SHORTEST - 1:
                continue
            for lost in ("", "e"):
                found = self._nearest(root + lost)
                if found and stem(found) == found.removesuffix("e") and not found.endswith("er"):
                    return (found if end in ("s", "d") else found.removesuffix("e")) + end
        return ""


def vocabulary(texts: Sequence[str], *, shortest: int = 3) -> set[str]:
    """The words of several normalised texts."""
    return {w for text in texts for w in words(text) if len(w) >= shortest}
