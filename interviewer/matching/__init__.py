"""Understanding what a candidate types: acts, segments and the facts they are about."""

from interviewer.matching.facts import FactMatcher, Match
from interviewer.matching.turn import Context, Reading, understand

__all__ = ["Context", "FactMatcher", "Match", "Reading", "understand"]
