"""The JSON schema of `scenario.toml`, made from the domain's dataclasses.

`python -m interviewer.content.schema` writes it to `scenarios/schema.json`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from interviewer.content.roots import own_root
from interviewer.content.scenarios import CODING_ONLY, FORMAT, FROM_FILES
from interviewer.domain.scenario import Scenario

FILE = "schema.json"
REPAIR = "python -m interviewer.content.schema"


def scenario_schema() -> dict[str, Any]:
    """The schema, unknown keys forbidden at every depth."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(Scenario).json_schema()
    parts: dict[str, Any] = schema.pop("$defs")
    _closed(schema)
    for part in parts.values():
        _closed(part)
    properties = {k: v for k, v in schema["properties"].items() if k not in FROM_FILES}
    required = [k for k in schema["required"] if k not in FROM_FILES]
    # `check --write-kills` fills it in.
    parts["Mutant"]["required"].remove("killed_by")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "scenario.toml",
        "description": "One interview question; see README.md beside this file.",
        "type": "object",
        "additionalProperties": False,
        "properties": {"format": {"const": FORMAT, "description": "Version of this format."}, **properties},
        "required": ["format", *(k for k in required if k not in CODING_ONLY)],
        "if": {"properties": {"kind": {"const": "coding"}}},
        "then": {"required": [k for k in required if k in CODING_ONLY]},
        "$defs": parts,
    }


def schema_text() -> str:
    """The schema as it is kept on disk."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"


def write_schema(folder: Path | None = None) -> Path:
    """Write the schema beside the scenarios and return the file."""
    file = (folder or own_root().scenarios) / FILE
    file.write_text(schema_text(), encoding="utf-8")
    return file


def _closed(part: dict[str, Any]) -> None:
    if part.get("type") == "object":
        part["additionalProperties"] = False
    if "description" in part:
        part["description"] = re.sub(r"\s+", " ", part["description"]).strip()


if __name__ == "__main__":
    print(write_schema())
