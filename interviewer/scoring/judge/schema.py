"""The form of a judge's answer: evidence first, then the checklist, then the level.

Enums and short strings only, without defaults or free dictionaries: what strict schemas can express.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

NOT_ASSESSED = "not_assessed"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EvidenceItem(_Strict):
    """One observation: a quotation copied from a numbered line, and what it shows."""

    line: int
    quote: str
    shows: str
    speaks: Literal["for", "against"]


class ChecklistItem(_Strict):
    """One answer to the rubric's checklist, with the line it rests on (0: none)."""

    number: int
    answer: Literal["yes", "no", "unclear"]
    line: int


class SignalAnswer(_Strict):
    """The judge's whole answer about one signal."""

    evidence: list[EvidenceItem]
    checklist: list[ChecklistItem]
    level: Literal["very_weak", "weak", "strong", "very_strong", "not_assessed"]
    reason: str
