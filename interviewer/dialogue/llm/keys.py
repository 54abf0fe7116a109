"""Keys: from the environment variable a model names, or from a file only its owner can read."""

from __future__ import annotations

import json
import os
import stat
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.errors import ConfigError


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Keys by model name, each with the one address it may be sent to. Mode 0600."""

    path: Path

    def names(self) -> dict[str, str]:
        """The address of each stored key, by model name."""
        return {name: entry["address"] for name, entry in self._read().items()}

    def get(self, settings: ModelSettings) -> str:
        """The key stored for this model; empty when there is none; raises ConfigError for another address."""
        entry = self._read().get(settings.name)
        if entry is None:
            return ""
        if entry["address"] != settings.address:
            raise ConfigError(
                f"the key of {settings.name} was set for {entry['address']}, not for {settings.address}",
                where=self.path.name,
                remedy=f"interviewer keys set {settings.name}",
            )
        return entry["key"]

    def set(self, settings: ModelSettings, key: str) -> None:
        """Store a key for this model at its present address, replacing the former."""
        key = key.strip()
        if not key or any(ord(c) < 33 or ord(c) == 127 for c in key):
            raise ConfigError("a key is one word of printable characters")
        self._write({**self._read(), settings.name: {"address": settings.address, "key": key}})

    def remove(self, name: str) -> bool:
        """Forget a key; False when there was none."""
        entries = self._read()
        had = entries.pop(name, None) is not None
        if had:
            self._write(entries)
        return had

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            mode = self.path.stat().st_mode
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigError(f"cannot be read: {error.strerror}", where=self.path.name) from None
        if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ConfigError(
                "others can read the keys", where=self.path.name, remedy=f"chmod 600 {self.path}"
            )
        try:
            entries = tomllib.loads(raw.decode())
            return {n: {"address": str(e["address"]), "key": str(e["key"])} for n, e in entries.items()}
        except (ValueError, KeyError, TypeError):
            raise ConfigError(
                "is not a file of keys", where=self.path.name, remedy="delete it and set the keys again"
            ) from None

    def _write(self, entries: Mapping[str, Mapping[str, str]]) -> None:
        # A TOML basic string and a JSON string of printable characters are the same text.
        lines = [
            f"[{json.dumps(name)}]\n"
            + "".join(f"{field} = {json.dumps(value)}\n" for field, value in entry.items())
            for name, entry in sorted(entries.items())
        ]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # mkstemp makes the file 0600 from its first moment.
            handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=".keys")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write("\n".join(lines))
            Path(temporary).replace(self.path)
        except OSError as error:
            raise ConfigError(f"cannot be written: {error.strerror}", where=self.path.name) from None


def find_key(settings: ModelSettings, environ: Mapping[str, str], key_file: KeyFile | None = None) -> str:
    """The key for this model, empty when it needs none and has none.

    The key file goes first, then the named variable. Raises ModelFault when a needed key is missing.
    """
    stored = key_file.get(settings) if key_file is not None else ""
    key = stored or (environ.get(settings.key_env, "").strip() if settings.key_env else "")
    if not key and (settings.key_needed or settings.key_env):
        how = f"set {settings.key_env} or run" if settings.key_env else "run"
        raise ModelFault(
            FaultKind.NO_KEY, settings.label, remedy=f"{how}: interviewer keys set {settings.name}"
        )
    return key
