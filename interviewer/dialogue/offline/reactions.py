"""What the interviewer says to an opening, a phase, a hint request, a run, and the end."""

from __future__ import annotations

from interviewer.dialogue.offline import moves
from interviewer.dialogue.offline.talk import Talk
from interviewer.dialogue.offline.watch import misconception
from interviewer.domain.phases import Phase
from interviewer.domain.test_run import Tier, Verdict
from interviewer.ports import RequestPhase

_CRASHES = (Verdict.ERROR, Verdict.TIMED_OUT, Verdict.OUT_OF_MEMORY)


def opening(talk: Talk) -> None:
    """Hello, the title, the time, and where to begin."""
    view = talk.view
    values = {"title": view.title}
    if view.time.remaining is not None:
        # At hello the whole slot is left: nobody says "9:58" then.
        minutes = round(view.time.remaining / 60)
        values["left"] = f"{minutes} minutes" if minutes != 1 else "one minute"
    if view.phase not in moves.CODING:
        talk.say("opening_untimed" if view.time.remaining is None else "opening_talk", **values)
        return
    talk.say("opening_untimed" if view.time.remaining is None else "opening", **values)
    if not view.code_runs:
        talk.say("opening_no_run")


def phase(talk: Talk) -> None:
    """The candidate moved the interview on."""
    moves.introduce(talk, talk.view.phase)


def hint(talk: Talk) -> None:
    """The candidate asked for the next rung, having been shown what it costs."""
    moves.give_hint(talk)


def tests(talk: Talk) -> None:
    """After the candidate's test run."""
    run = talk.view.run
    if run is None or run.total == 0:
        return
    if run.green:
        _green(talk)
        return
    crashed = any(r.verdict in _CRASHES for r in run.results)
    failed = run.total - run.passed
    count = talk.words_for("tests_red", failed=failed, passed=run.passed, total=run.total)
    lost = run.share(Tier.CORE) == 0 and not crashed
    _ = (
        (lost and talk.interject("objective", "no core test passes", talk.words_for("objective")))
        or misconception(talk)
        or (crashed and talk.interject("shapes", "the code stops with an error", talk.words_for("shapes")))
        or talk.interject("tests_red", "some tests fail", count)
    )


def _green(talk: Talk) -> None:
    """All of these pass: on to the candidate's own checks, unless a known bug is still in there."""
    if misconception(talk):
        return
    if talk.view.phase is not Phase.TEST:
        moves.quietly_implement(talk)
        talk.desk.request(RequestPhase(Phase.TEST))
    if moves.asked_for_examples(talk):
        return
    if moves.has_own_checks(talk):
        talk.interject("own_edge", "own checks pass", talk.words_for("own_edge"))
    else:
        talk.interject("convince", "green without an own check", talk.words_for("convince"))


def program(talk: Talk) -> None:
    """After the candidate's own program ran."""
    run = talk.view.program
    if run is None:
        return
    if run.verdict in _CRASHES:
        talk.interject("shapes", "the program stops with an error", talk.words_for("shapes"))
        return
    checked = run.verdict is Verdict.PASSED and any(c.calls for c in run.checks)
    if checked and talk.view.phase is Phase.TEST and moves.asked_for_examples(talk):
        talk.interject("own_edge", "own checks pass", talk.words_for("own_edge"))


def closing(talk: Talk) -> None:
    """The last line; no rating."""
    left = talk.view.time.remaining
    talk.say("closing_time" if left is not None and left <= 0 else "closing")
