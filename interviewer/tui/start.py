"""What the screen interface is asked to open with. Free of textual, so that the command line stays quick."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from interviewer.domain.rubric import Seniority

WARM_UP = "mse_rmse"
"""The ten-minute scenario a newcomer is offered first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRequest:
    """One session to start at once. `minutes`: None takes the scenario's or the format's, 0 is untimed.

    `file` is written in the candidate's own editor; the code follows it.
    """

    scenario: str
    company: str = "free"
    seniority: Seniority = Seniority.MID
    minutes: float | None = None
    interviewer: str = "offline"
    seed: int | None = None
    file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeRequest:
    """One stored session to go on with; an empty prefix means the newest."""

    session: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """One ended session whose report is to be shown."""

    session: str = ""


Request = StartRequest | ResumeRequest | ReportRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the first screen has chosen to begin with, from the user's settings.

    `minutes` as in `StartRequest`; `models` are the interviewers offered besides the built-in one.
    """

    company: str = "free"
    seniority: Seniority = Seniority.MID
    minutes: float | None = None
    interviewer: str = "offline"
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The user's taste: a theme's name and own keys by binding id (`{"run_tests": "f9"}`)."""

    theme: str = ""
    keys: dict[str, str] = field(default_factory=dict)
