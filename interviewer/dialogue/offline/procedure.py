"""The interview itself: offers taken or declined, the time, moving on, being done."""

from __future__ import annotations

from interviewer.dialogue.offline import moves
from interviewer.dialogue.offline.talk import Talk
from interviewer.domain.events import Act
from interviewer.domain.phases import Phase
from interviewer.matching import lexicon as lx
from interviewer.matching.rules import normalise
from interviewer.matching.similarity import words

_SHORT_NO = 8  # `no, that is all from me`, not an answer that begins with no


def reply_to_offer(talk: Talk) -> bool:
    """`yes` and `no` to what the interviewer offered or proposed last."""
    folded = normalise(talk.text)
    yes, no = bool(lx.YES.match(folded)), bool(lx.NO.match(folded))
    if moves.offer_stands(talk):
        latest = moves.is_offer(talk, talk.standing[-1])
        if (yes and latest) or lx.CLEAR_YES.search(folded) or talk.view.act is Act.HELP:
            moves.give_hint(talk)
            return True
        if no and latest:
            talk.say("go_on")
            return True
    if talk.last_was("phase_spent") and yes:
        return _move_on(talk)
    if talk.last_was("anyone_there"):
        if no and len(words(folded)) <= 4:
            moves.finish(talk)
            return True
        if yes and len(words(folded)) <= 4:
            talk.say("what_next")
            return True
    over = talk.count("anything_else") > 0 and talk.view.next_phase is None
    asked_last = talk.last_was("anything_else", "rest_is_yours")
    thanks = asked_last and lx.SMALL_TALK.match(folded) and not yes
    if over and ((no and len(words(folded)) <= _SHORT_NO) or lx.DONE.match(folded) or thanks):
        moves.finish(talk)
        return True
    return False


def settle(talk: Talk) -> bool:
    """Time, moving on, being done, repeating. Whether the turn was about that and is answered."""
    if not any(s.act is Act.PROCEDURAL for s in talk.view.segments):
        return False
    if any(s.fact and s.credited for s in talk.view.segments):
        return False
    folded = normalise(talk.text)
    if lx.TIME_LEFT.search(folded):
        talk.add(time_left(talk))
    elif lx.REPEAT.search(folded):
        talk.say("repeat", brief=talk.view.brief.strip())
    elif lx.ENDS.search(folded):
        moves.finish(talk)
    elif lx.DONE.search(folded):
        _is_done(talk)
    elif lx.MOVE_ON.search(folded) or lx.START_CODE.search(folded):
        return _move_on(talk)
    return talk.spoke


def time_left(talk: Talk) -> str:
    """The true time in words, and that the phase is over its share where it is."""
    time = talk.view.time
    if time.remaining is None:
        return talk.words_for("time_left_untimed")
    over = time.phase_budget is not None and time.phase_elapsed >= time.phase_budget
    return talk.words_for("time_left_over" if over else "time_left")


def _move_on(talk: Talk) -> bool:
    following = talk.view.next_phase
    if following is not None:
        moves.enter(talk, following)
    elif talk.count("anything_else"):
        moves.finish(talk)
    else:
        moves.next_question(talk)
    return True


def _is_done(talk: Talk) -> None:
    """`done`: first how they know that it is right, once; then on."""
    phase = talk.view.phase
    unchecked = not moves.has_own_checks(talk) and not moves.asked_for_examples(talk)
    if phase in (Phase.IMPLEMENT, Phase.TEST) and moves.codes(talk) and unchecked:
        line = talk.words_for("convince")
        if talk.interject("convince", "finished without a check", line):
            if talk.view.next_phase is Phase.TEST:
                moves.quietly(talk, Phase.TEST)
            return
    _move_on(talk)
