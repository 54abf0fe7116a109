"""Where things are kept, and the user's settings.

`INTERVIEWER_HOME` moves everything to one folder; without it the platform's own data and
configuration folders are used. Settings are TOML; all problems of the file are told at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interviewer.domain.phases import FORMATS
from interviewer.domain.rubric import Seniority
from interviewer.errors import ConfigError, nearest

HOME = "INTERVIEWER_HOME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders and files of one user."""

    data: Path
    config: Path

    @property
    def settings(self) -> Path:
        """The settings file; it need not exist."""
        return self.config / "config.toml"

    @property
    def content(self) -> Path:
        """The user's own scenarios, rubrics and prompts; it need not exist."""
        return self.data / "content"

    @property
    def logs(self) -> Path:
        """Where a traceback goes when something of ours breaks."""
        return self.data / "logs"


def places(environment: Mapping[str, str] = os.environ) -> Places:
    """The folders in force; none of them is made here."""
    home = environment.get(HOME, "")
    if home:
        folder = Path(home).expanduser()
        return Places(data=folder, config=folder)
    import platformdirs

    return Places(
        data=platformdirs.user_data_path("interviewer", appauthor=False),
        config=platformdirs.user_config_path("interviewer", appauthor=False),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The user's settings. `minutes`: None takes the format's or the scenario's, 0 is untimed.

    `models` are the `[models.<name>]` tables as they stand; `interviewer.dialogue.llm.settings` reads
    them. `keys` are the user's own keys by binding id.
    """

    format: str = "free"
    level: Seniority = Seniority.MID
    minutes: float | None = None
    model: str = "offline"
    content: tuple[Path, ...] = ()
    theme: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    models: dict[str, dict[str, Any]] = field(default_factory=dict)


def load_settings(path: Path) -> Settings:
    """Read the settings file; the defaults when there is none. Raises ConfigError with all problems."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        # A folder that cannot be one is the store's to complain about.
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigError(
            f"cannot be read ({reason})", where=str(path), remedy="mend it or move it away"
        ) from None
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"is not TOML ({str(error)[:1].lower()}{str(error)[1:]})",
            where=str(path),
            remedy="mend that line",
        ) from None
    return parse_settings(data, str(path), base=path.parent)


def parse_settings(data: Mapping[str, Any], where: str, *, base: Path) -> Settings:
    """Settings from parsed TOML; paths are relative to `base`. Raises ConfigError with all problems."""
    problems: list[str] = []
    given: dict[str, Any] = {}
    for table, keys in _KEYS.items():
        section = data.get(table, {})
        if not isinstance(section, dict):
            problems.append(f"{where}: {table} must be a table; write [{table}]")
            continue
        for key, value in section.items():
            if key not in keys:
                problems.append(_unknown(where, f"{table}.{key}", [f"{table}.{name}" for name in keys]))
                continue
            try:
                given["content" if table == "content" else key] = keys[key](value, base)
            except ValueError as error:
                problems.append(f"{where}: {table}.{key} {error}")
    models = data.get("models", {})
    if isinstance(models, dict) and all(isinstance(preset, dict) for preset in models.values()):
        given["models"] = {name: dict(preset) for name, preset in models.items()}
    else:
        problems.append(f"{where}: models must hold one table for each model; write [models.NAME]")
    tables = [*_KEYS, "models"]
    problems += [_unknown(where, table, tables) for table in data if table not in tables]
    if problems:
        raise ConfigError("\n".join(problems))
    return Settings(**given)


def _unknown(where: str, key: str, known: list[str]) -> str:
    near = nearest(key, known)
    remedy = f"did you mean {near}?" if near else f"known: {', '.join(known)}"
    return f"{where}: {key} is unknown; {remedy}"


Reader = Callable[[Any, Path], Any]


def _text(value: Any, _: Path) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text in quotes")
    return value


def _format(value: Any, base: Path) -> str:
    return _one_of(_text(value, base).lower(), [form.id for form in FORMATS])


def _level(value: Any, base: Path) -> Seniority:
    return Seniority(_one_of(_text(value, base).lower(), [level.value for level in Seniority]))


def _one_of(value: str, known: list[str]) -> str:
    if value not in known:
        near = nearest(value, known)
        hint = f"did you mean {near}?" if near else f"one of: {', '.join(known)}"
        raise ValueError(f"cannot be {value!r}; {hint}")
    return value


def _minutes(value: Any, _: Path) -> float:
    # A bool is an int to Python, but `minutes = true` is a slip.
    if isinstance(value, bool) or not isinstance(value, int | float) or not (value == 0 or 1 <= value <= 600):
        raise ValueError("must be a number from 1 to 600, or 0 for untimed")
    return float(value)


def _folders(value: Any, base: Path) -> tuple[Path, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError('must be a list of folders, for example ["~/my-scenarios"]')
    folders = tuple((base / Path(item).expanduser()).resolve() for item in value)
    missing = [str(folder) for folder in folders if not folder.is_dir()]
    if missing:
        raise ValueError(f"names what is no folder: {', '.join(missing)}")
    return folders


def _keys(value: Any, _: Path) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value.values()):
        raise ValueError('must be keys by action, for example run_tests = "f9"')
    return dict(value)


_KEYS: dict[str, dict[str, Reader]] = {
    "session": {"format": _format, "level": _level, "minutes": _minutes, "model": _text},
    "content": {"folders": _folders},
    "tui": {"theme": _text, "keys": _keys},
}
