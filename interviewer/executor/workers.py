"""Single-use processes started ahead of each run, where forking a zygote is not possible.

Forking after NumPy may abort on macOS, and Windows cannot fork; there every run gets a process
that was started before it was needed. Seen from a Cell it is the same as a Zygote.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interviewer.errors import HarnessFailure
from interviewer.executor import layers, spawner
from interviewer.executor.child import wire
from interviewer.executor.zygote import Ended, Lines

_READY_SECONDS = 30.0
_WATCH_SECONDS = 0.05


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    lines: Lines
    memory_mb: int
    job: Any = None
    at_start: int = 0
    over: bool = field(default=False)


class Nursery:
    """Has workers ready for one set of libraries. All methods raise HarnessFailure like a Zygote's."""

    def __init__(self, libraries: tuple[str, ...], wanted: tuple[str, ...]) -> None:
        self._lock = threading.Lock()
        self._libraries = libraries
        self._spare: tuple[tuple[int, int], _Worker] | None = None
        self._workers: dict[int, _Worker] = {}
        self._runs = 0
        self.active = 0
        self.alive = True
        self.unfit = False
        self.missing = {n: "not installed" for n in libraries if not layers.library_paths(n)}
        self.reports: dict[str, str] = {}
        self._profile = ""
        if "memory watch" in wanted:
            self.reports["memory watch"] = "on"
        if "job object" in wanted:
            self.reports["job object"] = "on" if os.name == "nt" else "Windows only"
        if "sandbox-exec" in wanted:
            self._profile = layers.seatbelt_profile(libraries)
            self.reports["sandbox-exec"] = "on"
            try:
                self._discard(self._start(512, 30))
            except HarnessFailure as failure:
                self._profile = ""
                self.reports["sandbox-exec"] = failure.message
        if "memory watch" in wanted:
            threading.Thread(target=self._watch, name="sandbox-memory", daemon=True).start()

    # --- starting ---

    def _start(self, memory_mb: int, cpu_seconds: int) -> _Worker:
        folders = {name: layers.library_folder(name) for name in self._libraries}
        given: dict[str, Any] = {
            "libraries": {n: f for n, f in folders.items() if f},
            "cpu_seconds": cpu_seconds,
            "shared": os.name == "nt",
        }
        worker = self._windows(given) if os.name == "nt" else self._posix(given)
        worker.memory_mb = memory_mb
        try:
            self._await_ready(worker)
            if os.name == "nt" and self.reports.get("job object") == "on":
                from interviewer.executor import windows

                worker.job = windows.confine(int(getattr(worker.process, "_handle", 0)), memory_mb + 256)
            worker.at_start = _resident(worker.process.pid)
        except (OSError, EOFError, wire.WireError) as error:
            self._discard(worker)
            raise HarnessFailure(f"the sandbox process did not start: {error}") from error
        return worker

    def _posix(self, given: dict[str, Any]) -> _Worker:
        ours, theirs = socket.socketpair()
        output, output_end = os.pipe()
        diagnosis, diagnosis_end = os.pipe()
        given["diagnosis"] = diagnosis_end
        command = [*layers.worker_command(self._profile), json.dumps(given)]
        lines = Lines(ours, output, diagnosis)
        try:
            process = spawner.start(
                lambda: subprocess.Popen(
                    command,
                    stdin=theirs.fileno(),
                    stdout=output_end,
                    stderr=output_end,
                    env=layers.environment(),
                    cwd="/",
                    start_new_session=True,
                    pass_fds=(diagnosis_end,),
                )
            )
        except OSError as error:
            lines.close()
            raise HarnessFailure(f"the sandbox process did not start: {error.strerror or error}") from error
        finally:
            theirs.close()
            os.close(output_end)
            os.close(diagnosis_end)
        for fd in (output, diagnosis):
            os.set_blocking(fd, False)
        return _Worker(process, lines, 0)

    def _windows(self, given: dict[str, Any]) -> _Worker:
        ours, theirs = socket.socketpair()
        output, output_end = socket.socketpair()
        command = [*layers.worker_command(""), json.dumps(given)]
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=layers.environment(), cwd=str(Path(sys.base_prefix)),
            )  # fmt: skip
            assert process.stdin is not None
            for end in (theirs, output_end):
                shared: bytes = getattr(end, "share")(process.pid)  # noqa: B009 - exists on Windows only
                process.stdin.write(base64.b64encode(shared) + b"\n")
            process.stdin.close()
        except OSError as error:
            ours.close()
            output.close()
            raise HarnessFailure(f"the sandbox process did not start: {error}") from error
        finally:
            theirs.close()
            output_end.close()
        output.setblocking(False)
        return _Worker(process, Lines(ours, output, None), 0)

    def _await_ready(self, worker: _Worker) -> None:
        channel = worker.lines.channel
        channel.settimeout(_READY_SECONDS)
        header, body = wire.sizes(_exactly(channel, wire.PREFIX.size))
        _exactly(channel, header + body)
        channel.setblocking(False)

    # --- as a Zygote ---

    def spawn(self, memory_mb: int, cpu_seconds: int) -> tuple[int, Lines]:
        """A worker with these limits: its run number and its lines."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare and spare[0] == (memory_mb, cpu_seconds) and spare[1].process.poll() is None:
            worker = spare[1]
        else:
            if spare:
                self._discard(spare[1])
            worker = self._start(memory_mb, cpu_seconds)
        with self._lock:
            self._runs += 1
            self._workers[self._runs] = worker
            run = self._runs
        threading.Thread(target=self.fork_ahead, args=(memory_mb, cpu_seconds), daemon=True).start()
        return run, worker.lines

    def fork_ahead(self, memory_mb: int, cpu_seconds: int) -> None:
        """Have a worker ready for the next run."""
        if self._spare or not self.alive:
            return
        with contextlib.suppress(HarnessFailure):
            worker = self._start(memory_mb, cpu_seconds)
            with self._lock:
                if self.alive and self._spare is None:
                    self._spare = ((memory_mb, cpu_seconds), worker)
                    return
            self._discard(worker)

    def count(self, change: int) -> None:
        """Note that a cell began or ended using a worker of this nursery."""
        with self._lock:
            self.active += change

    def interrupt(self, run: int) -> None:
        """Have a worker write down which line it is on."""
        worker = self._workers.get(run)
        if worker and os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                worker.process.send_signal(signal.SIGUSR1)

    def process_id(self, run: int) -> int:
        """A worker's process id; 0 when it is gone."""
        worker = self._workers.get(run)
        return worker.process.pid if worker else 0

    def end(self, run: int, grace: float = 0.0) -> Ended:
        """End a worker, waiting up to `grace` seconds for it to go by itself."""
        with self._lock:
            worker = self._workers.pop(run, None)
        if worker is None:
            return Ended(None, False, 0)
        try:
            status = worker.process.wait(timeout=grace)
            return Ended(90 if worker.over else status, False, 0)
        except subprocess.TimeoutExpired:
            self._discard(worker)
            return Ended(90 if worker.over else -9, not worker.over, 0)

    def end_soon(self, run: int) -> None:
        """End a worker."""
        self.end(run)

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            self.alive = False
            workers = [*self._workers.values(), *([self._spare[1]] if self._spare else [])]
            self._workers, self._spare = {}, None
        for worker in workers:
            self._discard(worker)

    def _discard(self, worker: _Worker) -> None:
        worker.lines.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.process.wait(timeout=5)

    def _watch(self) -> None:
        """End workers that hold more memory than they may; for systems without such a limit."""
        while self.alive:
            time.sleep(_WATCH_SECONDS)
            for worker in list(self._workers.values()):
                if _resident(worker.process.pid) - worker.at_start > worker.memory_mb << 20:
                    worker.over = True
                    worker.process.kill()


def _resident(pid: int) -> int:
    import psutil  # type: ignore[import-untyped]  # ships no annotations

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = channel.recv(size - len(data))
        if not piece:
            raise EOFError("it ended")
        data += piece
    return data
