"""A language model as rater, kept within what execution and counting allow."""

from __future__ import annotations

from interviewer.scoring.judge.judge import Asker, JudgePrompts, JudgeRater

__all__ = ["Asker", "JudgePrompts", "JudgeRater"]
