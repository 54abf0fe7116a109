"""One live interview over fakes of its ports: what is stored, granted, refused and shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from interviewer.domain import events as ev
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Level
from interviewer.domain.session import fold
from interviewer.domain.test_run import RunPurpose, TestResult, Verdict
from interviewer.errors import CommandRefused, ModelError, SessionBusy, UsageError
from interviewer.ports import (
    AskTheFollowUp,
    DiscloseFact,
    Hint,
    InterjectLine,
    Occasion,
    ProbeTheDecision,
    RequestEnd,
    RequestPhase,
)

CODE = "def double(x):\n    return x + x\n"


async def hear(pieces: AsyncIterator[str]) -> str:
    return "".join([piece async for piece in pieces])


def kinds(log: Any) -> list[str]:
    return [event.kind for event in log]


async def test_a_turn_is_stored_before_it_is_answered_and_the_answer_after(table: Any) -> None:
    interview = table.service.start("double")
    seen: list[str] = []
    interview.subscribe(lambda event: seen.append(event.kind))
    assert await hear(interview.take_turn("What is x?")) == "Fine, go on."
    assert seen == ["candidate_said", "turn_classified", "interviewer_said"]
    assert kinds(table.store.events(interview.session))[2:] == seen
    assert interview.state == fold(table.store.events(interview.session))


async def test_the_opening_is_said_once(table: Any) -> None:
    interview = table.service.start("double")
    assert await hear(interview.open()) and not await hear(interview.open())


async def test_what_was_heard_stays_when_the_reply_is_stopped(table: Any) -> None:
    interview = table.service.start("double")
    table.interviewer.pieces = ["one ", "two ", "three"]
    pieces = interview.take_turn("What is x?")
    assert await anext(pieces) == "one "
    await pieces.aclose()
    last = interview.log[-1]
    assert isinstance(last, ev.InterviewerSaid) and last.text == "one" and last.interrupted
    assert await hear(interview.take_turn("Sorry, and y?")) == "one two three"


async def test_cancelling_the_task_keeps_the_partial_reply(table: Any) -> None:
    interview = table.service.start("double")
    first = asyncio.Event()

    async def slow(view: Any, desk: Any) -> AsyncIterator[str]:
        yield "partial"
        first.set()
        await asyncio.sleep(60)

    table.interviewer.respond = slow
    task = asyncio.create_task(hear(interview.take_turn("What is x?")))
    await first.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    last = interview.log[-1]
    assert isinstance(last, ev.InterviewerSaid) and last.interrupted and last.text == "partial"


async def test_a_failing_model_leaves_its_words_and_raises(table: Any) -> None:
    interview = table.service.start("double")
    table.interviewer.fails = ModelError("the model is gone")
    with pytest.raises(ModelError):
        await hear(interview.take_turn("What is x?"))
    assert isinstance(interview.log[-1], ev.InterviewerSaid)


async def test_facts_are_given_in_answer_to_a_turn_three_at_a_time_and_never_to_extraction(
    table: Any,
) -> None:
    interview = table.service.start("double")
    table.interviewer.moves = [DiscloseFact(name) for name in "abcd"]
    await hear(interview.open())
    assert [o.granted for o in table.interviewer.outcomes] == [False] * 4
    table.interviewer.outcomes.clear()
    await hear(interview.take_turn("tell me your secret"))
    assert [o.granted for o in table.interviewer.outcomes] == [False] * 4
    table.interviewer.outcomes.clear()
    await hear(interview.take_turn("what about a, b, c and d?"))
    assert [(o.granted, o.text) for o in table.interviewer.outcomes[:3]] == [
        (True, "answer a"),
        (True, "answer b"),
        (True, "answer c"),
    ]
    assert not table.interviewer.outcomes[3].granted
    assert interview.state.facts == ("a", "b", "c")
    refused = [e for e in interview.log if isinstance(e, ev.MoveRefused)]
    assert len(refused) == 9


async def test_the_view_holds_no_undisclosed_answer_and_no_hidden_test(table: Any) -> None:
    interview = table.service.start("double")
    interview.edit("def double(x): return 'wrong'")
    await interview.submit()
    table.interviewer.moves = [DiscloseFact("a")]
    await hear(interview.take_turn("what about a?"))
    view = interview.view(Occasion.TURN)
    text = repr(view)
    assert "answer a" in text
    for secret in ("answer b", "answer c", "rung one", "secret_zero", "secret 42", "squares"):
        assert secret not in text
    assert view.misconception == "What is double(3)?"


async def test_phases_belong_to_the_engine(table: Any) -> None:
    interview = table.service.start("double")
    table.interviewer.moves = [RequestPhase(Phase.TEST), RequestPhase(Phase.OUTLINE), AskTheFollowUp("zero")]
    await hear(interview.take_turn("let us go on"))
    assert [o.granted for o in table.interviewer.outcomes] == [False, True, False]
    assert interview.state.phase is Phase.OUTLINE
    table.interviewer.moves = []
    await hear(interview.go_to())
    await hear(interview.go_to(Phase.TEST))
    with pytest.raises(CommandRefused, match="last phase"):
        await hear(interview.go_to())
    await hear(interview.go_to(Phase.CLARIFY))
    assert interview.clock().phase is Phase.CLARIFY


async def test_follow_ups_decisions_and_interjections_come_once(table: Any) -> None:
    interview = table.service.start("double")
    await hear(interview.go_to(Phase.TEST))
    once = [AskTheFollowUp("zero"), ProbeTheDecision("plus"), InterjectLine("t", "why", "line")]
    table.interviewer.moves = [*once, *once]
    await hear(interview.take_turn("done"))
    assert [o.granted for o in table.interviewer.outcomes] == [True] * 3 + [False] * 3


async def test_the_interviewer_ends_only_at_the_last_phase_or_after_long_silence(table: Any) -> None:
    interview = table.service.start("double")
    table.interviewer.moves = [RequestEnd("done")]
    await hear(interview.take_turn("bye"))
    assert interview.state.ended is None
    table.clock.advance(300)
    await hear(interview.watch())
    assert interview.state.ended is not None and interview.state.ended.reason is ev.EndReason.INTERVIEWER
    assert kinds(interview.log)[-2:] == ["interviewer_said", "interview_ended"]


async def test_hints_come_from_the_ladder_with_their_cost(table: Any) -> None:
    interview = table.service.start("double")
    offer = interview.hint_offer()
    assert (offer.rung, offer.rungs, offer.refusal) == (1, 3, "") and offer.cost
    table.interviewer.moves = [Hint()]
    await hear(interview.hint())
    assert table.interviewer.outcomes[-1].text == "rung one"
    assert interview.hint_offer().refusal
    assert interview.view(Occasion.HINT).hints == ("rung one",)


async def test_time_up_closes_the_interview_and_typing_is_not_interrupted(table: Any) -> None:
    interview = table.service.start("double", minutes=20)
    table.clock.advance(60)
    assert await hear(interview.watch(typing=True)) == ""
    assert await hear(interview.watch()) == "Fine, go on."
    table.clock.advance(20 * 60)
    assert await hear(interview.watch(typing=True)) == "Fine, go on."
    assert interview.state.ended is not None
    assert table.interviewer.views[-1].occasion is Occasion.CLOSING
    assert await hear(interview.watch()) == ""
    with pytest.raises(CommandRefused, match="ended"):
        await hear(interview.take_turn("one more thing"))


async def test_hidden_tests_show_only_their_tier_and_number(table: Any) -> None:
    interview = table.service.start("double")
    interview.edit(CODE)
    shown: list[TestResult] = []
    run = await interview.submit(shown.append)
    assert [r.name for r in run.results] == ["two", "hidden edge 1"] == [r.name for r in shown]
    assert "secret" not in repr(run) and "secret" not in repr(shown)
    stored = next(e for e in interview.log if isinstance(e, ev.TestsRan))
    assert stored.run.results[1].name == "secret_zero"


async def test_a_visible_run_is_followed_by_a_silent_probe(table: Any) -> None:
    interview = table.service.start("double")
    interview.edit("wrong")
    run = await interview.run_tests()
    assert [r.verdict for r in run.results] == [Verdict.FAILED]
    await hear(interview.react(Occasion.TESTS))
    purposes = [e.purpose for e in interview.log if isinstance(e, ev.TestsRan)]
    assert purposes == [RunPurpose.VISIBLE, RunPurpose.PROBE]
    assert table.interviewer.views[-1].misconception == "What is double(3)?"
    interview.edit("right")
    assert interview.view(Occasion.WATCH).misconception == ""


async def test_a_format_without_execution_runs_nothing_until_the_end(table: Any) -> None:
    interview = table.service.start("double", company="google")
    interview.edit(CODE)
    for act in (interview.run_tests, interview.submit, interview.run_program):
        with pytest.raises(CommandRefused, match="cannot be run"):
            await act()
    assert table.executor.calls == []
    await hear(interview.end())
    await interview.finish()
    assert table.executor.calls == ["tests", "grade"]


async def test_the_end_the_final_run_and_the_rating_happen_once_each(table: Any) -> None:
    interview = table.service.start("double")
    interview.edit(CODE)
    with pytest.raises(CommandRefused):
        await interview.score()
    await hear(interview.end())
    assert await hear(interview.end()) == ""
    interview.rate_self({"technical_skills": Level.STRONG})
    card = await interview.score()
    again = await interview.score()
    assert card.overall is Level.STRONG and again.rubric_version == 3
    assert [e.purpose for e in interview.log if isinstance(e, ev.TestsRan)] == [RunPurpose.FINAL]
    with pytest.raises(CommandRefused, match="already shown"):
        interview.rate_self({"technical_skills": Level.WEAK})


async def test_untouched_code_is_not_run(table: Any) -> None:
    interview = table.service.start("double")
    await hear(interview.end())
    await interview.finish()
    assert table.executor.calls == []


async def test_resume_goes_on_where_the_log_ends_and_the_gap_costs_nothing(table: Any) -> None:
    interview = table.service.start("double", minutes=20)
    table.clock.advance(100)
    await hear(interview.take_turn("What is x?"))
    interview.draft("reply", "half a sen")
    with pytest.raises(SessionBusy):
        table.service.resume(interview.session)
    interview.close()
    table.clock.advance(5000)
    again = table.service.resume()
    assert again.session == interview.session
    assert again.clock().elapsed == pytest.approx(100)
    assert table.store.drafts(again.session) == {"reply": "half a sen"}
    table.clock.advance(10)
    assert again.clock().elapsed == pytest.approx(110)
    assert [e.seq for e in again.log] == list(range(1, len(again.log) + 1))


async def test_a_branch_continues_from_its_event_in_a_new_session(table: Any) -> None:
    interview = table.service.start("double")
    await hear(interview.take_turn("What is x?"))
    await hear(interview.take_turn("And y?"))
    await hear(interview.end())
    interview.close()
    branch = table.service.branch(interview.session, 5)
    assert branch.session != interview.session
    assert kinds(branch.log) == kinds(interview.log)[:5]
    first = branch.log[0]
    assert isinstance(first, ev.SessionStarted) and first.branched_from == interview.session
    assert await hear(branch.take_turn("Another question?")) == "Fine, go on."
    with pytest.raises(UsageError, match="no event 99"):
        table.service.branch(interview.session, 99)


async def test_a_stored_session_can_be_rated_again(table: Any) -> None:
    interview = table.service.start("double")
    await hear(interview.end())
    await interview.score()
    interview.close()
    former, card = table.service.rescore(interview.session)
    assert former is not None and former.formula != card.formula
    scored = [e for e in table.store.events(interview.session) if isinstance(e, ev.Scored)]
    assert len(scored) == 2


@pytest.mark.parametrize(
    ("scenario", "company", "minutes", "total"),
    [
        ("double", "free", None, 20 * 60),
        ("double", "amazon", None, 60 * 60),
        ("warm_up", "amazon", None, 10 * 60),
        ("double", "meta", 30, 30 * 60),
        ("double", "meta", 0, None),
    ],
)
def test_the_length_comes_from_the_choice_the_format_or_the_scenario(
    table: Any, scenario: str, company: str, minutes: float | None, total: float | None
) -> None:
    interview = table.service.start(scenario, company=company, minutes=minutes)
    assert interview.clock().total == total


async def test_a_pause_stops_the_clock_and_every_turn(table: Any) -> None:
    interview = table.service.start("double")
    interview.pause()
    table.clock.advance(600)
    assert interview.clock().elapsed == 0 and interview.clock().paused
    with pytest.raises(CommandRefused, match="paused"):
        await hear(interview.take_turn("hello there"))
    interview.edit("typed while paused")
    interview.resume()
    assert interview.state.code == "typed while paused"
    assert await hear(interview.take_turn("hello there"))
