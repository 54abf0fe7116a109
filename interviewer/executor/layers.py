"""The containment layers of each platform, and what the candidate's process may read."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

CHILD = Path(__file__).parent / "child"

LINUX = ("bubblewrap", "landlock", "privileges", "rlimits", "seccomp")
MACOS = ("sandbox-exec", "memory watch")
WINDOWS = ("job object",)

# What each layer keeps the candidate's code from, in the words of the status line.
COVERS = {
    "rlimits": "memory, processor time, written bytes",
    "privileges": "gaining rights, being traced",
    "landlock": "reading and writing files",
    "seccomp": "network, processes, kernel interfaces",
    "bubblewrap": "seeing other files and processes",
    "sandbox-exec": "files, network and processes",
    "memory watch": "memory",
    "job object": "memory and processes",
}

# Packages that come with an allowed library.
_COMPANIONS = {"pandas": ("dateutil", "pytz", "six", "tzdata"), "scipy": ()}


@dataclass(frozen=True, slots=True)
class LayerReport:
    """One layer: `on` as shown by attempting the forbidden act, else the reason it is missing."""

    name: str
    on: bool
    reason: str = ""
    covers: str = ""


def platform_layers() -> tuple[str, ...]:
    """The layers this platform can have."""
    if sys.platform == "linux":
        return LINUX
    if sys.platform == "darwin":
        return MACOS
    return WINDOWS if os.name == "nt" else ()


def python() -> str:
    """The interpreter itself, not a virtual environment's link to it."""
    return str(Path(getattr(sys, "_base_executable", None) or sys.executable).resolve())


@functools.cache
def library_paths(library: str) -> tuple[str, ...]:
    """A library's own files and folders; empty when it is not installed. Imports nothing."""
    found: list[str] = []
    for name in (library, *_COMPANIONS.get(library, ())):
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            spec = None
        if spec is None:
            continue
        places = list(spec.submodule_search_locations or ([spec.origin] if spec.origin else []))
        for place in places:
            found.append(str(Path(place).resolve()))
            bundled = Path(place).parent / f"{name}.libs"
            if bundled.is_dir():
                found.append(str(bundled.resolve()))
    return tuple(found)


def library_folder(library: str) -> str | None:
    """The folder to import a library from, or None when it is not installed."""
    paths = library_paths(library)
    return str(Path(paths[0]).parent) if paths else None


@functools.cache
def standard_library() -> tuple[str, ...]:
    """The folders of the standard library (without site-packages' own contents being needed)."""
    paths = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    paths |= {p for p in sys.path if p.endswith("lib-dynload")}
    return tuple(sorted({str(Path(p).resolve()) for p in paths if p and Path(p).is_dir()}))


def readable(libraries: tuple[str, ...]) -> list[str]:
    """What the candidate's process may read: the standard library and the allowed libraries.

    The standard library is listed entry by entry, since site-packages lives inside its folder.
    """
    listed: list[str] = []
    for folder in standard_library():
        listed += [str(p) for p in Path(folder).iterdir() if p.name not in {"site-packages", "dist-packages"}]
    for library in libraries:
        listed += library_paths(library)
    if Path("/usr/share/zoneinfo").is_dir():
        listed.append("/usr/share/zoneinfo")
    return listed


def command_line(libraries: tuple[str, ...], *, wrapped: bool) -> list[str]:
    """How the zygote is started; inside bubblewrap when `wrapped`."""
    start = [python(), "-I", "-S", "-B", "-X", "utf8", str(CHILD / "zygote.py")]
    if not wrapped:
        return start
    wrap = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent", "--cap-drop", "ALL"]
    shown = [*standard_library(), str(CHILD), python()]
    for library in libraries:
        shown += library_paths(library)
    base = Path(sys.base_prefix).resolve() / "lib"
    shown += [str(p) for p in base.glob("libpython*")]
    for system in ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo"):
        if Path(system).is_symlink():
            wrap += ["--symlink", str(Path(system).readlink()), system]
        elif Path(system).exists():
            wrap += ["--ro-bind", system, system]
    for path in shown:
        if not path.startswith(("/usr/lib/", "/lib/")):
            wrap += ["--ro-bind", path, path]
    return [*wrap, "--dev", "/dev", "--chdir", "/", "--", *start]


def worker_command(profile: str) -> list[str]:
    """How a single-use worker is started; under sandbox-exec when there is a `profile`."""
    start = [python(), "-I", "-S", "-B", "-X", "utf8", str(CHILD / "worker.py")]
    return [shutil.which("sandbox-exec") or "sandbox-exec", "-p", profile, *start] if profile else start


def seatbelt_profile(libraries: tuple[str, ...]) -> str:
    """What a worker may do on macOS: read the interpreter, the libraries and the system's; nothing else."""
    base = str(Path(sys.base_prefix).resolve())
    shown = [base, str(CHILD), *readable(libraries), "/usr/lib", "/System", "/Library/Frameworks"]
    rules = [
        "(version 1)",
        "(deny default)",
        "(allow sysctl-read)",
        "(allow file-read-metadata)",
        "(allow signal (target self))",
        f"(allow process-exec (literal {json.dumps(python())}))",
        '(allow file-read* (literal "/") (literal "/dev/null") (literal "/dev/urandom"))',
        '(allow file-write-data (literal "/dev/null"))',
        *(f"(allow file-read* (subpath {json.dumps(path)}))" for path in shown),
    ]
    return "\n".join(rules)


@functools.cache
def bubblewrap_missing() -> str:
    """Why bubblewrap cannot be used here; empty when it can."""
    if sys.platform != "linux":
        return "Linux only"
    if shutil.which("bwrap") is None:
        return "bwrap is not installed"
    trial = [*command_line((), wrapped=True)[:-1], "-c", "pass"]
    trial = [part for part in trial if part]
    try:
        done = subprocess.run(
            trial, stdin=subprocess.DEVNULL, capture_output=True, timeout=10, check=False, env=environment()
        )
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    if done.returncode:
        return done.stderr.decode("utf-8", "replace").strip()[:200] or f"bwrap ended with {done.returncode}"
    return ""


def environment() -> dict[str, str]:
    """The whole environment of the candidate's side: nothing of ours."""
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")}
    kept = {k: os.environ[k] for k in ("SYSTEMROOT",) if k in os.environ}  # Windows cannot start without
    return {**threads, "LANG": "C.UTF-8", "PATH": "", **kept}
