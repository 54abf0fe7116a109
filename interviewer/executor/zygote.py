"""The trusted end of a zygote: start it, have it fork, signal and end children."""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import struct
import subprocess
import threading
from dataclasses import dataclass
from typing import Any

from interviewer.errors import HarnessFailure
from interviewer.executor import layers, spawner

_LENGTH = struct.Struct("<I")
_START_SECONDS = 30.0
_REPLY_SECONDS = 5.0
_MAX_OWED = 32
_PATIENCE = struct.pack("@ll", 0, 2000)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: exit code (negative: signal), whether it had to be killed, peak kilobytes."""

    status: int | None
    killed: bool
    peak_kb: int


class Lines:
    """The trusted ends of one child's lines, none of them blocking for long; closed once.

    `output` is a descriptor, or a socket on Windows, where there is no `diagnosis` either.
    """

    def __init__(self, channel: socket.socket, output: int | socket.socket, diagnosis: int | None) -> None:
        self.channel = channel
        self._output = output
        self._diagnosis = diagnosis
        self._open = True

    @property
    def output(self) -> int:
        """What to wait on for output."""
        return self._output if isinstance(self._output, int) else self._output.fileno()

    @property
    def diagnosis(self) -> list[int]:
        """What to wait on for the lines a stack dump names."""
        return [] if self._diagnosis is None else [self._diagnosis]

    def read_output(self) -> bytes:
        """What was printed; empty at the end; raises BlockingIOError when there is nothing yet."""
        return os.read(self._output, 65536) if isinstance(self._output, int) else self._output.recv(65536)

    def read_diagnosis(self) -> bytes:
        """What the process wrote about itself so far."""
        try:
            return b"" if self._diagnosis is None else os.read(self._diagnosis, 65536)
        except OSError:
            return b""

    def close(self) -> None:
        """Close all of them."""
        if not self._open:
            return
        self._open = False
        self.channel.close()
        if isinstance(self._output, int):
            os.close(self._output)
        else:
            self._output.close()
        if self._diagnosis is not None:
            os.close(self._diagnosis)


class Zygote:
    """One zygote process. All methods raise HarnessFailure when it does not do its part."""

    def __init__(self, libraries: tuple[str, ...], wanted: tuple[str, ...]) -> None:
        self._lock = threading.Lock()
        self._owed = 0
        self._runs = 0
        self._spare: tuple[tuple[int, int], int, Lines] | None = None
        self.active = 0
        self.alive = False
        self.unfit = False  # set when a child got lost: the next run is not to use this one
        self.reports: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        self._libraries = libraries
        wrap_problem = layers.bubblewrap_missing() if "bubblewrap" in wanted else "off"
        if not wrap_problem:
            try:
                self._start(wanted, wrapped=True)
                self.reports["bubblewrap"] = "on"
                return
            except HarnessFailure as failure:
                wrap_problem = failure.message
        self._start(wanted, wrapped=False)
        if "bubblewrap" in wanted:
            self.reports["bubblewrap"] = wrap_problem

    def _start(self, wanted: tuple[str, ...], *, wrapped: bool) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.settimeout(_START_SECONDS)
        command = layers.command_line(self._libraries, wrapped=wrapped)
        try:
            self._process = spawner.start(
                lambda: subprocess.Popen(
                    command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=layers.environment(),
                    cwd="/",
                    start_new_session=True,
                    close_fds=True,
                )
            )
        except OSError as error:
            ours.close()
            raise HarnessFailure(f"the sandbox process did not start: {error.strerror or error}") from error
        finally:
            theirs.close()
        self._control = ours
        self.alive = True
        folders = {name: layers.library_folder(name) for name in self._libraries}
        answer = self._ask(
            {
                "do": "prepare",
                "libraries": {name: folder for name, folder in folders.items() if folder},
                "layers": [name for name in wanted if name != "bubblewrap"],
                "readable": layers.readable(self._libraries),
            },
            seconds=_START_SECONDS,
        )
        self.missing = {name: "not installed" for name, folder in folders.items() if not folder}
        self.missing |= answer["missing"]
        self.reports = dict(answer["layers"])
        self.pid: int = self._process.pid

    # --- talking ---

    def _ask(
        self, command: dict[str, Any], fds: tuple[int, ...] = (), seconds: float = _REPLY_SECONDS
    ) -> Any:
        with self._lock:
            if not self.alive:
                raise HarnessFailure("the sandbox process is gone")
            try:
                self._control.settimeout(seconds)
                self._send(command, fds)
                while self._owed:
                    self._receive()
                    self._owed -= 1
                answer = self._receive()
            except (OSError, EOFError, ValueError) as error:
                self._abandon()
                raise HarnessFailure(f"the sandbox process does not answer: {error or 'it ended'}") from error
        if "error" in answer:
            raise HarnessFailure(f"the sandbox process failed: {answer['error']}")
        return answer

    def _send(self, command: dict[str, Any], fds: tuple[int, ...]) -> None:
        data = json.dumps(command).encode()
        packet = _LENGTH.pack(len(data)) + data
        sent = socket.send_fds(self._control, [packet], fds) if fds else 0
        self._control.sendall(packet[sent:])

    def _receive(self) -> Any:
        size = _LENGTH.unpack(self._exactly(_LENGTH.size))[0]
        return json.loads(self._exactly(size))

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self._control.recv(size - len(data))
            if not piece:
                raise EOFError("it ended")
            data += piece
        return data

    def _post(self, command: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
        """Send a command without waiting for its answer, which a later one collects."""
        with self._lock:
            if not self.alive:
                raise HarnessFailure("the sandbox process is gone")
            try:
                self._control.settimeout(_REPLY_SECONDS)
                while self._owed > _MAX_OWED:
                    self._receive()
                    self._owed -= 1
                self._send(command, fds)
                self._owed += 1
            except (OSError, EOFError, ValueError) as error:
                self._abandon()
                raise HarnessFailure(f"the sandbox process does not answer: {error or 'it ended'}") from error

    # --- children ---

    def spawn(self, memory_mb: int, cpu_seconds: int) -> tuple[int, Lines]:
        """A child with these limits: its run number and its lines. One forked ahead is taken if it fits."""
        with self._lock:
            spare = self._spare
            if spare and spare[0] == (memory_mb, cpu_seconds):
                self._spare = None
                return spare[1], spare[2]
        return self._fork(memory_mb, cpu_seconds)

    def fork_ahead(self, memory_mb: int, cpu_seconds: int) -> None:
        """Have a child ready for the next run; replaces one with other limits."""
        limits = (memory_mb, cpu_seconds)
        with self._lock:
            spare = self._spare
            if spare and spare[0] == limits:
                return
            self._spare = None
        if spare:
            spare[2].close()
            self.end_soon(spare[1])
        run, lines = self._fork(memory_mb, cpu_seconds)
        with self._lock:
            if self._spare is None and self.alive:
                self._spare = (limits, run, lines)
                return
        lines.close()
        self.end_soon(run)

    def _fork(self, memory_mb: int, cpu_seconds: int) -> tuple[int, Lines]:
        """Fork a child; a fork that fails shows as a closed channel."""
        with self._lock:
            self._runs += 1
            run = self._runs
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        fds = [theirs.detach()]
        lines: Lines | None = None
        try:
            output, output_end = os.pipe()
            fds.append(output_end)
            diagnosis, diagnosis_end = os.pipe()
            fds.append(diagnosis_end)
            lines = Lines(ours, output, diagnosis)
            for fd in (output, diagnosis, diagnosis_end):
                os.set_blocking(fd, False)
            # Most answers come within this time: then receiving is all there is to do. Later than that
            # what is printed is looked at as well.
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _PATIENCE)
            command = {"do": "spawn", "run": run, "memory_mb": memory_mb, "cpu_seconds": cpu_seconds}
            self._post(command, tuple(fds))
            return run, lines
        except BaseException:
            (lines or ours).close()
            raise
        finally:
            for fd in fds:
                os.close(fd)

    def count(self, change: int) -> None:
        """Note that a cell began or ended using this zygote."""
        with self._lock:
            self.active += change

    def interrupt(self, run: int) -> None:
        """Have a child write down which line it is on."""
        self._ask({"do": "interrupt", "run": run})

    def process_id(self, run: int) -> int:
        """A child's process id as the zygote sees it; 0 when it is gone."""
        found: int = self._ask({"do": "whois", "run": run})["pid"]
        return found

    def end(self, run: int, grace: float = 0.0) -> Ended:
        """End a child, waiting up to `grace` seconds for it to go by itself."""
        answer = self._ask({"do": "end", "run": run, "grace": grace}, seconds=_REPLY_SECONDS + grace)
        return Ended(answer["status"], answer["killed"], answer["peak_kb"])

    def end_soon(self, run: int) -> None:
        """End a child without waiting until it is gone."""
        with contextlib.suppress(HarnessFailure):
            self._post({"do": "end", "run": run, "grace": 0.0})

    def _abandon(self) -> None:
        self.alive = False
        self._drop_spare()
        self._control.close()
        self._process.kill()
        self._process.wait()

    def _drop_spare(self) -> None:
        spare, self._spare = self._spare, None
        if spare:
            spare[2].close()

    def close(self) -> None:
        """End the zygote and its children: it ends by itself when its control socket closes."""
        with self._lock:
            if not self.alive:
                return
            self.alive = False
            self._drop_spare()
            self._control.close()
            try:
                self._process.wait(timeout=2.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(timeout=2.0)


def wait(readers: list[int], writer: int | None, seconds: float) -> set[int]:
    """Descriptors ready within `seconds`; a hung-up one counts as ready."""
    seconds = max(0.0, seconds)
    if not hasattr(select, "poll"):
        ready = select.select(readers, [] if writer is None else [writer], [], seconds)
        return {*ready[0], *ready[1]}
    poller = select.poll()
    for fd in readers:
        poller.register(fd, select.POLLIN)
    if writer is not None:
        poller.register(writer, select.POLLOUT)
    return {fd for fd, _ in poller.poll(seconds * 1000)}
