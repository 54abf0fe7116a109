"""A key goes to the address it was set for, and no other key goes there: models behind the Messages API."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interviewer.content import load_prompt
from interviewer.dialogue.faults import FaultKind
from interviewer.dialogue.llm.keys import KeyFile, find_key
from interviewer.dialogue.llm.make import interview_prompts, make_model_interviewer, model_builder
from interviewer.dialogue.llm.settings import PRESETS, find_model, parse_models
from interviewer.dialogue.offline import OfflineInterviewer
from interviewer.errors import ConfigError

OFFICIAL = "https://api.anthropic.com"


async def one_turn(settings: Any, scenario: Any, view: Any, desk: Any, **more: Any) -> str:
    both = make_model_interviewer(
        settings, scenario, interview_prompts(load_prompt), fallback=OfflineInterviewer(scenario), **more
    )
    try:
        return "".join([p async for p in both.respond(view, desk)])
    finally:
        await both.close()


@pytest.fixture
def crowded_shell(monkeypatch: pytest.MonkeyPatch, server: Any) -> None:
    """Everything a shell can hold that the library would take keys and addresses from."""
    for name in (
        "ANTHROPIC_API_KEY",
        "ANTHROPIC_AUTH_TOKEN",
        "LANGSMITH_GATEWAY_API_KEY",
        "LANGSMITH_API_KEY",
    ):
        monkeypatch.setenv(name, "sk-do-not-send")
    monkeypatch.setenv(
        "ANTHROPIC_CUSTOM_HEADERS", "X-Gateway: do-not-send\nAuthorization: Bearer do-not-send"
    )
    monkeypatch.setenv("LANGSMITH_GATEWAY", "true")
    elsewhere = server.url.removesuffix("/v1")
    for name in ("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL", "ANTHROPIC_PROXY"):
        monkeypatch.setenv(name, elsewhere)


def sent(server: Any) -> str:
    return "".join(repr(seen.headers) + seen.raw for seen in server.seen)


async def test_the_key_is_sent_to_its_address(
    messages_server: Any, claude: Any, scenario: Any, view: Any, desk: Any, tmp_path: Path
) -> None:
    messages_server.key = "sk-claude"
    assert (
        await one_turn(claude, scenario, view(), desk, environ={"CLAUDE_KEY": "sk-claude"}) == "Hello there."
    )
    assert (
        "sk-claude" in repr(messages_server.seen[0].headers)
        and "sk-claude" not in messages_server.seen[0].raw
    )
    keys = KeyFile(tmp_path / "keys.toml")
    keys.set(claude, "sk-claude")
    assert await one_turn(claude, scenario, view(), desk, environ={}, key_file=keys) == "Hello there."
    with pytest.raises(ConfigError, match="was set for"):
        await one_turn(replace(claude, base_url="http://127.0.0.1:9"), scenario, view(), desk, key_file=keys)


async def test_a_wrong_key_is_told_and_not_tried_again(
    messages_server: Any, claude: Any, scenario: Any, view: Any, desk: Any
) -> None:
    messages_server.key = "sk-another"
    assert await one_turn(claude, scenario, view(), desk, environ={"CLAUDE_KEY": "sk-claude"})
    assert desk.notes == ["the model's server refused the key (401 from test:scripted); check CLAUDE_KEY"]
    assert len(messages_server.seen) == 1


async def test_no_key_of_the_shell_reaches_a_moved_address(
    crowded_shell: None, server: Any, messages_server: Any, scenario: Any, view: Any, desk: Any
) -> None:
    settings = parse_models({"x": {"preset": "anthropic", "base_url": messages_server.url, "model": "m"}})[
        "x"
    ]
    assert settings.key_env == "" and not settings.key_needed
    assert await one_turn(settings, scenario, view(), desk) == "Hello there."
    assert len(messages_server.seen) == 1 and "do-not-send" not in sent(messages_server)
    assert server.seen == []


async def test_the_shell_does_not_send_a_key_elsewhere(
    crowded_shell: None, server: Any, messages_server: Any, claude: Any, scenario: Any, view: Any, desk: Any
) -> None:
    messages_server.key = "sk-claude"
    assert (
        await one_turn(claude, scenario, view(), desk, environ={"CLAUDE_KEY": "sk-claude"}) == "Hello there."
    )
    assert server.seen == [] and "do-not-send" not in sent(messages_server)


@pytest.mark.parametrize("table", [{}, {"provider": "anthropic", "preset": "custom", "model": "m"}])
async def test_the_providers_own_address_does_not_come_from_the_shell(
    crowded_shell: None, table: dict[str, str]
) -> None:
    from interviewer.dialogue.llm.chat import close_model

    settings = parse_models({"anthropic": table})["anthropic"]
    assert settings.address == OFFICIAL
    model: Any = model_builder(replace(settings, key_env="K"), environ={"K": "sk-claude"})()
    for client in (model._client, model._async_client):
        assert str(client.base_url).rstrip("/") == OFFICIAL and client.api_key == "sk-claude"
        assert client.auth_token is None and "do-not-send" not in repr(client.default_headers)
    await close_model(model)


async def test_a_redirect_does_not_take_the_key_along(
    server: Any, messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.default = message(status=307, headers=(("Location", f"{server.url}/messages"),))
    assert "".join([p async for p in make_claude(retries=0).respond(view(), desk)])
    assert "sk-claude" in sent(messages_server) and "sk-claude" not in sent(server)


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/"])
async def test_an_address_may_be_written_like_those_of_other_servers(
    messages_server: Any, claude: Any, scenario: Any, view: Any, desk: Any, end: str
) -> None:
    settings = replace(claude, base_url=messages_server.url + end)
    assert await one_turn(settings, scenario, view(), desk, environ={"CLAUDE_KEY": "k"}) == "Hello there."


def test_the_preset_keeps_its_key_at_its_own_address() -> None:
    preset = PRESETS["anthropic"]
    assert preset.address == preset.base_url == OFFICIAL and preset.key_env == "ANTHROPIC_API_KEY"
    assert find_key(find_model("anthropic:other"), {"ANTHROPIC_API_KEY": "sk"}) == "sk"
    kept = parse_models({"anthropic": {"model": "other"}})["anthropic"]
    assert kept.key_env == "ANTHROPIC_API_KEY" and kept.key_needed


async def test_a_model_without_a_key_is_told_before_anything_is_loaded(
    messages_server: Any, claude: Any, scenario: Any, view: Any, desk: Any
) -> None:
    from interviewer.dialogue.faults import ModelFault

    with pytest.raises(ModelFault, match="set CLAUDE_KEY or run: interviewer keys set test") as caught:
        await one_turn(claude, scenario, view(), desk, environ={})
    assert caught.value.kind is FaultKind.NO_KEY


@pytest.mark.parametrize("tracing", [False, True])
async def test_calls_are_told_to_a_tracing_library_only_when_asked_for(
    messages_server: Any,
    make_claude: Any,
    view: Any,
    desk: Any,
    monkeypatch: pytest.MonkeyPatch,
    tracing: Any,
) -> None:
    import anthropic

    given: list[Any] = []

    class Watched(anthropic.AsyncAnthropic):
        def __init__(self, **options: Any) -> None:
            given.append(options.get("open_telemetry"))
            super().__init__(**options)

    monkeypatch.setattr(anthropic, "AsyncAnthropic", Watched)
    reply = [p async for p in make_claude(tracing=tracing).respond(view(), desk)]
    assert "".join(reply) == "Hello there." and given == [None if tracing else False]
