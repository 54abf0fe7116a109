"""A local server of the Messages API: as strict about requests as the real one, and able to fail like it.

It plays the same `Play`s as the chat-completions server does, so that one script can be put to both.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from tests.unit.llm.sse_server import Play, Seen, SseServer
else:
    # The fixtures load it by its path, before this.
    from llm_sse_server import Play, Seen, SseServer

# Here `input_tokens` leaves out what the cache gave or took, so that all of it is 120, as elsewhere.
INPUT = {"input_tokens": 40, "cache_creation_input_tokens": 16, "cache_read_input_tokens": 64}
KINDS = {
    400: "invalid_request_error", 401: "authentication_error", 402: "billing_error", 403: "permission_error",
    404: "not_found_error", 413: "request_too_large", 429: "rate_limit_error", 500: "api_error",
    504: "timeout_error", 529: "overloaded_error",
}  # fmt: skip
REASONS = {"stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use"}


@dataclass(frozen=True, kw_only=True)
class Message(Play):
    """An answer with what only this protocol has."""

    thinking: tuple[str, ...] = ()
    usage_in: str = "both"  # the events that count the input: both, start or end
    split: int = 2  # pieces of a call's arguments
    stray: bool = False  # an event nobody knows yet, among the others


class MessagesServer(SseServer):
    """`POST /v1/messages`, whole or streamed. Asks for `key` when it is set, and for what the API demands."""

    key: str = ""

    def __enter__(self) -> Self:
        super().__enter__()
        self.url = self.url.removesuffix("/v1")
        return self

    async def _play(self, play: Play, body: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        seen = next(one for one in reversed(self.seen) if one.body is body)
        if play.status == 200 and (wrong := self._refused(seen)):
            return await self._whole(writer, wrong[0], failure(*wrong), ())
        play = play if isinstance(play, Message) else Message(**vars(play))
        if play.hang:
            await asyncio.sleep(3600)
        if play.status != 200:
            await asyncio.sleep(play.first)
            message = (play.error or {}).get("message", f"status {play.status}")
            return await self._whole(writer, play.status, failure(play.status, message), play.headers)
        if play.garbage:
            return await self._send(writer, 200, "application/json", '{"id": "x", "content": [{"te', ())
        if not body.get("stream") and not play.empty:
            await asyncio.sleep(play.first)
            return await self._whole(writer, 200, whole(play), play.headers)
        return await self._stream(play, writer)

    def _refused(self, seen: Seen) -> tuple[int, str] | None:
        given = seen.headers.get("x-api-key") or seen.headers.get("authorization", "").removeprefix("Bearer ")
        if self.key and given != self.key:
            return 401, "invalid x-api-key"
        if seen.path != "/v1/messages":
            return 404, f"no such path: {seen.path}"
        if "anthropic-version" not in seen.headers:
            return 400, "anthropic-version: header is required"
        wrong = next(complaints(seen.body), "")
        return (400, wrong) if wrong else None

    async def _stream(self, play: Message, writer: asyncio.StreamWriter) -> bool:
        await self._head(writer, 200, "text/event-stream", (*play.headers, ("Transfer-Encoding", "chunked")))
        if play.empty:
            return await self._last(writer)
        start = {**message([], None), "usage": usage(1, play.usage and play.usage_in != "end")}
        await self._named(writer, "message_start", message=start)
        await self._named(writer, "ping")
        # The real one opens the stream before the model has thought of anything.
        await asyncio.sleep(play.first)
        index = 0
        if play.thinking:
            deltas = [{"type": "thinking_delta", "thinking": text} for text in play.thinking]
            deltas.append({"type": "signature_delta", "signature": "c2ln"})
            await self._block(writer, index, {"type": "thinking", "thinking": "", "signature": ""}, deltas)
            index += 1
        if play.pieces:
            opened = {"type": "text", "text": ""}
            await self._named(writer, "content_block_start", index=index, content_block=opened)
            for number, piece in enumerate(play.pieces):
                if play.drop_after == number:
                    writer.transport.abort()
                    return False
                if play.error_after == number:
                    await self._event_of(writer, "error", failure(529, "the backend went away"))
                    return await self._last(writer)
                if number:
                    await asyncio.sleep(play.between)
                delta = {"type": "text_delta", "text": piece}
                await self._named(writer, "content_block_delta", index=index, delta=delta)
                if play.stray:
                    await self._named(writer, "weather_report", sky="blue")
            await self._named(writer, "content_block_stop", index=index)
            index += 1
        if play.drop_after is not None and play.drop_after >= len(play.pieces):
            writer.transport.abort()
            return False
        for number, (name, arguments) in enumerate(play.calls):
            block: dict[str, Any] = {"type": "tool_use", "id": f"toolu_{number}", "name": name, "input": {}}
            deltas = [
                {"type": "input_json_delta", "partial_json": part} for part in cut(arguments, play.split)
            ]
            await self._block(writer, index + number, block, deltas)
        if play.finish is not None:
            ended = {"output_tokens": 9}
            if play.usage and play.usage_in != "start":
                ended |= INPUT
            if not play.usage:
                ended = {"output_tokens": 0}
            stop = {"stop_reason": reason(play), "stop_sequence": None}
            await self._named(writer, "message_delta", delta=stop, usage=ended)
            await self._named(writer, "message_stop")
        return await self._last(writer)

    async def _block(
        self, writer: asyncio.StreamWriter, index: int, block: dict[str, Any], deltas: list[dict[str, Any]]
    ) -> None:
        await self._named(writer, "content_block_start", index=index, content_block=block)
        for delta in deltas:
            await self._named(writer, "content_block_delta", index=index, delta=delta)
        await self._named(writer, "content_block_stop", index=index)

    async def _named(self, writer: asyncio.StreamWriter, name: str, **fields: Any) -> None:
        await self._event_of(writer, name, {"type": name, **fields})

    async def _event_of(self, writer: asyncio.StreamWriter, name: str, data: dict[str, Any]) -> None:
        await self._raw_chunk(writer, f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())


def failure(status: int, text: str) -> dict[str, Any]:
    kind = KINDS.get(status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": text}, "request_id": "req_1"}


def usage(output: int, told: bool) -> dict[str, int]:
    return {**(INPUT if told else {"input_tokens": 0}), "output_tokens": output}


def message(content: list[dict[str, Any]], stop: str | None) -> dict[str, Any]:
    return {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": content,
            "stop_reason": stop, "stop_sequence": None}  # fmt: skip


def reason(play: Play) -> str:
    told = play.finish or ("tool_calls" if play.calls else "stop")
    return REASONS.get(told, told)


def whole(play: Message) -> dict[str, Any]:
    content: list[dict[str, Any]] = []
    if play.thinking:
        content.append({"type": "thinking", "thinking": "".join(play.thinking), "signature": "c2ln"})
    if play.pieces:
        content.append({"type": "text", "text": "".join(play.pieces)})
    content += [
        {"type": "tool_use", "id": f"toolu_{n}", "name": name, "input": json.loads(arguments)}
        for n, (name, arguments) in enumerate(play.calls)
    ]
    return {**message(content, reason(play)), "usage": usage(9, play.usage)}


def cut(text: str, pieces: int) -> list[str]:
    """`text` in so many pieces, after the empty one that real streams begin with."""
    size = max(1, -(-len(text) // pieces))
    return ["", *(text[at : at + size] for at in range(0, len(text), size))]


# --- what the API insists on --------------------------------------------------------------------


def complaints(body: dict[str, Any]) -> Iterator[str]:
    """Everything the API would refuse this request for."""
    if not isinstance(body.get("max_tokens"), int) or body["max_tokens"] < 1:
        yield "max_tokens: Field required"
    known = {"model", "messages", "system", "max_tokens", "stream", "temperature", "tools", "tool_choice",
             "output_config"}  # fmt: skip
    yield from (f"{name}: Extra inputs are not permitted" for name in body if name not in known)
    messages = body.get("messages") or []
    if not messages:
        yield "messages: at least one message is required"
    yield from _of_messages(messages)
    for tool in body.get("tools", []):
        if tool.get("input_schema", {}).get("type") != "object" or "name" not in tool:
            yield "tools.0.custom.input_schema: Field required"
    form = body.get("output_config", {}).get("format")
    if form is not None:
        yield from _of_schema(form.get("schema"), form.get("type"))
    if json.dumps(body).count('"cache_control"') > 4:
        yield "A maximum of 4 blocks with cache_control may be provided"


def _of_messages(messages: list[dict[str, Any]]) -> Iterator[str]:
    asked: set[str] = set()
    for number, one in enumerate(messages):
        if one["role"] not in ("user", "assistant"):
            yield f"messages.{number}.role: {one['role']}"
        content = one["content"]
        blocks = content if isinstance(content, list) else [{"type": "text", "text": content}]
        if any(b["type"] == "text" and not b["text"].strip() for b in blocks):
            yield "messages: text content blocks must be non-empty"
        answered = {b["tool_use_id"] for b in blocks if b["type"] == "tool_result"}
        if answered != asked:
            yield f"messages.{number}: `tool_use` without `tool_result`, or the other way: {asked ^ answered}"
        asked = {b["id"] for b in blocks if b["type"] == "tool_use"}
        if any(b["type"] == "tool_use" and not isinstance(b["input"], dict) for b in blocks):
            yield f"messages.{number}.content.0.tool_use.input: Input should be a valid dictionary"
    if asked:
        yield f"`tool_use` without `tool_result`: {asked}"
    if messages and messages[0]["role"] != "user":
        yield "messages: first message must use the user role"
    if messages and messages[-1]["role"] != "user":
        yield "This model does not support assistant message prefill"


def _of_schema(schema: Any, kind: Any) -> Iterator[str]:
    if kind != "json_schema" or not isinstance(schema, dict):
        yield "output_config.format.schema: Field required"
        return
    nodes = [schema]
    while nodes:
        node = nodes.pop()
        if node.get("type") == "object" and node.get("additionalProperties") is not False:
            yield "output_config.format.schema: For 'object' type, 'additionalProperties' must be false"
        nested = [*node.get("properties", {}).values(), *node.get("$defs", {}).values(), node.get("items")]
        nodes += [one for one in nested if isinstance(one, dict)]
