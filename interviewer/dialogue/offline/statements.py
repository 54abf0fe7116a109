"""Statements: outlines, narration, and answers to what the interviewer asked."""

from __future__ import annotations

from interviewer.dialogue.offline import moves, questions
from interviewer.dialogue.offline.talk import Talk
from interviewer.domain.events import Act
from interviewer.domain.phases import Phase
from interviewer.matching import lexicon as lx
from interviewer.matching.rules import any_match, normalise
from interviewer.matching.similarity import words
from interviewer.ports import ProbeTheDecision

_STATEMENTS = (Act.ANSWER, Act.NARRATION, Act.OUTLINE, Act.ASSUMPTION, Act.RESTATEMENT)
_THIN = 8  # an answer of fewer words is asked for more, once
_INVITATIONS = 3


def respond(talk: Talk) -> None:
    """Outlines, narration and answers to what the interviewer asked."""
    view = talk.view
    if not any(s.act in _STATEMENTS for s in view.segments):
        return
    if talk.last_was("assume") and any(s.act in (Act.ASSUMPTION, Act.ANSWER) for s in view.segments):
        questions.note(talk, talk.text)
        return
    if _pushes_back(talk) or _misconceived(talk) or moves.interject_said(talk):
        return
    if view.phase not in moves.CODING:
        moves.discuss(talk)
    elif view.phase in (Phase.CLARIFY, Phase.OUTLINE):
        _before_code(talk)
    elif view.phase is Phase.IMPLEMENT:
        _while_coding(talk)
    else:
        _in_test(talk)


def invite(talk: Talk) -> None:
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
            invite(talk)
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
