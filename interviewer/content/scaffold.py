"""Start a new scenario from the small one that ships as a template and already passes the check."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from interviewer.content.roots import own_root
from interviewer.content.scenarios import TOML, scenario_files
from interviewer.errors import OurFault, UsageError

TEMPLATE = "_template"
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")


def new_scenario(scenario_id: str, dest: Path) -> Path:
    """Copy the template to `dest/<scenario_id>` under its new name and return that folder.

    Raises UsageError when the id is malformed, the folder exists, or `dest` cannot be written.
    """
    if not _ID.match(scenario_id):
        raise UsageError(
            f"{scenario_id!r} cannot name a scenario", remedy="use a-z, 0-9 and _, starting with a letter"
        )
    template = own_root().scenarios / TEMPLATE
    if not (template / TOML).is_file():
        raise OurFault("the scenario template is missing", where=str(template), remedy="install again")
    folder = dest / scenario_id
    if folder.exists():
        raise UsageError("exists already", where=str(folder), remedy="choose another id or remove it")
    try:
        for source in scenario_files(template):
            target = folder / source.relative_to(template)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        file = folder / TOML
        file.write_text(_renamed(file.read_text(encoding="utf-8"), scenario_id), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"cannot be written: {error.strerror}", where=str(folder), remedy="choose another folder"
        ) from None
    return folder


def _renamed(text: str, scenario_id: str) -> str:
    title = scenario_id.replace("_", " ").capitalize()
    text = re.sub(r'^id = "template"', f'id = "{scenario_id}"', text, count=1, flags=re.MULTILINE)
    return re.sub(r'^title = ".*?"', f'title = "{title}"', text, count=1, flags=re.MULTILINE)
