"""The candidate's process: load the file, answer calls, send values back.

Nothing here is trusted by the other side; it shares its process with the candidate's code.
"""

from __future__ import annotations

import linecache
import os
import select
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any

from . import wire
from .outside import Elsewhere, Outside, OutsideIterator

FILENAME = "solution.py"
_MESSAGE_CHARS = 2000
OUT_OF_MEMORY_STATUS = 90
_AT_ONCE_SECONDS = 0.006


class Reader:
    """Reads frames from a descriptor and writes them to it."""

    def __init__(self, fd: int, sock: Any = None) -> None:
        self._fd = fd
        self._sock = sock  # Windows reads and writes sockets only through the socket object
        self._in = bytearray()

    def _exactly(self, size: int) -> bytearray:
        while len(self._in) < size:
            want = max(1 << 16, size - len(self._in))
            piece = self._sock.recv(want) if self._sock else os.read(self._fd, want)
            if not piece:
                os._exit(0)
            self._in += piece
        data = self._in[:size]
        del self._in[:size]
        return data

    def waiting(self, seconds: float) -> bool:
        """Whether the other side sends something within this time."""
        if self._sock:
            return False
        poller = select.poll()
        poller.register(self._fd, select.POLLIN)
        return bool(poller.poll(seconds * 1000))

    def receive(self) -> tuple[dict[str, Any], wire.Buffers]:
        """The next message; ends the process when the other side is gone."""
        header, body = wire.sizes(bytes(self._exactly(wire.PREFIX.size)))
        return wire.parse(self._exactly(header), self._exactly(body))

    def send(self, pieces: list[Any]) -> None:
        """Write one frame."""
        for piece in pieces:
            if self._sock:
                self._sock.sendall(piece)
                continue
            view = memoryview(piece)
            while view.nbytes:
                view = view[os.write(self._fd, view) :]


class Harness:
    """Answers requests until the other side closes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._refs: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._next = 0
        self.module = types.ModuleType("solution")

    # --- values ---

    def _refer(self, value: Any) -> dict[str, Any]:
        if isinstance(value, Elsewhere):
            return {"t": "yours", "id": object.__getattribute__(value, "_at")[1]}
        number = self._numbers.get(id(value))
        if number is None:
            self._next += 1
            number = self._next
            self._refs[number] = value
            self._numbers[id(value)] = number
        kind = "class" if isinstance(value, type) else "function" if callable(value) else "object"
        name = value.__name__ if isinstance(value, type) else type(value).__name__
        return {"t": "ref", "id": number, "kind": kind, "cls": str(name)[:80]}

    def _resolve(self, doc: dict[str, Any]) -> Any:
        if doc["t"] == "ref":
            return self._refs[doc["id"]]
        if doc["t"] == "out":
            kind = OutsideIterator if doc.get("kind") == "iterator" else Outside
            return kind(self, int(doc["id"]))
        raise wire.WireError("unknown reference")

    def encoder(self) -> wire.Encoder:
        """An encoder that leaves other objects here and sends a reference."""
        return wire.Encoder(self._refer)

    # --- talking ---

    def ask(self, number: int, act: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Let the other side act on its object `number` and give the value."""
        flush()
        encoder = self.encoder()
        message: dict[str, Any] = {
            "op": "ask",
            "id": number,
            "act": act,
            "args": [encoder.doc(a) for a in args],
            "kwargs": {str(k): encoder.doc(v) for k, v in kwargs.items()},
        }
        self._reader.send(encoder.frame(message))
        while True:
            message, buffers = self._reader.receive()
            if message["op"] == "answer":
                return wire.decode(message["value"], buffers, self._resolve)
            if message["op"] == "raise":
                raise remote_exception(message["type"], message["message"])
            self.handle(message, buffers)

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message that needs no answer."""
        flush()
        self._reader.send(self.encoder().frame(message))

    def serve(self) -> None:
        """Handle requests for ever."""
        while True:
            message, buffers = self._reader.receive()
            self.handle(message, buffers)

    def handle(self, message: dict[str, Any], buffers: wire.Buffers) -> None:
        """Answer one request; whatever the candidate's code raises becomes an answer too."""
        number = message.get("id", 0)
        try:
            encoder = self.encoder()
            reply = {"op": "value", "id": number, **self._perform(message, buffers, encoder)}
            pieces = encoder.frame(reply)
        except wire.WireError as error:
            pieces = self.encoder().frame(
                {"op": "stays", "id": number, "message": str(error)[:_MESSAGE_CHARS]}
            )
        except BaseException as error:
            pieces = self.encoder().frame({"op": "raised", "id": number, **describe(error)})
        flush()
        self._reader.send(pieces)

    def _perform(
        self, message: dict[str, Any], buffers: wire.Buffers, encoder: wire.Encoder
    ) -> dict[str, Any]:
        op = message["op"]
        if op == "load":
            seed(message["seed"])
            load(self.module, message["source"], message["entry"])
            return {"value": None, "names": [n for n in message["entry"] if n in vars(self.module)]}
        if op == "program":
            from . import program

            return {"value": None, **program.run(self, message)}
        args = [wire.decode(a, buffers, self._resolve) for a in message["args"]]
        kwargs = {k: wire.decode(v, buffers, self._resolve) for k, v in message["kwargs"].items()}
        target = self.module if message["target"] is None else self._refs[message["target"]]
        value = act_on(target, message["act"], args, kwargs)
        answer = {"value": encoder.doc(value)}
        if message.get("echo"):
            answer["args"] = [encoder.doc(a) for a in args]
            answer["kwargs"] = [[k, encoder.doc(v)] for k, v in kwargs.items()]
        return answer


