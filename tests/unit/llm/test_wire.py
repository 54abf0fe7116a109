from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest

from interviewer.dialogue.faults import BROKEN_OFF, FaultKind, ModelFault
from interviewer.domain.events import Act, Segment
from interviewer.domain.transcript import Line, Speaker
from interviewer.ports import DiscloseFact, Hint, Occasion


async def heard(pieces: AsyncIterator[str]) -> str:
    return "".join([piece async for piece in pieces])


async def fault_of(pieces: AsyncIterator[str]) -> tuple[str, ModelFault]:
    said: list[str] = []
    with pytest.raises(ModelFault) as caught:
        async for piece in pieces:
            said.append(piece)
    return "".join(said), caught.value


async def test_a_reply_arrives_in_pieces_with_the_providers_usage(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(pieces=("What ", "do you ", "expect ", "there?"))]
    pieces = [p async for p in make_interviewer(input_price=1.0, output_price=10.0).respond(view(), desk)]
    assert "".join(pieces) == "What do you expect there?" and len(pieces) > 2
    (call,) = desk.answers
    assert (call["input_tokens"], call["output_tokens"], call["cached_tokens"]) == (120, 9, 64)
    assert call["cost_usd"] == pytest.approx((120 * 1.0 + 9 * 10.0) / 1e6)
    assert not call["estimated"] and call["ms"] > 0


async def test_usage_is_estimated_and_marked_when_the_provider_gives_none(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(pieces=("Go on.",), usage=False)]
    await heard(make_interviewer().respond(view(), desk))
    (call,) = desk.answers
    assert call["estimated"] and call["input_tokens"] > 300 and call["output_tokens"] >= 1


async def test_a_fact_is_disclosed_through_the_engine_and_then_said(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, scenario: Any
) -> None:
    fact = scenario.facts[0]
    server.script = [
        play(calls=(("disclose_facts", json.dumps({"facts": [fact.id]})),)),
        play(pieces=(fact.answer,)),
    ]
    assert await heard(make_interviewer().respond(view(), desk)) == fact.answer
    assert desk.moves == [DiscloseFact(fact.id)] and desk.leaks == []
    first, second = (json.dumps(b) for b in server.bodies)
    assert fact.answer not in first and fact.answer in second


async def test_what_was_granted_is_said_even_when_the_model_forgets_it(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, scenario: Any
) -> None:
    server.script = [
        play(calls=(("disclose_facts", json.dumps({"facts": [scenario.facts[0].id]})),)),
        play(pieces=("Good question.",)),
    ]
    assert scenario.facts[0].answer in await heard(make_interviewer().respond(view(), desk))


async def test_tools_and_system_prompt_stay_the_same_and_the_note_comes_last(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    interviewer = make_interviewer()
    for occasion in (Occasion.OPENING, Occasion.TURN, Occasion.TESTS):
        await heard(interviewer.respond(view(occasion=occasion), desk))
    assert len({json.dumps(b["tools"]) for b in server.bodies}) == 1
    assert len({b["messages"][0]["content"] for b in server.bodies}) == 1
    assert len({b["messages"][1]["content"] for b in server.bodies[1:]}) == 1
    for body in server.bodies:
        roles = [m["role"] for m in body["messages"]]
        assert roles[0] == "system" and roles[1] == roles[-1] == "user"
        assert all(a != b for a, b in pairwise(roles))
        assert body["messages"][-1]["content"].rstrip().endswith("</note>")


@pytest.mark.parametrize("repeat", [False, True])
async def test_the_tool_name_may_come_in_every_chunk(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, repeat: Any
) -> None:
    server.script = [
        play(calls=(("look_at_code", "{}"),), name_in_every_chunk=repeat),
        play(pieces=("Right.",)),
    ]
    assert await heard(make_interviewer().respond(view(), desk)) == "Right."


# --- faults -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (401, None, FaultKind.AUTH),
        (404, None, FaultKind.NOT_FOUND),
        (
            429,
            {"message": "quota", "type": "insufficient_quota", "code": "insufficient_quota"},
            FaultKind.QUOTA,
        ),
        (422, None, FaultKind.REJECTED),
    ],
)
async def test_what_cannot_pass_is_told_at_once(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, status: Any, error: Any, kind: Any
) -> None:
    server.default = play(status=status, error=error)
    said, fault = await fault_of(make_interviewer().respond(view(), desk))
    assert (said, fault.kind) == ("", kind)
    assert len(server.seen) == 1 and "\n" not in str(fault)


