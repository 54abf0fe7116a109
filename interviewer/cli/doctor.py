"""`interviewer doctor`: what works on this machine, what does not, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from interviewer.cli.compose import Home, make_executor, open_home
from interviewer.cli.console import print_json, safe
from interviewer.cli.guard import FAILED
from interviewer.errors import ContentError, InterviewerError

SMALLEST = (80, 24)
# Extra, the library it brings, and what that is for.
EXTRAS = (
    ("serve", "textual-serve", "interviewer serve"),
    ("anthropic", "langchain-anthropic", "models of the preset anthropic"),
    ("pandas", "pandas", "scenarios that allow pandas"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `state` is `on`, `off` (works without it) or `problem` (needs mending)."""

    id: str
    title: str
    state: str
    detail: str = ""
    remedy: str = ""


def doctor(extra: Sequence[Path], *, json: bool) -> int:
    """0 when nothing needs mending, 1 otherwise."""
    home = open_home(extra)
    findings: list[Finding] = []
    for look in (_python, _settings, _data_folder, _store, _content, _sandbox, _terminal, _extras, _models):
        for finding in _guarded(look, home):
            findings.append(finding)
            if not json:
                print(_line(finding))
    ok = all(finding.state != "problem" for finding in findings)
    if json:
        print_json({"ok": ok, "findings": [asdict(finding) for finding in findings]})
    else:
        print("all that is needed works" if ok else "something needs mending")
    return 0 if ok else FAILED


def _line(finding: Finding) -> str:
    text = f"{finding.state:8}{finding.title}"
    text += f": {finding.detail}" if finding.detail else ""
    return safe(f"{text}; {finding.remedy}" if finding.remedy else text)


def _guarded(look: Callable[[Home], Iterator[Finding]], home: Home) -> Iterator[Finding]:
    """A broken part must not hide the others."""
    name = look.__name__.strip("_")
    try:
        yield from look(home)
    except InterviewerError as error:
        yield Finding(id=name, title=name.replace("_", " "), state="problem", detail=str(error))
    except Exception as error:
        yield Finding(
            id=name, title=name.replace("_", " "), state="problem",
            detail=f"{type(error).__name__}: {' '.join(str(error).split())[:200]}",
        )  # fmt: skip


def _python(home: Home) -> Iterator[Finding]:
    from interviewer import __version__

    libraries = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "textual", "langchain", "openai")
    )
    yield Finding(
        id="python", title="program", state="on",
        detail=f"interviewer {__version__}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {libraries}",
    )  # fmt: skip


def _settings(home: Home) -> Iterator[Finding]:
    path = home.places.settings
    if not path.exists():
        yield Finding(id="settings", title="settings", state="on", detail=f"none; they would be {path}")
        return
    _ = home.settings
    yield Finding(id="settings", title="settings", state="on", detail=str(path))


def _data_folder(home: Home) -> Iterator[Finding]:
    folder = home.places.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding(
            id="data_folder", title="data folder", state="problem",
            detail=f"{folder} cannot be written ({error.strerror})",
            remedy="make it writable, or point INTERVIEWER_HOME at another one",
        )  # fmt: skip
        return
    if free < 50_000_000:
        yield Finding(
            id="data_folder", title="data folder", state="problem",
            detail=f"{folder} has {free // 1_000_000} MB left", remedy="free some space",
        )  # fmt: skip
        return
    yield Finding(id="data_folder", title="data folder", state="on", detail=str(folder))


def _store(home: Home) -> Iterator[Finding]:
    store = home.store()
    try:
        number = len(store.sessions())
    finally:
        store.close()
    yield Finding(id="store", title="sessions", state="on", detail=f"{number} stored")


def _content(home: Home) -> Iterator[Finding]:
    catalogue = home.library.catalogue
    problems = catalogue.problems()
    yield Finding(
        id="content", title="scenarios", state="problem" if problems else "on",
        detail=f"{len(catalogue.ids())} usable" + (f", {len(problems)} problems" if problems else ""),
        remedy="see interviewer check" if problems else "",
    )  # fmt: skip
    for root in catalogue.roots:
        if root.pack:
            yield Finding(id="pack", title="content folder", state="on", detail=root.pack)
    from interviewer.content import rubrics

    try:
        found = rubrics(catalogue.roots)
    except ContentError as error:
        yield Finding(id="rubrics", title="rubrics", state="problem", detail=str(error).replace("\n", "; "))
        return
    yield Finding(id="rubrics", title="rubrics", state="on", detail=", ".join(found))


def _sandbox(home: Home) -> Iterator[Finding]:
    executor = make_executor()
    try:
        started = time.perf_counter()
        executor.warm()
        ready = time.perf_counter() - started
        yield Finding(id="executor", title="running code", state="on", detail=f"ready in {ready:.2f} s")
        for layer, state in executor.sandbox().items():
            yield Finding(
                id=f"sandbox.{layer}", title=f"sandbox layer {layer}",
                state="on" if state == "on" else "off", detail="" if state in ("on", "off") else state,
            )  # fmt: skip
    finally:
        executor.close()


def _terminal(home: Home) -> Iterator[Finding]:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield Finding(
            id="terminal", title="terminal", state="off", detail="none here",
            remedy="line by line it works: interviewer start --plain",
        )  # fmt: skip
        return
    size = shutil.get_terminal_size()
    small = size.columns < SMALLEST[0] or size.lines < SMALLEST[1]
    colours = os.environ.get("COLORTERM") or os.environ.get("TERM", "unknown")
    yield Finding(
        id="terminal", title="terminal", state="off" if small else "on",
        detail=f"{size.columns} by {size.lines}, {colours}",
        remedy=f"make it {SMALLEST[0]} by {SMALLEST[1]} or larger, or use --plain" if small else "",
    )  # fmt: skip


def _extras(home: Home) -> Iterator[Finding]:
    from interviewer.dialogue.llm.extras import how_to_install

    for extra, name, purpose in EXTRAS:
        version = ""
        if importlib.util.find_spec(name.replace("-", "_")) is not None:
            with suppress(importlib.metadata.PackageNotFoundError):
                version = importlib.metadata.version(name)
        yield Finding(
            id=f"extra.{name}", title=f"optional {name}", state="on" if version else "off",
            detail=version or f"not installed; needed for {purpose}",
            remedy="" if version else how_to_install(extra),
        )  # fmt: skip


def _models(home: Home) -> Iterator[Finding]:
    from interviewer.cli.models import configured, key_file
    from interviewer.dialogue.llm.extras import require_extra
    from interviewer.dialogue.llm.keys import find_key
    from interviewer.errors import ModelError

    own = configured(home)
    if not own:
        yield Finding(
            id="models", title="models", state="off",
            detail="none configured; the built-in interviewer needs none",
        )  # fmt: skip
    for name, settings in own.items():
        try:
            require_extra(settings)
            find_key(settings, os.environ, key_file(home))
        except (ModelError, InterviewerError) as error:
            yield Finding(id=f"model.{name}", title=f"model {name}", state="problem", detail=str(error))
            continue
        yield Finding(
            id=f"model.{name}", title=f"model {name}", state="on", detail=f"{settings.label}, not called"
        )
