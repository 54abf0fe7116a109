"""Questions and assumptions: those a fact answers, and those that nothing does."""

from __future__ import annotations

from interviewer.dialogue.offline import procedure
from interviewer.dialogue.offline.talk import Talk
from interviewer.domain.events import Act, Segment, Via
from interviewer.matching import lexicon as lx
from interviewer.matching.rules import normalise
from interviewer.matching.similarity import words
from interviewer.matching.turn import MAX_FACTS
from interviewer.ports import DiscloseFact, NoteTheAssumption

_MATCHED = (Act.QUESTION, Act.ASSUMPTION, Act.RESTATEMENT)
_TERSE = 4
_JOTTED = 9
_UNSURE = 0.75


def tell_facts(talk: Talk) -> None:
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
        return procedure.time_left(talk)
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


def answer_the_rest(talk: Talk) -> None:
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
            note(talk, segment.text)
        elif talk.last_was("family"):
            talk.say("nothing_there")
        elif not segment.plausible:
            talk.say("back_to_work")
        elif talk.count("assume", "family") % 2 == 1:
            talk.say("family")
        else:
            talk.say("assume")


def note(talk: Talk, text: str) -> None:
    """Record what the candidate settled for themselves, and say so."""
    if talk.desk.request(NoteTheAssumption(text)).granted:
        talk.say("noted")
