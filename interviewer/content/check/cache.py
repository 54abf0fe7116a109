"""Remember checks that found nothing changed: keyed by the scenario's files and the checking code."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

import interviewer
from interviewer.content.check.report import ScenarioReport
from interviewer.errors import Problem

_CHECKING = ("content", "executor", "matching", "domain")
RUNNING = ("executor", "domain")


def code_digest(parts: Sequence[str] = _CHECKING) -> str:
    """Changes with the code that decides what a check says, or with the named parts of it."""
    package = Path(interviewer.__file__).parent
    sha = hashlib.sha256()
    paths = [p for part in parts for p in sorted((package / part).rglob("*.py"))]
    for path in [*paths, package / "expect.py"]:
        if path.is_file():
            sha.update(path.relative_to(package).as_posix().encode())
            sha.update(path.read_bytes())
    return sha.hexdigest()[:16]


class CheckCache:
    """Reports on disk, one small file per scenario folder. Anything unreadable counts as absent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._code = code_digest()

    def get(self, scenario: Path, digest: str) -> ScenarioReport | None:
        """The report of these very files, or None."""
        try:
            data = json.loads(self._file(scenario).read_text(encoding="utf-8"))
            if data["digest"] != digest or data["code"] != self._code:
                return None
            return ScenarioReport(
                id=data["id"],
                problems=tuple(Problem(**p) for p in data["problems"]),
                mutants={name: tuple(tests) for name, tests in data["mutants"].items()},
                ms=float(data["ms"]),
                cached=True,
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, scenario: Path, digest: str, report: ScenarioReport) -> None:
        """Keep a report; a folder that cannot be written is no error."""
        data = {"digest": digest, "code": self._code, "id": report.id, "ms": report.ms, **report.to_json()}
        file = self._file(scenario)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}")
            draft.write_text(json.dumps(data), encoding="utf-8")
            draft.replace(file)
        except OSError:
            return

    def runs(self, scenario: Path) -> Path:
        """Where the single runs of a scenario are kept."""
        return self._file(scenario).with_suffix(".runs.json")

    def _file(self, scenario: Path) -> Path:
        place = hashlib.sha256(str(scenario.resolve()).encode()).hexdigest()[:12]
        return self.folder / f"{scenario.name}-{place}.json"
