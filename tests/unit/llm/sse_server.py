"""A local chat-completions server that speaks SSE and can fail in every way a real one does."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

USAGE = {"prompt_tokens": 120, "completion_tokens": 9, "total_tokens": 129,
         "prompt_tokens_details": {"cached_tokens": 64}}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Play:
    """One answer. Without faults: `pieces` as text deltas, then `calls` as tool calls, then usage."""

    pieces: tuple[str, ...] = ()
    calls: tuple[tuple[str, str], ...] = ()  # name and raw JSON arguments
    usage: bool = True
    finish: str | None = ""
    first: float = 0.0
    between: float = 0.0
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    error: dict[str, Any] | None = None  # body of a failed status
    drop_after: int | None = None  # cut the connection after so many pieces
    error_after: int | None = None  # an error event after so many pieces
    empty: bool = False  # 200 and no body at all
    hang: bool = False  # accept, then say nothing
    name_in_every_chunk: bool = False
    garbage: bool = False  # 200 and half a JSON document


@dataclass
class Seen:
    """One request as it came, and what became of its connection."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    raw: str
    gone_at: float | None = None
    finished: bool = False


@dataclass
class SseServer:
    """Plays `script` in order, then `default`; `answer`, when set, decides by the request instead."""

    script: list[Play] = field(default_factory=list)
    default: Play = Play(pieces=("Hello", " there", "."))
    answer: Callable[[dict[str, Any]], Play] | None = None
    seen: list[Seen] = field(default_factory=list)
    url: str = ""

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [s.body for s in self.seen]

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._main(ready))
        self._loop.close()

    async def _main(self, ready: threading.Event) -> None:
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._client, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        ready.set()
        await self._stop.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while await self._request(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines if line)}
        raw = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
        body = json.loads(raw) if raw else {}
        seen = Seen(first.split()[1], headers, body, raw)
        self.seen.append(seen)
        play = self.answer(body) if self.answer else self.script.pop(0) if self.script else self.default
        watcher = asyncio.create_task(self._watch(reader, seen))
        try:
            keep = await self._play(play, body, writer)
            seen.finished = True
            return keep and not reader.at_eof() and await self._unwatched(watcher)
        except ConnectionError:
            # Whoever leaves with something unread is noticed by the writer too, sometimes first.
            seen.gone_at = seen.gone_at or time.monotonic()
            raise
        finally:
            watcher.cancel()

    async def _unwatched(self, watcher: asyncio.Task[None]) -> bool:
        # One request a connection keeps the bookkeeping of who is gone simple.
        watcher.cancel()
        return False

    async def _watch(self, reader: asyncio.StreamReader, seen: Seen) -> None:
        """Note the moment the client goes away."""
        with suppress(ConnectionError):
            await reader.read(1)
        if not seen.finished:
            seen.gone_at = time.monotonic()

    async def _play(self, play: Play, body: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
        if play.hang:
            await asyncio.sleep(3600)
        await asyncio.sleep(play.first)
        if play.status != 200:
            error = play.error or {"message": f"status {play.status}", "type": "test", "code": None}
            return await self._whole(writer, play.status, {"error": error}, play.headers)
        if play.garbage:
            return await self._send(
                writer, 200, "application/json", '{"id": "x", "choices": [{"mess', play.headers
            )
        if not body.get("stream") and not play.empty:
            return await self._whole(writer, 200, _completion(play), play.headers)
        chunked = (*play.headers, ("Transfer-Encoding", "chunked"))
        await self._head(writer, 200, "text/event-stream", chunked)
        if play.empty:
            return await self._last(writer)
        for number, piece in enumerate(play.pieces):
            if play.drop_after == number:
                writer.transport.abort()
                return False
            if play.error_after == number:
                await self._event(
                    writer, {"error": {"message": "the backend went away", "type": "server_error"}}
                )
                return await self._last(writer)
            if number:
                await asyncio.sleep(play.between)
            await self._event(writer, _chunk({"role": "assistant", "content": piece}))
        if play.drop_after is not None and play.drop_after >= len(play.pieces):
            writer.transport.abort()
            return False
        for index, (name, arguments) in enumerate(play.calls):
            half = len(arguments) // 2
            for part, text in enumerate((arguments[:half], arguments[half:])):
                function = {"arguments": text}
                if part == 0 or play.name_in_every_chunk:
                    function["name"] = name
                call: dict[str, Any] = {"index": index, "function": function}
                if part == 0:
                    call |= {"id": f"call_{index}", "type": "function"}
                await self._event(writer, _chunk({"tool_calls": [call]}))
        finish = play.finish if play.finish != "" else ("tool_calls" if play.calls else "stop")
        if finish is not None:
            await self._event(writer, _chunk({}, finish=finish))
        if play.usage:
            await self._event(writer, {**_chunk({}), "choices": [], "usage": USAGE})
        await self._raw_chunk(writer, b"data: [DONE]\n\n")
        return await self._last(writer)

    async def _last(self, writer: asyncio.StreamWriter) -> bool:
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return False

    async def _raw_chunk(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await writer.drain()

    async def _event(self, writer: asyncio.StreamWriter, data: dict[str, Any]) -> None:
        await self._raw_chunk(writer, f"data: {json.dumps(data)}\n\n".encode())

    async def _whole(
        self, writer: asyncio.StreamWriter, status: int, data: Any, headers: tuple[tuple[str, str], ...]
    ) -> bool:
        return await self._send(writer, status, "application/json", json.dumps(data), headers)

    async def _send(
        self, writer: asyncio.StreamWriter, status: int, kind: str, text: str, headers: Any
    ) -> bool:
        await self._head(writer, status, kind, (*headers, ("Content-Length", str(len(text.encode())))))
        writer.write(text.encode())
        await writer.drain()
        return False

    async def _head(
        self, writer: asyncio.StreamWriter, status: int, kind: str, headers: tuple[tuple[str, str], ...]
    ) -> None:
        lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        await writer.drain()


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def _completion(play: Play) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": "".join(play.pieces) or None}
    if play.calls:
        message["tool_calls"] = [
            {"id": f"call_{i}", "type": "function", "function": {"name": n, "arguments": a}}
            for i, (n, a) in enumerate(play.calls)
        ]
    finish = play.finish or ("tool_calls" if play.calls else "stop")
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice],
            "usage": USAGE if play.usage else None}  # fmt: skip
