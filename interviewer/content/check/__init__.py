"""Prove scenarios: their tests by mutants, their rules by probes, their texts by what they must not say."""

from __future__ import annotations

from interviewer.content.check.cache import CheckCache
from interviewer.content.check.many import check_all, shared_problems
from interviewer.content.check.prove import check_scenario
from interviewer.content.check.report import CheckReport, ScenarioReport, kill_matrix
from interviewer.content.check.runs import SEEDS

__all__ = [
    "SEEDS",
    "CheckCache",
    "CheckReport",
    "ScenarioReport",
    "check_all",
    "check_scenario",
    "kill_matrix",
    "shared_problems",
]
