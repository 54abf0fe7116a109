"""A process for one run, started ahead of it: for systems where forking after NumPy is unsafe.

Its one argument is JSON: ``libraries``, ``cpu_seconds``, and ``shared`` on Windows, where the two
sockets come as base64 on standard input; elsewhere standard input is the channel itself.
"""

from __future__ import annotations

import base64
import contextlib
import importlib
import io
import json
import os
import socket
import sys
from typing import Any


class _SocketWriter(io.RawIOBase):
    """Standard output of a process whose output line is a socket."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._line.sendall(data)
        return len(data)


def main() -> None:
    """Load the libraries, say ready, serve one run."""
    given = json.loads(sys.argv[1])
    here = __file__.rpartition(os.sep)[0]
    sys.path.insert(0, here)
    zygote = importlib.import_module("zygote")
    sys.path.remove(here)
    zygote.preload(given["libraries"])
    package = zygote.package()
    harness = importlib.import_module("interviewer.executor.child.harness")
    importlib.import_module("interviewer.executor.child.program")
    package.__path__ = []
    channel, sock = -1, None
    if given.get("shared"):
        parts = [base64.b64decode(sys.stdin.readline()) for _ in range(2)]
        sock, output = (socket.fromshare(p) for p in parts)  # type: ignore[attr-defined]  # Windows only
        raw = io.BufferedWriter(_SocketWriter(output))
        sys.stdout = sys.stderr = io.TextIOWrapper(raw, encoding="utf-8", errors="replace")
    else:
        channel = os.dup(0)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        _limit(given["cpu_seconds"])
    sys.argv = [harness.FILENAME]
    reader = harness.Reader(channel, sock)
    ready = harness.wire.Encoder(lambda value: None).frame({"op": "ready"})
    reader.send(ready)
    if sock is None:
        import faulthandler
        import signal

        faulthandler.enable(file=given["diagnosis"], all_threads=False)
        faulthandler.register(signal.SIGUSR1, file=given["diagnosis"], all_threads=False)
    harness.main(channel, sock)


def _limit(cpu_seconds: int) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
