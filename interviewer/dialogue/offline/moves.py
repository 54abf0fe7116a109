"""Steps of the conduct that several occasions share: phases, probes, follow-ups, hints, the end."""

from __future__ import annotations

import re

from interviewer.dialogue.offline import code_signs
from interviewer.dialogue.offline.talk import Talk
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Seniority
from interviewer.domain.scenario import FollowUp, TriggerKind
from interviewer.matching.rules import any_match, normalise
from interviewer.ports import AskTheFollowUp, Hint, ProbeTheDecision, RequestEnd, RequestPhase

CODING = (Phase.CLARIFY, Phase.OUTLINE, Phase.IMPLEMENT, Phase.TEST)
_LEVELS = (Seniority.JUNIOR, Seniority.MID, Seniority.SENIOR)
_FOLLOW_UPS = {Seniority.JUNIOR: 2, Seniority.MID: 3, Seniority.SENIOR: 3}
_PROBES_IN_TEST = 2
_LEAVE_TIME = 75.0
# A probe that points at written code makes no sense before there is any.
_POINTS_AT_CODE = re.compile(
    r"\b(?:you (?:use|call|compare|take|wrote|return|keep|do|compute|sort|copy|loop|clip|subtract|divide|add"
    r"|split|have)|there|that line|this line|here)\b",
    re.IGNORECASE,
)


def enter(talk: Talk, phase: Phase) -> bool:
    """Move to the next phase and say what it is about; whether the engine granted it."""
    outcome = talk.desk.request(RequestPhase(phase))
    if not outcome.granted:
        if phase is Phase.TEST:
            talk.say("no_code_yet")
        return False
    introduce(talk, phase)
    return True


def introduce(talk: Talk, phase: Phase) -> None:
    """Say what a phase begins with."""
    match phase:
        case Phase.OUTLINE:
            talk.say("go_outline")
        case Phase.IMPLEMENT:
            talk.say("go_implement")
        case Phase.TEST if talk.view.phase is Phase.TEST and not codes(talk):
            # The candidate went on to test what is not there.
            line = talk.words_for("runs_even_if_simple")
            if not talk.interject("half_time", "testing without code", line):
                talk.say("no_code_yet")
        case Phase.TEST:
            ask_for_examples(talk)
        case _:
            talk.say("go_other", phase=phase.words.lower())
            probe_next(talk)


def ask_for_examples(talk: Talk) -> None:
    """The candidate's own examples come before any result of ours."""
    if has_own_checks(talk):
        talk.say("go_test_checked")
    else:
        talk.say("go_test")


def has_own_checks(talk: Talk) -> bool:
    """Whether the candidate's program holds a check that calls the function."""
    program = talk.view.program
    return program is not None and any(check.calls for check in program.checks)


def asked_for_examples(talk: Talk) -> bool:
    """Whether the candidate was asked for own examples."""
    return talk.count("go_test", "go_test_checked") > 0 or "convince" in talk.view.interjections


def examples_stand(talk: Talk) -> bool:
    """Whether the candidate was asked for own examples and has not answered yet."""
    return talk.last_was("go_test", "go_test_checked", "convince", "own_edge")


def quietly_implement(talk: Talk) -> None:
    """The candidate codes already: let the phase follow, without a word."""
    phase = talk.view.phase
    while phase in (Phase.CLARIFY, Phase.OUTLINE):
        following = CODING[CODING.index(phase) + 1]
        if not talk.desk.request(RequestPhase(following)).granted:
            return
        phase = following


def probe_next(talk: Talk, *, before_code: bool = False) -> bool:
    """Ask for the reason behind one decision not yet justified.

    First come those the candidate spoke of or wrote. A decision nobody has touched is asked about only
    when its question is about nothing the candidate has not been told, and never before there is code:
    the question itself would name the choice.
    """
    done = set(talk.view.decisions_probed) | set(talk.view.decisions_justified)
    waiting = [d for d in talk.scenario.decisions if d.id not in done]
    seen = talk.everything_heard if before_code else f"{talk.everything_heard}\n{talk.view.code}"
    touched = [d for d in waiting if any_match(d.mentions, seen)]
    if before_code:
        chosen = [d for d in touched if not _POINTS_AT_CODE.search(d.question)]
    else:
        chosen = touched + [d for d in waiting if d not in touched and not _gives_away(talk, d.question)]
    return bool(chosen) and talk.ask(ProbeTheDecision(chosen[0].id)).granted


def _gives_away(talk: Talk, question: str) -> bool:
    """Whether a question is about a fact that was neither asked for nor assumed."""
    closed = {t.fact for t in talk.view.topics if t.answer is None}
    return any(fact in closed for fact in talk.matcher.hits(question))


def next_question(talk: Talk) -> None:
    """In the last phase: a decision to justify, a follow-up, or the last question of all."""
    view = talk.view
    left = view.time.remaining
    if left is None or left > _LEAVE_TIME:
        probes = sum(_is_probe(talk, line) for line in talk.said)
        their_turn = len(view.follow_ups_asked) >= probes or not view.follow_ups
        if their_turn and probes < _PROBES_IN_TEST + _before_test(talk) and probe_next(talk):
            return
        if len(view.follow_ups_asked) < _FOLLOW_UPS[view.seniority]:
            chosen = _follow_up(talk)
            if chosen is not None and talk.ask(AskTheFollowUp(chosen.id)).granted:
                return
    if not talk.count("anything_else"):
        talk.say("anything_else")
    elif not talk.spoke:
        talk.say("rest_is_yours")


