"""Alias rules: regular expressions joined by `&&` (all must match) and `!!` (must not match)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def normalise(text: str) -> str:
    """Lower case, plain quotes and dashes, single spaces: the form rules are matched against."""
    return _SPACE.sub(" ", text.translate(_FOLD).lower()).strip()


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule: every pattern of `all_of` and none of `none_of` must be found."""

    source: str
    all_of: tuple[re.Pattern[str], ...]
    none_of: tuple[re.Pattern[str], ...]

    def matches(self, normalised: str) -> bool:
        """Whether a text in the form of `normalise` satisfies the rule."""
        return all(p.search(normalised) for p in self.all_of) and not any(
            p.search(normalised) for p in self.none_of
        )


@lru_cache(maxsize=8192)
def compile_rule(source: str) -> Rule:
    """Compile a rule; raises ValueError that says which part is not a regular expression."""
    wanted, *unwanted = source.split("!!")
    try:
        all_of = tuple(re.compile(part.strip(), re.IGNORECASE) for part in wanted.split("&&"))
        none_of = tuple(re.compile(part.strip(), re.IGNORECASE) for part in unwanted)
    except re.error as error:
        raise ValueError(f"rule {source!r} is not a regular expression: {error}") from None
    if any(not p.pattern for p in (*all_of, *none_of)):
        raise ValueError(f"rule {source!r} has an empty part")
    return Rule(source, all_of, none_of)


def any_match(rules: Iterable[str], text: str) -> bool:
    """Whether any of the rules matches the text."""
    folded = normalise(text)
    return any(compile_rule(rule).matches(folded) for rule in rules)
