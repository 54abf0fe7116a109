"""Models and their keys from the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from interviewer.cli.compose import Home, open_home
from interviewer.cli.console import print_json, print_table, safe
from interviewer.cli.guard import FAILED
from interviewer.dialogue.llm.extras import missing_extra, not_installed
from interviewer.dialogue.llm.keys import KeyFile
from interviewer.dialogue.llm.settings import PRESETS, ModelSettings, find_model, parse_models
from interviewer.errors import UnknownName, UsageError

KEYS = "keys.toml"


def configured(home: Home) -> dict[str, ModelSettings]:
    """The models of the settings; raises ConfigError with every problem."""
    return parse_models(home.settings.models, str(home.places.settings))


def find(home: Home, name: str) -> ModelSettings:
    """A model by its name in the settings, by the label a log calls it, or a preset."""
    own = configured(home)
    labelled = next((settings for settings in own.values() if settings.label == name), None)
    return labelled if labelled is not None else find_model(name, own)


def key_file(home: Home) -> KeyFile:
    """The file of keys."""
    return KeyFile(home.places.config / KEYS)


def listing(extra: Sequence[Path], *, json: bool) -> int:
    """`interviewer models`."""
    home = open_home(extra)
    own, stored = configured(home), key_file(home).names()
    shown = [*own.values(), *(preset for name, preset in PRESETS.items() if name not in own)]
    if json:
        print_json(
            [
                {
                    "name": one.name,
                    "preset": one.preset,
                    "configured": one.name in own,
                    "provider": one.provider,
                    "model": one.model or None,
                    "base_url": one.base_url or None,
                    "key": _key(one, stored),
                    "missing_extra": missing_extra(one) or None,
                }
                for one in shown
            ]
        )
        return 0
    print_table(
        ("name", "model", "address", "key"),
        [
            (one.name, one.model or "(name one)", one.base_url or one.provider, _key(one, stored))
            for one in shown
        ],
    )
    for missing in dict.fromkeys(missing_extra(one) for one in shown):
        if missing:
            names = ", ".join(one.name for one in shown if missing_extra(one) == missing)
            print(safe(str(not_installed(missing, names))))
    print(f"settings: {home.places.settings}")
    return 0


def _key(settings: ModelSettings, stored: dict[str, str]) -> str:
    if settings.name in stored:
        return "stored" if stored[settings.name] == settings.address else "stored for another address"
    if settings.key_env and os.environ.get(settings.key_env):
        return f"in {settings.key_env}"
    if settings.key_needed:
        return "missing"
    return "not needed"


def set_key(extra: Sequence[Path], model: str) -> int:
    """`interviewer keys set`."""
    home = open_home(extra)
    settings = find(home, model)
    if sys.stdin.isatty():
        import getpass

        key = getpass.getpass(f"Key for {settings.name} at {settings.address} (not shown): ")
    else:
        key = sys.stdin.readline()
    if not key.strip():
        raise UsageError("no key was given", remedy="type it, or pipe it in")
    file = key_file(home)
    file.set(settings, key)
    print(f"stored for {settings.address} in {file.path}")
    return 0


def remove_key(extra: Sequence[Path], model: str) -> int:
    """`interviewer keys remove`."""
    file = key_file(open_home(extra))
    if not file.remove(model):
        raise UnknownName("stored key", model, file.names())
    print(f"the key of {model} is gone from {file.path}")
    return 0


def test(extra: Sequence[Path], model: str, *, json: bool) -> int:
    """`interviewer models test`: 0 when the endpoint answers, 1 when it does not."""
    import asyncio
    from dataclasses import asdict

    from interviewer.dialogue.llm.make import try_model

    home = open_home(extra)
    found = asyncio.run(try_model(find(home, model), key_file=key_file(home)))
    if json:
        print_json(asdict(found))
        return 0 if found.answers else FAILED
    print(f"{found.model}: {'answers' if found.answers else 'does not answer'}")
    if found.answers:
        for name in ("stream", "tools", "json_schema", "usage"):
            print(f"  {name}: {'yes' if getattr(found, name) else 'no'}")
        if found.first_token_ms is not None:
            print(f"  first word after {found.first_token_ms / 1000:.1f} s")
    for note in found.notes:
        print(f"  {safe(note)}")
    return 0 if found.answers else FAILED
