from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from pydantic import BaseModel

import interviewer.dialogue.llm.structured as structured
from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.make import make_asker, try_model
from interviewer.dialogue.llm.structured import strict_schema
from interviewer.scoring.judge.schema import SignalAnswer


class Colour(BaseModel):
    name: Literal["red", "green"]
    why: str


GOOD = '{"name": "red", "why": "it is warm"}'


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structured, "_working", {})


def form(body: dict[str, Any]) -> str:
    if "tools" in body:
        return "forced_tool"
    return str(body.get("response_format", {"type": "plain"})["type"])


async def ask(settings: Any, server: Any, *, times: int = 1) -> list[Colour]:
    import asyncio

    asker = make_asker(settings, environ={})
    return [await asyncio.to_thread(asker.ask, "You choose.", "Which?", Colour) for _ in range(times)]


async def test_a_strict_schema_is_tried_first(settings: Any, server: Any, play: Any) -> None:
    server.default = play(pieces=(GOOD,))
    assert (await ask(settings, server))[0].name == "red"
    (body,) = server.bodies
    wanted = body["response_format"]["json_schema"]
    assert wanted["strict"] is True and wanted["schema"]["additionalProperties"] is False
    assert set(wanted["schema"]["required"]) == {"name", "why"}


@pytest.mark.parametrize(
    ("refused", "rung"),
    [
        (("json_schema",), "json_object"),
        (("json_schema", "json_object"), "forced_tool"),
        (("json_schema", "json_object", "forced_tool"), "plain"),
    ],
)
async def test_each_rung_that_is_refused_leads_to_the_next_and_is_remembered(
    settings: Any, server: Any, play: Any, refused: Any, rung: Any
) -> None:
    def answer(body: dict[str, Any]) -> Any:
        if form(body) in refused:
            return play(status=400, error={"message": "not supported", "type": "invalid", "code": None})
        return (
            play(calls=(("Colour", GOOD),))
            if "tools" in body
            else play(pieces=(f"Sure:\n```json\n{GOOD}\n```",))
        )

    server.answer = answer
    assert [c.name for c in await ask(settings, server, times=2)] == ["red", "red"]
    assert [form(b) for b in server.bodies] == [*refused, rung, rung]


async def test_what_was_wrong_is_said_once_on_each_rung(settings: Any, server: Any, play: Any) -> None:
    server.script = [play(pieces=('{"name": "blue", "why": "x"}',)), play(pieces=(GOOD,))]
    assert (await ask(settings, server))[0].name == "red"
    assert [form(b) for b in server.bodies] == ["json_schema", "json_schema"]
    assert "not valid" in server.bodies[1]["messages"][-1]["content"]
    assert "'red' or 'green'" in server.bodies[1]["messages"][-1]["content"]


async def test_a_model_that_never_keeps_the_form_fails(settings: Any, server: Any, play: Any) -> None:
    server.default = play(pieces=("I would rather talk about the weather.",))
    with pytest.raises(ModelFault) as caught:
        await ask(settings, server)
    assert caught.value.kind is FaultKind.GARBAGE
    assert len(server.bodies) == 8


@pytest.mark.parametrize(("status", "kind"), [(401, FaultKind.AUTH), (500, FaultKind.SERVER)])
async def test_trouble_of_the_endpoint_does_not_climb_down(
    settings: Any, server: Any, play: Any, status: Any, kind: Any
) -> None:
    server.default = play(status=status)
    with pytest.raises(ModelFault) as caught:
        await ask(settings, server)
    assert caught.value.kind is kind and len(server.bodies) == 1


def test_the_judges_schema_is_in_the_strict_form() -> None:
    def objects(node: Any) -> Any:
        if isinstance(node, dict):
            if node.get("type") == "object":
                yield node
            for value in node.values():
                yield from objects(value)

    found = list(objects(strict_schema(SignalAnswer)))
    assert len(found) == 3
    for one in found:
        assert one["additionalProperties"] is False and set(one["required"]) == set(one["properties"])
    assert "default" not in json.dumps(found)
    # Evidence comes before the level: what is written first is decided first.
    assert next(iter(SignalAnswer.model_fields)) == "evidence"


async def test_the_probe_tells_what_an_endpoint_can_do(settings: Any, server: Any, play: Any) -> None:
    def able(body: dict[str, Any]) -> Any:
        if "tools" in body:
            return play(calls=(("note_colour", '{"colour": "red"}'),))
        if "response_format" in body:
            return play(pieces=('{"number": 7}',))
        return play(pieces=("re", "ady"))

    from dataclasses import replace

    server.answer = able
    found = await try_model(replace(settings, model="able"), environ={})
    assert (found.answers, found.stream, found.tools, found.json_schema, found.usage) == (True,) * 5
    assert found.first_token_ms is not None and found.notes == ()
    server.answer = lambda body: play(pieces=("ready",), usage=False)
    found = await try_model(replace(settings, model="unable"), environ={})
    assert (found.answers, found.stream, found.tools, found.json_schema, found.usage) == (
        True, False, False, False, False,
    )  # fmt: skip


async def test_the_probe_of_a_refusing_endpoint_says_why(settings: Any, server: Any, play: Any) -> None:
    server.default = play(status=401)
    found = await try_model(settings, environ={})
    assert not found.answers and "refused the key" in found.notes[0]


async def test_the_probe_of_nobody_says_so(settings: Any) -> None:
    from dataclasses import replace

    found = await try_model(replace(settings, base_url="http://127.0.0.1:9/v1"), environ={})
    assert not found.answers and "cannot be reached" in found.notes[0]
