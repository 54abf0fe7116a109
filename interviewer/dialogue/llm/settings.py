"""How to reach a model: presets, the `[models.<name>]` tables of the configuration, and their checks.

Nothing here imports a model library: settings are read at every start of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlsplit

from interviewer.errors import ConfigError, Problem, UnknownName, nearest

OWN_ADDRESSES = {"anthropic": "https://api.anthropic.com"}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """One model at one address.

    `provider` is `openai` (anything that speaks that protocol) or `anthropic`. `base_url` is empty
    for the provider's own address. `key_env` is the *name* of the environment variable with the
    key; the key itself is never part of the settings. `tools` is `auto`, `on` or `off`.
    Times are seconds: `first_token_seconds` to the first piece, `stall_seconds` between pieces,
    `turn_seconds` for a whole reply; a server's Retry-After is honoured up to `retry_wait_seconds`.
    After `failures` failed turns in a row the built-in interviewer takes over. Prices are US dollars
    per million tokens; without them no cost is shown. Budgets are per session; 0 means none.
    """

    name: str
    preset: str = "custom"
    provider: str = "openai"
    model: str = ""
    base_url: str = ""
    key_env: str = ""
    key_needed: bool = True
    temperature: float | None = None
    max_tokens: int = 600
    context_tokens: int = 32_000
    tools: str = "auto"
    first_token_seconds: float = 45.0
    stall_seconds: float = 30.0
    turn_seconds: float = 180.0
    slow_notice_seconds: float = 8.0
    retries: int = 2
    retry_wait_seconds: float = 20.0
    failures: int = 3
    input_price: float | None = None
    cached_price: float | None = None
    output_price: float | None = None
    budget_tokens: int = 0
    budget_usd: float = 0.0
    tracing: bool = False

    @property
    def label(self) -> str:
        """How logs and reports call the model; `find_model` finds it again by this."""
        return f"{self.name}:{self.model}"

    @property
    def local(self) -> bool:
        """True when the address is this machine."""
        return (urlsplit(self.base_url).hostname or "") in LOOPBACK

    @property
    def address(self) -> str:
        """The address a key belongs to: scheme, host, port and path without a closing slash."""
        return normal_url(self.base_url) or OWN_ADDRESSES.get(self.provider, f"{self.provider}:")


PRESETS: dict[str, ModelSettings] = {
    s.preset: s
    for s in (
        ModelSettings(
            name="openai", preset="openai", model="gpt-4.1-mini", base_url="https://api.openai.com/v1",
            key_env="OPENAI_API_KEY", tools="on", context_tokens=128_000,
        ),
        # The v1 endpoint takes the plain client; the address names the resource and must be given.
        ModelSettings(
            name="azure", preset="azure", key_env="AZURE_OPENAI_API_KEY", tools="on", context_tokens=128_000
        ),
        ModelSettings(
            name="anthropic", preset="anthropic", provider="anthropic", model="claude-sonnet-4-6",
            base_url=OWN_ADDRESSES["anthropic"], key_env="ANTHROPIC_API_KEY", tools="on",
            context_tokens=200_000,
        ),
        ModelSettings(
            name="ollama", preset="ollama", model="llama3.1", base_url="http://localhost:11434/v1",
            key_needed=False, context_tokens=8_192, first_token_seconds=120.0,
        ),
        ModelSettings(
            name="vllm", preset="vllm", base_url="http://localhost:8000/v1", key_needed=False,
            context_tokens=16_384, first_token_seconds=90.0,
        ),
        ModelSettings(
            name="llamacpp", preset="llamacpp", model="local", base_url="http://localhost:8080/v1",
            key_needed=False, context_tokens=8_192, first_token_seconds=120.0,
        ),
        ModelSettings(
            name="lmstudio", preset="lmstudio", model="local", base_url="http://localhost:1234/v1",
            key_needed=False, context_tokens=8_192, first_token_seconds=120.0,
        ),
        ModelSettings(name="custom", preset="custom", key_needed=False),
    )
}  # fmt: skip

_TYPES = {f.name: str(f.type) for f in fields(ModelSettings)}
_KEYS = tuple(k for k in _TYPES if k != "name")
_POSITIVE = (
    "max_tokens",
    "context_tokens",
    "first_token_seconds",
    "stall_seconds",
    "turn_seconds",
    "failures",
)
_NOT_NEGATIVE = (
    "retries", "retry_wait_seconds", "slow_notice_seconds", "input_price", "cached_price", "output_price",
    "budget_tokens", "budget_usd", "temperature",
)  # fmt: skip


def parse_models(tables: Mapping[str, Any], file: str = "config.toml") -> dict[str, ModelSettings]:
    """The `[models.<name>]` tables as settings; raises ConfigError with one line for every problem."""
    found: dict[str, ModelSettings] = {}
    problems: list[Problem] = []
    for name, table in tables.items():
        if not isinstance(table, Mapping):
            problems.append(Problem(file, "is not a table", key=f"models.{name}"))
            continue
        settings, wrong = _parse(name, table, file)
        problems += wrong
        if settings is not None:
            found[name] = settings
    if problems:
        raise ConfigError("\n".join(str(p) for p in problems))
    return found


def find_model(spec: str, configured: Mapping[str, ModelSettings] | None = None) -> ModelSettings:
    """The model called `spec`: a configured name, a preset, or `preset:model`.

    Raises UnknownName for neither, ConfigError when the preset needs more than that.
    """
    known = dict(configured or {})
    if spec in known:
        return known[spec]
    preset, _, model = spec.partition(":")
    if preset in known and model:
        return replace(known[preset], model=model)
    if preset not in PRESETS:
        raise UnknownName("model", spec, [*known, *PRESETS])
    settings = PRESETS[preset]
    settings = replace(settings, model=model) if model else settings
    problems = _check(settings, "", f"models.{preset}")
    if problems:
        raise ConfigError(
            f"the preset {preset} needs more: " + "; ".join(p.message for p in problems),
            remedy=f"add a [models.{preset}] table to the configuration",
        )
    return settings


def normal_url(url: str) -> str:
    """An address in the one form it is compared in."""
    parts = urlsplit(url.strip())
    if not parts.hostname:
        return ""
    port = f":{parts.port}" if parts.port else ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme.lower()}://{host}{port}{parts.path.rstrip('/')}"


def _parse(name: str, table: Mapping[str, Any], file: str) -> tuple[ModelSettings | None, list[Problem]]:
    where = f"models.{name}"
    problems = [_unknown(key, file, where) for key in table if key not in _KEYS]
    preset = table.get("preset", name if name in PRESETS else "custom")
    if preset not in PRESETS:
        near = nearest(str(preset), PRESETS)
        remedy = f"did you mean {near}?" if near else f"known: {', '.join(PRESETS)}"
        return None, [*problems, Problem(file, f"no preset {preset!r}", f"{where}.preset", remedy)]
    base = PRESETS[preset]
    given: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            continue
        problem = _mistyped(key, value)
        if problem:
            problems.append(Problem(file, problem, f"{where}.{key}"))
        else:
            given[key] = float(value) if "float" in _TYPES[key] and value is not None else value
    if problems:
        return None, problems
    settings = replace(base, **{**given, "name": name, "preset": preset})
    moved = normal_url(settings.base_url) != normal_url(base.base_url)
    if moved and base.base_url and "key_env" not in given:
        # The preset's key belongs to the preset's address.
        settings = replace(settings, key_env="", key_needed=given.get("key_needed", False))
    problems = _check(settings, file, where)
    return (None, problems) if problems else (settings, [])


def _unknown(key: str, file: str, where: str) -> Problem:
    if key in ("key", "api_key"):
        return Problem(
            file, "keys do not belong into this file", f"{where}.{key}",
            f"name an environment variable with key_env, or run: interviewer keys set {where[7:]}",
        )  # fmt: skip
    near = nearest(key, _KEYS)
    return Problem(file, "is unknown", f"{where}.{key}", f"did you mean {near}?" if near else "")


def _mistyped(key: str, value: object) -> str:
    kind = _TYPES[key]
    if kind == "bool":
        return "" if isinstance(value, bool) else "must be true or false"
    if kind == "str":
        return "" if isinstance(value, str) else "must be text in quotes"
    if isinstance(value, bool) or not isinstance(value, int if kind == "int" else (int, float)):
        return "must be a whole number" if kind == "int" else "must be a number"
    return ""


def _check(settings: ModelSettings, file: str, where: str) -> list[Problem]:
    problems: list[Problem] = []

    def wrong(key: str, message: str, remedy: str = "") -> None:
        problems.append(Problem(file, message, f"{where}.{key}", remedy))

    if not settings.model:
        wrong("model", "no model is named", 'say which one with model = "..."')
    if settings.provider not in ("openai", "anthropic"):
        wrong("provider", f"no provider {settings.provider!r}", "known: openai, anthropic")
    if settings.tools not in ("auto", "on", "off"):
        wrong("tools", f"{settings.tools!r} is not auto, on or off")
    if settings.provider == "openai" and not settings.base_url:
        wrong("base_url", "no address is given", 'say where with base_url = "https://..."')
    if settings.base_url and not normal_url(settings.base_url):
        wrong("base_url", f"{settings.base_url!r} is not an address", "it starts with http:// or https://")
    elif settings.base_url and urlsplit(settings.base_url).scheme not in ("http", "https"):
        wrong("base_url", "must start with http:// or https://")
    elif urlsplit(settings.base_url).username:
        wrong("base_url", "must not contain a name or password", "use key_env")
    elif settings.base_url.startswith("http://") and settings.key_env and not settings.local:
        wrong("base_url", "would send a key unencrypted", "use https://, or drop key_env")
    for key in _POSITIVE:
        if getattr(settings, key) <= 0:
            wrong(key, "must be above 0")
    for key in _NOT_NEGATIVE:
        value = getattr(settings, key)
        if value is not None and value < 0:
            wrong(key, "must not be negative")
    if settings.budget_usd and (settings.input_price is None or settings.output_price is None):
        wrong("budget_usd", "needs input_price and output_price")
    if settings.max_tokens >= settings.context_tokens:
        wrong("max_tokens", "must be below context_tokens")
    return problems
