"""The interview: problem, chat, code and results, with the clock above and the keys below."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import TextArea

from interviewer.domain import events as ev
from interviewer.domain.phases import Kind, clock_text
from interviewer.domain.transcript import transcript
from interviewer.errors import InterviewerError
from interviewer.ports import HandsBack
from interviewer.service.code_file import CodeFile
from interviewer.service.interview import Interview
from interviewer.service.service import InterviewService
from interviewer.service.slash import Mistyped, Said, Slash, parse
from interviewer.tui.actions import EVERYWHERE, HAND_BACK, INTERVIEW, Action
from interviewer.tui.conversation import Conversation
from interviewer.tui.course import Course
from interviewer.tui.following import Following
from interviewer.tui.incoming import Incoming
from interviewer.tui.keeper import Keeper
from interviewer.tui.outbox import Outbox
from interviewer.tui.progress import sandbox_words, time_words
from interviewer.tui.runner import Runner, What
from interviewer.tui.screens.base import SizedScreen
from interviewer.tui.screens.dialogs import PANES, Menu
from interviewer.tui.status import Status
from interviewer.tui.timekeeper import Timekeeper
from interviewer.tui.widgets.bars import KeyBar, StatusLine
from interviewer.tui.widgets.chat import ChatLog
from interviewer.tui.widgets.editor import CodeEditor
from interviewer.tui.widgets.panes import Panes
from interviewer.tui.widgets.phase_bar import PhaseBar
from interviewer.tui.widgets.reply import ReplyInput
from interviewer.tui.widgets.results import Results
from interviewer.tui.wrap_up import wrap_up

_ACTIONS = {a.slash: a for a in (*INTERVIEW, HAND_BACK, *EVERYWHERE) if a.slash}


class InterviewScreen(SizedScreen):
    """One interview being held."""

    CSS_PATH = "interview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [action.binding() for action in INTERVIEW]

    def __init__(
        self, interview: Interview, service: InterviewService, *, file: CodeFile | None = None
    ) -> None:
        super().__init__()
        self.interview = interview
        self.service = service
        self._drafts = service.ports.store.drafts(interview.session)
        self._following = Following(file) if file is not None else None
        self._wrapping = False
        self._unsubscribe = interview.subscribe(self._on_event)

    @property
    def speaking(self) -> bool:
        """Whether the interviewer speaks or is about to."""
        return self._speech.busy

    def commands(self) -> tuple[Action, ...]:
        """What the palette, the help page and the reply line offer here."""
        model = isinstance(self.interview.interviewer, HandsBack)
        return (*INTERVIEW, HAND_BACK) if model else INTERVIEW

    def slash_names(self) -> tuple[str, ...]:
        """The commands of the reply line."""
        return (*(a.slash for a in (*self.commands(), *EVERYWHERE) if a.slash), "show")

    def compose_screen(self) -> ComposeResult:
        """Clock, panes, status, keys."""
        talk = self.interview.scenario.kind is not Kind.CODING
        self.set_class(talk, "-talk")
        yield PhaseBar()
        yield Panes(
            self.interview.scenario.brief, self._drafts.get("code", self.interview.state.code), talk=talk
        )
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the log so far, restore what was unsent, and let the interviewer speak."""
        self._put_together()
        self._conversation.show(transcript(self.interview.log))
        self._keeper.restore(self._drafts)
        self._runner.restore()
        self._incoming.start()
        self._panes.show("chat")
        self._reply.focus()
        self.set_interval(1.0, self._tick)
        self.set_interval(0.3, self.query_one(ChatLog).tick)
        self._timekeeper.draw()
        self.call_after_refresh(self._begin)

    def _put_together(self) -> None:
        """Make the parts that act on the widgets."""
        interview = self.interview
        self._panes = self.query_one(Panes)
        self._editor = self.query_one(CodeEditor)
        self._reply = self.query_one(ReplyInput)
        self._results = self.query_one(Results)
        self._reply.on_send = self._send
        self._outbox = Outbox(self._reply)
        self._conversation = Conversation(
            interview, self.query_one(ChatLog), self._outbox, self._panes, spoken=self._after_speech
        )
        self._speech = self._conversation.speech
        self._status = Status(
            self.query_one(StatusLine), interview, self._following, speaking=lambda: self._speech.speaking
        )
        self._keeper = Keeper(interview, self._editor, self._outbox, report=self._status.saving)
        self._incoming = Incoming(self._editor, self._keeper, self._following, looked=self._status.draw)
        self._runner = Runner(self._results, interview, ready=self._settle, ran=self._conversation.react)
        self._course = Course(self.app, interview, self._speech, self._outbox, self._keeper, self._incoming)
        self._timekeeper = Timekeeper(
            self.query_one(PhaseBar), interview, self._speech, time_up=self._time_is_up
        )

    def _begin(self) -> None:
        self._warm()
        self._speak()
        state = self.interview.state
        if state.ended is not None:
            self._wrap_up()
        elif state.paused_at is not None:
            self._raise_cover()
        else:
            self._conversation.open()

    @work(thread=True, group="warm", exit_on_error=False)
    def _warm(self) -> None:
        try:
            self.service.ports.executor.warm(self.interview.scenario.libraries)
            sandbox = sandbox_words(self.service.ports.executor.sandbox())
        except InterviewerError as error:
            sandbox = f"✗ {error}"
        self.app.call_from_thread(self._status.contained, sandbox)

    @work(group="speech")
    async def _speak(self) -> None:
        await self._conversation.run()

    # --- the log, as it grows -----------------------------------------------------------------

    def _on_event(self, event: ev.SessionEvent) -> None:
        if not self.is_mounted:
            return
        self._conversation.show(transcript([event]))
        match event:
            case ev.CandidateSaid():
                if self._outbox.arrived(event.text):
                    self._keeper.touched()
            case ev.TimeNoticed(notice=ev.NoticeKind.FIVE_MINUTES):
                self._warn(f"{clock_text(event.remaining)} left")
            case ev.InterviewerChanged():
                self._warn(f"{event.interviewer}: {event.why}")
            case _:
                pass
        self._timekeeper.draw()
        self._status.draw()

    # --- clock --------------------------------------------------------------------------------

    def _tick(self) -> None:
        if self._timekeeper.running:
            self._incoming.take()
        self._timekeeper.tick()

    @work(group="closing", exclusive=True)
    async def _time_is_up(self) -> None:
        await self._course.run_out()
        self._wrap_up()

    # --- speaking -----------------------------------------------------------------------------

    def _send(self, typed: str) -> bool:
        """Say a line, or do a command; False leaves it in the reply line."""
        match parse(typed, self.slash_names()):
            case Mistyped() as mistyped:
                self._warn(mistyped.line)
                return False
            case Slash(name, argument):
                self._slash(name, argument)
            case Said(text):
                if self.interview.state.ended is not None:
                    self._warn("The interview has ended.")
                    return False
                self._keeper.touched()
                self._incoming.take()
                self._keeper.take_code()
                self._conversation.send(text)
        return True

    def _slash(self, name: str, argument: str) -> None:
        if name == "next" and argument:
            self._course.go_to(argument)
        elif name == "code" and argument:
            self._incoming.load(argument)
        elif name == "show":
            self.action_show_code()
        else:
            action = _ACTIONS[name]
            target = self.app if action in EVERYWHERE else self
            self.call_later(target.run_action, action.name)

    def _unsent(self) -> str:
        """What was typed and is not in the log yet."""
        return self._outbox.text

    def _after_speech(self) -> None:
        self._status.draw()
        if self.interview.state.ended is not None and not self._speech.busy:
            self._wrap_up()

    def _warn(self, line: str) -> None:
        self.notify(line, severity="warning", markup=False)

    # --- typing -------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def _edited(self, event: TextArea.Changed) -> None:
        # A paste is typing too.
        self._timekeeper.typed()
        self._keeper.touched(code=event.text_area is self._editor)

    @on(TextArea.SelectionChanged, "#editor")
    def _moved(self) -> None:
        self._keeper.touched()

    def on_key(self) -> None:
        """Remember when something was typed."""
        self._timekeeper.typed()

    async def leave(self) -> None:
        """Before the program ends: keep what was typed to the last key."""
        await self._panes.typed_out()
        self.keep_everything()

    def keep_everything(self) -> None:
        """Write through what was typed, and give the session free. Called before leaving."""
        if self.interview.state.ended is None:
            self._keeper.snapshot()
        self._keeper.write()
        self._unsubscribe()
        self.interview.close()

    async def action_external_editor(self) -> None:
        """Edit the code in $EDITOR."""
        await self._panes.typed_out()
        self._keeper.snapshot()
        self._incoming.edit_outside()

    # --- running ------------------------------------------------------------------------------

    def action_run_tests(self) -> None:
        """Run the visible tests."""
        self._run("tests")

    def action_submit(self) -> None:
        """Run all tests."""
        self._run("submit")

    def action_run_program(self) -> None:
        """Run the file."""
        self._run("program")

    def _run(self, what: What) -> None:
        if not self._runner.start(what):
            self.notify("It is still running.")
        elif self._panes.single:
            self.action_show_code()

    async def _settle(self) -> None:
        """Take the code to its last key, and to the file's last save."""
        await self._panes.typed_out()
        self._incoming.take()
        self._keeper.snapshot()

    @on(Results.Jump)
    def _jump_to_line(self, event: Results.Jump) -> None:
        self._panes.show("code")
        self._editor.go_to(event.line, event.column)
        self._editor.focus()

    # --- panes --------------------------------------------------------------------------------

    def action_show_problem(self) -> None:
        """Go to the brief."""
        self._panes.go("problem", self.query_one("#problem"))

    def action_show_chat(self) -> None:
        """Go to the reply line."""
        self._panes.go("chat", self._reply)

    def action_show_code(self) -> None:
        """Go to the editor."""
        if self.has_class("-talk"):
            self.notify("This interview is a conversation: there is no code.")
        else:
            self._panes.go("code", self._editor)

    @work(group="dialog", exclusive=True)
    async def action_jump(self) -> None:
        """Ask for a pane's letter."""
        match await self.app.push_screen_wait(Menu("Jump to", PANES)):
            case "problem":
                self.action_show_problem()
            case "chat":
                self.action_show_chat()
            case "code":
                self.action_show_code()
            case "tests":
                self._panes.go("code", self._results.query_one("#list"))
            case _:
                pass

    def action_stop(self) -> None:
        """Stop the reply; when it is quiet, leave the editor."""
        if not self._speech.stop():
            self._reply.focus() if self.focused is self._editor else self.screen.focus_next()

    # --- phases, time, hints, the end ---------------------------------------------------------

    @work(group="dialog", exclusive=True)
    async def action_next_phase(self) -> None:
        """Go to the next phase, after asking; after the last, end."""
        if not await self._course.next_phase():
            self.action_end_interview()

    @work(group="dialog", exclusive=True)
    async def action_hint(self) -> None:
        """Ask for a hint, after being told what it costs."""
        await self._course.hint()

    def action_time(self) -> None:
        """Tell the time in words."""
        self.notify(time_words(self.interview.clock()), markup=False)

    async def action_pause(self) -> None:
        """Stop the clock and cover everything."""
        await self._panes.typed_out()
        if self._course.pause():
            self._raise_cover()

    @work(group="dialog", exclusive=True)
    async def _raise_cover(self) -> None:
        await self._course.cover()

    def action_hand_back(self) -> None:
        """Let the model speak again."""
        self.notify(self._conversation.hand_back(), markup=False)
        self._status.draw()

    @work(group="dialog", exclusive=True)
    async def action_end_interview(self) -> None:
        """End, after asking; once ended, go on to the rating."""
        if self.interview.state.ended is not None:
            self._wrap_up()
        else:
            await self._course.end()

    @work(group="wrap", exclusive=True)
    async def _wrap_up(self) -> None:
        if self._wrapping:
            return
        self._wrapping = True
        self._keeper.write()
        self._results.say("● the final run of all tests …", "$accent")
        await wrap_up(self)
