"""Raters by name, and reports by format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from interviewer.errors import UsageError

if TYPE_CHECKING:
    from interviewer.cli.compose import Home
    from interviewer.domain.events import SessionEvent
    from interviewer.domain.scorecard import Scorecard
    from interviewer.ports import Rater


def rater_for(home: Home, model: str) -> Rater:
    """The rules, or the model called `model` as judge."""
    from interviewer.cli.compose import rules_rater

    if model in ("", "rules", "offline"):
        return rules_rater()
    from interviewer.dialogue.llm.settings import find_model, parse_models

    settings = find_model(model, parse_models(home.settings.models, str(home.places.settings)))
    raise UsageError(f"the model {settings.label} cannot rate yet", remedy="leave --model out for the rules")


def render(home: Home, form: str, log: Sequence[SessionEvent], card: Scorecard) -> str:
    """The report as `md`, `html` or `json`."""
    from interviewer import reports

    raise UsageError(f"no report {form} {len(log)} {card.title} {home} {reports}")


def render_live(home: Home, log: Sequence[SessionEvent], card: Scorecard) -> str:
    """The report as plain text lines, for reading right after the interview."""
    return render(home, "md", log, card)
