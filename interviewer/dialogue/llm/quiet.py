"""No run of an interview is traced to a third party unless the configuration asks for it."""

from __future__ import annotations

import os
import sys

SWITCHES = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
    "LANGSMITH_OTEL_ENABLED",
    "LANGCHAIN_OTEL_ENABLED",
)


def silence_tracing(*, allowed: bool = False) -> None:
    """Switch tracing off in this process, whatever the shell says. Call before a model library loads."""
    if allowed:
        return
    for switch in SWITCHES:
        os.environ[switch] = "false"
    utils = sys.modules.get("langsmith.utils")
    if utils is not None:
        # It remembers what the environment said at first sight.
        utils.get_env_var.cache_clear()
