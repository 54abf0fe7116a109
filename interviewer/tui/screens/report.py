"""The report, page by page; every claim is one step from its evidence."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewer.domain import events as ev
from interviewer.domain.phases import company_format
from interviewer.tui import report_rows
from interviewer.tui.actions import Action
from interviewer.tui.report_rows import Row
from interviewer.tui.screens.base import SizedScreen
from interviewer.tui.screens.dialogs import Menu
from interviewer.tui.shelf import Record
from interviewer.tui.start import StartRequest
from interviewer.tui.widgets.bars import KeyBar
from interviewer.tui.widgets.tabs import TabStrip
from interviewer.tui.words import day, level_colour, rated

TABS = ("ratings", "tests", "facts", "mistakes", "approach", "transcript")
ACTIONS = (
    Action(id="report_evidence", name="evidence", title="Show the evidence of a row", keys="", about="Enter"),
    Action(
        id="report_back", name="back", title="Back from the evidence", keys="escape",
        about="To the row you came from.",
    ),
    Action(
        id="report_export", name="export", title="Export the report", keys="f6,ctrl+s", footer="Export",
        about="Markdown, HTML or JSON, into the current folder.",
    ),
    Action(
        id="report_again", name="again", title="Practise the same again", keys="f5,ctrl+r", footer="Again",
        about="A new session of the same scenario.",
    ),
    Action(
        id="report_home", name="home", title="Back to the first screen", keys="f4,ctrl+o", footer="Home",
        about="Scenarios and sessions.",
    ),
)  # fmt: skip


class ReportScreen(SizedScreen):
    """One finished session."""

    CSS_PATH = "report.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(action.binding() for action in ACTIONS),
        *(
            Binding(str(number), f"tab('{name}')", name, id=f"report_tab_{name}", show=False)
            for number, name in enumerate(TABS, start=1)
        ),
        Binding("right,tab", "step(1)", "Next page", id="report_next", show=False, priority=True),
        Binding(
            "left,shift+tab", "step(-1)", "Previous page", id="report_previous", show=False, priority=True
        ),
    ]

    def __init__(self, record: Record) -> None:
        super().__init__()
        self._record = record
        self._rows: list[Row] = []
        self._from: tuple[str, int] | None = None
        started = record.log[0] if record.log else None
        self._started = started if isinstance(started, ev.SessionStarted) else None

    def commands(self) -> tuple[Action, ...]:
        """What the palette offers here."""
        return ACTIONS[1:]

    def compose_screen(self) -> ComposeResult:
        """Headline, pages, rows, evidence, keys."""
        yield Static(self._headline(), id="headline")
        yield TabStrip(
            [
                (name, str(at), name.capitalize(), f"screen.tab('{name}')")
                for at, name in enumerate(TABS, start=1)
            ],
            id="pages",
        )
        with Horizontal(id="pages-body"):
            with Vertical(id="rows-box", classes="pane"):
                yield OptionList(id="rows", markup=False)
            with VerticalScroll(id="evidence", classes="pane") as evidence:
                evidence.border_title = "Evidence"
                yield Static("Enter on a row with a # shows what it rests on.", id="event", markup=False)
        yield KeyBar()

    def _headline(self) -> Content:
        card, started = self._record.scorecard, self._started
        title = (
            self._record.scenario.title if self._record.scenario else (started.scenario if started else "")
        )
        about = ""
        if started is not None:
            company = company_format(started.company).title
            about = f"  {company} · {started.seniority.value} · {day(started.started_at)}"
        if card is None:
            return Content.assemble((title, "bold"), (about, "$quiet"), ("\nnot rated", "$warning"))
        style = level_colour(card.overall)
        return Content.assemble(
            (title, "bold"), (about, "$quiet"), ("\n", ""), (rated(card.overall), f"bold {style}"),
            ("  ", ""), (card.decision, f"bold {style}"),
        )  # fmt: skip

    def on_mount(self) -> None:
        """Start with the ratings."""
        self.action_tab("ratings" if self._record.scorecard else "transcript")
        self.query_one("#rows").focus()

    # --- pages --------------------------------------------------------------------------------

    def action_tab(self, name: str) -> None:
        """Show a page."""
        self._from = None
        self._show(name)

    def action_step(self, by: int) -> None:
        """Next or previous page."""
        self.action_tab(TABS[(TABS.index(self._page) + by) % len(TABS)])

    @property
    def _page(self) -> str:
        return self.query_one("#pages", TabStrip).current or TABS[0]

    def _show(self, name: str, at: int = 0) -> None:
        self.query_one("#pages", TabStrip).current = name
        self._rows = self._make(name)
        shown = self.query_one("#rows", OptionList)
        width = max(30, shown.scrollable_content_region.width - 3)
        shown.set_options(Option(report_rows.laid_out(row.content, width)) for row in self._rows)
        if self._rows:
            shown.highlighted = min(at, len(self._rows) - 1)
        self.query_one("#rows-box").border_title = name.capitalize()

    def _make(self, name: str) -> list[Row]:
        card = self._record.scorecard
        if name == "transcript":
            return report_rows.transcript_rows(self._record.log)
        if card is None:
            return [Row(Content("This session has not been rated."))]
        pages = {
            "ratings": report_rows.ratings, "tests": report_rows.tests, "facts": report_rows.facts,
            "mistakes": report_rows.mistakes, "approach": report_rows.approach,
        }  # fmt: skip
        return pages[name](card)

    # --- evidence -----------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#rows")
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        row = self._rows[event.option_index]
        parts = [report_rows.detail(self._record.log, seq) for seq in row.events[:6]]
        text = ("\n\n" + "─" * 12 + "\n\n").join(parts)
        self.query_one("#event", Static).update(text or "This row cites no event.")
        self.query_one("#evidence").scroll_home(animate=False)

    @on(OptionList.OptionSelected, "#rows")
    def _to_event(self, event: OptionList.OptionSelected) -> None:
        """Go to the cited event in the transcript."""
        row = self._rows[event.option_index]
        if self._page == "transcript" or not row.events:
            return
        self._from = (self._page, event.option_index)
        rows = report_rows.transcript_rows(self._record.log)
        # What is not in the transcript itself happened just after the row before it.
        at = max((i for i, r in enumerate(rows) if r.id <= row.events[0]), default=0)
        self._show("transcript", at)
        self.query_one("#rows-box").border_title = f"Transcript at #{row.events[0]} · Esc goes back"
        text = report_rows.detail(self._record.log, row.events[0])
        self.call_after_refresh(self.query_one("#event", Static).update, text)

    def action_evidence(self) -> None:
        """The same as Enter."""
        self.query_one("#rows", OptionList).action_select()

    def action_back(self) -> None:
        """Back to the row a citation was followed from."""
        if self._from is not None:
            page, at = self._from
            self._from = None
            self._show(page, at)

    # --- leaving ------------------------------------------------------------------------------

    @work(group="dialog", exclusive=True)
    async def action_export(self) -> None:
        """Write the report to a file."""
        from interviewer.tui.app import InterviewerApp
        from interviewer.tui.export import write

        assert isinstance(self.app, InterviewerApp)
        render = self.app.render_report
        if render is None:
            self.notify("Exporting is not set up here; use `interviewer report`.", severity="warning")
            return
        chosen = await self.app.push_screen_wait(
            Menu("Export", (("m", "md", "Markdown"), ("h", "html", "HTML, one file"), ("j", "json", "JSON")))
        )
        if not chosen:
            return
        path = Path.cwd() / f"{self._started.session[:8] if self._started else 'interview'}-report.{chosen}"
        try:
            await asyncio.to_thread(write, render, self._record, chosen, path)
        except OSError as error:
            self.notify(f"{path}: {error.strerror}", severity="error", markup=False)
            return
        self.notify(f"Written: {path}", markup=False)

    def action_again(self) -> None:
        """Start the same scenario anew."""
        from interviewer.tui.app import InterviewerApp

        started = self._started
        assert isinstance(self.app, InterviewerApp)
        if started is None:
            return
        total = started.plan.total_seconds
        self.app.begin(
            StartRequest(
                scenario=started.scenario,
                company=started.company,
                seniority=started.seniority,
                minutes=0 if total is None else total / 60,
                interviewer=started.interviewer,
            )
        )

    def action_home(self) -> None:
        """Back to the first screen."""
        from interviewer.tui.app import InterviewerApp

        assert isinstance(self.app, InterviewerApp)
        self.app.go_home()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the rows anew."""
        self.call_after_refresh(self._wrap)

    def _wrap(self) -> None:
        self._show(self._page, self.query_one("#rows", OptionList).highlighted or 0)
