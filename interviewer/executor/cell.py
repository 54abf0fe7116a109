"""One candidate's process and the conversation with it: calls, answers, output, deadlines."""

from __future__ import annotations

import builtins
import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

from interviewer.domain.test_run import Verdict
from interviewer.errors import HarnessFailure
from interviewer.executor import remote, texts
from interviewer.executor.child import wire
from interviewer.executor.endings import ending, own_line
from interviewer.executor.exports import Exports, use
from interviewer.executor.remote import Remote
from interviewer.executor.stops import CandidateError, Stopped, Untravelled, candidate_error
from interviewer.executor.workers import Nursery
from interviewer.executor.zygote import Ended, Lines, Zygote, wait

OUTPUT_KEPT = 64 << 10
OUTPUT_LIMIT = 4 << 20
_NOW = getattr(socket, "MSG_DONTWAIT", 0)
_LOST = "the code sent something that is not a value"

OnEvent = Callable[[dict[str, Any]], None]


class Cell:
    """One forked process running the candidate's file. Used by one thread at a time."""

    def __init__(
        self,
        zygote: Zygote | Nursery,
        *,
        memory_mb: int,
        cpu_seconds: int,
        call_seconds: float,
        run_deadline: float,
        on_output: Callable[[bytes], None] | None = None,
    ) -> None:
        self._zygote = zygote
        self._run, lines = zygote.spawn(memory_mb, cpu_seconds)
        self._lines: Lines = lines
        self._call_seconds = call_seconds
        self._run_deadline = run_deadline
        self._memory_mb = memory_mb
        self._ceilings = (memory_mb, cpu_seconds)
        self._on_output = on_output
        self._number = 0
        self._depth = 0
        self._deadline = run_deadline
        self._exports = Exports()
        self._in = bytearray()
        self._out = bytearray()
        self._printed = 0
        self._output_open = True
        self.stopped: Stopped | None = None
        self.gave_nothing = False  # whether the last call came back with None
        self.on_event: OnEvent | None = None
        self.methods: set[tuple[str, str]] = set()
        zygote.count(1)

    def process_id(self) -> int:
        """The process's number as its zygote sees it."""
        return self._zygote.process_id(self._run)

    # --- what the candidate's code is asked ---

    def load(self, source: str, entry: tuple[str, ...], seed: int = 0) -> remote.Solution:
        """Run the file as a module and give the stand-in for it; `seed` is for global generators."""
        request = {"op": "load", "source": source, "entry": list(entry), "seed": seed}
        reply, _ = self.request(request, [])
        names = reply.get("names")
        found = frozenset(n for n in names if isinstance(n, str)) if isinstance(names, list) else frozenset()
        return remote.Solution(self, found)

    def act(
        self,
        target: int | None,
        act: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any] | None = None,
        *,
        echo: bool = False,
    ) -> Any:
        """See remote.Actor. Raises Stopped, CandidateError, Untravelled."""
        encoder = wire.Encoder(self._refer)
        message = {
            "op": "act",
            "target": target,
            "act": act,
            "args": [encoder.doc(a) for a in args],
            "kwargs": {k: encoder.doc(v) for k, v in (kwargs or {}).items()},
            "echo": echo,
        }
        reply, buffers = self.request(message, encoder)
        value = self._value(reply.get("value"), buffers)
        self.gave_nothing = value is None and act in ("call", "method")
        if not echo:
            return value
        after, named = self._value(reply.get("args"), buffers), self._value(reply.get("kwargs"), buffers)
        if not isinstance(after, list) or not isinstance(named, list) or len(after) != len(args):
            raise self._stop(Verdict.ERROR, _LOST)
        try:
            return value, after, dict(named)
        except (TypeError, ValueError):
            raise self._stop(Verdict.ERROR, _LOST) from None

    def request(
        self, message: dict[str, Any], encoder: wire.Encoder | list[Any], seconds: float | None = None
    ) -> tuple[dict[str, Any], wire.Buffers]:
        """Send one request and serve what the process asks meanwhile, until the answer is here."""
        if self.stopped:
            raise self.stopped
        self._number += 1
        number = self._number
        outer, self._depth = self._depth, self._depth + 1
        if outer == 0:
            # A call made from within a callback shares the wall clock of the call around it.
            limit = self._call_seconds if seconds is None else seconds
            self._deadline = min(time.monotonic() + limit, self._run_deadline)
        try:
            self._send({**message, "id": number}, encoder)
            while True:
                reply, buffers = self._receive()
                op = reply.get("op")
                if op == "ask":
                    self._answer(reply, buffers)
                elif op == "event":
                    if self.on_event:
                        self._drain()
                        self.on_event(reply)
                elif reply.get("id") != number:
                    raise self._stop(Verdict.ERROR, _LOST)
                elif op == "value":
                    return reply, buffers
                elif op == "raised":
                    raise self.raised(reply)
                elif op == "stays":
                    raise Untravelled(_text(reply.get("message")))
                else:
                    raise self._stop(Verdict.ERROR, _LOST)
        finally:
            self._depth = outer

    def raised(self, reply: dict[str, Any]) -> BaseException:
        """The exception here for one that the candidate's code raised, as the process describes it."""
        names = reply.get("mro")
        known = tuple(_text(n, 80) for n in names[:12]) if isinstance(names, list) else ("Exception",)
        message = _text(reply.get("message"))
        line, column = _place(reply.get("line")), _place(reply.get("column"))
        if "MemoryError" in known:
            text = f"used more than the {self._memory_mb} MB allowed"
            return Stopped(Verdict.OUT_OF_MEMORY, text, line=line, column=column)
        return candidate_error(known, message, line, column)

    # --- what the candidate's process asks ---

    def _answer(self, ask: dict[str, Any], buffers: wire.Buffers) -> None:
        encoder = wire.Encoder(self._refer)
        try:
            value = self._serve(ask, buffers)
            answer = {"op": "answer", "value": encoder.doc(value)}
        except Stopped as stop:
            if self.stopped:
                raise
            answer, encoder = _refusal("TimeoutError", stop.message), wire.Encoder(self._refer)
        except HarnessFailure:
            raise
        except Exception as error:
            names = error.names if isinstance(error, CandidateError) else (type(error).__name__,)
            known = next((n for n in names if hasattr(builtins, n)), "RuntimeError")
            text = error.message if isinstance(error, CandidateError) else str(error)
            answer, encoder = _refusal(known, text), wire.Encoder(self._refer)
        self._send(answer, encoder)

    def _serve(self, ask: dict[str, Any], buffers: wire.Buffers) -> Any:
        number, act = ask.get("id"), ask.get("act")
        if not self._exports.has(number) or not isinstance(act, str):
            raise self._stop(Verdict.ERROR, _LOST)
        args = self._value(ask.get("args"), buffers)
        named = ask.get("kwargs")
        if not isinstance(args, list) or not isinstance(named, dict):
            raise self._stop(Verdict.ERROR, _LOST)
        kwargs = {k: self._value(v, buffers) for k, v in named.items()}
        return use(self._exports[number], act, args, kwargs)

    def export(self, thing: Any) -> dict[str, Any]:
        """Let the process call `thing`, or pull values out of it; it stays here."""
        number = self._exports.lend(thing)
        if number is None:
            raise self._stop(Verdict.ERROR, "the code keeps too many objects of another process")
        kind = "iterator" if isinstance(thing, Iterator) else "object"
        return {"t": "out", "id": number, "kind": kind}

    def _refer(self, value: Any) -> dict[str, Any] | None:
        if isinstance(value, Remote):
            if remote.place(value)[0] is not self:
                return self.export(value)
            found = remote.found(value)
            return {"t": "ref", "id": remote.place(found)[1]} if isinstance(found, Remote) else None
        return self.export(value) if callable(value) or isinstance(value, Iterator) else None

    def _resolve(self, doc: dict[str, Any]) -> Any:
        number = doc.get("id")
        if type(number) is not int or number < 0:
            raise wire.WireError("not a reference")
        if doc["t"] == "ref":
            return Remote(self, number, _text(doc.get("kind"), 20), _text(doc.get("cls"), 80))
        if doc["t"] == "yours":
            return self._exports[number]
        raise wire.WireError("not a reference")

    def _value(self, doc: Any, buffers: wire.Buffers) -> Any:
        try:
            return wire.decode(doc, buffers, self._resolve)
        except wire.WireError as error:
            raise self._stop(Verdict.ERROR, f"{_LOST}: {error}") from None
        except MemoryError:
            raise self._stop(Verdict.ERROR, "the code sent a value too large to look at") from None

    # --- bytes ---

    def _send(self, message: dict[str, Any], encoder: wire.Encoder | list[Any]) -> None:
        if isinstance(encoder, list):
            encoder = wire.Encoder(self._refer)
        channel = self._lines.channel
        for piece in encoder.frame(message):
            view = memoryview(piece)
            while view.nbytes:
                try:
                    view = view[channel.send(view, _NOW) :]
                except BlockingIOError:
                    self._wait(writing=True)
                except OSError:
                    raise self._gone() from None

    def _receive(self) -> tuple[dict[str, Any], wire.Buffers]:
        try:
            header_size, body_size = wire.sizes(bytes(self._read(wire.PREFIX.size)))
            header = self._read(header_size)
            body = self._read(body_size)
            return wire.parse(header, body)
        except wire.WireError:
            raise self._stop(Verdict.ERROR, _LOST) from None

    def _read(self, size: int) -> bytearray:
        while len(self._in) < size:
            try:
                piece = self._lines.channel.recv(max(1 << 16, size - len(self._in)))
            except BlockingIOError:
                self._wait()
                continue
            except OSError:
                piece = b""
            if not piece:
                raise self._gone()
            self._in += piece
        data = self._in[:size]
        del self._in[:size]
        return data

    def _wait(self, *, writing: bool = False) -> None:
        """Wait until the channel can be written or read, taking in what is printed meanwhile."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self._timed_out()
        channel, output = self._lines.channel.fileno(), self._lines.output
        readers = [output] if self._output_open else []
        found = wait(readers, channel, left) if writing else wait([channel, *readers], None, left)
        if output in found:
            self._drain()

    def _drain(self) -> None:
        while self._output_open:
            try:
                data = self._lines.read_output()
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data:
                self._output_open = False
                return
            self._printed += len(data)
            if len(self._out) <= OUTPUT_KEPT:
                self._out += data[: OUTPUT_KEPT + 1 - len(self._out)]
                if self._on_output:
                    self._on_output(data)
            if self._printed > OUTPUT_LIMIT:
                raise self._stop(Verdict.OUTPUT_LIMIT, f"printed more than {OUTPUT_LIMIT >> 20} MB")

    def take_output(self) -> str:
        """What was printed since the last time, made safe to show."""
        if self.stopped is None:
            with contextlib.suppress(Stopped):
                self._drain()
        data, self._out = bytes(self._out), bytearray()
        return texts.clean_output(data, OUTPUT_KEPT)

    # --- endings ---

    def _stop(self, verdict: Verdict, message: str, line: int | None = None) -> Stopped:
        """End the process; gives the exception to raise. The first ending counts."""
        if self.stopped is None:
            self.stopped = Stopped(verdict, message, line=line)
            self._finish(0.0)
        return self.stopped

    def _timed_out(self) -> Stopped:
        if self.stopped:
            return self.stopped
        # A zygote that does not answer may never have forked: that is not the candidate's time.
        try:
            self._zygote.interrupt(self._run)
        except HarnessFailure:
            self.close()
            raise
        line = self._line(0.3)
        whole = time.monotonic() >= self._run_deadline
        message = (
            "the time for the whole run is used up" if whole else f"no answer within {self._call_seconds:g} s"
        )
        return self._stop(Verdict.TIMED_OUT, message, line)

    def _gone(self) -> Stopped:
        if self.stopped:
            return self.stopped
        with contextlib.suppress(Stopped):
            self._drain()
        if self.stopped:
            return self.stopped
        line = self._line()
        ended = self._finish(0.25)
        if ended is None or ended.status in (None, 92):
            self._zygote.unfit = True
            raise HarnessFailure("the sandbox lost the candidate's process")
        verdict, message = ending(ended, self._memory_mb)
        self.stopped = Stopped(verdict, message, line=line)
        return self.stopped

    def _line(self, patience: float = 0.0) -> int | None:
        """The innermost line of the candidate's file in what the process wrote down; it comes in pieces."""
        told, until = b"", time.monotonic() + patience
        while True:
            piece = self._lines.read_diagnosis()
            told += piece
            line = own_line(told)
            left = until - time.monotonic()
            if line is not None or left <= 0:
                return line
            if not self._lines.diagnosis:
                return None
            if not piece:
                wait(self._lines.diagnosis, None, left)

    def _finish(self, grace: float) -> Ended | None:
        run, self._run = self._run, 0
        if not run:
            return None
        self._zygote.count(-1)
        try:
            if grace:
                return self._zygote.end(run, grace)
            self._zygote.end_soon(run)
            return None
        except HarnessFailure:
            return None
        finally:
            self._lines.close()

    def fork_ahead(self) -> None:
        """Have the next process with these limits forked while nobody waits for it."""
        with contextlib.suppress(HarnessFailure):
            self._zygote.fork_ahead(*self._ceilings)

    def close(self) -> None:
        """End the process."""
        if self.stopped is None:
            self.stopped = Stopped(Verdict.HARNESS_ERROR, "the process was closed")
        self._finish(0.0)


def _refusal(name: str, message: str) -> dict[str, Any]:
    return {"op": "raise", "type": name, "message": message[:2000]}


def _text(value: Any, limit: int = 2000) -> str:
    return texts.clean(value, limit) if isinstance(value, str) else ""


def _place(value: Any) -> int | None:
    return value if type(value) is int and 0 < value < 1_000_000 else None
