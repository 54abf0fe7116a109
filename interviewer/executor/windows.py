"""A Windows Job Object around a worker: one process, limited memory, ended with its handle."""

from __future__ import annotations

import ctypes
from typing import Any

_KILL_ON_CLOSE, _ACTIVE_PROCESSES, _PROCESS_MEMORY, _DIE_ON_EXCEPTION = 0x2000, 0x8, 0x100, 0x400
_EXTENDED_LIMITS = 9


class _Basic(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("Basic", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def confine(process_handle: int, memory_mb: int) -> Any:
    """Put the process into a job of its own; keep the result until it may die. Raises OSError."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]  # Windows only
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = _Extended()
    limits.Basic.LimitFlags = _KILL_ON_CLOSE | _ACTIVE_PROCESSES | _PROCESS_MEMORY | _DIE_ON_EXCEPTION
    limits.Basic.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = memory_mb << 20
    done = job and kernel.SetInformationJobObject(
        job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    if not done or not kernel.AssignProcessToJobObject(job, ctypes.c_void_p(process_handle)):
        raise OSError("the job object was refused")
    return job
