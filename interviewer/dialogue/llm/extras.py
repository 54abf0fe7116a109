"""Which models need an optional library, and whether it is installed. Loads none of them."""

from __future__ import annotations

from importlib.util import find_spec

from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.errors import ModelError

# Extra of this package and the module it brings, by provider.
EXTRAS = {"anthropic": ("anthropic", "langchain_anthropic")}


def how_to_install(extra: str) -> str:
    """The remedy for a missing extra."""
    return f"install the extra: interviewer[{extra}]"


def missing_extra(settings: ModelSettings) -> str:
    """The extra this model needs and does not find; empty when there is none."""
    extra, module = EXTRAS.get(settings.provider, ("", ""))
    return extra if module and find_spec(module) is None else ""


def not_installed(extra: str, model: str) -> ModelError:
    """The error for a model (or several) whose extra is not there, in one line."""
    return ModelError("its library is not installed", where=model, remedy=how_to_install(extra))


def require_extra(settings: ModelSettings) -> None:
    """Raise ModelError when this model's library is not installed."""
    extra = missing_extra(settings)
    if extra:
        raise not_installed(extra, settings.name)
