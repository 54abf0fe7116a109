"""Answering a turn of the candidate."""

from __future__ import annotations

from interviewer.dialogue.offline import moves, procedure, questions, statements
from interviewer.dialogue.offline.talk import Talk
from interviewer.domain.events import Act
from interviewer.domain.phases import Phase
from interviewer.matching import lexicon as lx
from interviewer.matching.rules import normalise
from interviewer.matching.similarity import words

_LONG_TURN = 30
_RAMBLING = 0.1  # share of words that belong to the task or the trade
_REMIND_EVERY = 3  # long turns between two reminders


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
    if procedure.reply_to_offer(talk) or procedure.settle(talk):
        return
    questions.tell_facts(talk)
    questions.answer_the_rest(talk)
    if talk.asks:
        return
    if not talk.spoke:
        _help(talk)
    if not talk.spoke:
        statements.respond(talk)
    if not talk.spoke and view.act is Act.SMALL_TALK:
        _small_talk(talk)


def _help(talk: Talk) -> None:
    if not any(s.act is Act.HELP for s in talk.view.segments):
        return
    if moves.offered(talk) and not talk.view.hint_refusal:
        moves.give_hint(talk)
    else:
        moves.offer_hint(talk)


def _small_talk(talk: Talk) -> None:
    folded = normalise(talk.text)
    if lx.OFF_TOPIC.search(folded):
        talk.say("back_to_work")
    elif not talk.heard:
        talk.say("hello")
    elif talk.view.phase is Phase.CLARIFY and len(talk.heard) >= 1:
        statements.invite(talk)
    elif talk.view.phase in (Phase.OUTLINE, Phase.TEST):
        talk.say("what_next")


def _rambles(talk: Talk) -> bool:
    """The second long turn that hardly speaks of the task."""
    return _is_long(talk, talk.text) and any(_is_long(talk, line) for line in talk.heard)


def _is_long(talk: Talk, text: str) -> bool:
    count = len(words(normalise(text)))
    return count >= _LONG_TURN and talk.matcher.density(text) < _RAMBLING
