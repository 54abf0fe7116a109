"""Detectors for both top-ten lists: where it happened, and whether the candidate recovered."""

from __future__ import annotations

from interviewer.domain.scorecard import Mistake
from interviewer.scoring.evidence import Evidence
from interviewer.scoring.mistakes.catalogue import MISTAKES, MistakeText
from interviewer.scoring.mistakes.conduct import CONDUCT
from interviewer.scoring.mistakes.found import Found
from interviewer.scoring.mistakes.technical import TECHNICAL

__all__ = ["MISTAKES", "MistakeText", "mistakes"]

DETECTORS = {**TECHNICAL, **CONDUCT}


def mistakes(evidence: Evidence) -> tuple[Mistake, ...]:
    """All mistakes found, in the catalogue's order; a recovery is a claim of its own and a credit."""
    found = []
    for text in MISTAKES.values():
        hit = DETECTORS[text.id](evidence)
        if hit is not None:
            found.append(_mistake(text, hit))
    return tuple(found)


def _mistake(text: MistakeText, hit: Found) -> Mistake:
    return Mistake(
        id=text.id, title=text.title, claim=hit.claim, inference=text.inference,
        avoidance=text.avoidance if hit.recovery else f"{text.avoidance} To recover: {text.recovery}",
        recovered=hit.recovery is not None, recovery=hit.recovery,
    )  # fmt: skip
