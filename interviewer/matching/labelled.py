"""Labelled turns, and how well a matcher does on them: precision, recall, answers nobody asked for.

A file of labelled turns::

    scenario = "kmeans_lloyd"

    [[turns]]
    text = "what happen if center is alone"
    gold = ["empty"]            # facts a good interviewer gives out; empty for none
    type = "non_native"         # plain, no_term, non_native, typo, assumption, multi,
                                # domain_none, offtopic, narration, adversarial
    split = "held"              # dev: seen while tuning; held: not
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from interviewer.domain.phases import Phase
from interviewer.errors import ContentError, Problem
from interviewer.matching.facts import FactMatcher
from interviewer.matching.turn import Context, understand

TYPES = frozenset(
    {"plain", "no_term", "non_native", "typo", "assumption", "multi", "domain_none", "offtopic", "narration"}
    | {"adversarial"}
)
SPLITS = frozenset({"dev", "held"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One turn and the facts it should obtain."""

    scenario: str
    text: str
    gold: frozenset[str]
    type: str
    split: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A turn that obtained too much or too little."""

    turn: Labelled
    got: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts over turns. A list of keywords (`adversarial`) may obtain one fact and counts apart."""

    right: int
    wrong: int
    missed: int
    without: int
    answered_wrongly: int
    lists: int
    most_by_list: int
    misses: tuple[Miss, ...]

    @property
    def precision(self) -> float:
        """Share of the facts given out that were asked for; 1 when none was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the facts asked for that were given out; 1 when none was asked for."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def false_answers(self) -> float:
        """Share of the turns about no fact that obtained one."""
        return self.answered_wrongly / self.without if self.without else 0.0


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """The turns of one file; raises ContentError with all problems of it."""
    file = f"matcher/{path.name}"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError([Problem(file, f"cannot be read: {error}")]) from None
    scenario = data.get("scenario", "")
    problems: list[Problem] = []
    turns: list[Labelled] = []
    for number, turn in enumerate(data.get("turns", ()), start=1):
        key = f"turns[{number}]"
        if turn.get("type") not in TYPES:
            problems.append(Problem(file, f"{turn.get('type')!r} is not a type", key=key))
        if turn.get("split") not in SPLITS:
            problems.append(Problem(file, f"{turn.get('split')!r} is not a split", key=key))
        turns.append(
            Labelled(
                scenario=scenario, text=str(turn.get("text", "")), gold=frozenset(turn.get("gold", ())),
                type=str(turn.get("type")), split=str(turn.get("split")),
            )
        )  # fmt: skip
    if not scenario:
        problems.append(Problem(file, "names no scenario", key="scenario"))
    if problems:
        raise ContentError(problems)
    return tuple(turns)


def grade(turns: Iterable[Labelled], matcher: FactMatcher) -> Figures:
    """Run turns through the pipeline as the first turn of an interview, and count."""
    return add(_graded(turn, matcher) for turn in turns)


def _graded(turn: Labelled, matcher: FactMatcher) -> Figures:
    got = frozenset(understand(turn.text, matcher, Context(phase=Phase.CLARIFY)).facts)
    is_list = turn.type == "adversarial"
    if is_list:
        misses = (Miss(turn, got),) if len(got) > 1 else ()
        return Figures(
            right=0, wrong=0, missed=0, without=0, answered_wrongly=0, lists=1, most_by_list=len(got),
            misses=misses,
        )  # fmt: skip
    return Figures(
        right=len(got & turn.gold), wrong=len(got - turn.gold), missed=len(turn.gold - got),
        without=int(not turn.gold), answered_wrongly=int(bool(got) and not turn.gold), lists=0,
        most_by_list=0,
        misses=(Miss(turn, got),) if got != turn.gold else (),
    )  # fmt: skip


def add(figures: Iterable[Figures]) -> Figures:
    """The figures of several sets together."""
    every = tuple(figures)
    return Figures(
        right=sum(f.right for f in every), wrong=sum(f.wrong for f in every),
        missed=sum(f.missed for f in every), without=sum(f.without for f in every),
        answered_wrongly=sum(f.answered_wrongly for f in every), lists=sum(f.lists for f in every),
        most_by_list=max((f.most_by_list for f in every), default=0),
        misses=tuple(m for f in every for m in f.misses),
    )  # fmt: skip
