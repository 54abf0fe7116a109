"""What a sentence does: ask, assume, restate, outline, narrate, answer, want help or want secrets."""

from __future__ import annotations

import re

from interviewer.domain.events import Act
from interviewer.domain.phases import Phase
from interviewer.matching import lexicon as lx
from interviewer.matching.rules import normalise
from interviewer.matching.similarity import words

_BEFORE_CODE = (Phase.CLARIFY, Phase.OUTLINE)


_PLAINLY_ASSUMES = re.compile(r"\b(?:assum\w*|presum\w*|suppos\w*)\b")
_OF_CODE = re.compile(
    r"\b(?:prints?|printed|lines?|for now|variables?|works|runs|compiles?|the code|slow part|skeleton|simple"
    r"|loops?|helper|for the counts)\b"
)
_RETELLS = re.compile(rf"^(?:(?:ok|okay|right|alright|and),? )?so\b|{lx.RESTATES.pattern}")


def asks(folded: str) -> bool:
    """Whether a normalised sentence asks something, question mark or not."""
    if folded.endswith("?"):
        return True
    if lx.ASKS_AT_START.match(folded) or lx.INDIRECT.search(folded) or lx.ASKS_TO_BE_TOLD.match(folded):
        return True
    return len(words(folded)) <= 9 and bool(lx.ASKS_INSIDE.search(folded)) and not lx.NARRATES.match(folded)


def is_statement_with_tag(folded: str) -> bool:
    """`... , right?` after a statement: an assumption to be confirmed rather than an open question."""
    tag = lx.TAG.search(folded)
    return tag is not None and not lx.ASKS_AT_START.match(folded[: tag.start()])


def is_procedural(folded: str, phase: Phase) -> bool:
    """About the interview itself: the time, moving on, being done, repeating."""
    if phase in _BEFORE_CODE and lx.START_CODE.search(folded):
        return True
    return any(p.search(folded) for p in (lx.TIME_LEFT, lx.MOVE_ON, lx.DONE, lx.ENDS, lx.REPEAT))


def classify(sentence: str, *, phase: Phase, pending: bool) -> Act:
    """The act of one sentence; `pending` when the interviewer's last line waits for an answer."""
    folded = normalise(sentence)
    short = len(words(folded)) <= 6
    if lx.EXTRACTION.search(folded):
        return Act.EXTRACTION
    if is_procedural(folded, phase) and not (lx.ASSUMES.search(folded)):
        return Act.PROCEDURAL
    if lx.HELP.search(folded) and not _is_task_question(folded):
        return Act.HELP
    if lx.OFF_TOPIC.search(folded) or (lx.SMALL_TALK.match(folded) and short):
        return Act.ANSWER if pending and _answers_yes_or_no(folded) else Act.SMALL_TALK
    if is_statement_with_tag(folded):
        whole = not short and len(words(folded)) > 12
        return Act.RESTATEMENT if whole and _RETELLS.search(folded) else Act.ASSUMPTION
    if lx.ASSUMES.search(folded):
        # `I expect 0.75` answers what comes out; before code it settles something.
        weakly = lx.ASSUMES_WEAKLY.search(folded) is not None and not asks(folded)
        if weakly and _OF_CODE.search(folded):
            return Act.NARRATION
        if phase in _BEFORE_CODE or _PLAINLY_ASSUMES.search(folded):
            return Act.ASSUMPTION
        return Act.ANSWER if pending else Act.NARRATION
    if asks(folded):
        return Act.QUESTION
    if pending and not restates(folded):
        return Act.ANSWER
    if restates(folded):
        return Act.RESTATEMENT
    if phase in _BEFORE_CODE and not short and (lx.OUTLINES.search(folded) or lx.NUMBERED.search(sentence)):
        return Act.OUTLINE
    return Act.NARRATION


def restates(folded: str) -> bool:
    """Whether the task is repeated in own words, and says so.

    A bare `so we have ...` tells as often how far the work is; with `, right?` it is an assumption.
    """
    return bool(lx.RESTATES.search(folded)) and not lx.NARRATES.match(folded)


def _is_task_question(folded: str) -> bool:
    """`what do I do about ties` asks about the task; `what do I do now` asks for help."""
    return bool(folded) and lx.HELP.search(folded + " ") is None


def _answers_yes_or_no(folded: str) -> bool:
    return bool(lx.YES.match(folded) or lx.NO.match(folded))
