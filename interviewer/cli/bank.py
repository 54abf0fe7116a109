"""Scenarios from the command line: list them, prove them, start a new one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.compose import Home, make_executor, open_home
from interviewer.cli.console import print_json, print_table, safe
from interviewer.cli.guard import FAILED, complain
from interviewer.errors import ContentError, UnknownName, UsageError

if TYPE_CHECKING:
    from interviewer.content.check import ScenarioReport


def scenarios(extra: Sequence[Path], *, json: bool) -> int:
    """`interviewer scenarios`; broken scenarios are told on stderr and left out."""
    catalogue = open_home(extra).library.catalogue
    # What ships is proven; what was added may be broken below the head that the index reads.
    doubtful = {entry.id for entry in catalogue.index() if entry.pack}
    doubtful |= {folder.name for folder in catalogue.folders()} - set(catalogue.ids())
    for name in sorted(doubtful):
        try:
            catalogue.get(name)
        except ContentError as error:
            complain(f"left out {name}: {error}")
    entries = catalogue.index()
    if json:
        print_json(
            [
                {
                    "id": entry.id,
                    "title": entry.title,
                    "kind": entry.kind.value,
                    "question_type": entry.question_type.value,
                    "patterns": [pattern.value for pattern in entry.patterns],
                    "level": entry.level.value,
                    "minutes": entry.minutes,
                }
                for entry in entries
            ]
        )
    else:
        rows = [
            (e.id, e.title, e.kind.value, e.question_type.value, e.level.value, str(e.minutes))
            for e in entries
        ]
        print_table(("id", "title", "kind", "question", "level", "minutes"), rows)
    return 0


def check(
    ids: Sequence[str],
    extra: Sequence[Path],
    *,
    json: bool,
    write_kills: bool = False,
    matrix: bool = False,
    workers: int = 0,
    afresh: bool = False,
) -> int:
    """`interviewer check`: 0 when everything holds, 1 when something does not."""
    from interviewer.content.check import CheckCache, check_all, kill_matrix

    home = open_home(extra)
    folders = _folders(home, ids)
    report = check_all(
        folders,
        make_executor,
        workers=workers or min(8, os.cpu_count() or 1),
        cache=None if afresh else CheckCache(home.places.data / "check"),
        write_kills=write_kills,
        roots=() if ids else home.library.catalogue.roots,
        on_done=_progress() if not json else None,
    )
    if json:
        print_json(report.to_json())
        return 0 if report.ok else FAILED
    for one in report.scenarios:
        killed = f", {len(one.mutants)} mutants" if one.mutants else ""
        unchanged = ", unchanged" if one.cached else ""
        print(f"{one.id}: {'ok' if one.ok else f'{len(one.problems)} problems'}{killed}{unchanged}")
        for problem in one.problems:
            print(f"  {safe(str(problem))}")
        for skipped in one.not_run:
            print(f"  not run here: {safe(skipped)}")
        if matrix:
            for line in kill_matrix(one):
                print(f"  {line}")
    for problem in report.problems:
        print(safe(str(problem)))
    bad = sum(not one.ok for one in report.scenarios)
    proved = len(report.scenarios) - bad
    print(f"{proved} of {len(report.scenarios)} scenarios hold, {report.ms / 1000:.1f} s")
    return 0 if report.ok else FAILED


def _folders(home: Home, ids: Sequence[str]) -> list[Path]:
    every = {folder.name: folder for folder in home.library.catalogue.folders()}
    for name in ids:
        if name not in every:
            raise UnknownName("scenario", name, every)
    return [every[name] for name in ids] if ids else list(every.values())


def _progress() -> Callable[[ScenarioReport, int, int], None] | None:
    """A bar on a terminal; nothing where output is kept."""
    if not sys.stderr.isatty():
        return None

    def show(report: ScenarioReport, done: int, total: int) -> None:
        filled = round(30 * done / total)
        end = "\n" if done == total else ""
        print(
            f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total} {report.id:<30.30}",
            end=end, file=sys.stderr, flush=True,
        )  # fmt: skip

    return show


def new(what: str, name: str, into: Path | None) -> int:
    """`interviewer new scenario ID`: copy the template under a new id."""
    if what != "scenario":
        raise UnknownName("kind of thing to make", what, ["scenario"])
    from interviewer.content import new_scenario

    home = open_home()
    if name in {folder.name for folder in home.library.catalogue.folders()}:
        raise UsageError(f"there is a scenario {name!r} already", remedy="choose another id")
    here = Path("scenarios")
    folder = into or (here if (here / "_template").is_dir() else home.places.content / "scenarios")
    target = new_scenario(name, folder)
    looked_for = into is None or into.resolve() in {
        root.scenarios.resolve() for root in home.library.catalogue.roots
    }
    hint = "" if looked_for else f" --content {folder.parent if folder.name == 'scenarios' else folder}"
    print(f"made {target}; edit it, then run: interviewer check {name}{hint}")
    return 0
