"""Understands the candidate's turns against one scenario, whoever the interviewer is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from interviewer.dialogue.offline.wording import Wording, load_wording
from interviewer.domain.phases import Phase
from interviewer.domain.scenario import Scenario
from interviewer.domain.transcript import Line, Speaker
from interviewer.matching import Context, FactMatcher, understand
from interviewer.matching.rules import normalise
from interviewer.matching.similarity import words
from interviewer.matching.turn import SHORT, guard
from interviewer.ports import InterviewView, Understanding

_QUESTION_END = re.compile(r"\?[\"')\]]*\s*$")


class ScenarioListener:
    """Implements the port `Listener`. Keeps nothing between turns: all context comes from the view."""

    def __init__(
        self, scenario: Scenario, *, guarded: Sequence[str] | None = None, wording: Wording | None = None
    ) -> None:
        """`guarded` are texts whose pasting earns nothing (rubrics); None reads the shipped rubrics."""
        self._matcher = matcher_for(scenario)
        texts = shipped_rubrics() if guarded is None else tuple(guarded)
        self._guarded = guard((scenario.brief, *texts))
        self._wording = wording

    @property
    def matcher(self) -> FactMatcher:
        """The scenario's matcher."""
        return self._matcher

    def understand(self, text: str, view: InterviewView) -> Understanding:
        """Classify a turn, split it, and match its segments to facts."""
        reading = understand(text, self._matcher, self._context(view))
        return Understanding(act=reading.act, segments=reading.segments)

    def _context(self, view: InterviewView) -> Context:
        lines = _before_turn(view)
        last = lines[-1] if lines else None
        spoke_last = last is not None and last.speaker is Speaker.INTERVIEWER
        heard = last.text if last is not None and spoke_last else ""
        asked = _last_of(lines, Speaker.CANDIDATE)
        wording = self._wording or load_wording()
        return Context(
            phase=view.phase,
            pending=awaits_answer(heard) and not _invites(heard, wording, view.phase),
            about=asked if heard and wording.was_said("what_about", heard) and _is_short(asked) else "",
            searched=asked if heard and wording.was_said("family", heard) else "",
            assuming=bool(heard) and wording.was_said("assume", heard),
            guarded=self._guarded,
        )


def awaits_answer(line: str) -> bool:
    """Whether a line of the interviewer ends in a question."""
    return bool(_QUESTION_END.search(line))


def _invites(line: str, wording: Wording, phase: Phase) -> bool:
    """Invitations to ask are no questions to be answered."""
    if phase is Phase.CLARIFY and not line.strip():
        return True
    return any(
        wording.was_said(move, line)
        for move in ("clarify_else", "refuse", "one_at_a_time", "word_list", "back_to_work", "opening")
    )


def _before_turn(view: InterviewView) -> tuple[Line, ...]:
    return tuple(line for line in view.lines if not view.turn or line.seq < view.turn)


def _last_of(lines: Sequence[Line], speaker: Speaker) -> str:
    return next((line.text for line in reversed(lines) if line.speaker is speaker), "")


def _is_short(text: str) -> bool:
    return 0 < len(words(normalise(text))) < SHORT


def matcher_for(scenario: Scenario) -> FactMatcher:
    """The matcher of a scenario, with the scenario's own words for plausibility.

    A scenario loaded from files is known by its digest, and its matcher is built once.
    """
    if not scenario.digest:
        return _matcher(scenario)
    key = (scenario.id, scenario.digest)
    if key not in _BUILT:
        while len(_BUILT) >= _KEPT:
            _BUILT.pop(next(iter(_BUILT)))
        _BUILT[key] = _matcher(scenario)
    return _BUILT[key]


_KEPT = 16
_BUILT: dict[tuple[str, str], FactMatcher] = {}


def _matcher(scenario: Scenario) -> FactMatcher:
    context = "\n".join((scenario.title, scenario.brief, *scenario.signatures, scenario.starter))
    return FactMatcher(scenario.facts, context)


@lru_cache(maxsize=1)
def shipped_rubrics() -> tuple[str, ...]:
    """The text of the shipped rubrics, which candidates may be tempted to paste."""
    package = Path(__file__).resolve().parents[2]
    shipped = package / "_content"
    root = shipped if shipped.is_dir() else package.parent
    return tuple(p.read_text(encoding="utf-8", errors="replace") for p in sorted(root.glob("rubrics/*.toml")))
