"""What a detector returns."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.domain.scorecard import Claim


@dataclass(frozen=True, slots=True)
class Found:
    """Where a mistake happened and, when the candidate put it right, where that happened."""

    claim: Claim
    recovery: Claim | None = None
