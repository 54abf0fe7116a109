"""Linux containment of the candidate's process, through ctypes on the kernel's stable ABI.

Every function raises OSError when its layer cannot be had.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import platform
import resource
import stat
import struct

from . import syscalls

_LIBC = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47


def _check(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def prctl(option: int, *values: int) -> int:
    """The system call of that name."""
    padded = [ctypes.c_ulong(v) for v in (*values, 0, 0, 0, 0)[:4]]
    return _check(_LIBC.prctl(option, *padded), f"prctl {option}")


# --- limits -----------------------------------------------------------------------------------


def limit_for_all() -> None:
    """No files written, no core, few descriptors, no locked memory: a zygote needs none of it either."""
    for what, value in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(what, (value, value))


def limit(memory_mb: int, cpu_seconds: int) -> None:
    """Address space (what is mapped now plus `memory_mb`) and processor time."""
    ceiling = _mapped_at_start + (memory_mb << 20)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    # The soft limit sends SIGXCPU, which tells a spent processor from a lack of memory.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))


_mapped_at_start = 256 << 20


def remember_mapped() -> None:
    """Find out how much address space is in use, by where a lower limit starts to refuse more.

    Files under /proc, which would tell, are not there inside bubblewrap.
    """
    global _mapped_at_start
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    low, high = 0, 1 << 36
    try:
        while high - low > 1 << 20:
            middle = (low + high) // 2
            resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
            try:
                mmap.mmap(-1, 1 << 16).close()
                high = middle
            except (OSError, MemoryError):
                low = middle
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    _mapped_at_start = high


# --- privileges -------------------------------------------------------------------------------


def drop_privileges() -> None:
    """No new privileges, no capabilities, not traceable by processes of the same user."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # an ordinary user has nothing to drop; past the last capability there is none
    header = struct.pack("<Ii", 0x20080522, 0)
    number = 126 if platform.machine() == "x86_64" else 91
    _check(_LIBC.syscall(number, header, bytes(24)), "capset")
    prctl(PR_SET_DUMPABLE, 0)


# --- Landlock ---------------------------------------------------------------------------------

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3


def landlock_abi() -> int:
    """Version of the kernel's Landlock; raises OSError where there is none."""
    return _check(_LIBC.syscall(_CREATE, None, 0, 1), "Landlock")


def restrict_files(readable: list[str]) -> None:
    """Allow reading below `readable` and nothing else: no writing, no TCP, no outside signals."""
    abi = landlock_abi()
    rights = (1 << 13) - 1
    rights |= (1 << 13 if abi >= 2 else 0) | (1 << 14 if abi >= 3 else 0) | (1 << 15 if abi >= 5 else 0)
    attributes = struct.pack("<QQQ", rights, 3, 3)
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    ruleset = _check(_LIBC.syscall(_CREATE, attributes, size, 0), "Landlock ruleset")
    try:
        for path in readable:
            try:
                handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            try:
                allowed = _READ_FILE | (_READ_DIR if stat.S_ISDIR(os.fstat(handle).st_mode) else 0)
                rule = struct.pack("<Qi", allowed, handle)
                _check(_LIBC.syscall(_ADD_RULE, ruleset, 1, rule, 0), "Landlock rule")
            finally:
                os.close(handle)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        _check(_LIBC.syscall(_RESTRICT, ruleset, 0), "Landlock")
    finally:
        os.close(ruleset)


# --- seccomp ----------------------------------------------------------------------------------

_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _EACCES, _ENOSYS = 1, 13, 38
_NEW_CALLS = 424  # from here on the numbers are the same everywhere; unknown ones do not exist for us
_NEW_ALLOWED = (436, 439, 441, 449, 454, 455, 456)  # close_range, faccessat2, epoll_pwait2, futex
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CLONE_THREAD = 0x10000
_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451)  # terminal attributes and size, bytes to read, cloexec
# Thread name, names the allocator gives to memory, and looking at one's own restrictions.
_PRCTLS = (15, 16, 0x53564D41, 3, 23, 39)
_LOCKS = (5, 6, 7, 8, 10, 15, 36, 37, 38, 1024, 1026)  # file locks, owners, signals, leases


