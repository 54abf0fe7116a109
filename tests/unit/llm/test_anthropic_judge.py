"""Typed answers, the probe, the simulated candidate and cassettes with a model behind the Messages API."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel

import interviewer.dialogue.llm.structured as structured
from interviewer.content import load_prompt
from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.candidate import ModelCandidate
from interviewer.dialogue.llm.cassette import player, recorder
from interviewer.dialogue.llm.chat import close_model
from interviewer.dialogue.llm.interviewer import ModelInterviewer
from interviewer.dialogue.llm.make import (
    interview_prompts,
    make_asker,
    model_builder,
    reference_of,
    try_model,
)
from interviewer.domain.phases import Phase
from interviewer.domain.transcript import Line, Speaker
from interviewer.scoring.judge.schema import SignalAnswer

KEYS = {"CLAUDE_KEY": "sk-claude"}


class Colour(BaseModel):
    name: Literal["red", "green"]
    why: str


GOOD = '{"name": "red", "why": "it is warm"}'
VERDICT = {"evidence": [], "checklist": [], "level": "strong", "reason": "It says so."}


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structured, "_working", {})


def form(body: dict[str, Any]) -> str:
    if "tools" in body:
        assert body["tool_choice"] == {"type": "tool", "name": body["tools"][0]["name"]}
        return "forced_tool"
    return str(body.get("output_config", {}).get("format", {"type": "plain"})["type"])


async def ask(settings: Any, schema: Any = Colour, *, times: int = 1) -> tuple[list[Any], Any]:
    asker = make_asker(settings, environ=KEYS)
    found = [await asyncio.to_thread(asker.ask, "You choose.", "Which?", schema) for _ in range(times)]
    return found, asker


# --- typed answers ------------------------------------------------------------------------------


async def test_the_providers_own_schema_form_is_tried_first(
    messages_server: Any, message: Any, claude: Any
) -> None:
    messages_server.default = message(pieces=(json.dumps(VERDICT),), thinking=("Strong, I think.",))
    (answer,), asker = await ask(replace(claude, input_price=1.0, output_price=10.0), SignalAnswer)
    assert answer.level == "strong"
    (body,) = messages_server.bodies
    assert form(body) == "json_schema" and "temperature" not in body and not body.get("stream")
    assert "cache_control" not in json.dumps(body)
    schema = body["output_config"]["format"]["schema"]
    # Evidence comes before the level: what is written first is decided first.
    assert list(schema["properties"]) == ["evidence", "checklist", "level", "reason"]
    assert schema["properties"]["level"]["enum"][0] == "very_weak"
    (call,) = asker.take_calls()
    assert (call.input_tokens, call.output_tokens, call.cached_tokens) == (120, 9, 64)
    assert call.cost_usd == pytest.approx((120 + 16 * 0.25 + 9 * 10) / 1e6) and not call.estimated


@pytest.mark.parametrize(
    ("refused", "rung"), [(("json_schema",), "forced_tool"), (("json_schema", "forced_tool"), "plain")]
)
async def test_each_rung_that_is_refused_leads_to_the_next_and_is_remembered(
    messages_server: Any, message: Any, claude: Any, refused: Any, rung: Any
) -> None:
    def answer(body: dict[str, Any]) -> Any:
        if form(body) in refused:
            return message(status=400, error={"message": f"{form(body)} is not supported by this model"})
        if "tools" in body:
            return message(calls=(("Colour", GOOD),))
        return message(pieces=(f"Sure:\n```json\n{GOOD}\n```",))

    messages_server.answer = answer
    found, _ = await ask(claude, times=2)
    assert [c.name for c in found] == ["red", "red"]
    assert [form(b) for b in messages_server.bodies] == [*refused, rung, rung]


async def test_what_was_wrong_is_said_once_on_each_rung(
    messages_server: Any, message: Any, claude: Any
) -> None:
    messages_server.script = [message(pieces=('{"name": "blue", "why": "x"}',)), message(pieces=(GOOD,))]
    found, _ = await ask(claude)
    assert found[0].name == "red"
    assert [form(b) for b in messages_server.bodies] == ["json_schema"] * 2
    assert "'red' or 'green'" in json.dumps(messages_server.bodies[1]["messages"][-1])


@pytest.mark.parametrize("plays", [{"pieces": ("It is sunny.",)}, {}, {"finish": "refusal"}])
async def test_a_model_that_never_keeps_the_form_fails(
    messages_server: Any, message: Any, claude: Any, plays: Any
) -> None:
    messages_server.default = message(**plays)
    with pytest.raises(ModelFault) as caught:
        await ask(claude)
    assert caught.value.kind is FaultKind.GARBAGE and len(messages_server.bodies) == 6


@pytest.mark.parametrize(
    ("plays", "kind"),
    [
        ({"status": 401}, FaultKind.AUTH),
        ({"status": 404}, FaultKind.NOT_FOUND),
        ({"status": 529}, FaultKind.SERVER),
        ({"status": 429}, FaultKind.RATE_LIMIT),
    ],
)
async def test_trouble_of_the_endpoint_does_not_climb_down(
    messages_server: Any, message: Any, claude: Any, plays: Any, kind: Any
) -> None:
    messages_server.default = message(**plays)
    with pytest.raises(ModelFault) as caught:
        await ask(claude)
    assert caught.value.kind is kind and len(messages_server.bodies) == 1


# --- what an endpoint can do --------------------------------------------------------------------


async def test_the_probe_tells_what_an_endpoint_can_do(
    messages_server: Any, message: Any, claude: Any
) -> None:
    def able(body: dict[str, Any]) -> Any:
        if "tools" in body:
            return message(calls=(("note_colour", '{"colour": "red"}'),))
        if "output_config" in body:
            return message(pieces=('{"number": 7}',))
        return message(pieces=("re", "ady"), usage_in="start")

    messages_server.answer = able
    found = await try_model(replace(claude, model="able"), environ=KEYS)
    assert (found.answers, found.stream, found.tools, found.json_schema, found.usage) == (True,) * 5
    assert found.first_token_ms is not None and found.notes == ()


async def test_the_probe_tells_what_an_endpoint_cannot_do(
    messages_server: Any, message: Any, claude: Any
) -> None:
    def unable(body: dict[str, Any]) -> Any:
        if "output_config" in body:
            return message(status=400, error={"message": "output_config.format is not supported"})
        return message(pieces=("ready",), usage=False)

    messages_server.answer = unable
    found = await try_model(replace(claude, model="unable"), environ=KEYS)
    assert (found.answers, found.stream, found.tools, found.json_schema, found.usage) == (
        True, False, False, False, False,
    )  # fmt: skip
    assert found.notes == (
        "json_schema: the model's server rejected the request (400: output_config.format is not supported)",
    )


@pytest.mark.parametrize(
    ("status", "told"), [(401, "refused the key"), (404, "no such model"), (529, "server failed (529)")]
)
async def test_the_probe_of_a_refusing_endpoint_says_why(
    messages_server: Any, message: Any, claude: Any, status: Any, told: Any
) -> None:
    messages_server.default = message(status=status)
    found = await try_model(claude, environ=KEYS)
    assert not found.answers and told in found.notes[0]


# --- the others who ask models ------------------------------------------------------------------


async def test_a_simulated_candidate_can_be_played(messages_server: Any, message: Any, claude: Any) -> None:
    made = ModelCandidate(
        claude, model_builder(claude, environ=KEYS), load_prompt("candidate"),
        persona="You say little and never ask.", brief="Write k-means.",
    )  # fmt: skip
    messages_server.script = [message(pieces=("I sort first.\n```python\n", "x = 1\n```\n", "Done."))]
    lines = [Line(1, 0.0, Speaker.INTERVIEWER, "Hello"), Line(2, 1.0, Speaker.CANDIDATE, "Hi")]
    reply = await made.reply(lines, phase=Phase.IMPLEMENT, remaining=600.0, code="x = 1")
    assert (reply.text, reply.code) == ("I sort first. Done.", "x = 1\n")
    assert made.calls[0].input_tokens == 120
    await close_model(made._model)


async def test_what_was_recorded_plays_back_the_same_without_a_server(
    messages_server: Any, message: Any, claude: Any, scenario: Any, view: Any, desk: Any, tmp_path: Path
) -> None:
    async def probe(_: Any) -> bool:
        return True

    async def heard(model: Any) -> list[str]:
        one = ModelInterviewer(
            claude, scenario, interview_prompts(load_prompt), build=lambda: model, probe=probe,
            reference=reference_of(scenario),
        )  # fmt: skip
        return [p async for p in one.respond(view(), desk)]

    fact = scenario.facts[0]
    messages_server.script = [
        message(calls=(("disclose_facts", json.dumps({"facts": [fact.id]})),)),
        message(pieces=("I see. ", *(f"{w} " for w in fact.answer.split()))),
    ]
    inner = model_builder(claude, environ=KEYS)()
    tape = tmp_path / "tape.json"
    live = await heard(recorder(inner, tape))
    moves, calls = list(desk.moves), [c["input_tokens"] for c in desk.answers]
    assert await heard(player(tape)) == live and fact.answer in "".join(live)
    assert desk.moves == moves * 2 and [c["input_tokens"] for c in desk.answers] == calls * 2
    assert len(messages_server.seen) == 2
    await close_model(inner)
