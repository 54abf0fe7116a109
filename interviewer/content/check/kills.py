"""Write the measured `killed_by` lists into a scenario file, leaving every other character alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence

from interviewer.errors import OurFault

_HEADER = re.compile(r"^\s*\[")
_MUTANT = re.compile(r"^\s*\[\[\s*mutants\s*\]\]")
_ID = re.compile(r"""^\s*id\s*=\s*["']([^"']+)["']""")
_KILLED = re.compile(r"^\s*killed_by\s*=")


def rewrite_kills(text: str, kills: Mapping[str, Sequence[str]]) -> str:
    """The TOML `text` with `killed_by` of each mutant in `kills` set; other mutants stay as they are.

    Raises OurFault when the text is laid out so that another value would change.
    """
    lines = text.splitlines(keepends=True)
    result: list[str] = []
    at = 0
    while at < len(lines):
        if not _MUTANT.match(lines[at]):
            result.append(lines[at])
            at += 1
            continue
        end = at + 1
        while end < len(lines) and not _HEADER.match(lines[end]):
            end += 1
        result += _block(lines[at:end], kills)
        at = end
    new = "".join(result)
    wanted = tomllib.loads(text)
    for mutant in wanted.get("mutants", []):
        if mutant.get("id") in kills:
            mutant["killed_by"] = list(kills[mutant["id"]])
    try:
        same = tomllib.loads(new) == wanted
    except tomllib.TOMLDecodeError:
        same = False
    if not same:
        raise OurFault("killed_by cannot be rewritten in this layout", remedy="write it by hand")
    return new


def _block(block: Sequence[str], kills: Mapping[str, Sequence[str]]) -> list[str]:
    found = next((m.group(1) for line in block if (m := _ID.match(line))), None)
    if found not in kills or found is None:
        return list(block)
    new = "killed_by = [" + ", ".join(f'"{name}"' for name in kills[found]) + "]\n"
    kept: list[str] = []
    at = 0
    written = False
    while at < len(block):
        if not _KILLED.match(block[at]):
            kept.append(block[at])
            at += 1
            continue
        while "]" not in block[at].split("#")[0] and at + 1 < len(block):
            at += 1
        at += 1
        kept.append(new)
        written = True
    if not written:
        last = max(i for i, line in enumerate(kept) if line.strip())
        if not kept[last].endswith("\n"):
            kept[last] += "\n"
        kept.insert(last + 1, new)
    return kept
