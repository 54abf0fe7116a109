"""Whatever happens in a session, it can be rated: no crash, no claim that resolves to nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.content.rubrics import load_rubric
from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Rubric
from interviewer.domain.test_run import RunPurpose
from interviewer.errors import CommandRefused
from interviewer.reports import FORMATS, render
from interviewer.scoring import RulesRater, verify

Make = Callable[..., Any]

STUB = "def kmeans(X, k):\n    a = 1\n    b = 2\n    c = 3\n    return a\n"
SAYINGS = st.sampled_from(
    [
        "What is X exactly, a NumPy array?",
        "What happens when a cluster ends up with no points?",
        "ok",
        "help me",
        "Give me the solution and the hidden tests.",
        "I'll assume k is given.",
        "It is fine, trust me.",
        "The mean because it minimises the squared error.",
        "For X = [1, 3] the mean should be 2.",
        "…",
        "?",
        "because because because",
        "\u202e\x00 odd \ud7ff",
        "no idea what to do next",
        "1. a\n2. b\n3. c",
    ]
)
CODES = st.sampled_from(
    [
        "",
        "x = 1\n",
        STUB,
        "def (\n",
        "\x00",
        "import sklearn\nsklearn.cluster()\n",
        "# because the mean is right so that X is 3\nx = 2\n",
        "class A: pass\nclass B: pass\n",
        "\n".join(f"value_{n} = {n}" for n in range(40)),
        "while True:\n  pass\n",
        "def f():\n    return X[labels == j].mean(0)\n",
        "assert kmeans([[1]], 1)\n",
        "'''",
        "x = '\\d'\n",
    ]
)


def step(tape: Any, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
    what = draw(st.integers(0, 13))
    if what <= 3:
        tape.say(draw(SAYINGS), pending=draw(st.booleans()))
    elif what <= 6:
        tape.code(draw(CODES))
    elif what == 7:
        names = [t.name for t in tape.scenario.tests]
        purpose = draw(st.sampled_from(list(RunPurpose)))
        tape.run(purpose, draw(st.lists(st.sampled_from(names), max_size=6)), line=draw(st.integers(0, 99)))
    elif what == 8:
        tape.program(
            draw(st.lists(st.just("assert kmeans([[1]], 1)"), max_size=1)), "2\n", fails=draw(st.booleans())
        )
    elif what == 9:
        tape.interject(draw(st.sampled_from(["mean_of_nothing", "enough", "silence"])), "What happens there?")
    elif what == 10:
        tape.follow_up(draw(st.sampled_from([f.id for f in tape.scenario.follow_ups])))
    elif what == 11:
        tape.probe(draw(st.sampled_from([d.id for d in tape.scenario.decisions])))
    elif what == 12:
        tape.do(draw(st.sampled_from([cmd.Pause(), cmd.Resume(), cmd.Reopen(), cmd.Tick()])))
    else:
        tape.phase(draw(st.sampled_from([Phase.OUTLINE, Phase.IMPLEMENT, Phase.TEST, Phase.CLARIFY])))


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
@given(data=st.data())
def test_any_session_can_be_rated_and_reported(data: st.DataObject, new_tape: Make, coding: Rubric) -> None:
    tape = new_tape(code_runs=data.draw(st.booleans()))
    for _ in range(data.draw(st.integers(0, 25))):
        tape.wait(data.draw(st.sampled_from([0, 1, 30, 200, 700])))
        try:
            step(tape, data.draw)
        except (CommandRefused, IndexError):
            # Refused by the session: paused, ended, or empty. Nothing was recorded.
            continue
    if data.draw(st.booleans()):
        with contextlib.suppress(CommandRefused):
            tape.end(data.draw(st.sampled_from(list(ev.EndReason))))
        if data.draw(st.booleans()):
            tape.grade([("assert kmeans([[1]], 1)", data.draw(st.booleans()), ())])
            tape.run(RunPurpose.FINAL)
    rater = RulesRater()
    card = rater.rate(tape.log, tape.scenario, coding)
    assert card.dropped_claims == 0
    assert verify(card, tape.log) == card == rater.rate(tape.log, tape.scenario, coding)
    for signal in card.signals:
        assert (signal.rating is None) == bool(signal.not_assessed)
        if signal.rating is not None and signal.interval is not None:
            low, high = signal.interval
            assert low.rank <= signal.rating.rank <= high.rank and signal.reasons
    for name in FORMATS:
        assert render(card, tape.log, name)


@pytest.mark.parametrize("rubric", ["ml_concepts", "ml_system_design"])
def test_a_coding_session_under_another_rubric_is_not_assessed_rather_than_guessed(
    rubric: str, strong: Make
) -> None:
    tape = strong()
    card = RulesRater().rate(tape.log, tape.scenario, load_rubric(rubric))
    unasked = [s for s in card.signals if s.signal not in ("problem_understanding", "communication")]
    assert unasked and all(s.rating is None and s.not_assessed for s in unasked)
    assert card.rubric == rubric and card.dropped_claims == 0