@pytest.mark.parametrize(
    "first",
    [
        {"status": 500},
        {"status": 429, "headers": (("Retry-After", "0"),)},
        {"empty": True},
        {"pieces": ("x",), "drop_after": 0},
        {"pieces": ("x",), "error_after": 0},
        {"calls": (("disclose_facts", "facts please"),)},
    ],
    ids=lambda p: next(iter(p)) + str(next(iter(p.values())))[:4],
)
async def test_what_may_pass_is_tried_again_with_a_visible_note(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, first: Any
) -> None:
    server.script = [play(**first), play(pieces=("Here ", "I am."))]
    assert await heard(make_interviewer().respond(view(), desk)) == "Here I am."
    assert len(server.seen) == 2
    assert any("trying again" in note for note in desk.notes)


async def test_a_short_retry_after_is_waited_for_and_a_long_one_is_not(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(status=429, headers=(("Retry-After", "1"),)), play(pieces=("Back.",))]
    began = time.monotonic()
    assert await heard(make_interviewer().respond(view(), desk)) == "Back."
    assert time.monotonic() - began >= 1.0
    server.script = [play(status=429, headers=(("Retry-After", "300"),))]
    began = time.monotonic()
    _, fault = await fault_of(make_interviewer().respond(view(), desk))
    assert fault.kind is FaultKind.RATE_LIMIT and time.monotonic() - began < 2.0


@pytest.mark.parametrize(
    ("setting", "plays"),
    [
        ("first_token_seconds", {"hang": True}),
        ("stall_seconds", {"pieces": ("Well, ", "x"), "between": 9.0}),
    ],
)
async def test_silence_times_out(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, setting: Any, plays: Any
) -> None:
    server.default = play(**plays)
    said, fault = await fault_of(make_interviewer(retries=0, **{setting: 0.3}).respond(view(), desk))
    assert fault.kind is FaultKind.TIMEOUT
    assert said.strip() in ("", "Well,")


async def test_a_slow_first_word_is_announced(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(pieces=("Sorry, ", "here."), first=0.4)]
    assert await heard(make_interviewer(slow_notice_seconds=0.1).respond(view(), desk)) == "Sorry, here."
    assert desk.notes == ["still waiting for the model"]


@pytest.mark.parametrize(
    ("plays", "kind"),
    [
        ({"drop_after": 2}, FaultKind.DROPPED),
        ({"error_after": 2}, FaultKind.MID_STREAM),
        ({"finish": None}, FaultKind.TRUNCATED),
    ],
)
async def test_a_reply_that_breaks_keeps_what_was_said(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, plays: Any, kind: Any
) -> None:
    server.script = [play(pieces=("First ", "half ", "and more."), **plays)]
    said, fault = await fault_of(make_interviewer().respond(view(), desk))
    assert said.startswith("First half") and fault.kind is kind
    assert len(server.seen) == 1


async def test_a_limit_is_told_whether_it_cut_the_reply_or_left_none(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(pieces=("I would ", "like to"), finish="length"), play(finish="length")]
    interviewer = make_interviewer()
    assert await heard(interviewer.respond(view(), desk)) == "I would like to …"
    said, fault = await fault_of(interviewer.respond(view(), desk))
    assert said == "" and fault.kind is FaultKind.TRUNCATED and "raise max_tokens" in str(fault)


