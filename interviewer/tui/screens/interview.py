"""The interview: problem, chat, code and results, with the clock above and the keys below."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextvars import copy_context
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static, TextArea

from interviewer.domain import events as ev
from interviewer.domain.phases import Kind, clock_text
from interviewer.domain.transcript import Line, Speaker, transcript
from interviewer.errors import CommandRefused, InterviewerError, UsageError
from interviewer.ports import HandsBack, Occasion, Warming
from interviewer.service.code_file import CodeFile
from interviewer.service.interview import Interview
from interviewer.service.redact import public_run
from interviewer.service.service import InterviewService
from interviewer.service.slash import Mistyped, Said, Slash, parse
from interviewer.tui import external
from interviewer.tui.actions import EVERYWHERE, HAND_BACK, INTERVIEW, Action
from interviewer.tui.following import Following
from interviewer.tui.keeper import Keeper
from interviewer.tui.progress import end_of_text, place, progress, sandbox_words, time_words
from interviewer.tui.prose import prose
from interviewer.tui.screens.base import SizedScreen
from interviewer.tui.screens.dialogs import PANES, Confirm, Menu, PauseCover
from interviewer.tui.speech import Speech, Utterance
from interviewer.tui.text import count
from interviewer.tui.widgets.bars import KeyBar, StatusLine
from interviewer.tui.widgets.chat import ChatLog
from interviewer.tui.widgets.editor import CodeEditor
from interviewer.tui.widgets.phase_bar import PhaseBar
from interviewer.tui.widgets.reply import ReplyInput
from interviewer.tui.widgets.results import Results, tests_ahead
from interviewer.tui.widgets.tabs import TabStrip
from interviewer.tui.wrap_up import wrap_up

_T = TypeVar("_T")
TYPING = 3.0
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
        self._pending: list[str] = []
        self._pane = "chat"
        self._unread = 0
        self._typed_at = 0.0
        self._run_busy = False
        self._time_gone = False
        self._wrapping = False
        self._saved = "saved"
        self._sandbox = ""
        self._following = Following(file) if file is not None else None
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
        tabs = [
            ("problem", "F2", "Problem", "screen.show_problem"),
            ("chat", "F3", "Chat", "screen.show_chat"),
            ("code", "F4", "Code", "screen.show_code"),
        ]
        yield TabStrip(tabs[:2] if talk else tabs, id="panes")
        with Container(id="work"):
            with VerticalScroll(id="problem", classes="pane") as problem:
                problem.border_title = "Problem F2"
                yield Static(prose(self.interview.scenario.brief), id="brief", markup=False)
            with Vertical(id="code", classes="pane") as code:
                code.border_title = "solution.py F4"
                yield CodeEditor(self._drafts.get("code", self.interview.state.code), id="editor")
            with Vertical(id="chat", classes="pane") as chat:
                chat.border_title = "Interviewer F3"
                yield ChatLog(id="log")
                yield ReplyInput(id="reply", placeholder="Reply …  Enter sends, ^j new line, /help")
            results = Results(id="tests")
            results.add_class("pane")
            yield results
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the log so far, restore what was unsent, and let the interviewer speak."""
        self._chat = self.query_one(ChatLog)
        self._editor = self.query_one(CodeEditor)
        self._reply = self.query_one(ReplyInput)
        self._results = self.query_one(Results)
        self._keeper = Keeper(
            self,
            self.interview,
            code=lambda: self._editor.text,
            cursor=lambda: self._editor.cursor_location,
            reply=self._unsent,
            report=self._report_saving,
        )
        self._speech = Speech(
            self._chat,
            lambda: self._voice,
            refused=self._refuse,
            failed=self._model_failed,
            spoken=self._after_speech,
        )
        self._reply.on_send = self._send
        self._restore()
        if self._following is not None and self._following.text != self._editor.text:
            self._put_code(self._following.text)
        self._show_pane("chat")
        self._reply.focus()
        self.set_interval(1.0, self._tick)
        self.set_interval(0.3, self._chat.tick)
        self._draw_clock()
        self._draw_status()
        self.call_after_refresh(self._begin)

    @property
    def _voice(self) -> str:
        return "Interviewer"

    @work(group="speech")
    async def _speak(self) -> None:
        """What is to be said waits until the interviewer is ready, so that it gets ready only once."""
        voice = self.interview.interviewer
        if isinstance(voice, Warming):
            await voice.warm()
        await self._speech.run()

    def _begin(self) -> None:
        self._warm()
        self._speak()
        state = self.interview.state
        if state.ended is not None:
            self._wrap_up()
        elif state.paused_at is not None:
            self._raise_cover()
        else:
            self._speech.say(Utterance(self.interview.open))

    def _restore(self) -> None:
        for line in transcript(self.interview.log):
            self._show_line(line)
        kept = place(self._drafts.get("cursor", ""))
        self._editor.move_cursor(kept or end_of_text(self._editor.text))
        self._reply.text = self._drafts.get("reply", "")
        self._reply.move_cursor(self._reply.document.end)
        names = len(self.interview.scenario.visible())
        if not self.interview.state.first.code_runs:
            self._results.say("▲ code cannot be run in this format: trace an example by hand", "$warning")
        else:
            self._results.say(f"○ {tests_ahead(names)} · F5 runs them")
            last = self.interview.state.last_tests
            if last is not None:
                self._results.finish(public_run(last.run))

    @work(thread=True, group="warm", exit_on_error=False)
    def _warm(self) -> None:
        try:
            self.service.ports.executor.warm()
            self._sandbox = sandbox_words(self.service.ports.executor.sandbox())
        except InterviewerError as error:
            self._sandbox = f"✗ {error}"
        self.app.call_from_thread(self._draw_status)

    # --- the log, as it grows -----------------------------------------------------------------

    def _on_event(self, event: ev.SessionEvent) -> None:
        if not self.is_mounted:
            return
        for line in transcript([event]):
            self._show_line(line)
        match event:
            case ev.CandidateSaid():
                if self._pending and self._pending[0].strip() == event.text.strip():
                    self._pending.pop(0)
                    self._keeper.touched()
            case ev.TimeNoticed(notice=ev.NoticeKind.FIVE_MINUTES):
                self.notify(f"{clock_text(event.remaining)} left", severity="warning", markup=False)
            case ev.InterviewerChanged():
                self.notify(f"{event.interviewer}: {event.why}", severity="warning", markup=False)
            case _:
                pass
        self._draw_clock()
        self._draw_status()

    def _show_line(self, line: Line) -> None:
        name = self._voice if line.speaker is Speaker.INTERVIEWER else "You"
        self._chat.add(line, name)
        if line.speaker is not Speaker.CANDIDATE and self.is_mounted and not self._chat_in_view():
            self._unread += line.speaker is Speaker.INTERVIEWER
            self._draw_tabs()

    def _chat_in_view(self) -> bool:
        return self._pane == "chat" or not self.has_class("-narrow")

    # --- clock --------------------------------------------------------------------------------

    def _draw_clock(self) -> None:
        self.query_one(PhaseBar).progress = progress(self.interview)

    def _tick(self) -> None:
        self._draw_clock()
        state = self.interview.state
        if state.ended is not None or state.paused_at is not None or self._time_gone:
            return
        self._take_file()
        remaining = self.interview.clock().remaining
        if remaining is not None and remaining <= 0:
            self._time_is_up()
        elif self._speech.busy:
            self._notices()
        else:
            typing = time.monotonic() - self._typed_at < TYPING
            self._speech.say(Utterance(lambda: self.interview.watch(typing=typing), thinking=False))

    @work(group="notices", exclusive=True)
    async def _notices(self) -> None:
        async for _ in self.interview.watch(typing=True):
            pass

    @work(group="closing", exclusive=True)
    async def _time_is_up(self) -> None:
        """The unsent line counts as said, the code is kept as it stands, then the interview ends."""
        self._time_gone = True
        await self._speech.quiet()
        self._take_file()
        self._keeper.snapshot()
        text = self._unsent().strip()
        if text:
            self._pending.clear()
            self._reply.text = ""
            self.interview.say(text)
        self._keeper.write()
        await self._speech.play(Utterance(self.interview.watch))
        self._wrap_up()

    # --- speaking -----------------------------------------------------------------------------

    def _send(self, typed: str) -> bool:
        """Say a line, or do a command; False leaves it in the reply line."""
        match parse(typed, self.slash_names()):
            case Mistyped() as mistyped:
                self.notify(mistyped.line, severity="warning", markup=False)
                return False
            case Slash(name, argument):
                self._slash(name, argument)
            case Said(text):
                if self.interview.state.ended is not None:
                    self.notify("The interview has ended.", severity="warning")
                    return False
                self._pending.append(text)
                self._keeper.touched()
                self._take_file()
                self._take_snapshot()
                self._speech.say(
                    Utterance(
                        lambda: self.interview.take_turn(text),
                        on_refused=lambda error: self._give_back(text, error),
                    )
                )
        return True

    def _take_snapshot(self) -> None:
        """The interviewer answers to the code as it stands; the drafts follow in their own time."""
        try:
            self.interview.edit(self._editor.text)
        except InterviewerError as error:
            self._report_saving(str(error))

    def _give_back(self, text: str, error: CommandRefused) -> None:
        if text in self._pending:
            self._pending.remove(text)
        self._reply.text = f"{text}\n{self._reply.text}".strip()
        self._refuse(str(error))

    def _unsent(self) -> str:
        return "\n".join(part for part in (*self._pending, self._reply.text) if part)

    def _after_speech(self) -> None:
        self._draw_status()
        if self.interview.state.ended is not None and not self._speech.busy:
            self._wrap_up()

    def _model_failed(self, line: str) -> None:
        self._chat.say_note(line)
        self.notify(line, severity="error", markup=False)

    def _refuse(self, line: str) -> None:
        self.notify(line, severity="warning", markup=False)

    def _slash(self, name: str, argument: str) -> None:
        if name == "next" and argument:
            self._go_to(argument)
        elif name == "code" and argument:
            self._load_file(argument)
        elif name == "show":
            self.action_show_code()
        else:
            action = _ACTIONS[name]
            target = self.app if action in EVERYWHERE else self
            self.call_later(target.run_action, action.name)

    # --- typing -------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def _edited(self, event: TextArea.Changed) -> None:
        self._keeper.touched(code=event.text_area is self._editor)

    @on(TextArea.SelectionChanged, "#editor")
    def _moved(self) -> None:
        self._keeper.touched()
        row, column = self._editor.cursor_location
        self.query_one("#code").border_subtitle = f"{row + 1}:{column + 1}"

    def on_key(self, event: events.Key) -> None:
        """Remember when something was typed: nobody is interrupted then."""
        self._typed_at = time.monotonic()

    def on_text_area_changed(self) -> None:
        """A paste is typing too."""
        self._typed_at = time.monotonic()

    async def typed_out(self) -> None:
        """Wait until every key pressed so far has arrived in the text.

        A key of ours acts at once, while letters typed before it still wait in the editor's queue.
        """
        for area in (self._editor, self._reply):
            arrived = asyncio.Event()
            area.call_later(arrived.set)
            await arrived.wait()

    async def leave(self) -> None:
        """Before the program ends: keep what was typed to the last key."""
        await self.typed_out()
        self.keep_everything()

    def keep_everything(self) -> None:
        """Write through what was typed, and give the session free. Called before leaving."""
        if self.interview.state.ended is None:
            self._keeper.snapshot()
        self._keeper.write()
        self._unsubscribe()
        self.interview.close()

    def _report_saving(self, what: str) -> None:
        if what != self._saved:
            self._saved = what
            self._draw_status()

    def _draw_status(self) -> None:
        if not self.is_mounted:
            return
        saved = {"saved": "✓ saved", "saving": "● saving"}.get(self._saved, f"✗ not saved: {self._saved}")
        speaking = "● interviewer is speaking, Esc stops" if self._speech.speaking else ""
        voice = self.interview.interviewer
        who = f"interviewer: {voice.name}"
        if isinstance(voice, HandsBack) and voice.taken_over:
            who = f"▲ interviewer: {voice.name} for the model, /model hands back"
        follows = self._following.mark if self._following is not None else ""
        line = self.query_one(StatusLine)
        line.left = tuple(part for part in (saved, follows, who, self._sandbox, speaking) if part)
        line.right = f"session {self.interview.session[:8]}"

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

    def _run(self, what: str) -> None:
        if self._run_busy:
            self.notify("It is still running.")
            return
        self._run_busy = True
        if self.has_class("-narrow"):
            self.action_show_code()
        self._do_run(what)

    @work(group="run")
    async def _do_run(self, what: str) -> None:
        results = self._results
        await self.typed_out()
        self._take_file()
        self._keeper.snapshot()
        write, add = _from_threads(results.write), _from_threads(results.add)
        try:
            if what == "program":
                results.begin_program()
                ran = await self.interview.run_program(write)
                results.finish_program(ran)
                occasion = Occasion.PROGRAM
            else:
                results.begin("running the visible tests" if what == "tests" else "running all tests")
                call = self.interview.run_tests if what == "tests" else self.interview.submit
                run = await call(add)
                results.finish(run)
                occasion = Occasion.TESTS
        except CommandRefused as error:
            results.say(f"▲ {error}", "$warning")
            self._refuse(str(error))
            return
        except InterviewerError as error:
            results.say(f"✗ {error}", "$error")
            self.notify(str(error), severity="error", markup=False)
            return
        finally:
            self._run_busy = False
        self._speech.say(Utterance(lambda: self.interview.react(occasion), thinking=False))

    @on(Results.Jump)
    def _jump_to_line(self, event: Results.Jump) -> None:
        self._show_pane("code")
        self._editor.go_to(event.line, event.column)
        self._editor.focus()

    # --- panes --------------------------------------------------------------------------------

    def _show_pane(self, pane: str) -> None:
        self._pane = pane
        for name in ("problem", "chat", "code"):
            self.set_class(name == pane, f"-show-{name}")
        if pane == "chat":
            self._unread = 0
        self._draw_tabs()

    def _draw_tabs(self) -> None:
        strip = self.query_one("#panes", TabStrip)
        strip.current = self._pane
        strip.marks = {"chat": f"{self._unread} new"} if self._unread else {}

    def _go(self, pane: str, widget: Widget) -> None:
        """Show a pane and give it the keyboard, before the next key is read."""
        self._show_pane(pane)
        if not widget.focusable:
            # It was hidden a moment ago, and what is hidden cannot take the focus.
            self.app.stylesheet.update(self)
        self.set_focus(widget)

    def action_show_problem(self) -> None:
        """Go to the brief."""
        self._go("problem", self.query_one("#problem"))

    def action_show_chat(self) -> None:
        """Go to the reply line."""
        self._go("chat", self._reply)

    def action_show_code(self) -> None:
        """Go to the editor."""
        if self.has_class("-talk"):
            self.notify("This interview is a conversation: there is no code.")
        else:
            self._go("code", self._editor)

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
                self._go("code", self._results.query_one("#list"))
            case _:
                pass

    def action_stop(self) -> None:
        """Stop the reply; when it is quiet, leave the editor."""
        if not self._speech.stop():
            self._reply.focus() if self.focused is self._editor else self.screen.focus_next()

    # --- phases, time, hints ------------------------------------------------------------------

    @work(group="dialog", exclusive=True)
    async def action_next_phase(self) -> None:
        """Go to the next phase, after asking."""
        state = self.interview.state
        following = state.plan.after(state.phase) if state.phase else None
        if following is None:
            self.action_end_interview()
            return
        question = f"Leave {state.phase.words.lower() if state.phase else ''} for {following.words.lower()}?"
        if await self.app.push_screen_wait(Confirm("Next phase", question, "go on")):
            self._keeper.snapshot()
            self._speech.say(Utterance(self.interview.go_to))

    def _go_to(self, name: str) -> None:
        phases = [budget.phase for budget in self.interview.state.plan.phases]
        target = next((p for p in phases if name.lower() in (p.value, p.words.lower())), None)
        if target is None:
            known = ", ".join(p.value for p in phases)
            self._refuse(str(UsageError(f"no phase {name!r}", remedy=f"known: {known}")))
        else:
            self._speech.say(Utterance(lambda: self.interview.go_to(target)))

    @work(group="dialog", exclusive=True)
    async def action_hint(self) -> None:
        """Say what the next hint costs, then ask for it."""
        offer = self.interview.hint_offer()
        if not offer.refusal:
            question = f"Hint {offer.rung} of {offer.rungs}: {offer.cost}."
            if not await self.app.push_screen_wait(Confirm("A hint?", question, "take it")):
                return
        self._keeper.snapshot()
        self._speech.say(Utterance(self.interview.hint))

    def action_time(self) -> None:
        """Tell the time in words."""
        self.notify(time_words(self.interview.clock()), markup=False)

    async def action_pause(self) -> None:
        """Stop the clock and cover everything."""
        await self.typed_out()
        self._keeper.snapshot()
        try:
            self.interview.pause()
        except CommandRefused as error:
            self._refuse(str(error))
            return
        self._speech.stop()
        self._raise_cover()

    @work(group="dialog", exclusive=True)
    async def _raise_cover(self) -> None:
        await self.app.push_screen_wait(PauseCover(clock_text(self.interview.clock().elapsed)))
        self.interview.resume()
        if not any(isinstance(event, ev.InterviewerSaid) for event in self.interview.log):
            self._speech.say(Utterance(self.interview.open))

    @work(group="dialog", exclusive=True)
    async def action_end_interview(self) -> None:
        """End, after asking."""
        if self.interview.state.ended is not None:
            self._wrap_up()
            return
        text = "The interview ends and is rated. The code counts as it stands."
        if await self.app.push_screen_wait(Confirm("End the interview?", text, "end and rate")):
            self._take_file()
            self._keeper.snapshot()
            self._speech.say(Utterance(self._ending))

    async def _ending(self) -> AsyncGenerator[str, None]:
        async for piece in self.interview.end():
            yield piece

    @work(group="wrap", exclusive=True)
    async def _wrap_up(self) -> None:
        if self._wrapping:
            return
        self._wrapping = True
        self._keeper.write()
        self._results.say("● the final run of all tests …", "$accent")
        await wrap_up(self)

    def action_hand_back(self) -> None:
        """Let the model speak again."""
        voice = self.interview.interviewer
        if not isinstance(voice, HandsBack):
            self.notify("No model was chosen for this interview.")
        elif not voice.taken_over:
            self.notify(f"{voice.name} is speaking already.", markup=False)
        else:
            voice.hand_back()
            self.notify(f"{voice.name} answers from the next reply on.", markup=False)
            self._draw_status()

    # --- files --------------------------------------------------------------------------------

    async def action_external_editor(self) -> None:
        """Edit the code in $EDITOR."""
        await self.typed_out()
        self._keeper.snapshot()
        text = external.edit(self.app, self._editor.text)
        if text is not None and text != self._editor.text:
            self._put_code(text)

    def _load_file(self, name: str) -> None:
        try:
            text = Path(name).expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.notify(f"{name}: cannot be read ({error})", severity="warning", markup=False)
            return
        self._put_code(text)
        self.notify(f"{name}: {count(text.count(chr(10)) + 1, 'line')} taken; ^z brings the old code back")

    def _take_file(self) -> None:
        """Take over what the candidate's own editor has saved meanwhile."""
        if self._following is None:
            return
        text = self._following.take()
        if text is not None and text != self._editor.text:
            self._put_code(text)
        self._draw_status()

    def _put_code(self, text: str) -> None:
        """Replace the whole code as one edit, so that undo brings the old one back."""
        where = self._editor.cursor_location
        self._editor.replace(text, (0, 0), self._editor.document.end, maintain_selection_offset=False)
        self._editor.move_cursor(where)
        self._keeper.snapshot()


def _from_threads(show: Callable[[_T], None]) -> Callable[[_T], None]:
    """`show`, callable from any thread; it acts on this loop and nobody waits for it."""
    loop, context = asyncio.get_running_loop(), copy_context()

    def pass_on(value: _T) -> None:
        loop.call_soon_threadsafe(show, value, context=context)

    return pass_on