def act_on(target: Any, act: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """One operation on a candidate's object."""
    if act == "call":
        return target(*args, **kwargs)
    if act == "method":
        return getattr(target, args[0])(*args[1:], **kwargs)
    if act == "get":
        return getattr(target, args[0])
    if act == "set":
        return setattr(target, args[0], args[1])
    if act == "item":
        return target[args[0]]
    if act == "put":
        target[args[0]] = args[1]
        return None
    if act == "len":
        return len(target)
    if act == "has":
        return args[0] in target
    if act == "iter":
        return _Iterator(iter(target))
    if act == "next":
        return target.step()
    if act == "each":
        return [target(*call) for call in args[0]]
    if act == "peak":
        return _peak(target, args, kwargs)
    if act == "text":
        return str(target)[:_MESSAGE_CHARS]
    raise wire.WireError(f"unknown operation {act}")


def _peak(function: Any, args: list[Any], kwargs: dict[str, Any]) -> tuple[Any, int]:
    """What a call gives, and how many bytes of Python's memory it held at most, results included."""
    import tracemalloc

    tracemalloc.start()
    try:
        value = function(*args, **kwargs)
        return value, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class _Iterator:
    """An iterator that stays here and is stepped from outside."""

    def __init__(self, inner: Iterator[Any]) -> None:
        self._inner = inner

    def step(self) -> tuple[bool, Any]:
        """(ended, value)."""
        for value in self._inner:
            return False, value
        return True, None


def flush() -> None:
    """Push out what was printed, whatever the candidate's code did to the streams."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            continue


def seed(number: int | None) -> None:
    """Make code that uses the global generators give the same results in every run, or in none."""
    random = sys.modules.get("random")
    if random is not None:
        random.seed(number)
    numpy_random = sys.modules.get("numpy.random")
    if numpy_random is not None:
        numpy_random.seed(None if number is None else number & 0xFFFFFFFF)


def load(module: types.ModuleType, source: str, entry: list[str]) -> None:
    """Execute the candidate's file as a module.

    When a line at module level raises after every entry point was defined, as a failing check of the
    candidate's own does, the definitions stand and the tests can judge them.
    """
    code = compile_source(source)
    try:
        exec(code, module.__dict__)
    except Exception as error:
        if not entry or any(name not in vars(module) for name in entry):
            raise
        told = describe(error)
        what = f"{told['type']}: {told['message']}" if told.get("message") else str(told["type"])
        print(f"line {told['line']} raised {what}; nothing below it at module level ran")


def compile_source(source: Any) -> types.CodeType:
    """Compile the file (text or tree) under its display name, with its lines known to tracebacks."""
    if isinstance(source, str):
        remember_lines(source)
    made = compile(source, FILENAME, "exec", dont_inherit=True)
    assert isinstance(made, types.CodeType)
    return made


def remember_lines(source: str) -> None:
    """Let tracebacks and `inspect` show the file's lines."""
    linecache.cache[FILENAME] = (len(source), None, source.splitlines(keepends=True), FILENAME)


def describe(error: BaseException) -> dict[str, Any]:
    """An exception as plain data: type, its bases' names, message, place in the candidate's file."""
    try:
        message = str(error)[:_MESSAGE_CHARS]
    except BaseException:
        message = ""
    line = column = None
    frames: list[list[Any]] = []
    if isinstance(error, SyntaxError) and error.filename == FILENAME:
        line, column, message = error.lineno, error.offset, str(error.msg)
    else:
        try:
            for frame in traceback.extract_tb(error.__traceback__, limit=-60):
                if frame.filename == FILENAME:
                    line = frame.lineno
                    column = None if frame.colno is None else frame.colno + 1
                    frames.append([line, frame.name])
        except BaseException:
            line = None
    names = [c.__name__ for c in type(error).__mro__ if c is not object]
    return {
        "type": names[0],
        "mro": names[:12],
        "message": message,
        "line": line,
        "column": column,
        "frames": frames[-6:],
    }


def remote_exception(name: str, message: str) -> Exception:
    """An exception to raise here for one that happened on the other side."""
    import builtins

    kind = getattr(builtins, name, RuntimeError)
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            return kind(message)
        except Exception:
            return RuntimeError(message)
    return RuntimeError(message)


_REHEARSAL = """
import numpy as np
def f(a, k=2):
    d = ((a[:, None] - a[None]) ** 2).sum(-1)
    return d.argmin(1), np.where(a > 0, a, 0).mean(0), float(np.sqrt(a.T @ a).sum())
class C:
    def __init__(self): self.w = np.zeros(3)
"""


class _Nobody(Reader):
    """The other side of a rehearsal: answers go nowhere."""

    def __init__(self) -> None:
        super().__init__(-1)

    def send(self, pieces: list[Any]) -> None:
        """Drop one frame."""


def rehearse() -> None:
    """Do once what every run does, while nobody waits.

    Code that has run before writes less into the memory that a fork shares, and what a forked
    process has touched once it need not copy again.
    """
    actor = Harness(_Nobody())
    try:
        asked = wire.Encoder(lambda value: None)
        call = {
            "op": "act", "id": 1, "target": None, "act": "method", "echo": False,
            "args": [asked.doc("f"), asked.doc(wire.numpy().ones((4, 3)))], "kwargs": {"k": 2},
        }  # fmt: skip
        frame = bytearray(b"".join(asked.frame(call)))
        header, body = wire.sizes(bytes(frame[: wire.PREFIX.size]))
        text = frame[wire.PREFIX.size :][:header]
        loading = {"op": "load", "id": 0, "source": _REHEARSAL, "entry": ["f", "C"], "seed": 0}
        actor.handle(loading, wire.Buffers([], bytearray()))
        actor.handle(*wire.parse(text, frame[len(frame) - body :]))
    except ImportError:
        return
    finally:
        linecache.cache.pop(FILENAME, None)


def main(fd: int, sock: Any = None) -> None:
    """Serve one run on descriptor `fd`; never returns."""
    reader = Reader(fd, sock)
    serve: Callable[[], None] = Harness(reader).serve
    # A pool at work sends the next run at once: what nobody waits for would only take its time.
    if not reader.waiting(_AT_ONCE_SECONDS):
        rehearse()
    try:
        serve()
    except MemoryError:
        os._exit(OUT_OF_MEMORY_STATUS)
    except BaseException:
        os._exit(91)