async def test_a_conversation_too_long_is_shortened_and_asked_again(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    error = {
        "message": "maximum context length is 8192 tokens",
        "type": "invalid_request_error",
        "code": None,
    }
    server.script = [play(status=400, error=error), play(pieces=("Fine.",))]
    lines = tuple(
        Line(n, float(n), Speaker.CANDIDATE if n % 2 else Speaker.INTERVIEWER, f"line {n} " + "word " * 300)
        for n in range(1, 60)
    )
    assert await heard(make_interviewer().respond(view(lines=lines), desk)) == "Fine."
    first, second = (s.raw for s in server.seen)
    assert len(second) < 0.7 * len(first) and "line 59 " in second and "left out here" in second
    assert any("too long" in note for note in desk.notes)


async def test_a_long_conversation_fits_the_window_from_the_start(
    server: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    lines = tuple(
        Line(n, float(n), Speaker.CANDIDATE if n % 2 else Speaker.INTERVIEWER, "word " * 300)
        for n in range(1, 200)
    )
    await heard(make_interviewer(context_tokens=6000, max_tokens=500).respond(view(lines=lines), desk))
    assert len(server.seen[0].raw) / 4 < 6000


async def test_wrong_tool_arguments_are_answered_and_the_reply_comes(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [
        play(calls=(("disclose_facts", '{"facts": 7}'), ("no_such_tool", "{}"))),
        play(pieces=("Let me think.",)),
    ]
    assert await heard(make_interviewer().respond(view(), desk)) == "Let me think."
    assert desk.moves == []
    answers = [m for m in server.bodies[1]["messages"] if m["role"] == "tool"]
    assert len(answers) == 2


async def test_a_model_that_only_acts_is_stopped(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.default = play(calls=(("look_at_code", "{}"),))
    _, fault = await fault_of(make_interviewer().respond(view(), desk))
    assert fault.kind is FaultKind.LIMIT and len(server.seen) <= 5


async def test_an_empty_answer_is_called_empty(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.default = play(empty=True)
    _, fault = await fault_of(make_interviewer(retries=1).respond(view(), desk))
    assert fault.kind is FaultKind.EMPTY and len(server.seen) == 2


async def test_calling_tools_that_were_not_given_is_no_answer(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.default = play(calls=(("give_hint", "{}"),))
    _, fault = await fault_of(make_interviewer(tools="off").respond(view(segments=()), desk))
    assert fault.kind is FaultKind.GARBAGE and desk.moves == []


async def test_a_failure_after_a_tool_round_goes_on_from_there(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, scenario: Any
) -> None:
    fact = scenario.facts[0]
    server.script = [
        play(calls=(("disclose_facts", json.dumps({"facts": [fact.id]})),)),
        play(status=500),
        play(pieces=(fact.answer,)),
    ]
    assert await heard(make_interviewer().respond(view(), desk)) == fact.answer
    assert desk.moves == [DiscloseFact(fact.id)]
    assert [m["role"] for m in server.bodies[2]["messages"]][-2:] == ["assistant", "tool"]


async def test_failing_after_every_tool_round_comes_to_an_end(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(calls=(("look_at_code", "{}"),)), play(empty=True)] * 20
    _, fault = await fault_of(make_interviewer().respond(view(), desk))
    assert fault.kind in (FaultKind.EMPTY, FaultKind.GARBAGE) and len(server.seen) <= 12


# --- without tools ----------------------------------------------------------------------------


async def test_a_model_that_calls_no_tools_is_noticed_once_and_facts_are_served_by_code(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, scenario: Any
) -> None:
    fact = scenario.facts[0]
    server.default = play(pieces=("Noted. ", *(f"{w} " for w in fact.answer.split())))
    interviewer = make_interviewer(tools="auto", model="no-tools-here")
    for _ in range(2):
        assert fact.answer in await heard(interviewer.respond(view(), desk))
    with_tools = [b for b in server.bodies if "tools" in b]
    assert len(with_tools) == 1 and "note_colour" in json.dumps(with_tools)
    assert desk.moves == [DiscloseFact(fact.id)] * 2 and desk.leaks == []
    assert fact.answer in server.bodies[-1]["messages"][-1]["content"]
    assert sum("calls no tools" in n for n in desk.notes) == 1


async def test_a_server_that_rejects_tools_is_asked_without_them(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    error = {"message": "scripted does not support tools", "type": "invalid_request_error", "code": None}
    server.script = [play(status=400, error=error), play(pieces=("Which ", "shape?"))]
    reply = await heard(make_interviewer().respond(view(segments=()), desk))
    assert reply == "Which shape?" and "tools" not in server.bodies[1]


# --- hints, leaks -----------------------------------------------------------------------------


async def test_a_hint_is_served_by_code_without_a_call(
    server: Any, make_interviewer: Any, view: Any, desk: Any, scenario: Any
) -> None:
    reply = await heard(make_interviewer().respond(view(occasion=Occasion.HINT, turn=0), desk))
    assert reply == scenario.hints[0] and server.seen == []


async def test_a_leaked_passage_is_replaced_and_recorded(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, scenario: Any
) -> None:
    rung = scenario.hints[2]
    server.script = [play(pieces=("Well. ", *(f"{w} " for w in rung.split()), "\n\nWhat ", "now?"))]
    reply = await heard(make_interviewer().respond(view(), desk))
    assert len(desk.leaks) >= 1 and "hint" in desk.leaks[0][0]
    assert rung[len(rung) // 3 :] not in reply and "I would rather not spell that out" in reply
    assert reply.endswith("What now?")


async def test_for_one_who_asked_for_help_the_next_rung_takes_its_place(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any, scenario: Any
) -> None:
    server.script = [play(pieces=tuple(f"{w} " for w in scenario.hints[2].split()))]
    asked = view("I am stuck, help me", act=Act.HELP, segments=(Segment(text="help", act=Act.HELP),))
    reply = await heard(make_interviewer().respond(asked, desk))
    assert scenario.hints[0] in reply and desk.moves == [Hint()]


async def test_thoughts_are_not_heard(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(pieces=("<thi", "nk>the answer is", " 42</th", "ink>Go ", "on."))]
    assert await heard(make_interviewer().respond(view(), desk)) == "Go on."


# --- cancelling -------------------------------------------------------------------------------


async def test_esc_frees_the_server_and_the_next_turn_works(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(pieces=("One ", *["more "] * 200), between=0.02)]
    interviewer = make_interviewer()
    said: list[str] = []

    async def listen() -> None:
        async for piece in interviewer.respond(view(), desk):
            said.append(piece)

    task = asyncio.create_task(listen())
    while len(said) < 3:
        await asyncio.sleep(0.01)
    stopped = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    while server.seen[0].gone_at is None and time.monotonic() - stopped < 2:
        await asyncio.sleep(0.005)
    gone = server.seen[0].gone_at
    assert gone is not None and gone - stopped < 0.1
    assert "".join(said).startswith("One more")
    assert await heard(interviewer.respond(view(), desk)) == "Hello there."


async def test_closing_the_reply_frees_the_server_too(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(pieces=("One ", *["more "] * 200), between=0.02)]
    pieces = make_interviewer().respond(view(), desk)
    await anext(pieces)
    stopped = time.monotonic()
    await pieces.aclose()
    while server.seen[0].gone_at is None and time.monotonic() - stopped < 2:
        await asyncio.sleep(0.005)
    gone = server.seen[0].gone_at
    assert gone is not None and gone - stopped < 0.1


async def test_a_cancelled_tool_round_leaves_no_dangling_call(
    server: Any, play: Any, make_interviewer: Any, view: Any, desk: Any
) -> None:
    server.script = [play(calls=(("look_at_code", "{}"),)), play(hang=True)]
    interviewer = make_interviewer()
    task = asyncio.create_task(heard(interviewer.respond(view(), desk)))
    while len(server.seen) < 2:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await heard(interviewer.respond(view(), desk)) == "Hello there."
    assert all("tool_calls" not in m for m in server.bodies[-1]["messages"])


# --- the interview goes on --------------------------------------------------------------------


async def test_the_built_in_interviewer_answers_for_a_failed_model(
    server: Any, play: Any, make_failover: Any, view: Any, desk: Any
) -> None:
    server.default = play(status=500)
    both = make_failover(retries=0, failures=2)
    assert await heard(both.respond(view(), desk)) != ""
    assert not both.taken_over and desk.changes == [] and len(desk.notes) == 1
    assert await heard(both.respond(view(), desk)) != ""
    assert both.taken_over and desk.changes == [("offline", "the model failed 2 times in a row")]
    asked = len(server.seen)
    assert await heard(both.respond(view(), desk)) != ""
    assert len(server.seen) == asked and both.name == "offline"


async def test_the_model_can_be_given_the_word_back(
    server: Any, play: Any, make_failover: Any, view: Any, desk: Any
) -> None:
    server.script = [play(status=401)]
    both = make_failover()
    await heard(both.respond(view(), desk))
    assert both.taken_over
    both.hand_back()
    assert await heard(both.respond(view(), desk)) == "Hello there."
    assert desk.changes[-1] == ("test:scripted", "handed back")


async def test_the_model_gets_the_word_back_by_itself_when_it_may_have_recovered(
    server: Any, play: Any, make_failover: Any, view: Any, desk: Any
) -> None:
    server.script = [play(status=500)] * 3
    both = make_failover(retries=0, failures=2)
    replies = [await heard(both.respond(view(), desk)) for _ in range(2 + 5 + 1 + 5 + 1)]
    assert [name for name, _ in desk.changes] == ["offline", "test:scripted", "offline", "test:scripted"]
    # Twice in a row at first, once after the first return; the second return finds it well.
    assert len(server.seen) == 4 and replies[-1] == "Hello there." and all(replies)


async def test_a_refused_key_is_not_tried_again_by_itself(
    server: Any, play: Any, make_failover: Any, view: Any, desk: Any
) -> None:
    server.default = play(status=401)
    both = make_failover()
    for _ in range(9):
        assert await heard(both.respond(view(), desk))
    assert len(server.seen) == 1


async def test_a_reply_broken_in_the_middle_is_marked(
    server: Any, play: Any, make_failover: Any, view: Any, desk: Any
) -> None:
    server.script = [play(pieces=("First ", "half ", "of it."), drop_after=2)]
    both = make_failover()
    reply = await heard(both.respond(view(), desk))
    assert reply.startswith("First half") and reply.endswith(BROKEN_OFF)
    lines = (Line(5, 1.0, Speaker.INTERVIEWER, reply), Line(6, 2.0, Speaker.CANDIDATE, "Go on?"))
    await heard(both.respond(view(lines=lines), desk))
    assert BROKEN_OFF not in server.seen[-1].raw


async def test_the_budget_warns_then_stops_politely(
    server: Any, play: Any, make_failover: Any, view: Any, desk: Any
) -> None:
    both = make_failover(budget_tokens=300)
    for _ in range(3):
        await heard(both.respond(view(), desk))
    assert sum("% of the session's model budget is used" in n for n in desk.notes) == 1
    assert await heard(both.respond(view(), desk)) != ""
    assert desk.changes == [("offline", "the session's model budget is used up")]
    assert len(server.seen) == 3


async def test_watching_costs_no_call(server: Any, make_failover: Any, view: Any, desk: Any) -> None:
    await heard(make_failover().respond(view(occasion=Occasion.WATCH, turn=0), desk))
    assert server.seen == []


async def test_these_tests_cannot_reach_beyond_this_machine(
    make_interviewer: Any, view: Any, desk: Any
) -> None:
    for address in ("http://192.0.2.1/v1", "http://models.example.org/v1"):
        _, fault = await fault_of(make_interviewer(base_url=address, retries=0).respond(view(), desk))
        assert fault.kind is not FaultKind.TIMEOUT
