"""The Textual application: themes, keys, commands, and which screen comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual._path import CSSPathType
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from interviewer.errors import InterviewerError
from interviewer.service.code_file import CodeFile
from interviewer.tui.actions import EVERYWHERE
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.start import Defaults, Look, ReportRequest, Request, ResumeRequest, StartRequest
from interviewer.tui.themes import FALLBACK, OFFERED, OURS

if TYPE_CHECKING:
    from interviewer.service.interview import Interview
    from interviewer.service.service import InterviewService
    from interviewer.tui.export import Render


_HERE = Path(__file__).parent


class InterviewerApp(App[None]):
    """The screen interface. `make_service` is called in a worker thread after the first paint.

    Ends with a return code: 0, or an error's exit code with its one line as `exit_line`.
    """

    TITLE = "interviewer"
    # Home is the default screen, whose own CSS_PATH Textual does not read.
    CSS_PATH: ClassVar[CSSPathType | None] = [_HERE / "app.tcss", _HERE / "screens" / "home.tcss"]
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [action.binding() for action in EVERYWHERE]
    NOTIFICATION_TIMEOUT = 6.0

    def __init__(
        self,
        make_service: Callable[[], InterviewService],
        start: Request | None = None,
        *,
        look: Look | None = None,
        defaults: Defaults | None = None,
        render_report: Render | None = None,
    ) -> None:
        super().__init__()
        self.exit_line = ""
        self._defaults = defaults
        self.render_report = render_report
        self._make_service = make_service
        self._request = start
        self._service: InterviewService | None = None
        look = look or Look()
        for theme in OURS:
            self.register_theme(theme)
        self.theme = look.theme if look.theme in OFFERED else OURS[0].name
        if look.keys:
            self.set_keymap(look.keys)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Names our stylesheets use, for themes that lack them."""
        return FALLBACK

    def get_default_screen(self) -> Screen[None]:
        """Home is at the bottom of the stack."""
        waiting = "opening …" if self._request is not None else "reading the scenarios …"
        return HomeScreen(waiting, self._defaults)

    def get_key_display(self, binding: Binding) -> str:
        """Function keys in capitals, as on the keyboard."""
        shown = super().get_key_display(binding)
        return shown.upper() if shown[:1] == "f" and shown[1:].isdigit() else shown

    @property
    def service(self) -> InterviewService:
        """The composed service; only after it was made."""
        assert self._service is not None
        return self._service

    def on_mount(self) -> None:
        """Paint first, read afterwards."""
        self.call_after_refresh(self._load)

    # --- reading ------------------------------------------------------------------------------

    @work(thread=True, group="load", exclusive=True)
    def _load(self) -> None:
        from interviewer.tui.shelf import contents

        try:
            if self._service is None:
                self._service = self._make_service()
            read = contents(self._service)
        except InterviewerError as error:
            self.call_from_thread(self.fail, error)
            return
        self.call_from_thread(self._loaded, read)

    def _loaded(self, read: object) -> None:
        from interviewer.tui.shelf import Contents

        assert isinstance(read, Contents)
        request, self._request = self._request, None
        if request is not None:
            self.begin(request, fatal=True)
            return
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.call_later(screen.fill, read)

    def brief(self, scenario_id: str) -> str:
        """A scenario's brief, for the first screen."""
        from interviewer.tui.shelf import brief

        return brief(self.service, scenario_id)

    # --- going places -------------------------------------------------------------------------

    @work(group="begin", exclusive=True)
    async def begin(self, request: Request, fatal: bool = False) -> None:
        """Start, resume or show a session; an error is one notice, or the end when `fatal`."""
        import asyncio

        if self._service is None:
            return
        try:
            match request:
                case StartRequest():
                    interview, file = await asyncio.to_thread(self._start, request)
                    self._show(interview, file)
                case ResumeRequest():
                    interview, file = await asyncio.to_thread(self._resume, request)
                    self._show(interview, file)
                case ReportRequest():
                    await self._report(request.session)
        except InterviewerError as error:
            if fatal:
                self.fail(error)
            else:
                self.notify(str(error), severity="error", markup=False, timeout=12)

    def _start(self, request: StartRequest) -> tuple[Interview, CodeFile | None]:
        file = None
        if request.file is not None:
            # Before a session begins: a file that cannot be used must not leave one behind.
            file = CodeFile(request.file, self.service.ports.library.get(request.scenario).starter)
        interview = self.service.start(
            request.scenario,
            company=request.company,
            seniority=request.seniority,
            minutes=request.minutes,
            interviewer=request.interviewer,
            seed=request.seed,
            code=file.text if file is not None else None,
        )
        return interview, file

    def _resume(self, request: ResumeRequest) -> tuple[Interview, CodeFile | None]:
        interview = self.service.resume(request.session)
        if request.file is None:
            return interview, None
        try:
            unsaved = self.service.ports.store.drafts(interview.session).get("code")
            return interview, CodeFile(request.file, interview.state.code if unsaved is None else unsaved)
        except InterviewerError:
            interview.close()
            raise

    def _show(self, interview: Interview, file: CodeFile | None) -> None:
        from interviewer.tui.screens.interview import InterviewScreen

        self._to_home()
        self.push_screen(InterviewScreen(interview, self.service, file=file))

    async def _report(self, session: str) -> None:
        import asyncio

        from interviewer.tui.screens.report import ReportScreen
        from interviewer.tui.shelf import record

        found = await asyncio.to_thread(record, self.service, session)
        self._to_home()
        self.push_screen(ReportScreen(found))

    def _to_home(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def go_home(self) -> None:
        """Back to the first screen, read anew."""
        self._to_home()
        self._load()

    def fail(self, error: InterviewerError) -> None:
        """End with the error's one line and exit code."""
        self.exit_line = str(error)
        self.exit(return_code=error.exit_code)

    # --- actions ------------------------------------------------------------------------------

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action of the screen and of the app, then the themes."""
        offered = getattr(screen, "commands", None)
        for action in offered() if callable(offered) else ():
            yield SystemCommand(action.title, action.about, _runner(screen, action.name))
        yield SystemCommand("Help: keys and commands", "All of them on one page", self.action_help)
        for theme in OFFERED:
            if theme != self.theme:
                yield SystemCommand(f"Theme: {theme}", "Change the colours", _themer(self, theme))
        yield SystemCommand("Leave", "The session is kept", self.action_leave)

    def action_help(self) -> None:
        """Show keys and commands."""
        from interviewer.tui.screens.help import HelpScreen
        from interviewer.tui.screens.interview import InterviewScreen

        if isinstance(self.screen, HelpScreen):
            return
        held = self.screen
        self.push_screen(HelpScreen(held.commands()) if isinstance(held, InterviewScreen) else HelpScreen())

    async def action_leave(self) -> None:
        """Save and leave."""
        for screen in reversed(self.screen_stack):
            if (leave := getattr(screen, "leave", None)) is not None:
                await leave()
        self.exit()


def _runner(screen: Screen[object], name: str) -> Callable[[], None]:
    def run() -> None:
        screen.call_later(screen.run_action, name)

    return run


def _themer(app: App[None], theme: str) -> Callable[[], None]:
    def set_theme() -> None:
        app.theme = theme

    return set_theme


def run(
    make_service: Callable[[], InterviewService],
    start: Request | None = None,
    *,
    look: Look | None = None,
    defaults: Defaults | None = None,
    render_report: Render | None = None,
) -> int:
    """Run the screen interface to its end; prints an error's line to stderr and returns the exit code."""
    import sys

    app = InterviewerApp(make_service, start, look=look, defaults=defaults, render_report=render_report)
    app.run()
    if app._service is not None:
        app._service.close()
    if app.exit_line:
        print(app.exit_line, file=sys.stderr)
    return app.return_code or 0
