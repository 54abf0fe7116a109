"""Runs the attacks against an executor, each followed by a known-good run.

As a script: ``python battery.py [--layers all|none|NAME,...] [--only TEXT]`` prints one JSON
document ``{attack name: "" | how it escaped}``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from interviewer.domain.phases import Kind
from interviewer.domain.rubric import Seniority
from interviewer.domain.scenario import Limits, QuestionType, Scenario, TestSpec
from interviewer.domain.test_run import Tier, Verdict
from interviewer.executor import LocalExecutor

GOOD = "def f(x, arena):\n    return 3 * x + 1\n"
PATIENCE = 20.0
PATIENT = Limits(call_seconds=6.0, total_seconds=12.0, memory_mb=256)

_TESTS = """
import json
from pathlib import Path
from interviewer import expect

ARENA = json.loads((Path(__file__).parent / "arena.json").read_text())

def test_answer(solution, rng):
    x = rng.normal(size=4)
    expect.close(solution.f(x, {**ARENA, "callback": lambda v: v}), 3 * x + 1)
"""


def attacks() -> ModuleType:
    """The list beside this file."""
    return sibling("attacks")


def sibling(name: str) -> ModuleType:
    """A module of this folder, loaded by path (the folder is no package)."""
    spec = importlib.util.spec_from_file_location(f"executor_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def scenario(folder: Path, **changes: Any) -> Scenario:
    """The one-test scenario in `folder`."""
    given: dict[str, Any] = {
        "id": "arena",
        "title": "Arena",
        "kind": Kind.CODING,
        "question_type": QuestionType.ALGORITHM,
        "patterns": (),
        "level": Seniority.MID,
        "minutes": 10,
        "rubric": "",
        "signatures": (),
        "entry": ("f",),
        "brief": "",
        "guide": "",
        "starter": "",
        "facts": (),
        "hints": (),
        "decisions": (),
        "follow_ups": (),
        "interjections": (),
        "tests": (TestSpec(name="answer", tier=Tier.CORE),),
        "mutants": (),
        "limits": Limits(call_seconds=0.6, total_seconds=3.0, memory_mb=256),
        "path": str(folder),
    }
    return Scenario(**{**given, **changes})


@contextmanager
def arena() -> Iterator[Path]:
    """A folder with something to steal and something to break, and listeners to reach."""
    with tempfile.TemporaryDirectory(prefix="arena-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "tests.py").write_text(_TESTS)
        (folder / "reference.py").write_text("def f(x, arena):\n    return 3 * x + 1  # REFERENCE-TEXT\n")
        (folder / "secret").write_text("SECRET-TEXT")
        (folder / "target").write_text("intact")
        (folder / "removable").write_text("intact")
        (folder / "folder").mkdir()
        tcp, unix, abstract = socket.socket(), socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        tcp.bind(("127.0.0.1", 0))
        unix.bind(str(folder / "socket"))
        named = f"\0arena-{os.getpid()}-{threading.get_ident()}"
        abstract.bind(named)
        for listener in (tcp, unix, abstract):
            listener.listen(64)
        site = [p for p in sys.path if p.endswith("site-packages")]
        facts = {
            "dir": str(folder),
            "home": str(Path.home()),
            "pid": os.getpid(),
            "port": tcp.getsockname()[1],
            "abstract": named,
            "address": id(site),
            "site": site,
        }
        (folder / "arena.json").write_text(json.dumps(facts))
        try:
            yield folder
        finally:
            for listener in (tcp, unix, abstract):
                listener.close()


def escaped(executor: LocalExecutor, attack: Any, folder: Path) -> str:
    """Run one attack and a known-good solution after it; how it escaped, empty when it did not."""
    case = scenario(folder)
    patient = scenario(folder, limits=PATIENT)
    started = time.monotonic()
    try:
        run = executor.run_tests(case, attack.source, tests=case.tests)
        if run.verdict is Verdict.TIMED_OUT and "timed_out" not in attack.verdicts:
            # A busy machine, or really without end? Only the second times out again.
            run = executor.run_tests(patient, attack.source, tests=patient.tests)
    except BaseException as error:
        return f"the supervisor raised {type(error).__name__}: {error}"
    took = time.monotonic() - started
    if attack.settle:
        time.sleep(attack.settle)
    shown = json.dumps([run.message, *((r.message, r.got, r.stdout) for r in run.results)])
    problems = []
    if run.verdict is Verdict.PASSED:
        problems.append("passed the test")
    if "ESCAPED" in shown or "SECRET-TEXT" in shown:
        problems.append("did what it tried")
    if "\\u001b" in shown or "\\ud8" in shown:
        problems.append("unsafe text came through")
    marks = [p.name for p in folder.iterdir() if p.name.startswith("mark-")]
    if marks or (folder / "target").read_text() != "intact":
        problems.append(f"left its mark {marks}")
    for path in (folder / "removable", folder / "target"):
        path.write_text("intact")
    (folder / "folder").mkdir(exist_ok=True)
    for mark in marks:
        path = folder / mark
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    if took > PATIENCE:
        problems.append(f"took {took:.1f} s")
    if run.verdict is Verdict.HARNESS_ERROR:
        problems.append(f"harness error: {run.results[0].message}")
    elif run.verdict.value not in attack.verdicts and run.verdict is not Verdict.PASSED:
        problems.append(f"verdict {run.verdict.value}: {run.results[0].message}")
    good = executor.run_tests(patient, GOOD, tests=patient.tests)
    if not good.green:
        problems.append(f"a good solution no longer passes: {good.results[0].message}")
    return "; ".join(problems)


def sweep(layers: list[str] | None, only: str = "") -> dict[str, str]:
    """All attacks with these layers, on two threads, each with an arena and a zygote of its own."""
    os.environ["ARENA_KEY"] = "SECRET-TEXT"
    chosen = [a for a in attacks().ATTACKS if only in f"{a.group}: {a.name}"]
    found: dict[str, str] = {}
    lock = threading.Lock()
    queue = iter(chosen)

    def work() -> None:
        with arena() as folder, LocalExecutor(layers=layers) as executor:
            executor.warm()
            while True:
                with lock:
                    attack = next(queue, None)
                if attack is None:
                    return
                found[f"{attack.group}: {attack.name}"] = escaped(executor, attack, folder)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work) for _ in range(2)]:
            done.result()
    return {f"{a.group}: {a.name}": found[f"{a.group}: {a.name}"] for a in chosen}


def ordinary_user(command: list[str]) -> list[str] | None:
    """`command` as an ordinary user, for when we are root; None when that cannot be arranged.

    Where the interpreter lies in a folder only root may enter, a mount namespace of the command's
    own shows the interpreter at the same place under an open folder.
    """
    if os.geteuid() != 0:
        return command
    drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", *command]
    base = Path(sys.base_prefix).resolve()
    closed = [p for p in [base, *base.parents] if not p.stat().st_mode & 0o001]
    if not closed:
        return drop
    script = (
        'set -e; kept=$(mktemp -d); mount --bind "$1" "$kept"; mount -t tmpfs -o mode=755 none "$2"; '
        'mkdir -p "$1"; mount --bind "$kept" "$1"; cd /; shift 2; exec "$@"'
    )
    return ["unshare", "-m", "sh", "-c", script, "sh", str(base), str(closed[-1]), *drop]


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", default="all")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    layers = None if options.layers == "all" else [n for n in options.layers.split(",") if n != "none"]
    print(json.dumps(sweep(layers, options.only), indent=1))


if __name__ == "__main__":
    main()
