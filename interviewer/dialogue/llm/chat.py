"""Build the chat model that settings describe. Slow to import: call it in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewer.dialogue.llm.extras import EXTRAS, not_installed
from interviewer.dialogue.llm.quiet import silence_tracing
from interviewer.dialogue.llm.settings import ModelSettings, normal_url

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NO_KEY_NEEDED = "none-needed"
_TAKES_MAX_COMPLETION_TOKENS = ("openai", "azure")


def chat_model(
    settings: ModelSettings, key: str, *, max_tokens: int | None = None, temperature: float | None = None
) -> BaseChatModel:
    """The chat model at the address of `settings`; retries and timeouts are the caller's.

    Raises ModelError when the provider's integration is not installed.
    """
    silence_tracing(allowed=settings.tracing)
    limit = max_tokens or settings.max_tokens
    heat = settings.temperature if temperature is None else temperature
    if settings.provider == "anthropic":
        return _anthropic(settings, key, limit, heat)
    from langchain_openai import ChatOpenAI
    from openai import DefaultAsyncHttpxClient
    from pydantic import SecretStr

    official = settings.preset in _TAKES_MAX_COMPLETION_TOKENS
    return ChatOpenAI(
        model=settings.model,
        base_url=normal_url(settings.base_url),
        # An empty key would make the client look for OPENAI_API_KEY, which is not this server's.
        api_key=SecretStr(key or NO_KEY_NEEDED),
        temperature=heat,
        max_completion_tokens=limit if official else None,
        # Local servers ignore the newer name.
        extra_body=None if official else {"max_tokens": limit},
        stream_usage=True,
        use_responses_api=False,
        timeout=settings.turn_seconds,
        max_retries=0,
        # The library would share one client between event loops, which breaks on the second.
        http_async_client=DefaultAsyncHttpxClient(timeout=settings.turn_seconds),
        # With its own timer a cancelled reply goes on; our timers are asyncio's.
        stream_chunk_timeout=0,
    )


def _anthropic(settings: ModelSettings, key: str, limit: int, temperature: float | None) -> BaseChatModel:
    try:
        from interviewer.dialogue.llm.anthropic_chat import anthropic_chat
    except ImportError:
        raise not_installed(EXTRAS["anthropic"][0], settings.name) from None
    return anthropic_chat(
        model=settings.model,
        # The client adds /v1 itself; the addresses of other servers end with it.
        address=settings.address.removesuffix("/v1"),
        key=key or NO_KEY_NEEDED,
        limit=limit,
        temperature=temperature,
        timeout=settings.turn_seconds,
        traced=settings.tracing,
    )


async def close_model(model: BaseChatModel | None) -> None:
    """Close a chat model's connections, as far as it has its own."""
    owner = getattr(model, "http_async_client", None) or model
    close = getattr(owner, "aclose", None)
    if close is not None:
        await close()
