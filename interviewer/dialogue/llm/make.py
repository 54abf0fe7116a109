"""Put a model interviewer together. Importing this loads no model library; the first reply does."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.dialogue.failover import FailoverInterviewer
from interviewer.dialogue.llm.brief import InterviewPrompts, Template
from interviewer.dialogue.llm.extras import require_extra
from interviewer.dialogue.llm.interviewer import ModelInterviewer
from interviewer.dialogue.llm.keys import KeyFile, find_key
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.domain.scenario import Scenario
from interviewer.ports import Interviewer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from interviewer.dialogue.llm.probe import Capabilities
    from interviewer.dialogue.llm.structured import ModelAsker

PROMPT_IDS = ("interviewer", "interviewer_sheet", "interviewer_note")


def interview_prompts(load: Callable[[str], Template]) -> InterviewPrompts:
    """The interviewer's prompts; `load` gives a prompt by id."""
    system, sheet, note = (load(prompt) for prompt in PROMPT_IDS)
    return InterviewPrompts(system=system, sheet=sheet, note=note)


def make_model_interviewer(
    settings: ModelSettings,
    scenario: Scenario,
    prompts: InterviewPrompts,
    *,
    fallback: Interviewer,
    environ: Mapping[str, str] | None = None,
    key_file: KeyFile | None = None,
) -> FailoverInterviewer:
    """The model interviewer with `fallback` behind it.

    Raises ModelError at once when a needed key or library is missing, ConfigError for a wrong key file.
    """
    build = model_builder(settings, environ=environ, key_file=key_file)
    primary = ModelInterviewer(
        settings, scenario, prompts, build=build, probe=_tool_probe(settings),
        reference=reference_of(scenario),
    )  # fmt: skip
    return FailoverInterviewer(primary, fallback, failures=settings.failures)


def model_builder(
    settings: ModelSettings,
    *,
    environ: Mapping[str, str] | None = None,
    key_file: KeyFile | None = None,
    max_tokens: int | None = None,
    temperature: float | None = None,
) -> Callable[[], BaseChatModel]:
    """A function that builds the chat model; the key is looked up now, the library loaded later.

    Raises ModelFault when a needed key is missing, ModelError when the library is not installed.
    """
    require_extra(settings)
    key = find_key(settings, os.environ if environ is None else environ, key_file)

    def build() -> BaseChatModel:
        from interviewer.dialogue.llm.chat import chat_model

        return chat_model(settings, key, max_tokens=max_tokens, temperature=temperature)

    return build


async def try_model(
    settings: ModelSettings, *, environ: Mapping[str, str] | None = None, key_file: KeyFile | None = None
) -> Capabilities:
    """Tiny calls that tell what the endpoint can do. Raises ModelError only for a missing key or library."""
    from interviewer.dialogue.llm.chat import close_model
    from interviewer.dialogue.llm.probe import probe

    model = model_builder(settings, environ=environ, key_file=key_file)()
    try:
        return await probe(settings, model)
    finally:
        await close_model(model)


def make_asker(
    settings: ModelSettings,
    *,
    environ: Mapping[str, str] | None = None,
    key_file: KeyFile | None = None,
    max_tokens: int = 2_000,
) -> ModelAsker:
    """What a judge asks its questions through."""
    from interviewer.dialogue.llm.structured import ModelAsker

    build = model_builder(settings, environ=environ, key_file=key_file, max_tokens=max_tokens)
    return ModelAsker(settings, build)


def reference_of(scenario: Scenario) -> str:
    """The scenario's reference, for the leak guard alone; empty when there is none."""
    path = Path(scenario.path) / "reference.py" if scenario.path else None
    return path.read_text(encoding="utf-8") if path is not None and path.is_file() else ""


def _tool_probe(settings: ModelSettings) -> Callable[[BaseChatModel], Awaitable[bool]]:
    async def ask(model: BaseChatModel) -> bool:
        from interviewer.dialogue.llm.probe import calls_tools

        return await calls_tools(settings, model)

    return ask
