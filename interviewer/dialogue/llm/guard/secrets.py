"""What must not be said, and what may be because the candidate has it already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from interviewer.dialogue.llm.guard.code import CodeShape, code_tokens, nameless, shape_of

WORD = re.compile(r"[^\W_]+|_+|[^\w\s]")
SAME_WORDS = 5
HOLD_WORDS = 3
SAME_TOKENS = 10
HOLD_TOKENS = 6
SAME_SHAPE = 13
HOLD_SHAPE = 9
DISTINCTIVE = 3
COVERAGE = 0.6
_STEM = 6
_STOP = frozenset(
    re.findall(
        r"\w+",
        """
        a an and any are as at be been both but by can could do does each every for from had has have how i if
        in into is it its may more most must never no nor not of on once one only or other our over own same
        shall she should so some such than that the their them then there these they this those to too under
        until up use used using very was we were what when where which while who why will with without would
        yes you your return returns give given take takes make makes get gets keep keeps first last all also
        just like let us before after between above below onto out off again about value values
        """,
    )
)

Gram = tuple[str, ...]


def words_of(text: str) -> list[str]:
    """Lower-case words of a text, marks left out."""
    return [w.lower() for w in WORD.findall(text) if w[0].isalnum()]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A crude stem: the first letters, without the usual English endings."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if len(word) >= len(ending) + 3 and word.endswith(ending) and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    return word[:_STEM]


def content_stems(words: Iterable[str]) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(w) for w in words if w not in _STOP and (len(w) > 2 or w.isdigit()))


def grams(tokens: Iterable[str], size: int) -> set[Gram]:
    """All runs of `size` tokens."""
    row = tuple(tokens)
    return {row[i : i + size] for i in range(len(row) - size + 1)}


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that must not be said yet: why, its runs of words, and its telling stems."""

    why: str
    words: tuple[str, ...]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Everything withheld for one reply, minus what is public. Immutable; `allow` gives a new one.

    `passages` are (why, text) pairs: answers not disclosed, rungs not served. `names` are identifiers
    of hidden tests.
    """

    reference: str = ""
    passages: tuple[tuple[str, str], ...] = ()
    names: frozenset[str] = frozenset()
    public: tuple[str, ...] = ()
    code: CodeShape = field(init=False)
    public_code: CodeShape = field(init=False)
    withheld: tuple[Passage, ...] = field(init=False)
    by_stem: dict[str, tuple[int, ...]] = field(init=False)
    same_words: dict[Gram, str] = field(init=False)
    hold_words: frozenset[Gram] = field(init=False)
    same_tokens: frozenset[Gram] = field(init=False)
    hold_tokens: frozenset[Gram] = field(init=False)
    same_shape: frozenset[Gram] = field(init=False)
    hold_shape: frozenset[Gram] = field(init=False)

    def __post_init__(self) -> None:
        def put(name: str, value: object) -> None:
            object.__setattr__(self, name, value)

        shown = [_shown(text) for text in self.public]
        put("code", shape_of(self.reference))
        put("public_code", _merged([shape_of(text) for text in self.public]))
        put("names", frozenset(n for n in self.names if not any(n in text for text in self.public)))
        public_stems = frozenset().union(*(s.stems for s in shown))
        said: frozenset[Gram] = frozenset().union(*(s.words for s in shown))
        passages: list[Passage] = []
        same: dict[Gram, str] = {}
        hold: set[Gram] = set()
        for why, text in self.passages:
            words = words_of(text)
            telling = content_stems(words) - public_stems
            passages.append(Passage(why, tuple(words), telling))
            size = min(SAME_WORDS, len(words))
            if size < HOLD_WORDS:
                continue
            for gram in grams(words, size):
                if any(stem(w) in telling for w in gram):
                    same[gram] = why
            if not telling:
                # Common words only: what tells is their order.
                same |= dict.fromkeys(grams(words, size), why)
            hold |= {g for g in grams(words, HOLD_WORDS) if g not in said}
        put("withheld", tuple(passages))
        index: dict[str, tuple[int, ...]] = {}
        for number, passage in enumerate(passages):
            if len(passage.stems) >= DISTINCTIVE:
                index |= {one: (*index.get(one, ()), number) for one in passage.stems}
        put("by_stem", index)
        put("same_words", same)
        put("hold_words", frozenset(hold))
        for at, (name, secret) in enumerate(zip(_CODE_FIELDS, _secret_code(self.reference), strict=True)):
            put(name, secret.difference(*(s.code[at] for s in shown)))

    def allow(self, *texts: str) -> Secrets:
        """The same secrets when these texts have become public."""
        return Secrets(
            reference=self.reference,
            passages=tuple(p for p in self.passages if p[1] not in texts),
            names=self.names,
            public=(*self.public, *texts),
        )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is compared of one public text."""

    stems: frozenset[str]
    words: frozenset[Gram]
    code: tuple[frozenset[Gram], ...]


_CODE_FIELDS = ("same_tokens", "hold_tokens", "same_shape", "hold_shape")


# A session's lines are public for all of its later turns: each is taken apart once.
@lru_cache(maxsize=4096)
def _shown(text: str) -> _Shown:
    words = words_of(text)
    tokens = _split(code_tokens(text)) + _split(WORD.findall(text))
    return _Shown(content_stems(words), frozenset(grams(words, HOLD_WORDS)), _code_grams(tokens))


@lru_cache(maxsize=64)
def _secret_code(reference: str) -> tuple[frozenset[Gram], ...]:
    found = _code_grams(_split(code_tokens(reference)))
    return tuple(frozenset(g for g in part if _codelike(g)) for part in found)


def _code_grams(tokens: Gram) -> tuple[frozenset[Gram], ...]:
    shape = nameless(tokens)
    return (
        frozenset(grams(tokens, SAME_TOKENS)),
        frozenset(grams(tokens, HOLD_TOKENS)),
        frozenset(grams(shape, SAME_SHAPE)),
        frozenset(grams(shape, HOLD_SHAPE)),
    )


def _split(tokens: Iterable[str]) -> Gram:
    """Tokens cut the way running prose is, so that `<=` in both is the same two marks."""
    return tuple(one_quote(part) for token in tokens for part in WORD.findall(token))


def one_quote(token: str) -> str:
    """Both quotes are one: a string is the same in either."""
    return token.replace('"', "'")


def _codelike(gram: Gram) -> bool:
    return sum(not part[0].isalnum() for part in gram) >= max(2, len(gram) // 4)


def _merged(shapes: list[CodeShape]) -> CodeShape:
    return CodeShape(
        tuple(token for shape in shapes for token in (*shape.tokens, "\n")),
        frozenset().union(*(shape.grams for shape in shapes)),
        frozenset().union(*(shape.trees for shape in shapes)),
    )
