"""The first screen: choose a scenario, how to hold it, or a session to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewer.domain.phases import FORMATS, Kind, clock_text, company_format
from interviewer.domain.rubric import Level, Seniority
from interviewer.errors import InterviewerError
from interviewer.tui.prose import prose
from interviewer.tui.screens.base import SizedScreen
from interviewer.tui.start import WARM_UP, Defaults, ReportRequest, Request, ResumeRequest, StartRequest
from interviewer.tui.text import one_line
from interviewer.tui.widgets.bars import KeyBar
from interviewer.tui.widgets.choice import Choice
from interviewer.tui.words import day, dots, length

if TYPE_CHECKING:
    # The first paint must not wait for what only the types need.
    from interviewer.ports import SessionSummary
    from interviewer.tui.shelf import Contents, ScenarioRow

LENGTHS = (0, 10, 15, 20, 30, 45, 60, 75, 90)
BUILT_IN = "offline"
_HERE = "  ◂ start here"
_KIND = {Kind.CODING: "coding", Kind.CONCEPTS: "concepts", Kind.SYSTEM_DESIGN: "system design"}


class ScenarioList(OptionList):
    """Scenarios; letters typed here filter them."""

    needle = ""

    class Filtered(Message):
        """What to look for changed."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "backspace" and self.needle:
            self.needle = self.needle[:-1]
        elif event.key == "escape" and self.needle:
            self.needle = ""
        elif event.is_printable and event.character and (event.character != " " or self.needle):
            self.needle += event.character
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.Filtered())


class Body(Horizontal):
    """Lists to the left, the chosen scenario to the right."""

    def __init__(self, usual: Defaults) -> None:
        super().__init__(id="body")
        self._usual = usual

    def compose(self) -> ComposeResult:
        """The lists and the card."""
        usual = self._usual
        with Vertical(id="left"):
            scenarios = ScenarioList(id="scenarios", classes="pane", markup=False)
            scenarios.border_title = "Scenarios"
            scenarios.border_subtitle = "type to filter"
            yield scenarios
            sessions = OptionList(id="sessions", classes="pane", markup=False)
            sessions.border_title = "Your sessions"
            yield sessions
        with Vertical(id="card", classes="pane"):
            yield Static("", id="title", markup=False)
            with VerticalScroll(id="brief-box", can_focus=False):
                yield Static("", id="brief", markup=False)
            yield Choice("Company", [(c.id, c.title) for c in FORMATS], value=usual.company, id="company")
            yield Choice(
                "Level", [(s.value, s.value) for s in Seniority], value=usual.seniority.value, id="level"
            )
            yield Choice(
                "Length",
                _length_values(usual.minutes, "the usual"),
                value=_spelt(usual.minutes),
                id="minutes",
            )
            voices = dict.fromkeys((usual.interviewer or BUILT_IN, BUILT_IN, *usual.models))
            with_model = [(v, "none: the built-in interviewer" if v == BUILT_IN else v) for v in voices]
            model = Choice("Model", with_model, id="model")
            model.display = len(with_model) > 1
            yield model
            yield Static("", id="how", markup=False)


