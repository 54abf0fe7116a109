"""Answering a turn of the candidate."""

from __future__ import annotations

from interviewer.dialogue.offline import moves
from interviewer.dialogue.offline.talk import Talk
from interviewer.domain.events import Act, Segment, Via
from interviewer.domain.phases import Phase
from interviewer.matching import lexicon as lx
from interviewer.matching.rules import any_match, normalise
from interviewer.matching.similarity import words
from interviewer.matching.turn import MAX_FACTS
from interviewer.ports import DiscloseFact, NoteTheAssumption, ProbeTheDecision

_MATCHED = (Act.QUESTION, Act.ASSUMPTION, Act.RESTATEMENT)
_STATEMENTS = (Act.ANSWER, Act.NARRATION, Act.OUTLINE, Act.ASSUMPTION, Act.RESTATEMENT)
_LONG_TURN = 30
_RAMBLING = 0.1  # share of words that belong to the task or the trade
_TERSE = 4
_JOTTED = 9
_REMIND_EVERY = 3  # long turns between two reminders
_UNSURE = 0.75
_SHORT_NO = 8  # `no, that is all from me`, not an answer that begins with no
_THIN = 8  # an answer of fewer words is asked for more, once
_INVITATIONS = 3


def answer(talk: Talk) -> None:
    """Say what this turn calls for; nothing is a possible answer while they work."""
    view = talk.view
    if any(s.act is Act.EXTRACTION for s in view.segments):
        talk.say("refuse_again" if talk.count("refuse", "refuse_again") else "refuse")
        return
    if _rambles(talk):
        line = talk.words_for("next_step_one_sentence")
        said = talk.interject("rambling", "long turns off the task", line)
        if not said and sum(_is_long(talk, text) for text in talk.heard) % _REMIND_EVERY == 1:
            talk.say("keep_it_short")
        return
    if _replies_to_offer(talk) or _procedure(talk):
        return
    _facts(talk)
    _open_questions(talk)
    if talk.asks:
        return
    if not talk.spoke:
        _help(talk)
    if not talk.spoke:
        _statement(talk)
    if not talk.spoke and view.act is Act.SMALL_TALK:
        _small_talk(talk)


# --- facts ------------------------------------------------------------------------------------


def _facts(talk: Talk) -> None:
    """Answer what was asked or assumed: at most three facts, each once."""
    told: list[str] = []
    waiting = False
    for segment in talk.view.segments:
        if not segment.fact or segment.act not in _MATCHED or segment.fact in told:
            continue
        if not segment.credited:
            waiting = waiting or len(told) >= MAX_FACTS
            continue
        if _tell(talk, segment):
            told.append(segment.fact)
    if waiting:
        talk.say("one_at_a_time")


def _tell(talk: Talk, segment: Segment) -> bool:
    """Disclose one fact in the words that fit how it came up; whether anything was said about it."""
    own = _logistics(talk, segment.fact)
    known = next((t.answer for t in talk.view.topics if t.fact == segment.fact), None)
    claims = segment.act in (Act.ASSUMPTION, Act.RESTATEMENT)
    wrong = claims and talk.matcher.contradicts(segment.fact, segment.text)
    right = claims and not wrong and talk.matcher.agrees(segment.fact, segment.text)
    if segment.act is Act.RESTATEMENT and known is not None and not wrong:
        return False
    via = Via.CORRECTED if wrong else Via.CONFIRMED if right else Via.ASKED
    outcome = talk.desk.request(DiscloseFact(segment.fact, via))
    if not outcome.granted:
        return False
    text = own or outcome.text
    if wrong:
        talk.say("correct", answer=text)
    elif right:
        talk.say("confirm", answer=text)
    elif known is not None:
        talk.say("again", answer=text)
    elif _is_terse(segment) and not own:
        talk.say("meant", topic=_topic(talk, segment.fact), answer=text)
    else:
        talk.add(text)
    return True


def _logistics(talk: Talk, fact: str) -> str:
    """What the format settles is told as it is in this session, not as the scenario has it."""
    if fact == "c_time":
        return _time(talk)
    if fact == "c_run":
        return talk.words_for("can_run" if talk.view.code_runs else "no_run")
    return ""


