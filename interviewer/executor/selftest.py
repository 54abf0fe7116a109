"""Each Linux layer tried from inside: attempt what it forbids and see it refused."""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from typing import Any

from interviewer.domain.test_run import Verdict
from interviewer.errors import HarnessFailure
from interviewer.executor import layers
from interviewer.executor.cell import Cell
from interviewer.executor.stops import CandidateError, Stopped, Untravelled
from interviewer.executor.workers import Nursery
from interviewer.executor.zygote import Zygote

_MEMORY_MB = 64

# Runs where a candidate's file would. Each function gives "" when it was refused, else what happened.
_PROBE = """
import ctypes, os, socket, struct, platform

libc = ctypes.CDLL(None, use_errno=True)

def rlimits(arena):
    try:
        bytearray(arena["memory_mb"] << 20)
    except MemoryError:
        return ""
    return "more memory than allowed was given"

def privileges(arena):
    if libc.prctl(39, 0, 0, 0, 0) != 1:
        return "new privileges can be gained"
    if libc.prctl(3, 0, 0, 0, 0) != 0:
        return "the process can be traced"
    header, data = struct.pack("<Ii", 0x20080522, 0), ctypes.create_string_buffer(24)
    number = 125 if platform.machine() == "x86_64" else 90
    if libc.syscall(number, header, data) or any(struct.unpack("<6I", data.raw)[:2]):
        return "capabilities are left"
    return ""

def landlock(arena):
    try:
        os.listdir(arena["harness"])
    except PermissionError:
        return ""
    return "a folder outside the libraries can be read"

def seccomp(arena):
    try:
        socket.socket().close()
    except PermissionError:
        return ""
    return "a socket can be opened"

def bubblewrap(arena):
    try:
        os.stat(arena["elsewhere"])
    except FileNotFoundError:
        return ""
    return "other files can be seen"

def sandbox_exec(arena):
    try:
        os.listdir(os.path.dirname(arena["elsewhere"]))
    except PermissionError:
        return seccomp(arena)
    return "other files can be read"

job_object = memory_watch = rlimits
"""


def attempt(zygote: Zygote | Nursery) -> dict[str, str]:
    """State of every layer the zygote was asked for: `on` when its forbidden act was refused."""
    reports = dict(zygote.reports)
    cell = None
    try:
        cell = Cell(
            zygote,
            memory_mb=_MEMORY_MB,
            cpu_seconds=10,
            call_seconds=5.0,
            run_deadline=time.monotonic() + 10.0,
        )
        names = tuple(name for name, state in reports.items() if state == "on")
        solution = cell.load(_PROBE, tuple(map(_function, names)))
        with tempfile.NamedTemporaryFile() as elsewhere:
            arena = {
                "memory_mb": _MEMORY_MB * 2,
                "harness": str(layers.CHILD),
                "elsewhere": elsewhere.name,
            }
            for name in names:
                reports[name] = _refused(solution, name, arena)
    except (HarnessFailure, Stopped, CandidateError) as error:
        reports = {n: f"could not be tried: {error}" if s == "on" else s for n, s in reports.items()}
    finally:
        if cell:
            with suppress(HarnessFailure):
                cell.close()
    return reports


def _refused(solution: Any, name: str, arena: dict[str, Any]) -> str:
    try:
        happened = getattr(solution, _function(name))(arena)
    except Stopped as stop:
        if stop.verdict is Verdict.OUT_OF_MEMORY:
            return "on"
        raise
    except (CandidateError, Untravelled) as error:
        return f"could not be tried: {error}"
    return str(happened) or "on"


def _function(layer: str) -> str:
    return layer.replace("-", "_").replace(" ", "_")