class HomeScreen(SizedScreen):
    """Home. Filled by the app once the content has been read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "go('scenarios')", "Scenarios", id="home_scenarios"),
        Binding("f3", "go('company')", "Settings", id="home_settings"),
        Binding("f4", "go('sessions')", "Sessions", id="home_sessions"),
        Binding("enter", "start", "Start", id="home_start"),
    ]

    def __init__(self, waiting: str = "", defaults: Defaults | None = None) -> None:
        super().__init__()
        self._defaults = defaults or Defaults()
        self._waiting = waiting
        self._contents: Contents | None = None
        self._shown: list[ScenarioRow] = []
        self._sessions: list[SessionSummary] = []

    def compose_screen(self) -> ComposeResult:
        """A line until the content has been read: the first paint need not wait for lists and choices."""
        yield Static(
            Content.assemble(
                ("interviewer", "bold $primary"), ("   mock interviews for machine learning", "$quiet")
            ),
            id="brand",
        )
        yield Static(self._waiting, id="waiting", markup=False)
        yield KeyBar()

    # --- filling ------------------------------------------------------------------------------

    async def fill(self, contents: Contents) -> None:
        """Show what was read; a newcomer finds the ten-minute warm-up chosen."""
        if not self.query(Body):
            await self.mount(Body(self._defaults), after="#waiting")
            await self.query_one("#waiting").remove()
            self.query_one("#card").border_title = "Interview"
            self.query_one("#scenarios").focus()
        # The lines are cut to the width that the layout gives.
        self.call_after_refresh(self._show, contents)

    def _show(self, contents: Contents) -> None:
        self._contents = contents
        self._sessions = list(contents.sessions)
        sessions = self.query_one("#sessions", OptionList)
        sessions.set_options(Option(self._session_line(s)) for s in self._sessions)
        sessions.display = bool(self._sessions)
        if self._sessions:
            sessions.highlighted = 0
        wanted = WARM_UP if contents.first_time else self._chosen_id()
        self._list(wanted)

    def _list(self, wanted: str = "") -> None:
        if self._contents is None:
            return
        shown = self.query_one("#scenarios", ScenarioList)
        needle = shown.needle.lower()
        found = [row for row in self._contents.scenarios if needle in _haystack(row)]
        # The warm-up stands where a newcomer looks; the rest by what is asked for, then by title.
        self._shown = sorted(found, key=lambda r: (r.id != WARM_UP, r.question_type.value, r.title.lower()))
        shown.set_options(Option(self._scenario_line(row)) for row in self._shown)
        total = len(self._contents.scenarios)
        shown.border_title = (
            f"Scenarios · {len(self._shown)} of {total}" if needle else f"Scenarios · {total}"
        )
        shown.border_subtitle = f"filter: {shown.needle}▏ Esc clears" if needle else "type to filter"
        ids = [row.id for row in self._shown]
        if ids:
            shown.highlighted = ids.index(wanted) if wanted in ids else 0
        self._describe()

    def _scenario_line(self, row: ScenarioRow) -> Content:
        width = self.query_one("#scenarios").content_size.width - 3
        tails = max((len(other.last) + 2 for other in self._shown), default=0) if width >= 48 else 0
        kind = f"{row.question_type.value.replace('_', ' '):<16}" if width - tails >= 62 else ""
        level = f"{row.level.value:<7}" if width >= 42 else ""
        meta = f"{kind}{level}{row.minutes:>3} min"
        room = max(10, width - len(meta) - 2 - tails)
        title, here = one_line(row.title, room), ""
        if self._first(row) and len(title) + len(_HERE) <= room:
            here = _HERE
        return Content.assemble(
            (title, "bold"), (here, "$accent"), (" " * (room - len(title) - len(here) + 2), ""),
            (meta, "$quiet"), (f"  {row.last}" if tails else "", "$success"),
        )  # fmt: skip

    def _first(self, row: ScenarioRow) -> bool:
        return self._contents is not None and self._contents.first_time and row.id == WARM_UP

    def _session_line(self, summary: SessionSummary) -> Content:
        title = self._contents.title(summary.scenario) if self._contents else summary.scenario
        if not summary.ended:
            return Content.assemble(
                ("▶ go on    ", "$accent"), (title, "bold"),
                (f"  at {clock_text(summary.seconds)}", "$quiet"),
                (f" · {day(summary.started_at)}", "$quiet"),
            )  # fmt: skip
        if not summary.overall:
            return Content.assemble(
                ("○ unrated  ", "$warning"), title, (f"  {day(summary.started_at)}", "$quiet")
            )
        level = Level(summary.overall)
        return Content.assemble(
            (f"✓ {dots(level)}    ", "$success" if level.rank >= 2 else "$warning"), title,
            (f"  {level.words} · {day(summary.started_at)}", "$quiet"),
        )  # fmt: skip

    # --- the card -----------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#scenarios")
    def _describe(self) -> None:
        row = self._chosen()
        if row is None:
            self.query_one("#title", Static).update("")
            self.query_one("#brief", Static).update("Nothing fits the filter. Escape clears it.")
            self.query_one("#how", Static).update("")
            return
        meta = f"{_KIND[row.kind]} · {row.question_type.value.replace('_', ' ')} · {row.level.value}"
        last = f" · last time {row.last}" if row.last else ""
        self.query_one("#title", Static).update(
            Content.assemble((row.title, "bold $primary"), ("\n" + meta + last, "$quiet"))
        )
        self.query_one("#brief", Static).update(self._brief(row))
        self._lengths(row)
        self._say_how()

    def _brief(self, row: ScenarioRow) -> Content:
        from interviewer.tui.app import InterviewerApp

        app = self.app
        assert isinstance(app, InterviewerApp)
        try:
            text = prose(app.brief(row.id))
        except (InterviewerError, OSError) as error:
            return Content.styled(one_line(str(error)), "$error")
        intro = ""
        if self._first(row):
            intro = "New here? This ten-minute warm-up shows you around. Press Enter.\n\n"
        return Content.assemble((intro, "$accent"), text)

    def _usual(self, row: ScenarioRow) -> int:
        company = company_format(self.query_one("#company", Choice).value)
        if company.id == "free" or row.minutes <= 15:
            return row.minutes
        return company.minutes

    def _lengths(self, row: ScenarioRow) -> None:
        choice = self.query_one("#minutes", Choice)
        values = _length_values(self._defaults.minutes, f"{self._usual(row)} min, the usual")
        choice.set_values(values, choice.value)

    @on(Choice.Changed)
    def _say_how(self) -> None:
        row = self._chosen()
        if row is None:
            return
        self._lengths(row)
        company = company_format(self.query_one("#company", Choice).value)
        runs = "code runs" if company.code_runs else "code cannot be run"
        self.query_one("#how", Static).update(
            Content.assemble(
                (f"{company.medium}, {runs}", "$quiet"),
                ("\nEnter", "bold $primary"),
                (" starts the interview", ""),
            )
        )

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns anew."""
        self.call_after_refresh(lambda: self._list(self._chosen_id()))

    # --- acting -------------------------------------------------------------------------------

    def _chosen(self) -> ScenarioRow | None:
        if self._contents is None:
            return None
        at = self.query_one("#scenarios", OptionList).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def _chosen_id(self) -> str:
        row = self._chosen()
        return row.id if row else ""

    @on(ScenarioList.Filtered)
    def _filter(self) -> None:
        self._list(self._chosen_id())

    @on(OptionList.OptionSelected, "#scenarios")
    def action_start(self) -> None:
        """Start the chosen scenario."""
        row = self._chosen()
        if row is None:
            return
        minutes = self.query_one("#minutes", Choice).value
        self._begin(
            StartRequest(
                scenario=row.id,
                company=self.query_one("#company", Choice).value,
                seniority=Seniority(self.query_one("#level", Choice).value),
                minutes=float(minutes) if minutes else None,
                interviewer=self.query_one("#model", Choice).value,
            )
        )

    @on(OptionList.OptionSelected, "#sessions")
    def _open_session(self, event: OptionList.OptionSelected) -> None:
        summary = self._sessions[event.option_index]
        if summary.ended and summary.overall:
            self._begin(ReportRequest(session=summary.session))
        else:
            self._begin(ResumeRequest(session=summary.session))

    def _begin(self, request: Request) -> None:
        from interviewer.tui.app import InterviewerApp

        assert isinstance(self.app, InterviewerApp)
        self.app.begin(request)

    def action_go(self, where: str) -> None:
        """Put the focus somewhere."""
        if self._contents is None:
            return
        target = self.query_one(f"#{where}")
        if target.display:
            target.focus()
        else:
            self.app.notify("No sessions yet: your first one will be listed here.")


def _length_values(own: float | None, usual: str) -> list[tuple[str, str]]:
    lengths = sorted({*LENGTHS, *([] if own is None else [own])})
    return [("", usual), *((_spelt(minutes), length(minutes)) for minutes in lengths)]


def _spelt(minutes: float | None) -> str:
    return "" if minutes is None else f"{minutes:g}"


def _haystack(row: ScenarioRow) -> str:
    parts = (row.id, row.title, row.kind.value, row.question_type.value, row.level.value, str(row.minutes))
    return " ".join(parts).replace("_", " ").lower()
