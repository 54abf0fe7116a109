"""What the end of a candidate's process says about the code that ran in it."""

from __future__ import annotations

import re
import signal

from interviewer.domain.test_run import Verdict
from interviewer.executor.zygote import Ended

_OWN_LINE = re.compile(rb'File "solution\.py", line (\d{1,7}) ')


def own_line(told: bytes) -> int | None:
    """The innermost line of the candidate's file in what a process wrote down when it was stopped."""
    found = _OWN_LINE.search(told)
    return int(found[1]) if found else None


def ending(ended: Ended, memory_mb: int) -> tuple[Verdict, str]:
    """Verdict and message for a process that ended by itself, or was ended for what it did."""
    status = ended.status or 0
    if ended.killed:
        return Verdict.ERROR, "the code closed its connection to the tests"
    if status == 90:
        return Verdict.OUT_OF_MEMORY, f"used more than the {memory_mb} MB allowed"
    if status >= 0:
        return Verdict.ERROR, f"the code ended the process (exit status {status})"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    if name == "SIGXCPU":
        return Verdict.TIMED_OUT, "the processor time allowed is used up"
    if name == "SIGKILL" and ended.peak_kb > memory_mb * 700:
        return Verdict.OUT_OF_MEMORY, f"used more than the {memory_mb} MB allowed"
    told = {
        "SIGSEGV": "the process crashed (SIGSEGV): very deep recursion, or a fault in native code",
        "SIGSYS": "the code made a system call that is not allowed",
        "SIGKILL": "the process was killed (SIGKILL)",
    }
    return Verdict.ERROR, told.get(name, f"the process crashed ({name})")
