from __future__ import annotations

from typing import Any

import pytest

from interviewer.content import load_prompt
from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.candidate import ModelCandidate, parse_reply
from interviewer.dialogue.llm.make import model_builder
from interviewer.domain.phases import Phase
from interviewer.domain.transcript import Line, Speaker


@pytest.fixture
async def candidate(settings: Any) -> Any:
    made = ModelCandidate(
        settings, model_builder(settings, environ={}), load_prompt("candidate"),
        persona="You say little and never ask.", brief="Write k-means.",
    )  # fmt: skip
    yield made
    if made._model is not None:
        await made._model.http_async_client.aclose()  # type: ignore[attr-defined]  # ChatOpenAI has one


async def test_words_and_code_come_apart(server: Any, play: Any, candidate: Any) -> None:
    server.script = [play(pieces=("I sort first.\n```python\n", "def f():\n    return 1\n```\n", "Done."))]
    lines = [Line(1, 0.0, Speaker.INTERVIEWER, "Hello"), Line(2, 1.0, Speaker.CANDIDATE, "Hi")]
    reply = await candidate.reply(lines, phase=Phase.IMPLEMENT, remaining=600.0, code="x = 1")
    assert (reply.text, reply.code) == ("I sort first. Done.", "def f():\n    return 1\n")
    sent = server.bodies[0]["messages"]
    assert [m["role"] for m in sent] == ["system", "user", "assistant", "user"]
    assert "You say little" in sent[0]["content"] and "10:00 left" in sent[0]["content"]
    assert candidate.calls[0].input_tokens == 120


async def test_a_failing_model_is_a_fault(server: Any, play: Any, candidate: Any) -> None:
    server.default = play(status=500)
    with pytest.raises(ModelFault) as caught:
        await candidate.reply([], phase=Phase.CLARIFY, remaining=None, code="")
    assert caught.value.kind is FaultKind.SERVER


def test_silence_is_a_reply_and_an_unclosed_block_is_code() -> None:
    assert parse_reply("  ").text == ""
    assert parse_reply("```\na = 1").code == "a = 1\n"
    assert parse_reply("<think>hm</think>Yes").text == "Yes"
    with pytest.raises(ModelFault):
        parse_reply("<think>only thoughts")
