from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interviewer.content import load_prompt
from interviewer.dialogue.faults import ModelFault
from interviewer.dialogue.llm.agent import Called, Delta, Reply, as_chat, build_agent
from interviewer.dialogue.llm.cassette import player, recorder
from interviewer.dialogue.llm.history import Message, Side
from interviewer.dialogue.llm.interviewer import ModelInterviewer
from interviewer.dialogue.llm.make import interview_prompts, model_builder, reference_of
from interviewer.errors import UsageError


def with_model(settings: Any, scenario: Any, model: Any) -> ModelInterviewer:
    async def probe(_: Any) -> bool:
        return True

    return ModelInterviewer(
        settings, scenario, interview_prompts(load_prompt), build=lambda: model, probe=probe,
        reference=reference_of(scenario),
    )  # fmt: skip


async def heard(pieces: Any) -> list[str]:
    return [p async for p in pieces]


async def test_what_was_recorded_plays_back_the_same_without_a_server(
    server: Any, play: Any, settings: Any, scenario: Any, view: Any, desk: Any, tmp_path: Path
) -> None:
    fact = scenario.facts[0]
    server.script = [
        play(calls=(("disclose_facts", json.dumps({"facts": [fact.id]})),)),
        play(pieces=("I see. ", *(f"{w} " for w in fact.answer.split()))),
    ]
    tape = tmp_path / "tape.json"
    inner = model_builder(settings, environ={})()
    live = await heard(with_model(settings, scenario, recorder(inner, tape)).respond(view(), desk))
    moves, calls = list(desk.moves), [c["input_tokens"] for c in desk.answers]
    asked = len(server.seen)
    again = await heard(with_model(settings, scenario, player(tape)).respond(view(), desk))
    assert again == live and fact.answer in "".join(live)
    assert desk.moves == moves * 2 and [c["input_tokens"] for c in desk.answers] == calls * 2
    assert len(server.seen) == asked == 2
    await inner.http_async_client.aclose()  # type: ignore[attr-defined]  # ChatOpenAI has one


async def test_a_changed_conversation_is_not_answered_from_the_tape(
    server: Any, settings: Any, scenario: Any, view: Any, desk: Any, tmp_path: Path
) -> None:
    tape = tmp_path / "tape.json"
    inner = model_builder(settings, environ={})()
    await heard(with_model(settings, scenario, recorder(inner, tape)).respond(view(), desk))
    with pytest.raises(ModelFault, match="no take for a request"):
        await heard(with_model(settings, scenario, player(tape)).respond(view("Something else?"), desk))
    await inner.http_async_client.aclose()  # type: ignore[attr-defined]  # ChatOpenAI has one


@pytest.mark.parametrize("text", ["", "[]", '{"format": 99, "takes": []}', "not json"])
async def test_a_file_that_is_no_cassette_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="not a cassette"):
        await player(path).ainvoke("hello")


async def test_an_answer_of_a_real_server_plays_back(settings: Any) -> None:
    """Recorded from llama.cpp's server with random weights, 24 tokens long."""
    tape = Path(__file__).parent / "cassettes" / "llama_server.json"
    agent = build_agent(player(tape), [], "You are a test.")
    events = [e async for e in Reply(settings).events(agent, as_chat([Message(Side.USER, "Say anything.")]))]
    (called,) = [e for e in events if isinstance(e, Called)]
    assert called.finish == "length" and called.usage is not None and called.usage.output_tokens == 24
    assert "".join(e.text for e in events if isinstance(e, Delta)) == called.text != ""