def _is_terse(segment: Segment) -> bool:
    """Few words, jotted down, or hard to place: say first what was understood."""
    if segment.act is not Act.QUESTION:
        return False
    folded = normalise(segment.text)
    count = len(words(folded))
    jotted = segment.text[:1].islower() and count <= _JOTTED
    unformed = count <= _TERSE + 2 and not lx.ASKS_AT_START.match(folded)
    return count < _TERSE or jotted or unformed or segment.score < _UNSURE


def _topic(talk: Talk, fact: str) -> str:
    found = next((t.topic for t in talk.view.topics if t.fact == fact), "that")
    return found[:1].lower() + found[1:] if found[1:2].islower() else found


# --- questions without a fact -------------------------------------------------------------------


def _open_questions(talk: Talk) -> None:
    """Keywords, questions nobody has an answer to, and assumptions the scenario leaves open."""
    segments = talk.view.segments
    if any(s.fact and s.credited and s.act in _MATCHED for s in segments):
        return
    questions = [s for s in segments if s.act in (Act.QUESTION, Act.ASSUMPTION)]
    bare = [s for s in questions if not s.credited]
    if bare and not talk.spoke:
        if len(questions) == 1 and len(words(normalise(bare[0].text))) <= 2:
            talk.say("what_about", subject=bare[0].text.strip(" ?.!,"))
        else:
            talk.say("word_list")
        return
    for segment in questions:
        if talk.spoke:
            return
        if segment.act is Act.ASSUMPTION:
            _note(talk, segment.text)
        elif talk.last_was("family"):
            talk.say("nothing_there")
        elif not segment.plausible:
            talk.say("back_to_work")
        elif talk.count("assume", "family") % 2 == 1:
            talk.say("family")
        else:
            talk.say("assume")


def _note(talk: Talk, text: str) -> None:
    if talk.desk.request(NoteTheAssumption(text)).granted:
        talk.say("noted")


# --- the interview itself -----------------------------------------------------------------------


def _replies_to_offer(talk: Talk) -> bool:
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


def _procedure(talk: Talk) -> bool:
    """Time, moving on, being done, repeating. Whether the turn was about that and is answered."""
    if not any(s.act is Act.PROCEDURAL for s in talk.view.segments):
        return False
    if any(s.fact and s.credited for s in talk.view.segments):
        return False
    folded = normalise(talk.text)
    if lx.TIME_LEFT.search(folded):
        talk.add(_time(talk))
    elif lx.REPEAT.search(folded):
        talk.say("repeat", brief=talk.view.brief.strip())
    elif lx.ENDS.search(folded):
        moves.finish(talk)
    elif lx.DONE.search(folded):
        _is_done(talk)
    elif lx.MOVE_ON.search(folded) or lx.START_CODE.search(folded):
        return _move_on(talk)
    return talk.spoke


def _time(talk: Talk) -> str:
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


# --- help ---------------------------------------------------------------------------------------


def _help(talk: Talk) -> None:
    if not any(s.act is Act.HELP for s in talk.view.segments):
        return
    if moves.offered(talk) and not talk.view.hint_refusal:
        moves.give_hint(talk)
    else:
        moves.offer_hint(talk)


# --- statements ---------------------------------------------------------------------------------


def _statement(talk: Talk) -> None:
    """Outlines, narration and answers to what the interviewer asked."""
    view = talk.view
    if not any(s.act in _STATEMENTS for s in view.segments):
        return
    if talk.last_was("assume") and any(s.act in (Act.ASSUMPTION, Act.ANSWER) for s in view.segments):
        _note(talk, talk.text)
        return
    if _pushes_back(talk) or _misconceived(talk) or _said_trigger(talk):
        return
    if view.phase not in moves.CODING:
        moves.discuss(talk)
    elif view.phase in (Phase.CLARIFY, Phase.OUTLINE):
        _before_code(talk)
    elif view.phase is Phase.IMPLEMENT:
        _while_coding(talk)
    else:
        _in_test(talk)


def _what_else(talk: Talk) -> None:
    """Invite the next question; not of somebody who types already, and never in the same words."""
    if talk.view.code != talk.view.starter:
        talk.say("go_on")
    elif talk.count("clarify_else") < _INVITATIONS:
        talk.say("clarify_else")
    else:
        talk.say("ack")


