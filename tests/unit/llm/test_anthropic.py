"""Whole turns of a model behind the Messages API, over real HTTP, by the way the program takes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.settings import PRESETS
from interviewer.domain.events import Act, Segment
from interviewer.domain.transcript import Line, Speaker
from interviewer.ports import DiscloseFact, Hint, Occasion


async def heard(pieces: AsyncIterator[str]) -> str:
    return "".join([piece async for piece in pieces])


async def fault_of(both: Any, view: Any, desk: Any) -> ModelFault:
    """The fault behind the built-in interviewer's answer."""
    with pytest.raises(ModelFault) as caught:
        await heard(both.primary.respond(view, desk))
    return caught.value


def blocks(message: dict[str, Any]) -> list[dict[str, Any]]:
    content = message["content"]
    return content if isinstance(content, list) else [{"type": "text", "text": content}]


def results(body: dict[str, Any]) -> list[str]:
    """What the tools answered, as the model is told."""
    found = [b for m in body["messages"] for b in blocks(m) if b["type"] == "tool_result"]
    return [b["content"] if isinstance(b["content"], str) else b["content"][0]["text"] for b in found]


# --- text ---------------------------------------------------------------------------------------


async def test_a_reply_arrives_while_it_is_written(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.script = [message(pieces=("What ", "do you ", "expect ", "there?"), between=0.1)]
    pieces, times = [], []
    async for piece in make_claude().respond(view(), desk):
        pieces.append(piece)
        times.append(time.monotonic())
    assert "".join(pieces) == "What do you expect there?" and len(pieces) > 2
    assert times[-1] - times[0] > 0.15 and desk.notes == []
    (seen,) = messages_server.seen
    assert seen.path == "/v1/messages" and seen.body["stream"] is True and seen.body["max_tokens"] == 600


async def test_tools_and_system_prompt_stay_the_same_and_the_note_comes_last(
    messages_server: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    both = make_claude()
    for occasion in (Occasion.OPENING, Occasion.TURN, Occasion.TESTS, Occasion.CLOSING):
        assert await heard(both.respond(view(occasion=occasion), desk)) == "Hello there."
    bodies = messages_server.bodies
    assert len({json.dumps([b["tools"], b["system"]]) for b in bodies}) == 1
    assert len(bodies[0]["tools"]) == 9
    for body in bodies:
        assert [m["role"] for m in body["messages"]] == ["user", "assistant", "user"]
        assert blocks(body["messages"][-1])[-1]["text"].rstrip().endswith("</note>")


async def test_thoughts_and_unknown_events_are_not_heard(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.script = [message(thinking=("Empty ", "clusters."), pieces=("Go ", "on."), stray=True)]
    assert await heard(make_claude().respond(view(), desk)) == "Go on."
    messages_server.script = [message(thinking=("Hm.",), pieces=("And ", "then?"))]
    assert await heard(make_claude(tools="off").respond(view(segments=()), desk)) == "And then?"


async def test_a_leaked_passage_is_replaced_and_recorded(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, scenario: Any
) -> None:
    rung = scenario.hints[2]
    messages_server.script = [
        message(pieces=("Well. ", *(f"{w} " for w in rung.split()), "\n\nWhat ", "now?"))
    ]
    reply = await heard(make_claude().respond(view(), desk))
    assert len(desk.leaks) >= 1 and "hint" in desk.leaks[0][0]
    assert rung[len(rung) // 3 :] not in reply and "I would rather not spell that out" in reply
    assert reply.endswith("What now?")


@pytest.mark.parametrize("limit", ["max_tokens", "model_context_window_exceeded", "refusal"])
async def test_a_reply_that_was_cut_is_marked(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, limit: Any
) -> None:
    messages_server.script = [message(pieces=("I would ", "like to"), finish=limit)]
    assert await heard(make_claude().respond(view(), desk)) == "I would like to …"


@pytest.mark.parametrize(
    ("limit", "kind", "told"),
    [
        ("max_tokens", FaultKind.TRUNCATED, "raise max_tokens"),
        ("model_context_window_exceeded", FaultKind.OVERFLOW, "too long"),
        ("refusal", FaultKind.REJECTED, "declined to answer"),
    ],
)
async def test_a_reply_that_ended_before_its_first_word_is_told_why(
    messages_server: Any,
    message: Any,
    make_claude: Any,
    view: Any,
    desk: Any,
    limit: Any,
    kind: Any,
    told: Any,
) -> None:
    messages_server.default = message(thinking=("Let me see.",), finish=limit)
    fault = await fault_of(make_claude(), view(), desk)
    assert fault.kind is kind and told in str(fault)


async def test_the_heat_is_sent_when_it_was_set_and_not_otherwise(
    messages_server: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    await heard(make_claude().respond(view(), desk))
    await heard(make_claude(temperature=0.3).respond(view(), desk))
    await heard(make_claude(temperature=0.0).respond(view(), desk))
    assert [b.get("temperature") for b in messages_server.bodies] == [None, 0.3, 0.0]
    assert all("top_p" not in b and "thinking" not in b for b in messages_server.bodies)


async def test_the_presets_model_is_none_the_library_warns_about(
    make_claude: Any, view: Any, desk: Any
) -> None:
    # A model about to be withdrawn is a warning, and warnings are errors here.
    model = PRESETS["anthropic"].model
    assert await heard(make_claude(model=model).respond(view(), desk)) == "Hello there."
    assert desk.notes == []


# --- tools --------------------------------------------------------------------------------------


@pytest.mark.parametrize("split", [1, 7])
async def test_a_fact_is_disclosed_through_the_engine_and_then_said(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, scenario: Any, split: Any
) -> None:
    fact = scenario.facts[0]
    arguments = json.dumps({"facts": [fact.id]})
    messages_server.script = [
        message(pieces=("Let me see. ",), calls=(("disclose_facts", arguments),), split=split),
        message(pieces=(fact.answer,)),
    ]
    reply = await heard(make_claude().respond(view(), desk))
    assert reply == f"Let me see. {fact.answer}"
    assert desk.moves == [DiscloseFact(fact.id)] and desk.leaks == []
    first, second = messages_server.bodies
    assert fact.answer not in json.dumps(first) and results(second) == [f"{fact.topic}: {fact.answer}"]


async def test_several_calls_at_once_are_all_answered(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, scenario: Any
) -> None:
    messages_server.script = [
        message(calls=(("give_hint", ""), ("look_at_code", "{}"), ("request_next_phase", "{}"))),
        message(pieces=(scenario.hints[0],)),
    ]
    assert await heard(make_claude().respond(view(), desk)) == scenario.hints[0]
    assert desk.moves[0] == Hint() and len(desk.moves) == 2
    assert len(results(messages_server.bodies[1])) == 3


async def test_a_refused_move_is_told_to_the_model(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    desk.refusal = "no attempt yet"
    messages_server.script = [message(calls=(("give_hint", "{}"),)), message(pieces=("Try ", "first."))]
    assert await heard(make_claude().respond(view(), desk)) == "Try first."
    assert desk.moves == [Hint()] and results(messages_server.bodies[1]) == ["Refused: no attempt yet"]


async def test_what_was_granted_is_said_even_when_the_model_forgets_it(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, scenario: Any
) -> None:
    fact = scenario.facts[0]
    messages_server.script = [
        message(calls=(("disclose_facts", json.dumps({"facts": [fact.id]})),)),
        message(pieces=("Good question.",)),
    ]
    assert fact.answer in await heard(make_claude().respond(view(), desk))


async def test_wrong_arguments_and_unknown_tools_are_answered(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.script = [
        message(calls=(("disclose_facts", '{"facts": 7}'), ("no_such_tool", "{}"))),
        message(pieces=("Let me think.",)),
    ]
    assert await heard(make_claude().respond(view(), desk)) == "Let me think."
    assert desk.moves == [] and len(results(messages_server.bodies[1])) == 2


async def test_the_thoughts_before_a_call_go_back_with_its_answer(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.script = [
        message(thinking=("Which ", "code?"), calls=(("look_at_code", "{}"),)),
        message(pieces=("I see.",)),
    ]
    assert await heard(make_claude().respond(view(), desk)) == "I see."
    (spoken,) = [m for m in messages_server.bodies[1]["messages"] if m["role"] == "assistant"][-1:]
    thought = blocks(spoken)[0]
    assert (thought["type"], thought["thinking"], thought["signature"]) == ("thinking", "Which code?", "c2ln")


async def test_a_failure_after_a_tool_round_goes_on_from_there(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, scenario: Any
) -> None:
    fact = scenario.facts[0]
    messages_server.script = [
        message(calls=(("disclose_facts", json.dumps({"facts": [fact.id]})),)),
        message(status=529),
        message(pieces=(fact.answer,)),
    ]
    assert await heard(make_claude().respond(view(), desk)) == fact.answer
    assert desk.moves == [DiscloseFact(fact.id)]
    assert results(messages_server.bodies[2]) == results(messages_server.bodies[1])


async def test_a_model_that_only_acts_is_stopped(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.default = message(calls=(("look_at_code", "{}"),))
    fault = await fault_of(make_claude(), view(), desk)
    assert fault.kind is FaultKind.LIMIT and len(messages_server.seen) <= 5


@pytest.mark.filterwarnings("ignore:Received unexpected tool content block")
async def test_without_tools_facts_are_served_by_code(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, scenario: Any
) -> None:
    fact = scenario.facts[0]
    messages_server.script = [
        message(pieces=("Noted.",)),  # the question whether it calls tools
        message(pieces=("Noted. ", *(f"{w} " for w in fact.answer.split()))),
    ]
    both = make_claude(tools="auto", model="calls-nothing")
    assert fact.answer in await heard(both.respond(view(), desk))
    assert desk.moves == [DiscloseFact(fact.id)] and desk.leaks == []
    assert "tools" in messages_server.bodies[0] and "tools" not in messages_server.bodies[1]
    messages_server.default = message(calls=(("give_hint", "{}"),))
    assert (await fault_of(both, view(segments=()), desk)).kind is FaultKind.GARBAGE


async def test_for_one_who_asked_for_help_the_next_rung_takes_a_leaks_place(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, scenario: Any
) -> None:
    messages_server.script = [message(pieces=tuple(f"{w} " for w in scenario.hints[2].split()))]
    asked = view("I am stuck, help me", act=Act.HELP, segments=(Segment(text="help", act=Act.HELP),))
    assert scenario.hints[0] in await heard(make_claude().respond(asked, desk))
    assert desk.moves == [Hint()]


# --- usage and caching --------------------------------------------------------------------------


@pytest.mark.parametrize("told", ["both", "start", "end"])
async def test_usage_is_counted_wherever_the_stream_tells_it(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, told: Any
) -> None:
    messages_server.script = [message(pieces=("Go ", "on."), usage_in=told)]
    prices = {"input_price": 1.0, "cached_price": 0.1, "output_price": 10.0}
    await heard(make_claude(**prices).respond(view(), desk))
    (call,) = desk.answers
    # 40 fresh, 64 from the cache, 16 into it, which costs a quarter more.
    assert (call["input_tokens"], call["output_tokens"], call["cached_tokens"]) == (120, 9, 64)
    assert not call["estimated"] and call["ms"] > 0
    assert call["cost_usd"] == pytest.approx((40 + 16 * 1.25 + 64 * 0.1 + 9 * 10) / 1e6)


async def test_usage_is_estimated_and_marked_when_the_server_gives_none(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.script = [message(pieces=("Go on.",), usage=False)]
    await heard(make_claude().respond(view(), desk))
    (call,) = desk.answers
    assert call["estimated"] and call["input_tokens"] > 300 and call["output_tokens"] >= 1


def until_marked(body: dict[str, Any]) -> list[str]:
    """All blocks up to the last one marked for the cache, as the provider compares them."""
    parts = [*body["tools"], *body["system"]]
    parts += [{"role": m["role"], **b} for m in body["messages"] for b in blocks(m)]
    last = max(n for n, part in enumerate(parts) if "cache_control" in part)
    return [json.dumps({k: v for k, v in p.items() if k != "cache_control"}) for p in parts[: last + 1]]


async def test_each_turn_finds_what_the_last_one_put_into_the_cache(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    both = make_claude()
    who = (Speaker.INTERVIEWER, Speaker.CANDIDATE)
    lines = tuple(Line(n, float(n), who[n % 2], f"line {n}") for n in range(8))
    for upto in (2, 4, 6):
        await heard(both.respond(view(lines=lines[:upto]), desk))
    messages_server.script = [message(calls=(("look_at_code", "{}"),)), message(pieces=("Fine.",))]
    await heard(both.respond(view(lines=lines), desk))
    marked = [until_marked(body) for body in messages_server.bodies]
    assert [len(m) for m in marked[:4]] == [12, 14, 16, 18]
    for before, after in pairwise(marked):
        assert after[: len(before)] == before
    # The note is of this turn only: it stays outside, in a round of tools too.
    assert marked[4] == marked[3]
    assert all("line 7" not in part and "</note>" not in part for part in marked[3][11:])


async def test_the_budget_warns_then_stops(
    messages_server: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    both = make_claude(budget_tokens=300)
    for _ in range(4):
        assert await heard(both.respond(view(), desk))
    assert sum("% of the session's model budget is used" in n for n in desk.notes) == 1
    assert desk.changes == [("offline", "the session's model budget is used up")]
    assert len(messages_server.seen) == 3


# --- cancelling ---------------------------------------------------------------------------------


async def freed(seen: Any, since: float) -> float:
    """Seconds until the server noticed that nobody listens."""
    while seen.gone_at is None and time.monotonic() - since < 2:
        await asyncio.sleep(0.005)
    assert seen.gone_at is not None
    return float(seen.gone_at - since)


async def test_esc_frees_the_server_and_the_next_turn_works(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.default = message(pieces=("One ", *["more "] * 200), between=0.02)
    both = make_claude()
    for turn in range(10):
        said: list[str] = []

        async def listen(said: list[str] = said) -> None:
            async for piece in both.respond(view(), desk):
                said.append(piece)

        task = asyncio.create_task(listen())
        while len(said) < 3:
            await asyncio.sleep(0.01)
        stopped = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await freed(messages_server.seen[turn], stopped) < 0.1
        assert "".join(said).startswith("One more")
    messages_server.default = message(pieces=("Hello", " there", "."))
    assert await heard(both.respond(view(), desk)) == "Hello there."
    assert desk.notes == [] and len(messages_server.seen) == 11


@pytest.mark.parametrize("plays", [{"hang": True}, {"pieces": ("x",), "first": 30.0}])
async def test_esc_before_the_first_word_frees_the_server_too(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, plays: Any
) -> None:
    messages_server.script = [message(**plays)]
    both = make_claude()
    task = asyncio.create_task(heard(both.respond(view(), desk)))
    while not messages_server.seen:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    stopped = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await freed(messages_server.seen[0], stopped) < 0.1
    assert await heard(both.respond(view(), desk)) == "Hello there."


async def test_closing_the_reply_frees_the_server_too(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.script = [message(pieces=("One ", *["more "] * 200), between=0.02)]
    pieces = make_claude().respond(view(), desk)
    await anext(pieces)
    stopped = time.monotonic()
    await pieces.aclose()
    assert await freed(messages_server.seen[0], stopped) < 0.1


async def test_a_cancelled_tool_round_leaves_no_dangling_call(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.script = [message(calls=(("look_at_code", "{}"),)), message(hang=True)]
    both = make_claude()
    task = asyncio.create_task(heard(both.respond(view(), desk)))
    while len(messages_server.seen) < 2:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await heard(both.respond(view(), desk)) == "Hello there."
    assert "tool_use" not in json.dumps(messages_server.bodies[-1]["messages"])


# --- connections --------------------------------------------------------------------------------


async def test_one_interviewer_can_close_while_another_of_the_same_address_speaks(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    first, second = make_claude(), make_claude()
    await heard(first.respond(view(), desk))
    messages_server.script = [message(pieces=("One ", "two ", "three."), between=0.1)]
    pieces = second.respond(view(), desk)
    begun = await anext(pieces)
    await first.close()
    assert begun + await heard(pieces) == "One two three."


async def test_closing_closes_the_connections(make_claude: Any, view: Any, desk: Any) -> None:
    both = make_claude()
    await heard(both.respond(view(), desk))
    model = both.primary._model
    assert not model._async_client.is_closed()
    await both.close()
    assert model._async_client.is_closed()


def test_an_interviewer_can_go_on_in_another_event_loop(
    messages_server: Any, claude: Any, view: Any, desk: Any, scenario: Any
) -> None:
    from interviewer.content import load_prompt
    from interviewer.dialogue.llm.make import interview_prompts, make_model_interviewer
    from interviewer.dialogue.offline import OfflineInterviewer

    both = make_model_interviewer(
        claude, scenario, interview_prompts(load_prompt), fallback=OfflineInterviewer(scenario),
        environ={"CLAUDE_KEY": "sk-claude"},
    )  # fmt: skip

    async def turn() -> str:
        try:
            return await heard(both.respond(view(), desk))
        finally:
            await both.close()

    assert [asyncio.run(turn()) for _ in range(3)] == ["Hello there."] * 3
