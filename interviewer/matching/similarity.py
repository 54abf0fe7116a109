"""Character n-gram similarity in plain Python: small indexes, no dependency, about a millisecond a query."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

_WORD = re.compile(r"[a-z0-9_]+")
_SIZES = (3, 4, 5)


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


class CharIndex:
    """TF-IDF over character n-grams of a few labelled texts; cosine similarity of a query to each label."""

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        """`labelled`: (label, text in normalised form); a label may have many texts."""
        documents = [(label, Counter(grams(text))) for label, text in labelled]
        spread: Counter[str] = Counter()
        for _, counts in documents:
            spread.update(counts.keys())
        self._idf: Mapping[str, float] = {
            gram: math.log((1 + len(documents)) / (1 + seen)) + 1.0 for gram, seen in spread.items()
        }
        self._labels: list[str] = [label for label, _ in documents]
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (_, counts) in enumerate(documents):
            weights = {gram: (1 + math.log(n)) * self._idf[gram] for gram, n in counts.items()}
            length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
            for gram, weight in weights.items():
                self._postings[gram].append((number, weight / length))
        self._unseen = math.log(1 + len(documents)) + 1.0

    def similarities(self, normalised: str) -> dict[str, float]:
        """For each label the highest cosine (0..1) of its texts to the query; 0 is left out."""
        weights = {
            gram: (1 + math.log(n)) * self._idf.get(gram, self._unseen)
            for gram, n in Counter(grams(normalised)).items()
        }
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        scores: dict[int, float] = defaultdict(float)
        for gram, weight in weights.items():
            for number, share in self._postings.get(gram, ()):
                scores[number] += weight * share / length
        best: dict[str, float] = {}
        for number, score in scores.items():
            label = self._labels[number]
            if score > best.get(label, 0.0):
                best[label] = score
        return best


def word_grams(normalised: str, size: int = 4) -> set[tuple[str, ...]]:
    """The word n-grams of a text."""
    found = words(normalised)
    return {tuple(found[i : i + size]) for i in range(len(found) - size + 1)}


def containment(normalised: str, guarded: set[tuple[str, ...]], size: int = 4) -> float:
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
            for end in ("s", "es", "ed", "d", "ing")
        )


def vocabulary(texts: Sequence[str], *, shortest: int = 3) -> set[str]:
    """The words of several normalised texts."""
    return {w for text in texts for w in words(text) if len(w) >= shortest}
