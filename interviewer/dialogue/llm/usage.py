"""What model calls used, what they cost, and how much of a session's budget is left."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.settings import ModelSettings

WARN_SHARE = 0.8
# Where a message holds what was counted when its stream began.
AT_START = "usage_at_start"
# Putting a token into a cache costs so much more than reading it without one, by provider.
WRITE_SURCHARGE = {"anthropic": 0.25}


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens of one or more calls.

    `cached_tokens` is the part of `input_tokens` read from a cache, `written_tokens` the part put into one.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    written_tokens: int = 0
    estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            written_tokens=self.written_tokens + other.written_tokens,
            estimated=self.estimated or other.estimated,
        )

    @property
    def total(self) -> int:
        """Input and output together."""
        return self.input_tokens + self.output_tokens


def cost_of(usage: Usage, settings: ModelSettings) -> float | None:
    """US dollars, None when the prices are not configured."""
    if settings.input_price is None or settings.output_price is None:
        return None
    cached_price = settings.cached_price if settings.cached_price is not None else settings.input_price
    surcharge = WRITE_SURCHARGE.get(settings.provider, 0.0)
    fresh = max(0, usage.input_tokens - usage.cached_tokens)
    dollars = (
        (fresh + surcharge * usage.written_tokens) * settings.input_price
        + usage.cached_tokens * cached_price
        + usage.output_tokens * settings.output_price
    )
    return dollars / 1_000_000


class Budget:
    """A session's spending. Warns once at 80 % and refuses further calls when all of it is used."""

    def __init__(self, settings: ModelSettings, spent: Usage | None = None) -> None:
        self._settings = settings
        self._warned = False
        self.spent = spent or Usage()

    @property
    def share(self) -> float:
        """The used part of the tighter budget; 0 when there is none."""
        shares = [0.0]
        if self._settings.budget_tokens:
            shares.append(self.spent.total / self._settings.budget_tokens)
        if self._settings.budget_usd:
            shares.append((cost_of(self.spent, self._settings) or 0.0) / self._settings.budget_usd)
        return max(shares)

    def check(self) -> None:
        """Raise ModelFault when nothing is left."""
        if self.share >= 1.0:
            raise ModelFault(FaultKind.BUDGET, self._what(), remedy="raise the budget in the configuration")

    def add(self, usage: Usage) -> str:
        """Count a call; the warning to show, the first time 80 % are passed, else empty."""
        self.spent = self.spent + usage
        if self._warned or self.share < WARN_SHARE:
            return ""
        self._warned = True
        return f"{min(self.share, 1.0):.0%} of the session's model budget is used ({self._what()})"

    def _what(self) -> str:
        mark = "~" if self.spent.estimated else ""
        cost = cost_of(self.spent, self._settings)
        if self._settings.budget_usd and cost is not None:
            return f"{mark}${cost:.2f} of ${self._settings.budget_usd:.2f}"
        return f"{mark}{self.spent.total:,} of {self._settings.budget_tokens:,} tokens"
