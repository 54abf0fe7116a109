"""Ratings that can be audited: evidence from the log, a decision table, and citations that resolve."""

from __future__ import annotations

from interviewer.scoring.card import SCORER_VERSION, assemble, with_signals
from interviewer.scoring.citations import event_texts, resolves, verify
from interviewer.scoring.evidence import Evidence, gather
from interviewer.scoring.features import Features
from interviewer.scoring.regrade import ScorecardDiff, SignalChange, diff
from interviewer.scoring.rules import RulesRater, interval, rules_signals

__all__ = [
    "SCORER_VERSION",
    "Evidence",
    "Features",
    "RulesRater",
    "ScorecardDiff",
    "SignalChange",
    "assemble",
    "diff",
    "event_texts",
    "gather",
    "interval",
    "resolves",
    "rules_signals",
    "verify",
    "with_signals",
]
