"""Cutting a turn into sentences, and a many-part question into its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from interviewer.matching import lexicon
from interviewer.matching.facts import Match
from interviewer.matching.rules import normalise
from interviewer.matching.similarity import words

_SENTENCE = re.compile(r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\betc\.)(?<=[.?!])[\"')\]]*\s+|\n+")
_BULLET = re.compile(r"^\s*(?:\d+[.)]|[-*•])\s+")
_PREFACE = re.compile(r"^[^,?:]{1,60}:\s+(?=\S)")
_JOINT = re.compile(r"(?:,\s+and\s+|\s+and\s+|,\s+|;\s+|\s+(?:plus|also)\s+)", re.IGNORECASE)
_PART_START = re.compile(
    rf"^(?:and |also |plus |then )?(?:(?:in|by|at|from|on|to|of|for|with) (?=wh|how))?"
    rf"(?:{lexicon.ASKING}|about|with|for|if)\b"
)
_CONDITION = re.compile(r"^(?:if|when|since|because|given|for|in case|suppose|what if|as)\b")
_SHORT_NOUN = 4
_LEANING = re.compile(r"^(?:including|then|so|not|is)\b|\b(?:it|that|this|them)\b")
_LEANING_ON = re.compile(r"^(?:and |also )?(?:in|by|at|from|on|to|of|for|with)\b")
_FUNCTION = lexicon.STOP - {"and", "or"}
_WHOLE = 0.15  # so much likelier must the whole sentence be to stay whole
_LIST_ITEM = re.compile(r"[,;/?\n|&!]|\.(?=\s|$)|\band\b|\bor\b")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|vs)\.")


def sentences(text: str) -> list[str]:
    """The sentences of a turn, as typed, bullets and numbers taken off."""
    found: list[str] = []
    for piece in _SENTENCE.split(text.strip()):
        piece = _BULLET.sub("", piece).strip()
        if found and lexicon.BARE_TAG.fullmatch(normalise(piece)):
            # `X is clean. Right?` is one assumption, not a statement and a question.
            found[-1] = f"{found[-1].rstrip(' .!')}, {piece}"
        elif piece:
            found.append(piece)
    return found


def parts(
    sentence: str, about: Callable[[str], Match | None], hits: Callable[[str], Collection[str]]
) -> list[str]:
    """The parts of a question that are about different things; the whole sentence when they are not.

    `about` gives the fact a text is about, `hits` those whose rules match it. A joint is a cut only when
    both sides are about different facts, the right side asks by itself or is a bare noun after *and*, and
    the sentence as a whole is not clearly about one fact. A short right side must be about its fact within
    the sentence, too: `l2 for factors and biases` is not about biases.
    """
    preface = _PREFACE.match(sentence)
    if preface and not about(preface.group()) and len(words(normalise(preface.group()))) <= 6:
        sentence = sentence[preface.end() :]
    for joint in _JOINT.finditer(sentence):
        left, right = sentence[: joint.start()].strip(), sentence[joint.end() :].strip()
        if not left or not right or not _may_cut(joint.group(), left, right):
            continue
        here = about(left)
        if here is None:
            continue
        rest = parts(right, about, hits)
        there = [found for found in map(about, rest) if found is not None]
        if not there or here.fact in {found.fact for found in there}:
            continue
        if _is_short(right) and there[0].fact not in hits(sentence):
            continue
        asked = {here.fact, *(found.fact for found in there)}
        whole = None if asked <= set(hits(sentence)) else about(sentence)
        if whole is None or whole.score <= max(here.score, *(f.score for f in there)) + _WHOLE:
            return [left, *rest]
    return [sentence]


def _may_cut(joint: str, left: str, right: str) -> bool:
    folded = normalise(right)
    if joint.strip() in (",", ";") and not lexicon.ASKS_AT_START.match(normalise(left)):
        return False  # `two are equal, who wins`, `if it is empty, what then`: a case and its question
    if _PART_START.match(folded):
        return True
    noun = (1 if "," in joint else 2) <= len(words(folded)) <= _SHORT_NOUN and not _LEANING.search(folded)
    return "and" in joint.lower() and noun


def _is_short(right: str) -> bool:
    """Whether what follows a joint is a few words that do not ask by themselves."""
    folded = normalise(right)
    asks = lexicon.ASKS_AT_START.match(folded) and not _LEANING_ON.match(folded)
    return len(words(folded)) <= _SHORT_NOUN and not asks


def is_word_list(text: str) -> bool:
    """Whether a turn is a bare list of keywords, thrown in to see which one opens something.

    True for four or more items whose middle one has at most two words that carry meaning, and for
    five or more questions that all begin alike and are short.
    """
    folded = _ABBREVIATED.sub(" ", normalise(text.replace("\n", " | ")))
    items = [[w for w in words(i) if w not in lexicon.STOP] for i in _LIST_ITEM.split(folded)]
    items = [i for i in items if any(not w.isdigit() for w in i)]
    questions = [words(normalise(s)) for s in sentences(text)]
    if len(questions) >= 5:
        heads = {tuple(q[:2]) for q in questions if q}
        if len(heads) == 1 and all(len(q) <= 5 for q in questions):
            return True
    if len(items) < 4:
        return False
    if len(items) * 2 >= len(words(folded)):
        return True
    asking = [q for q in questions if len(q) >= 3 and lexicon.ASKS_AT_START.match(" ".join(q))]
    if len(asking) * 2 >= len(questions) and sum(map(len, asking)) * 2 > len(words(folded)):
        return False
    sizes = sorted(len(i) for i in items)
    whole = [q for q in questions if len(q) >= 6]
    return sizes[len(sizes) // 2] <= 2 and not whole_sentences(whole, len(words(folded)))


def whole_sentences(found: list[list[str]], total: int) -> bool:
    """Whether real sentences make up most of a turn: they carry function words, a list does not."""
    carried = sum(len(s) for s in found if sum(w in _FUNCTION for w in s) * 3 >= len(s))
    return carried * 2 > total
