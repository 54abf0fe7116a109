from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.keys import KeyFile, find_key
from interviewer.dialogue.llm.settings import PRESETS, ModelSettings, find_model, parse_models
from interviewer.errors import ConfigError, UnknownName

CUSTOM = {"base_url": "https://models.example.org/v1", "model": "m"}


def test_presets_cover_the_usual_servers() -> None:
    assert set(PRESETS) == {
        "openai", "azure", "anthropic", "ollama", "vllm", "llamacpp", "lmstudio", "custom",
    }  # fmt: skip
    for name in ("ollama", "vllm", "llamacpp", "lmstudio"):
        assert PRESETS[name].local and not PRESETS[name].key_needed and not PRESETS[name].key_env


def test_a_table_fills_in_its_preset() -> None:
    (model,) = parse_models(
        {"fast": {"preset": "openai", "model": "gpt-4.1-nano", "budget_tokens": 9}}
    ).values()
    assert (model.name, model.label, model.key_env) == ("fast", "fast:gpt-4.1-nano", "OPENAI_API_KEY")
    assert parse_models({"ollama": {"model": "qwen3"}})["ollama"].base_url.endswith(":11434/v1")


def test_a_moved_address_loses_the_presets_key() -> None:
    moved = parse_models({"x": {"preset": "openai", "base_url": "https://proxy.example.org/v1"}})["x"]
    assert moved.key_env == "" and find_key(moved, {"OPENAI_API_KEY": "secret"}) == ""
    named = {"preset": "openai", "base_url": "https://proxy.example.org/v1", "key_env": "PROXY_KEY"}
    assert find_key(parse_models({"x": named})["x"], {"PROXY_KEY": "p", "OPENAI_API_KEY": "secret"}) == "p"


def test_every_problem_is_told_at_once() -> None:
    tables = {
        "a": {"preset": "opnai"},
        "b": {**CUSTOM, "api_key": "sk-1", "temprature": 1.0, "max_tokens": "many"},
        "c": {"base_url": "ftp://x", "model": "m"},
        "d": {"base_url": "http://far.example.org/v1", "model": "m", "key_env": "K"},
        "e": {**CUSTOM, "budget_usd": 1.0},
        "f": 3,
    }
    with pytest.raises(ConfigError) as caught:
        parse_models(tables)
    text = str(caught.value)
    for part in (
        "did you mean openai?", "did you mean temperature?", "keys do not belong", "whole number", "http://",
        "unencrypted", "input_price", "models.f",
    ):  # fmt: skip
        assert part in text
    assert "sk-1" not in text


def test_models_are_found_by_name_preset_and_preset_with_model() -> None:
    mine = parse_models({"mine": CUSTOM})
    assert find_model("mine", mine).base_url == CUSTOM["base_url"]
    assert find_model("ollama:qwen3").model == "qwen3"
    assert find_model("mine:other", mine).model == "other"
    with pytest.raises(UnknownName, match="did you mean ollama"):
        find_model("olama", mine)
    with pytest.raises(ConfigError, match="needs more"):
        find_model("azure:x")


def test_a_missing_key_is_told_with_its_remedy() -> None:
    with pytest.raises(ModelFault, match="set OPENAI_API_KEY or run: interviewer keys set openai") as caught:
        find_key(PRESETS["openai"], {})
    assert caught.value.kind is FaultKind.NO_KEY and caught.value.permanent


def test_a_key_file_is_private_and_bound_to_its_address(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "sub" / "keys.toml")
    keys.set(PRESETS["openai"], ' sk-"quoted\\\n')
    assert keys.path.stat().st_mode & 0o777 == 0o600
    assert find_key(PRESETS["openai"], {"OPENAI_API_KEY": "env"}, keys) == 'sk-"quoted\\'
    moved = ModelSettings(name="openai", model="m", base_url="https://other.example.org/v1")
    with pytest.raises(ConfigError, match="was set for https://api"):
        find_key(moved, {}, keys)
    assert keys.names() == {"openai": "https://api.openai.com/v1"}
    assert keys.remove("openai") and not keys.remove("openai")


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_key_file_others_can_read_is_refused(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.toml")
    keys.set(PRESETS["openai"], "sk")
    keys.path.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        keys.get(PRESETS["openai"])


@pytest.mark.parametrize("key", ["", "two words", "bell\x07"])
def test_nonsense_is_no_key(tmp_path: Path, key: str) -> None:
    with pytest.raises(ConfigError, match="one word"):
        KeyFile(tmp_path / "k").set(PRESETS["openai"], key)


async def test_the_key_of_openai_never_reaches_another_server(
    server: Any, play: Any, view: Any, desk: Any, scenario: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from interviewer.content import load_prompt
    from interviewer.dialogue.llm.make import interview_prompts, make_model_interviewer
    from interviewer.dialogue.offline import OfflineInterviewer

    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "AZURE_OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(name, "sk-do-not-send")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/never")
    settings = parse_models({"x": {"preset": "openai", "base_url": server.url, "model": "m"}})["x"]
    both = make_model_interviewer(
        settings, scenario, interview_prompts(load_prompt), fallback=OfflineInterviewer(scenario)
    )
    assert "".join([p async for p in both.respond(view(), desk)]) == "Hello there."
    (seen,) = server.seen
    assert "do-not-send" not in repr(seen.headers) + seen.raw
    await both.close()


def untouched() -> dict[str, str]:
    """The environment without what other tests have switched off in it."""
    return {k: v for k, v in os.environ.items() if not k.startswith("LANG")}


def test_tracing_stays_off_whatever_the_shell_says() -> None:
    code = (
        "from interviewer.dialogue.llm.quiet import silence_tracing; silence_tracing();"
        "import langsmith.utils as u; print(u.tracing_is_enabled())"
    )
    shell = {**untouched(), "LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true"}
    run = subprocess.run([sys.executable, "-c", code], env=shell, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_tracing_is_silenced_even_after_the_library_has_looked() -> None:
    code = (
        "import langsmith.utils as u; assert u.tracing_is_enabled();"
        "from interviewer.dialogue.llm.quiet import silence_tracing; silence_tracing();"
        "print(u.tracing_is_enabled())"
    )
    shell = {**untouched(), "LANGSMITH_TRACING": "true"}
    run = subprocess.run([sys.executable, "-c", code], env=shell, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_putting_an_interviewer_together_loads_no_model_library() -> None:
    code = (
        "import sys; import interviewer.dialogue.llm.make, interviewer.dialogue.failover;"
        "heavy = ('openai', 'langchain', 'langchain_core', 'tiktoken', 'pydantic');"
        "print([m for m in heavy if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