class _Program:
    """A BPF program under construction. Jumps count instructions from the next one."""

    def __init__(self) -> None:
        self.code = bytearray()

    def add(self, code: int, value: int, yes: int = 0, no: int = 0) -> None:
        self.code += struct.pack("<HBBI", code, yes, no, value)

    def load(self, offset: int) -> None:
        self.add(0x20, offset)

    def give(self, action: int) -> None:
        self.add(0x06, action)

    def unless(self, value: int, action: int) -> None:
        """Return `action` unless the loaded word equals `value`."""
        self.add(0x15, value, 1, 0)
        self.give(action)

    def when(self, value: int, action: int) -> None:
        """Return `action` when the loaded word equals `value`."""
        self.add(0x15, value, 0, 1)
        self.give(action)

    def call(self, number: int, body: _Program) -> None:
        """Run `body`, which always returns, for the system call `number`."""
        self.add(0x15, number, 0, len(body.code) // 8)
        self.code += body.code

    def refuse(self, numbers: list[int], action: int) -> None:
        """Return `action` when the loaded word is one of `numbers` (at most 256)."""
        for left, number in zip(reversed(range(len(numbers))), numbers, strict=True):
            self.add(0x15, number, left, 0 if left else 1)
        self.give(action)


def _argument(index: int) -> int:
    return 16 + 8 * index


def _one_of(index: int, allowed: tuple[int, ...], action: int) -> _Program:
    body = _Program()
    body.load(_argument(index))
    for value in allowed:
        body.when(value, _ALLOW)
    body.give(action)
    return body


def _none_of(index: int, mask: int, hit: int, miss: int) -> _Program:
    body = _Program()
    body.load(_argument(index))
    body.add(0x45, mask, 0, 1)
    body.give(hit)
    body.give(miss)
    return body


def seccomp_shared(machine: str) -> bytes:
    """The filter for everything neither a zygote nor its children need on `machine`.

    The zygote puts it on itself, so that a fork need not pay for its many instructions.
    """
    if machine not in _AUDIT:
        raise OSError(f"no system call table for {machine}")
    calls = syscalls.checked(machine)
    program = _Program()
    program.load(4)
    program.unless(_AUDIT[machine], _KILL)
    program.load(0)
    if machine == "x86_64":
        program.add(0x35, 0x40000000, 0, 1)
        program.give(_KILL)
    program.refuse(list(syscalls.denied(machine).values()), _ERRNO | _EPERM)
    opening = _none_of(1, _WRITING, _ERRNO | _EACCES, _ALLOW)
    if "open" in calls:
        program.call(calls["open"], opening)
    program.call(calls["openat"], _none_of(2, _WRITING, _ERRNO | _EACCES, _ALLOW))
    program.call(calls["ioctl"], _one_of(1, _IOCTLS, _ERRNO | _EPERM))
    locks = _Program()
    locks.load(_argument(1))
    locks.refuse(list(_LOCKS), _ERRNO | _EPERM)
    locks.give(_ALLOW)
    program.call(calls["fcntl"], locks)
    for number in _NEW_ALLOWED:
        program.when(number, _ALLOW)
    program.add(0x35, _NEW_CALLS, 0, 1)
    program.give(_ERRNO | _ENOSYS)
    program.give(_ALLOW)
    return bytes(program.code)


def seccomp_own(machine: str, pid: int) -> bytes:
    """The filter on top of the shared one: what a child with number `pid` may not do and its zygote must."""
    if machine not in _AUDIT:
        raise OSError(f"no system call table for {machine}")
    eperm, calls = _ERRNO | _EPERM, syscalls.checked(machine)
    program = _Program()
    program.load(0)
    program.refuse(list(syscalls.parents(machine).values()), eperm)
    program.call(calls["clone"], _none_of(0, _CLONE_THREAD, _ALLOW, eperm))
    for name in ("kill", "tgkill"):
        program.call(calls[name], _one_of(0, (pid,), eperm))
    program.call(calls["prctl"], _one_of(0, _PRCTLS, eperm))
    limits = _Program()
    for offset in (_argument(0), _argument(2), _argument(2) + 4):
        limits.load(offset)
        limits.unless(0, eperm)
    limits.give(_ALLOW)
    program.call(calls["prlimit64"], limits)
    program.give(_ALLOW)
    return bytes(program.code)


def install_seccomp(*programs: bytes) -> None:
    """Put filters on this process and everything it starts, for good."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    for program in programs:
        buffer = ctypes.create_string_buffer(program, len(program))
        head = struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
        address = ctypes.create_string_buffer(head, len(head))
        _check(_LIBC.prctl(PR_SET_SECCOMP, 2, ctypes.c_void_p(ctypes.addressof(address)), 0, 0), "seccomp")