def _before_code(talk: Talk) -> None:
    view = talk.view
    acts = {s.act for s in view.segments}
    if view.phase is Phase.CLARIFY:
        if Act.OUTLINE not in acts:
            if Act.RESTATEMENT in acts:
                talk.say("restated")
            _what_else(talk)
            return
        if not moves.quietly(talk, Phase.OUTLINE):
            return
    if moves.answered_probe(talk) or talk.last_was("outline_probe_generic"):
        talk.say("ack")
        moves.enter(talk, Phase.IMPLEMENT)
    elif Act.OUTLINE in acts or talk.last_was("go_outline", "outline_more"):
        if len(words(normalise(talk.text))) < _THIN and not talk.count("outline_more"):
            talk.say("outline_more")
        elif not moves.probe_next(talk, before_code=True):
            talk.say("outline_probe_generic")
    else:
        talk.say("go_on")


def _while_coding(talk: Talk) -> None:
    """Little is said while they write: an answer is acknowledged, narration now and then."""
    if _thin_answer(talk):
        talk.say("more")
    elif lx.STEPS_BACK.search(normalise(talk.text)):
        talk.say("step_back")
    elif talk.view.act is Act.ANSWER:
        talk.say("ack")
    elif (len(talk.heard) + talk.seed) % 2 == 0:
        talk.say("go_on")


def _in_test(talk: Talk) -> None:
    if _thin_answer(talk):
        talk.say("more")
        return
    if talk.count("anything_else"):
        # The questions are over; what is left of the time is the candidate's.
        talk.say("ack" if talk.count("rest_is_yours") else "rest_is_yours")
        return
    told_examples = moves.examples_stand(talk)
    if told_examples and not moves.has_own_checks(talk) and talk.view.code_runs:
        # Room to run what they just described; the watch goes on with the questions.
        talk.say("ack")
        return
    waits = talk.view.act is Act.ANSWER or talk.last_was("ack", "more") or told_examples
    if waits or not moves.asked_for_examples(talk):
        talk.say("ack")
        if moves.asked_for_examples(talk):
            moves.next_question(talk)
        else:
            moves.ask_for_examples(talk)
    elif (len(talk.heard) + talk.seed) % 2 == 0:
        talk.say("go_on")


def _thin_answer(talk: Talk) -> bool:
    """A probe or follow-up answered in a few words without a reason: asked for more, once each."""
    if not (moves.answered_probe(talk) or moves.answered_follow_up(talk)):
        return False
    folded = normalise(talk.text)
    if lx.KNOWS_NOT.search(folded):
        return False
    return len(words(folded)) < _THIN and not lx.CAUSAL.search(folded)


def _pushes_back(talk: Talk) -> bool:
    """A remark is rejected without a reason: one small case on the table, once; then no argument."""
    folded = normalise(talk.text)
    if not talk.standing or not lx.DEFENSIVE.search(folded) or lx.CAUSAL.search(folded):
        return False
    if not (talk.view.interjections or talk.view.decisions_probed):
        return False
    line = talk.view.misconception or talk.words_for("counter_example")
    if any(line in said for said in talk.said):
        line = talk.words_for("counter_example")
    if not talk.interject("counter_example", "a remark was rejected without a reason", line):
        talk.say("no_argument")
    return True


def _misconceived(talk: Talk) -> bool:
    """A usual wrong reason was given: ask for the reason again with the decision's own question."""
    probed = talk.view.decisions_probed
    for decision in talk.scenario.decisions:
        wrong = any(any_match(m.aliases, talk.text) for m in decision.misconceptions)
        new = decision.id not in probed and any_match(decision.mentions, talk.text)
        if wrong and new and talk.ask(ProbeTheDecision(decision.id)).granted:
            return True
    return False


def _said_trigger(talk: Talk) -> bool:
    return moves.interject_said(talk)


def _small_talk(talk: Talk) -> None:
    folded = normalise(talk.text)
    if lx.OFF_TOPIC.search(folded):
        talk.say("back_to_work")
    elif not talk.heard:
        talk.say("hello")
    elif talk.view.phase is Phase.CLARIFY and len(talk.heard) >= 1:
        _what_else(talk)
    elif talk.view.phase in (Phase.OUTLINE, Phase.TEST):
        talk.say("what_next")


def _rambles(talk: Talk) -> bool:
    """The second long turn that hardly speaks of the task."""
    return _is_long(talk, talk.text) and any(_is_long(talk, line) for line in talk.heard)


def _is_long(talk: Talk, text: str) -> bool:
    count = len(words(normalise(text)))
    return count >= _LONG_TURN and talk.matcher.density(text) < _RAMBLING
