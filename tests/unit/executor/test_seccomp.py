"""The filter, run by a small interpreter of its own, for both processors."""

from __future__ import annotations

import struct
import subprocess
import sys

import pytest

if sys.platform != "linux":
    pytest.skip("the filter is for Linux", allow_module_level=True)

from interviewer.executor.child import linux, syscalls

ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, EPERM, EACCES, ENOSYS, KILL = 0x7FFF0000, 0x00050001, 0x0005000D, 0x00050026, 0x80000000
PID = 4242


def verdict(machine: str, number: int, *args: int, arch: int | None = None) -> int:
    """What the kernel answers a child, whose filters both judge: the gravest answer counts."""
    programs = (linux.seccomp_own(machine, PID), linux.seccomp_shared(machine))
    answers = [run(code, machine, number, *args, arch=arch) for code in programs]
    return min(answers, key=lambda answer: (answer != KILL, answer))


def run(code: bytes, machine: str, number: int, *args: int, arch: int | None = None) -> int:
    """Classic BPF over seccomp_data."""
    words = [number, ARCH[machine] if arch is None else arch, 0, 0]
    for value in (*args, 0, 0, 0, 0, 0, 0)[:6]:
        words += [value & 0xFFFFFFFF, value >> 32]
    at, loaded = 0, 0
    while True:
        operation, yes, no, constant = struct.unpack_from("<HBBI", code, at * 8)
        at += 1
        if operation == 0x20:
            loaded = words[constant // 4]
        elif operation == 0x15:
            at += yes if loaded == constant else no
        elif operation == 0x35:
            at += yes if loaded >= constant else no
        elif operation == 0x45:
            at += yes if loaded & constant else no
        else:
            assert operation == 0x06
            return int(constant)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_refused_calls_are_refused_and_the_rest_of_the_table_is_not(machine: str) -> None:
    refused = syscalls.denied(machine) | syscalls.parents(machine)
    for name, number in refused.items():
        assert verdict(machine, number) == EPERM, name
    special = set(syscalls.checked(machine).values()) | set(refused.values())
    for number in set(range(424)) - special:
        assert verdict(machine, number) == ALLOW, number


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_arguments_decide(machine: str) -> None:
    calls = syscalls.checked(machine)
    assert verdict(machine, calls["openat"], 0, 0, 0) == ALLOW
    for flags in (1, 2, 0o100, 0o1000, 0o2000, 0o20000002):
        assert verdict(machine, calls["openat"], 0, 0, flags) == EACCES
    assert verdict(machine, calls["clone"], 0x10000 | 0x100) == ALLOW
    assert verdict(machine, calls["clone"], 17) == EPERM
    assert verdict(machine, calls["clone3"]) == ENOSYS
    for name in ("kill", "tgkill"):
        assert verdict(machine, calls[name], PID, 9) == ALLOW
        assert verdict(machine, calls[name], 1, 9) == EPERM
        assert verdict(machine, calls[name], 0xFFFFFFFF, 9) == EPERM
    assert verdict(machine, calls["prlimit64"], 0, 7, 0, 1) == ALLOW
    assert verdict(machine, calls["prlimit64"], 0, 7, 1 << 40, 0) == EPERM
    assert verdict(machine, calls["prlimit64"], 99, 7, 0, 1) == EPERM
    assert verdict(machine, calls["ioctl"], 0, 0x5412) == EPERM
    assert verdict(machine, calls["ioctl"], 0, 0x5401) == ALLOW
    assert verdict(machine, calls["prctl"], 4, 1) == EPERM
    assert verdict(machine, calls["fcntl"], 3, 6) == EPERM
    assert verdict(machine, calls["fcntl"], 3, 1) == ALLOW


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_zygote_may_fork_limit_and_signal_and_do_nothing_else_a_child_may_not(machine: str) -> None:
    shared, calls = linux.seccomp_shared(machine), syscalls.checked(machine)
    for name, number in syscalls.parents(machine).items():
        assert run(shared, machine, number) == ALLOW, name
    for name in ("clone", "kill", "prctl", "prlimit64"):
        assert run(shared, machine, calls[name], 17) == ALLOW
    for name, number in syscalls.denied(machine).items():
        assert run(shared, machine, number) == EPERM, name
    assert run(shared, machine, calls["openat"], 0, 0, 1) == EACCES
    assert run(shared, machine, 425) == ENOSYS


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_other_architectures_and_unknown_calls(machine: str) -> None:
    assert verdict(machine, 20, arch=0x40000003) == KILL
    for number in (424, 425, 428, 434, 438, 470, 5000):
        assert verdict(machine, number) == ENOSYS
    assert verdict(machine, 439) == ALLOW
    if machine == "x86_64":
        assert verdict(machine, 0x40000000 | 41) == KILL


def test_other_machines_have_no_filter() -> None:
    with pytest.raises(OSError, match="no system call table"):
        linux.seccomp_shared("riscv64")
    with pytest.raises(OSError, match="no system call table"):
        linux.seccomp_own("riscv64", 1)


def test_the_executor_loads_nothing_heavy() -> None:
    script = (
        "import sys, interviewer.executor, interviewer.expect\n"
        "print([m for m in ('numpy', 'psutil', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
