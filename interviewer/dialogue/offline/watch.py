"""Speaking unasked: what is due while the candidate works. Called about once a second, never while typing."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from interviewer.dialogue.offline import code_signs, moves
from interviewer.dialogue.offline.listener import awaits_answer
from interviewer.dialogue.offline.talk import Talk
from interviewer.domain.phases import Phase
from interviewer.domain.scenario import TriggerKind
from interviewer.domain.transcript import Speaker
from interviewer.matching import lexicon
from interviewer.matching.rules import normalise
from interviewer.ports import RequestEnd

MINUTE = 60.0
_ASK_AFTER_NOTHING = 2.5 * MINUTE
_CLOSE_AFTER_NOTHING = 6 * MINUTE
_CLOSE_AFTER_ASKING = 2 * MINUTE
_SILENT_FIRST, _SILENT_SECOND = 3 * MINUTE, 6 * MINUTE
_NO_EDITS = 2 * MINUTE
_ASSUMPTIONS_AT = 2 * MINUTE
_STUCK = 5 * MINUTE
_DEBUGGING = 6 * MINUTE  # room for someone who said what they are looking for
_PASTE = 15
_LULL = 40.0
_END_AFTER_LAST = 4 * MINUTE
_RECENT = 30.0  # an edit this long ago still counts as working
_GAP = 25.0  # between two unasked lines
_PATIENCE = 90.0  # for an answer to a question that stands
_LISTEN = 6.0  # after the candidate spoke


def watch(talk: Talk) -> None:
    """Say the most urgent thing that is due, if any; at most one."""
    if _nobody_there(talk):
        return
    view = talk.view
    if view.time.since_interviewer_spoke < _GAP or view.time.since_candidate_spoke < _LISTEN:
        return
    if _question_stands(talk):
        return
    if view.phase in (Phase.CLARIFY, Phase.OUTLINE) and moves.codes(talk):
        _coding_early(talk)
        if talk.spoke:
            return
    for check in _CHECKS:
        if check(talk):
            return


def _question_stands(talk: Talk) -> bool:
    """The interviewer asked last and the candidate has had little time to answer."""
    lines = talk.view.lines
    if not lines or lines[-1].speaker is not Speaker.INTERVIEWER or not awaits_answer(lines[-1].text):
        return False
    return talk.view.time.since_interviewer_spoke < _PATIENCE


def _nobody_there(talk: Talk) -> bool:
    """Nothing said and nothing written: ask once, then close."""
    view, time = talk.view, talk.view.time
    if talk.heard or view.code_changes:
        return False
    quiet = min(time.since_candidate_spoke, time.since_code_changed)
    if "anyone_there" not in view.interjections:
        if quiet >= _ASK_AFTER_NOTHING:
            talk.interject("anyone_there", "nothing said and nothing written", talk.words_for("anyone_there"))
        return True
    due = quiet >= _CLOSE_AFTER_NOTHING and time.since_interviewer_spoke >= _CLOSE_AFTER_ASKING
    if due and talk.desk.request(RequestEnd("nothing was said or written")).granted:
        talk.say("empty_close")
    return True


def _coding_early(talk: Talk) -> None:
    """Code before the questions: let it run about two minutes, then ask once what is assumed."""
    asked = any(t.answer is not None for t in talk.view.topics)
    if not asked and talk.view.time.elapsed < _ASSUMPTIONS_AT:
        return
    if not asked:
        talk.interject("assumptions", "code before any question", talk.words_for("assumptions"))
    moves.quietly_implement(talk)


def _assumes_silently(talk: Talk) -> bool:
    """Two minutes of code and not one question asked or assumption stated."""
    view = talk.view
    if view.phase is not Phase.IMPLEMENT or not moves.codes(talk):
        return False
    if view.time.elapsed < _ASSUMPTIONS_AT or any(t.answer is not None for t in view.topics):
        return False
    return talk.interject("assumptions", "code before any question", talk.words_for("assumptions"))


def _libraries(talk: Talk) -> bool:
    view = talk.view
    found = code_signs.forbidden_imports(view.code, view.starter, view.libraries)
    if not found:
        return False
    if talk.interject("libraries", "an import that was not agreed", talk.words_for("libraries")):
        return True
    if view.time.since_interviewer_spoke < MINUTE:
        return False
    line = talk.words_for("libraries_core", module=found[0])
    return talk.interject("libraries_core", "the import stays", line)


def _code_triggers(talk: Talk) -> bool:
    if talk.view.code == talk.view.starter:
        return False
    return any(
        code_signs.matches(item.pattern, item.unless, talk.view.code)
        and not _in_starter(talk, item.pattern, item.unless)
        and talk.interject(item.id, "seen in the code", item.line)
        for item in talk.scenario.interjections
        if item.trigger is TriggerKind.CODE_MATCHES and item.id not in talk.view.interjections
    )


def _in_starter(talk: Talk, pattern: str, unless: str) -> bool:
    """Debugging tasks start with the flaw in place: it is no news until the candidate works on it."""
    return code_signs.matches(pattern, unless, talk.view.starter) and talk.view.time.elapsed < 10 * MINUTE


def misconception(talk: Talk) -> bool:
    """The question that exposes the bug recognised in the code; never its name, each question once."""
    question = talk.view.misconception
    if not question or any(question in line for line in talk.said):
        return False
    trigger = f"misconception-{zlib.crc32(question.encode()):08x}"
    return talk.interject(trigger, "the failing tests point at one bug", question)


def _misconception(talk: Talk) -> bool:
    return talk.view.time.since_code_changed >= _LISTEN and misconception(talk)


def _no_function(talk: Talk) -> bool:
    view = talk.view
    if code_signs.has_function(view.code, view.starter):
        return False
    return any(
        view.time.elapsed >= item.minutes * MINUTE and talk.interject(item.id, "no function yet", item.line)
        for item in talk.scenario.interjections
        if item.trigger is TriggerKind.NO_FUNCTION_AFTER
    )


def _paste(talk: Talk) -> bool:
    if talk.view.largest_paste <= _PASTE:
        return False
    return talk.interject("paste", "many lines at once", talk.words_for("explain_paste"))


def _silent_with_edits(talk: Talk) -> bool:
    """Edits without a word: what this block does, after three minutes; once more at six."""
    time = talk.view.time
    if talk.view.phase is not Phase.IMPLEMENT and talk.view.phase is not Phase.TEST:
        return False
    if time.since_code_changed > min(time.since_candidate_spoke, MINUTE):
        return False
    for limit, trigger, move in (
        (_SILENT_SECOND, "silence_second", "silence_second"),
        (_SILENT_FIRST, "silence_first", "silence_first"),
    ):
        if time.since_candidate_spoke >= limit:
            if trigger == "silence_second" and "silence_first" not in talk.view.interjections:
                continue
            return talk.interject(trigger, "edits without a word", talk.words_for(move))
    return False


def _nothing_runs(talk: Talk) -> bool:
    """Half the time is gone and there is talk, but nothing to run."""
    view, time = talk.view, talk.view.time
    if time.remaining is None or time.elapsed < time.remaining or view.phase not in moves.CODING:
        return False
    if moves.codes(talk):
        return False
    return talk.interject("half_time", "half the time without code", talk.words_for("runs_even_if_simple"))


def _no_edits(talk: Talk) -> bool:
    time = talk.view.time
    if talk.view.phase is not Phase.IMPLEMENT or talk.view.time.green_for is not None:
        return False
    if min(time.since_code_changed, time.since_candidate_spoke, time.since_interviewer_spoke) < _NO_EDITS:
        return False
    return talk.interject("no_edits", "no edits", talk.words_for("no_edits"))


def _stuck(talk: Talk) -> bool:
    """Five minutes of failing runs: one first hint is offered, unless they are debugging aloud."""
    view, time = talk.view, talk.view.time
    if time.red_for is None or time.red_for < _STUCK or view.hints or view.hint_refusal or not view.rungs:
        return False
    aloud = bool(talk.heard) and lexicon.DEBUGS.search(normalise(talk.heard[-1])) is not None
    if time.since_candidate_spoke < (_DEBUGGING if aloud else MINUTE):
        return False
    return talk.interject(
        "stuck", "five minutes without progress", talk.words_for("stuck_offer", **moves.rung_values(talk))
    )


def _simple_first(talk: Talk) -> bool:
    view = talk.view
    if view.time.green_for is not None or not code_signs.optimises_early(view.code, view.starter):
        return False
    return talk.interject("simple_first", "optimising before it is right", talk.words_for("simple_first"))


def _editing_on(talk: Talk) -> bool:
    """All is green and features are still being added."""
    time = talk.view.time
    if time.green_for is None or time.green_for < MINUTE:
        return False
    if time.since_code_changed > _RECENT or time.since_code_changed > time.green_for - _RECENT:
        return False
    for item in talk.scenario.interjections:
        if item.trigger is TriggerKind.GREEN_AND_EDITING:
            return talk.interject(item.id, "adding after all is green", item.line)
    return talk.interject("scope", "adding after all is green", talk.words_for("happy_with_scope"))


def _phase_spent(talk: Talk) -> bool:
    time = talk.view.time
    if time.phase_budget is None or time.phase_elapsed < time.phase_budget or time.remaining is None:
        return False
    if talk.view.next_phase is None or time.remaining < MINUTE:
        return False
    trigger = f"phase_spent-{talk.view.phase.value}"
    return talk.interject(trigger, "the phase has had its time", talk.words_for("phase_spent"))


def _on_with_the_questions(talk: Talk) -> bool:
    """In the last phase a lull brings the next question; after the last one a long lull ends it."""
    time = talk.view.time
    if talk.view.phase is not Phase.TEST or not moves.asked_for_examples(talk) or not talk.heard:
        return False
    quiet = min(time.since_candidate_spoke, time.since_code_changed, time.since_interviewer_spoke)
    if talk.count("anything_else"):
        if quiet >= _END_AFTER_LAST:
            moves.finish(talk)
        return talk.spoke
    if quiet < _LULL or _unanswered(talk):
        return False
    moves.next_question(talk)
    return talk.spoke


def _unanswered(talk: Talk) -> bool:
    """Whether the interviewer's last line is a question nobody has answered."""
    return bool(talk.standing) and awaits_answer(talk.standing[-1])


_CHECKS: tuple[Callable[[Talk], bool], ...] = (
    _libraries,
    _assumes_silently,
    _misconception,
    _code_triggers,
    _stuck,
    _simple_first,
    _editing_on,
    _silent_with_edits,
    _nothing_runs,
    _no_function,
    _no_edits,
    _paste,
    _phase_spent,
    _on_with_the_questions,
)
