"""A scorecard as a report: Markdown, HTML (self-contained) or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from interviewer.domain.events import SessionEvent
from interviewer.domain.scorecard import Scorecard
from interviewer.errors import UnknownName

Format = Literal["md", "html", "json"]
FORMATS: tuple[Format, ...] = ("md", "html", "json")

__all__ = ["FORMATS", "Format", "render"]


def render(scorecard: Scorecard, log: Sequence[SessionEvent], format: str = "md") -> str:
    """The report as text, ending in a newline; the same bytes for the same input.

    Whatever the candidate or a model wrote is data: escaped in Markdown and HTML, a plain string in
    JSON. Raises UnknownName for another format.
    """
    match format:
        case "md":
            from interviewer.reports.markdown import markdown

            return markdown(scorecard, log)
        case "html":
            from interviewer.reports.page import page

            return page(scorecard, log)
        case "json":
            from interviewer.reports.document import document_text

            return document_text(scorecard, log)
        case _:
            raise UnknownName("report format", format, FORMATS)
