"""What can go wrong with a language model, as one honest line each."""

from __future__ import annotations

from enum import StrEnum

from interviewer.errors import ModelError

BROKEN_OFF = "[The reply broke off here.]"


class FaultKind(StrEnum):
    """Why a model did not answer."""

    NO_KEY = "no_key"
    AUTH = "auth"
    NOT_FOUND = "not_found"
    RATE_LIMIT = "rate_limit"
    QUOTA = "quota"
    SERVER = "server"
    CONNECTION = "connection"
    TIMEOUT = "timeout"
    DROPPED = "dropped"
    MID_STREAM = "mid_stream"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    OVERFLOW = "overflow"
    NO_TOOLS = "no_tools"
    GARBAGE = "garbage"
    REJECTED = "rejected"
    LIMIT = "limit"
    BUDGET = "budget"
    UNKNOWN = "unknown"


# Asking again cannot help: another key, model or budget is needed.
PERMANENT = frozenset(
    {FaultKind.NO_KEY, FaultKind.AUTH, FaultKind.NOT_FOUND, FaultKind.QUOTA, FaultKind.BUDGET}
)
# Asking again at once, or after a short wait, often helps.
PASSING = frozenset(
    {
        FaultKind.RATE_LIMIT,
        FaultKind.SERVER,
        FaultKind.CONNECTION,
        FaultKind.TIMEOUT,
        FaultKind.DROPPED,
        FaultKind.MID_STREAM,
        FaultKind.EMPTY,
        FaultKind.GARBAGE,
    }
)

_WORDS = {
    FaultKind.NO_KEY: "there is no key for the model",
    FaultKind.AUTH: "the model's server refused the key",
    FaultKind.NOT_FOUND: "the model's server knows no such model or address",
    FaultKind.RATE_LIMIT: "the model's server is busy",
    FaultKind.QUOTA: "the account at the model's server has no quota left",
    FaultKind.SERVER: "the model's server failed",
    FaultKind.CONNECTION: "the model's server cannot be reached",
    FaultKind.TIMEOUT: "the model took too long",
    FaultKind.DROPPED: "the connection to the model broke",
    FaultKind.MID_STREAM: "the model's server reported an error in the middle of its reply",
    FaultKind.EMPTY: "the model sent an empty reply",
    FaultKind.TRUNCATED: "the model's reply ended before it was finished",
    FaultKind.OVERFLOW: "the conversation is too long for the model",
    FaultKind.NO_TOOLS: "the model cannot call tools",
    FaultKind.GARBAGE: "the model sent something unreadable",
    FaultKind.REJECTED: "the model's server rejected the request",
    FaultKind.LIMIT: "the model kept acting without answering",
    FaultKind.BUDGET: "the session's model budget is used up",
    FaultKind.UNKNOWN: "the model failed",
}


class ModelFault(ModelError):
    """A failed model call. `retry_after` is what the server asked to wait, in seconds."""

    def __init__(
        self, kind: FaultKind, detail: str = "", *, remedy: str = "", retry_after: float | None = None
    ) -> None:
        self.kind = kind
        self.retry_after = retry_after
        detail = " ".join(detail.split())[:160]
        super().__init__(f"{_WORDS[kind]} ({detail})" if detail else _WORDS[kind], remedy=remedy)

    @property
    def permanent(self) -> bool:
        """True when asking again cannot help."""
        return self.kind in PERMANENT
