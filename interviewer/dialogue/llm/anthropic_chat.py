"""Anthropic's chat model as an interview needs it. Slow to import, and needs the extra `anthropic`.

Beside what the library does:

- its connections are its own, so that a second event loop works and closing closes them;
- only the key and the address it is given count, whatever the shell says;
- the provider is asked to cache what stays the same from turn to turn;
- usage told at the beginning of a stream counts when the end does not repeat it.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import Any

import anthropic
from langchain_anthropic import ChatAnthropic
from pydantic import SecretStr

from interviewer.dialogue.llm.usage import AT_START

# Headers a shell sets for other programs may carry keys of other addresses.
FOREIGN_HEADERS = "ANTHROPIC_CUSTOM_HEADERS"
_CACHE = {"type": "ephemeral"}


class AnthropicChat(ChatAnthropic):
    """One model at one address. `traced`: the client may tell a tracing library of its calls."""

    traced: bool = False

    @cached_property
    def _client(self) -> anthropic.Anthropic:
        return anthropic.Anthropic(**self._client_params, open_telemetry=None if self.traced else False)

    @cached_property
    def _async_client(self) -> anthropic.AsyncAnthropic:
        return anthropic.AsyncAnthropic(**self._client_params, open_telemetry=None if self.traced else False)

    async def aclose(self) -> None:
        """Close the connections that were opened."""
        if "_client" in self.__dict__:
            self._client.close()
        if "_async_client" in self.__dict__:
            await self._async_client.close()

    def _get_request_payload(
        self, input_: Any, *, stop: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        payload: dict[str, Any] = super()._get_request_payload(input_, stop=stop, **kwargs)
        _mark_what_stays(payload)
        return payload

    def _make_message_chunk_from_anthropic_event(self, event: Any, **kwargs: Any) -> Any:
        chunk, block = super()._make_message_chunk_from_anthropic_event(event, **kwargs)
        if event.type == "message_start" and chunk is not None:
            chunk.response_metadata[AT_START] = _told_at_start(event.message)
        return chunk, block


def anthropic_chat(
    *, model: str, address: str, key: str, limit: int, temperature: float | None, timeout: float, traced: bool
) -> AnthropicChat:
    """The chat model at `address`, which gets `key` and no other; retries are the caller's."""
    os.environ.pop(FOREIGN_HEADERS, None)
    chat = AnthropicChat(
        model_name=model,
        # Without an address or a key of its own the library would take those of the environment.
        base_url=address,
        api_key=SecretStr(key),
        max_tokens_to_sample=limit,
        stop=None,
        timeout=timeout,
        max_retries=0,
        stream_usage=True,
        traced=traced,
        temperature=temperature,
    )
    # Its client loads more at first use, which would be on the event loop and hold up the screen.
    _ = chat._async_client.messages.with_raw_response.create
    return chat


def _mark_what_stays(payload: dict[str, Any]) -> None:
    """Ask for caching up to the system prompt, which the tools precede, and up to the last line spoken.

    What comes after that, the note of the turn, is gone with the next turn. Requests without tools are
    single questions, or hold the time and the code in their system prompt: the next has nothing to find.
    """
    if not payload.get("tools"):
        return
    system = payload.get("system")
    if isinstance(system, str) and system:
        payload["system"] = [{"type": "text", "text": system, "cache_control": _CACHE}]
    for message in reversed(payload["messages"]):
        # A reply that calls tools is a list of blocks, and is of this turn only.
        if message["role"] == "assistant" and isinstance(message["content"], str):
            text = {"type": "text", "text": message["content"], "cache_control": _CACHE}
            message["content"] = [text]
            return


def _told_at_start(message: Any) -> dict[str, int]:
    # Servers that only resemble the original leave some of it out.
    usage = getattr(message, "usage", None)
    names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    fresh, read, written = (int(getattr(usage, name, None) or 0) for name in names)
    return {"input": fresh + read + written, "cached": read, "written": written}
