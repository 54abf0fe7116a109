"""The process the candidate's processes are forked from: libraries loaded, nothing else known.

Started as a program of its own with a socket on descriptor 0 (never forked from the trusted
side). One command at a time: a 4-byte length and JSON, answered the same way.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import struct
import sys
import time
import types
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, cast

_LENGTH = struct.Struct("<I")
_CHANNEL, _DIAGNOSIS = 3, 4
_REHEARSALS = 16
_PID = struct.Struct("<I")
_ANY_PID = _PID.pack(0x7FFFFFFF)

# Loaded before the files are locked away: what interview code usually imports, and what every child needs.
_PRELOAD = """
abc ast bisect collections contextlib copy dataclasses datetime decimal enum functools hashlib heapq
inspect itertools json linecache math numbers operator random re statistics string textwrap time
traceback types typing warnings
ctypes faulthandler fcntl resource threading tracemalloc
"""
# NumPy imports the last of these only when median, unique and the like first need it.
_NUMPY = ("numpy.fft", "numpy.linalg", "numpy.random", "numpy.ma")


def package() -> types.ModuleType:
    """Make the files beside this one importable under their own names, and nothing else of the package."""
    folder = __file__.rpartition(os.sep)[0]
    name, made = "", types.ModuleType("")
    for part in ("interviewer", "executor", "child"):
        name = f"{name}.{part}".lstrip(".")
        made = types.ModuleType(name)
        made.__path__ = []
        sys.modules[name] = made
    made.__path__ = [folder]
    return made


@contextlib.contextmanager
def _no_fork_hooks() -> Iterator[None]:
    """Modules imported within do nothing when the process forks."""
    if not hasattr(os, "register_at_fork"):
        yield
        return
    register = os.register_at_fork
    os.register_at_fork = lambda **_: None
    try:
        yield
    finally:
        os.register_at_fork = register


def preload(libraries: dict[str, str]) -> dict[str, str]:
    """Import the allowed libraries from their folders; answers what failed and why."""
    missing: dict[str, str] = {}
    # hashlib has its own algorithms; OpenSSL's would add 4 MB.
    sys.modules.setdefault("_hashlib", cast(types.ModuleType, None))
    with _no_fork_hooks():
        # The one would reseed itself, as the harness does; the other forget threads that are not there.
        for name in ("random", "threading"):
            __import__(name)
    for name in _PRELOAD.split():
        with contextlib.suppress(ImportError):
            __import__(name)
    own = list(sys.path)
    for name, folder in libraries.items():
        sys.path = [*own, folder]
        try:
            __import__(name)
            if name == "numpy":
                for part in _NUMPY:
                    __import__(part)
        except Exception as error:
            missing[name] = f"{type(error).__name__}: {error}"[:300]
    sys.path = own
    return missing


class Zygote:
    """Forks, signals and reaps the candidate's processes."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._children: dict[int, int] = {}
        self._ended: dict[int, tuple[int, int]] = {}
        self._layers: set[str] = set()
        self._program = b""
        self._linux: Any = None
        self._serve: Callable[[int], None] = os._exit

    def serve(self) -> None:
        """Answer commands until the other side is gone, then end every child."""
        try:
            while True:
                head, fds, _, _ = socket.recv_fds(self._control, _LENGTH.size, 4)
                if not head:
                    return
                while len(head) < _LENGTH.size:
                    head += self._control.recv(_LENGTH.size - len(head))
                command = json.loads(self._receive(_LENGTH.unpack(head)[0]))
                try:
                    answer = getattr(self, "do_" + command["do"])(command, fds)
                except Exception as error:
                    answer = {"error": f"{type(error).__name__}: {error}"[:500]}
                finally:
                    for fd in fds:
                        os.close(fd)
                data = json.dumps(answer).encode()
                self._control.sendall(_LENGTH.pack(len(data)) + data)
        finally:
            for pid in self._children.values():
                _kill(pid)

    def _receive(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self._control.recv(size - len(data))
            if not piece:
                raise EOFError
            data += piece
        return data

    def do_prepare(self, command: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        """Load libraries and put on the layers that hold for every child."""
        missing = preload(command["libraries"])
        shown = package()
        harness = importlib.import_module("interviewer.executor.child.harness")
        importlib.import_module("interviewer.executor.child.program")
        self._serve = harness.main
        # Code that has run before writes less to the memory a fork shares.
        for _ in range(_REHEARSALS):
            harness.rehearse()
        _watch_faults()
        layers = self._contain(command) if sys.platform == "linux" else {}
        sys.argv = [harness.FILENAME]
        self._layers = {name for name, state in layers.items() if state == "on"}
        shown.__path__ = []
        gc.collect()
        gc.freeze()
        return {"pid": os.getpid(), "missing": missing, "layers": layers, "path": sys.path}

    def _contain(self, command: dict[str, Any]) -> dict[str, str]:
        import platform

        self._linux = linux = importlib.import_module("interviewer.executor.child.linux")
        with contextlib.suppress(OSError):
            score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
            os.write(score, b"1000")
            os.close(score)
        with contextlib.suppress(OSError):
            linux.remember_mapped()
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        state: dict[str, str] = {}
        for name in command["layers"]:
            try:
                if name == "landlock":
                    linux.restrict_files(command["readable"])
                elif name == "seccomp":
                    shared = linux.seccomp_shared(platform.machine())
                    self._program = linux.seccomp_own(platform.machine(), *_PID.unpack(_ANY_PID))
                    self._try(partial(linux.install_seccomp, shared, self._program))
                elif name == "rlimits":
                    self._try(lambda: linux.limit(64, 5))
                    linux.limit_for_all()
                elif name == "privileges":
                    linux.drop_privileges()
                state[name] = "on"
            except OSError as error:
                state[name] = error.strerror or str(error)
        if state.get("seccomp") == "on":
            linux.install_seccomp(shared)  # last: it refuses what the other layers are put on with
        return state

    def _try(self, apply: Any) -> None:
        """Apply a layer in a throw-away process; raises OSError when it fails there."""
        pid = os.fork()
        if pid == 0:
            try:
                apply()
                os._exit(0)
            except OSError as error:
                os._exit(min(error.errno or 1, 125))
            finally:
                os._exit(126)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code:
            raise OSError(code, os.strerror(code) if 0 < code < 126 else f"ended with {code}")

    def do_spawn(self, command: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        """Fork one child on the three descriptors that came along."""
        channel, output, diagnosis = fds
        pid = os.fork()
        if pid == 0:
            try:
                self._become_child(command, channel, output, diagnosis)
            finally:
                os._exit(92)
        self._children[command["run"]] = pid
        return {}

    def do_whois(self, command: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        """A child's process id."""
        return {"pid": self._children.get(command["run"], 0)}

    def _become_child(self, command: dict[str, Any], channel: int, output: int, diagnosis: int) -> None:
        # What came along lies above these places, which the zygote keeps taken.
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.dup2(channel, _CHANNEL)
        os.dup2(diagnosis, _DIAGNOSIS)
        os.closerange(_DIAGNOSIS + 1, 512)
        os.setsid()
        linux = self._linux
        if linux:
            linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
            if "rlimits" in self._layers:
                linux.limit(command["memory_mb"], command["cpu_seconds"])
            if "seccomp" in self._layers:
                linux.install_seccomp(self._program.replace(_ANY_PID, _PID.pack(os.getpid())))
        self._serve(_CHANNEL)

    def do_interrupt(self, command: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        """Have a child write down where it is."""
        pid = self._children.get(command["run"])
        if pid and pid not in self._ended:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGUSR1)
        return {}

    def do_end(self, command: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        """End a child; answers its exit status, and whether it was still alive."""
        pid = self._children.get(command["run"])
        if pid is None:
            return {"status": None, "killed": False, "peak_kb": 0}
        patience = time.monotonic() + command["grace"]
        self._reap()
        while pid not in self._ended and time.monotonic() < patience:
            time.sleep(0.001)
            self._reap()
        killed = pid not in self._ended
        if killed:
            _kill(pid)
            _, status, usage = os.wait4(pid, 0)
            self._ended[pid] = (status, usage.ru_maxrss)
        del self._children[command["run"]]
        status, peak = self._ended.pop(pid)
        if "seccomp" not in self._layers:
            self._end_orphans()
        return {"status": os.waitstatus_to_exitcode(status), "killed": killed, "peak_kb": peak}

    def _reap(self) -> None:
        """Collect every process that ended: ours with their status, orphans that came to us without."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
                if not pid:
                    return
                if pid in self._children.values():
                    self._ended[pid] = (status, usage.ru_maxrss)

    def _end_orphans(self) -> None:
        """Where forking is not refused, end what a child left behind."""
        own = os.getpid()
        with contextlib.suppress(OSError, ValueError):
            handle = os.open(f"/proc/{own}/task/{own}/children", os.O_RDONLY)
            found = os.read(handle, 65536).split()
            os.close(handle)
            for pid in map(int, found):
                if pid not in self._children.values():
                    _kill(pid)
        self._reap()


def _watch_faults() -> None:
    """Have a crash, and SIGUSR1, write down the line they find; children inherit it."""
    import faulthandler

    signal.signal(signal.SIGINT, signal.default_int_handler)
    faulthandler.enable(file=_DIAGNOSIS, all_threads=False)
    faulthandler.register(signal.SIGUSR1, file=_DIAGNOSIS, all_threads=False)


def _kill(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def main() -> None:
    """Serve on descriptor 0, which goes elsewhere: the places a child needs lead nowhere until then."""
    import fcntl

    control = socket.socket(fileno=fcntl.fcntl(0, fcntl.F_DUPFD, 16))
    null = os.open(os.devnull, os.O_RDWR)
    for place in (0, _CHANNEL, _DIAGNOSIS):
        os.dup2(null, place)
    if null > _DIAGNOSIS:
        os.close(null)
    Zygote(control).serve()
    os._exit(0)


if __name__ == "__main__":
    main()