def _is_probe(talk: Talk, line: str) -> bool:
    return any(d.question in line for d in talk.scenario.decisions)


def _before_test(talk: Talk) -> int:
    """Probes put before the last phase: they do not count against those of the last phase."""
    total = 0
    for line in talk.said:
        if any(talk.wording.was_said(m, line) for m in ("go_test", "go_test_checked", "convince")):
            break
        total += _is_probe(talk, line)
    return total


def _follow_up(talk: Talk) -> FollowUp | None:
    """The follow-up that fits the level best and is least answered by what was said."""
    open_ids = {name for name, _ in talk.view.follow_ups}
    waiting = [f for f in talk.scenario.follow_ups if f.id in open_ids]
    if not waiting:
        return None
    own = _LEVELS.index(talk.view.seniority)

    def fitness(follow_up: FollowUp) -> tuple[int, int]:
        above = _LEVELS.index(follow_up.level) - own
        said = sum(any_match(p.aliases, talk.everything_heard) for p in follow_up.points)
        return (2 * above if above > 0 else -above, said)

    return min(waiting, key=fitness)


def finish(talk: Talk) -> None:
    """Ask the engine to end, with the closing words."""
    if talk.desk.request(RequestEnd("all questions are put")).granted:
        talk.say("closing")
    else:
        talk.say("what_next")


def is_offer(talk: Talk, line: str) -> bool:
    """Whether a line names the next rung and its cost."""
    rung = f"hint {len(talk.view.hints) + 1} of {talk.view.rungs}"
    return rung in line.lower() and "cost:" in line.lower()


def offered(talk: Talk) -> bool:
    """Whether the cost of the next rung was said since the last rung was served."""
    return any(is_offer(talk, line) for line in (*talk.said, *talk.pieces))


def offer_stands(talk: Talk) -> bool:
    """Whether the next rung was offered since the candidate last spoke."""
    return any(is_offer(talk, line) for line in talk.standing)


def offer_hint(talk: Talk) -> None:
    """Name the next rung and its cost; or say why there is none now."""
    view = talk.view
    if len(view.hints) >= view.rungs:
        talk.say("hint_none")
    elif view.hint_refusal:
        talk.say("hint_refused", why=view.hint_refusal)
    else:
        talk.say("hint_offer", **rung_values(talk))


def rung_values(talk: Talk) -> dict[str, object]:
    """The next rung's number, how many there are, and its cost."""
    return {"rung": len(talk.view.hints) + 1, "rungs": talk.view.rungs, "cost": talk.view.next_hint_cost}


def give_hint(talk: Talk) -> None:
    """Serve the next rung; the engine decides whether it is due."""
    view = talk.view
    if len(view.hints) >= view.rungs:
        talk.say("hint_none")
        return
    outcome = talk.desk.request(Hint())
    if outcome.granted:
        talk.say("hint", text=outcome.text, **rung_values(talk))
    else:
        talk.say("hint_refused", why=outcome.text or view.hint_refusal)


def codes(talk: Talk) -> bool:
    """Whether the candidate has begun to implement."""
    return code_signs.is_real(talk.view.code, talk.view.starter)


def quietly(talk: Talk, phase: Phase) -> bool:
    """Move to the next phase without a word."""
    return talk.desk.request(RequestPhase(phase)).granted


def answered_probe(talk: Talk) -> bool:
    """Whether this turn follows a decision's question."""
    return any(d.question in line for d in talk.scenario.decisions for line in talk.standing)


def answered_follow_up(talk: Talk) -> bool:
    """Whether this turn follows a follow-up question."""
    return any(f.question in line for f in talk.scenario.follow_ups for line in talk.standing)


def interject_said(talk: Talk) -> bool:
    """The scenario's interjections on the candidate's words."""
    said = normalise(talk.text)
    return any(
        code_signs.matches(item.pattern, item.unless, said) and talk.interject(item.id, "said", item.line)
        for item in talk.scenario.interjections
        if item.trigger is TriggerKind.SAID_MATCHES
    )


def discuss(talk: Talk) -> None:
    """Interviews without code: one probe or follow-up after another, and on when a part is spent."""
    view = talk.view
    spent = view.time.phase_budget is not None and view.time.phase_elapsed >= 0.85 * view.time.phase_budget
    talk.say("ack")
    if view.next_phase is None:
        next_question(talk)
    elif spent or not (probe_next(talk) or _deeper(talk)):
        enter(talk, view.next_phase)


def _deeper(talk: Talk) -> bool:
    """Ask what else there is, at most twice in one part."""
    began = talk.view.lines[-1].at - talk.view.time.phase_elapsed if talk.view.lines else 0.0
    here = [line.text for line in talk.view.lines if line.at >= began]
    if sum(talk.wording.was_said("go_deeper", line) for line in here) >= 2:
        return False
    talk.say("go_deeper")
    return True
