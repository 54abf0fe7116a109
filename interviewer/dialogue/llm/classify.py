"""Which fault an exception of a model library is.

The libraries' classes are told by their names, so that no library is loaded to look at another's error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.settings import ModelSettings

_OVERFLOW = (
    "context_length", "context length", "context window", "context size", "exceed_context", "maximum context",
    "context limit",
    "too many tokens", "prompt is too long", "input is too long",
)  # fmt: skip
_NO_TOOLS = ("does not support tools", "tool choice requires", "tools are not supported", "enable-auto-tool")
_QUOTA = ("insufficient_quota", "billing", "credit balance")


def classify(error: BaseException, settings: ModelSettings) -> ModelFault:
    """The fault behind `error`. Recognised by message, status and type, in that order."""
    if isinstance(error, ModelFault):
        return error
    text = _text(error)
    low = text.lower()
    status = _status(error)
    if any(word in low for word in _OVERFLOW):
        return ModelFault(FaultKind.OVERFLOW, settings.label)
    if status in (400, 422, 500) and any(word in low for word in _NO_TOOLS):
        return ModelFault(FaultKind.NO_TOOLS, settings.label)
    if status == 402 or (status in (400, 429) and any(word in low for word in _QUOTA)):
        return ModelFault(FaultKind.QUOTA, settings.label)
    if status in (401, 403):
        remedy = f"check {settings.key_env}" if settings.key_env else f"interviewer keys set {settings.name}"
        return ModelFault(FaultKind.AUTH, f"{status} from {settings.label}", remedy=remedy)
    if status == 404:
        return ModelFault(FaultKind.NOT_FOUND, f"404 for {settings.label}", remedy="check model and base_url")
    if status == 429:
        return ModelFault(FaultKind.RATE_LIMIT, "429", retry_after=_retry_after(error))
    if status is not None and status >= 500:
        return ModelFault(FaultKind.SERVER, str(status), retry_after=_retry_after(error))
    if status is not None and status >= 300:
        return ModelFault(FaultKind.REJECTED, f"{status}: {_message(error)}")
    if isinstance(error, asyncio.TimeoutError) or _named(error, "Timeout"):
        return ModelFault(FaultKind.TIMEOUT)
    if _dropped(error):
        return ModelFault(FaultKind.DROPPED)
    if isinstance(error, OSError) or _named(error, "Connect"):
        return ModelFault(
            FaultKind.CONNECTION, settings.address, remedy="check that it runs and the address is right"
        )
    if _named(error, "LengthFinishReason"):
        return ModelFault(FaultKind.TRUNCATED)
    if _named(error, "CallLimitExceeded", "GraphRecursion"):
        return ModelFault(FaultKind.LIMIT)
    if any(kind.__name__ == "APIError" for kind in type(error).__mro__):
        # An error event inside a stream has no status, or that of the stream, which began well.
        return ModelFault(FaultKind.MID_STREAM, _message(error))
    if isinstance(error, ValueError) and "is not supported for" in low:
        # The library knows what a model would refuse, and does not ask it.
        return ModelFault(FaultKind.REJECTED, _message(error))
    if isinstance(error, ValueError) and "no generation" in low:
        return ModelFault(FaultKind.EMPTY)
    if isinstance(error, ValueError):
        # A reply that is not the protocol: half a JSON document, missing choices.
        return ModelFault(FaultKind.GARBAGE, type(error).__name__)
    return ModelFault(FaultKind.UNKNOWN, f"{type(error).__name__}: {_message(error)}")


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    for _ in range(6):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__


def _named(error: BaseException, *parts: str) -> bool:
    return any(part in type(e).__name__ for e in _chain(error) for part in parts)


def _dropped(error: BaseException) -> bool:
    return _named(error, "RemoteProtocolError", "ReadError", "IncompleteRead", "ConnectionReset")


def _status(error: BaseException) -> int | None:
    for e in _chain(error):
        status = getattr(e, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _text(error: BaseException) -> str:
    """Everything the error says: code, type, message and body, because servers differ in where it is."""
    parts = [str(error)]
    parts += [str(getattr(error, name, "") or "") for name in ("code", "type", "body")]
    return " ".join(parts)


def _message(error: BaseException) -> str:
    """What the server wrote for people to read, else what the library made of it."""
    body = getattr(error, "body", None)
    told = body.get("error", body) if isinstance(body, dict) else None
    told = told.get("message") if isinstance(told, dict) else told
    return told if isinstance(told, str) and told else str(getattr(error, "message", "") or error)


def _retry_after(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * scale)
        except (KeyError, TypeError, ValueError):
            continue
    return None
