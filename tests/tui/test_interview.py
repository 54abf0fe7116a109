from __future__ import annotations

from typing import Any

import pytest

from interviewer.domain import events as ev
from interviewer.errors import ModelError
from interviewer.service.clocks import SimulatedClock
from interviewer.tui.start import ResumeRequest, StartRequest
from interviewer.tui.widgets.phase_bar import PhaseBar


async def test_a_question_is_answered_from_the_facts(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        await play.say("What if the arrays are empty?")
        await play.until(lambda: "ValueError" in play.said)
        assert play.reply.text == ""
        assert "You" in play.said


async def test_tests_run_and_enter_jumps_to_the_line(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        play.editor.text = "def mse_rmse(y_true, y_pred):\n    a = 1\n    return a / 0\n"
        await play.pilot.press("f5")
        await play.until(lambda: "0/2 passed" in str(play.results.border_title) + play.screen_text)
        assert "✗ error" in play.screen_text
        play.results.query_one("#list").focus()
        await play.pilot.press("enter")
        await play.until(lambda: play.editor.has_focus)
        assert play.editor.cursor_location[0] == 2


async def test_right_code_is_green(stage: Any, warm_up: StartRequest, right_code: str) -> None:
    async with stage.open(warm_up) as play:
        play.editor.text = right_code
        await play.pilot.press("ctrl+r")
        await play.until(lambda: "✓ 2/2 passed" in play.screen_text)
        await play.pilot.press("f6")
        await play.until(lambda: "hidden edge" in play.screen_text)
        assert "ValueError" not in play.results.results[-1].message


async def test_program_output_is_shown_as_plain_text(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        play.editor.text = "print('[/b] \\x1b[31mred [bold]')\nassert 1 + 1 == 2\n"
        await play.say("/run")
        await play.until(lambda: "program ended well" in play.screen_text)
        assert "[/b] red [bold]" in play.screen_text.replace("\x1b[31m", "")


async def test_a_pasted_block_stays_unsent_and_enter_sends_it(stage: Any, warm_up: StartRequest) -> None:
    from textual.events import Paste

    async with stage.open(warm_up) as play:
        play.reply.focus()
        play.app.post_message(Paste("first line\nsecond line\n"))
        await play.until(lambda: "second line" in play.reply.text)
        assert not any(isinstance(e, ev.CandidateSaid) for e in play.interview.interview.log)
        await play.pilot.press("ctrl+j", "x", "enter")
        await play.until(lambda: any(isinstance(e, ev.CandidateSaid) for e in play.interview.interview.log))
        said = next(e for e in play.interview.interview.log if isinstance(e, ev.CandidateSaid))
        assert said.text == "first line\nsecond line\n\nx"


async def test_what_was_typed_survives_a_kill(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        play.editor.focus()
        play.editor.text = "x = 1\ny = 2\n"
        play.editor.move_cursor((1, 3))
        play.reply.focus()
        await play.pilot.press("h", "a", "l", "f")
        await play.until(lambda: "✓ saved" in play.screen_text)
        # Nothing below runs any of the app's own leaving code: only the lock goes, as with a kill.
        interview = play.interview.interview
        play.interview._unsubscribe()
        interview.close()
        play.app.exit()
    async with stage.open(ResumeRequest()) as play:
        await play.until(lambda: play.reply.text == "half")
        assert play.editor.text == "x = 1\ny = 2\n"
        assert play.editor.cursor_location == (1, 3)


async def test_an_unknown_command_stays_in_the_reply_line(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        await play.say("/hnit")
        await play.until(lambda: "did you mean /hint?" in play.screen_text)
        assert play.reply.text == "/hnit"


async def test_next_phase_asks_first(still: Any, warm_up: StartRequest) -> None:
    async with still.open(warm_up) as play:
        await play.pilot.press("f8")
        await play.until(lambda: "Leave clarify for outline?" in play.screen_text)
        await play.pilot.press("escape")
        await play.pilot.pause(0.1)
        assert play.interview.interview.state.phase == "clarify"
        await play.say("/next")
        await play.until(lambda: "Leave clarify" in play.screen_text)
        await play.pilot.press("enter")
        await play.until(lambda: play.interview.interview.state.phase == "outline")
        await play.say("/next test")
        await play.until(lambda: play.interview.interview.state.phase == "test")


async def test_pausing_covers_the_code_and_stops_the_clock(still: Any, warm_up: StartRequest) -> None:
    async with still.open(warm_up) as play:
        await play.pilot.press("ctrl+s")
        await play.until(lambda: "The clock stands at" in play.screen_text)
        assert "def mse_rmse" not in play.screen_text
        clock = still.clock
        assert isinstance(clock, SimulatedClock)
        clock.advance(100)
        await play.pilot.press("enter")
        await play.until(lambda: "def mse_rmse" in play.screen_text)
        assert play.interview.interview.clock().elapsed < 1


async def test_a_hint_tells_its_cost_before_it_is_taken(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        await play.say("/hint")
        await play.until(lambda: "Hint 1 of 3" in play.screen_text)
        await play.pilot.press("enter")
        await play.until(lambda: play.interview.interview.state.hints == 1)


async def test_time_running_out_between_a_second_and_its_remark_keeps_the_unsent_line(
    still: Any, warm_up: StartRequest
) -> None:
    async with still.open(warm_up) as play:
        play.reply.focus()
        play.reply.text = "I would square the differences"
        still.clock.advance(599)
        play.interview._tick()  # there is a second left, and the remark it asks for comes after that
        still.clock.advance(2)
        await play.until(lambda: "How did it go?" in play.screen_text)
        said = [e.text for e in play.interview.interview.log if isinstance(e, ev.CandidateSaid)]
        assert said == ["I would square the differences"]


async def test_time_up_keeps_the_unsent_line_and_leads_to_the_report(
    still: Any, warm_up: StartRequest
) -> None:
    async with still.open(warm_up) as play:
        play.reply.focus()
        play.reply.text = "I would square the differences"
        clock = still.clock
        assert isinstance(clock, SimulatedClock)
        clock.advance(599)
        await play.until(lambda: "▲" in play.screen_text)
        clock.advance(2)
        await play.until(lambda: "How did it go?" in play.screen_text)
        log = play.interview.interview.log
        said = [e.text for e in log if isinstance(e, ev.CandidateSaid)]
        ended = next(e for e in log if isinstance(e, ev.InterviewEnded))
        assert said == ["I would square the differences"]
        assert ended.reason is ev.EndReason.TIME_UP
        await play.pilot.press("escape")
        await play.until(lambda: "1 Ratings" in play.screen_text)


async def test_the_end_is_rated_with_the_candidates_own_view(
    stage: Any, warm_up: StartRequest, right_code: str
) -> None:
    async with stage.open(warm_up) as play:
        await play.say("What if the arrays are empty?")
        await play.until(lambda: "ValueError" in play.said)
        play.editor.text = right_code
        await play.say("/end")
        await play.until(lambda: "End the interview?" in play.screen_text)
        await play.pilot.press("enter")
        await play.until(lambda: "How did it go?" in play.screen_text)
        await play.pilot.press("right", "right", "right", "enter")
        await play.until(lambda: "1 Ratings" in play.screen_text)
        assert "you: strong" in play.screen_text
        await play.pilot.press("2")
        await play.until(lambda: "in the final run" in play.screen_text)
        assert "✓ passed" in play.screen_text


async def test_escape_stops_a_reply_and_keeps_what_was_said(
    stage: Any, warm_up: StartRequest, voice: Any
) -> None:
    stage.voice = voice(pieces=("one ", "two ", *["more "] * 100), pause=0.05)
    async with stage.open(warm_up) as play:
        await play.until(lambda: "one two" in play.said)
        await play.pilot.press("escape")
        await play.until(lambda: "… stopped" in play.said)
        said = [e for e in play.interview.interview.log if isinstance(e, ev.InterviewerSaid)]
        assert len(said) == 1 and said[0].interrupted and said[0].text.startswith("one two")
        stage.voice.pieces, stage.voice.pause = ("And now?",), 0.0
        await play.say("Go on")
        await play.until(lambda: "And now?" in play.said)


async def test_thinking_shows_at_once_and_a_waiting_line_is_kept(
    stage: Any, warm_up: StartRequest, voice: Any
) -> None:
    stage.voice = voice(pieces=("Hello.",))
    async with stage.open(warm_up) as play:
        await play.until(lambda: "Hello." in play.said)
        stage.voice.pause = 60.0
        await play.say("first")
        assert "thinking" in play.said
        await play.say("second")
        assert play.interview._unsent() == "second"
        interview = play.interview.interview
        await play.until(lambda: interview.session and "✓ saved" in play.screen_text)
        assert play.app.service.ports.store.drafts(interview.session)["reply"] == "second"
        await play.pilot.press("escape")
        await play.until(lambda: "second" in play.said)


async def test_a_model_failure_is_one_line_and_the_interview_goes_on(
    stage: Any, warm_up: StartRequest, voice: Any
) -> None:
    stage.voice = voice(pieces=("half of it",), fails=ModelError("the model did not answer"))
    async with stage.open(warm_up) as play:
        await play.until(lambda: "the model did not answer" in play.said)
        assert "half of it" in play.said
        stage.voice.fails = None
        await play.say("Go on")
        await play.until(lambda: play.said.count("half of it") == 2)


async def test_foreign_text_is_never_markup(stage: Any, warm_up: StartRequest, voice: Any) -> None:
    stage.voice = voice(pieces=("[/b][red]x[/] \x1b]0;title\x07`code` and **bold**",))
    async with stage.open(warm_up) as play:
        await play.until(lambda: "[/b][red]x[/] code and bold" in play.said)
        await play.say("[/] [bold]mine\x1b[2J")
        await play.until(lambda: "[/] [bold]mine" in play.said)


async def test_the_chat_follows_only_from_the_bottom(stage: Any, warm_up: StartRequest, voice: Any) -> None:
    stage.voice = voice(pieces=("\n".join(f"line {n}" for n in range(60)),))
    async with stage.open(warm_up) as play:
        await play.until(lambda: "line 59" in play.screen_text)
        play.chat.scroll_to(y=3, animate=False, immediate=True)
        await play.pilot.pause()
        stage.voice.pieces = ("the newest",)
        await play.say("hm")
        await play.until(lambda: "the newest" in play.said)
        assert "the newest" not in play.screen_text
        play.chat.to_end()
        await play.until(lambda: "the newest" in play.screen_text)


async def test_a_narrow_terminal_shows_one_pane_and_marks_what_is_unread(
    stage: Any, warm_up: StartRequest, voice: Any
) -> None:
    stage.voice = voice(pieces=("Hello.",))
    async with stage.open(warm_up, size=(80, 24)) as play:
        await play.until(lambda: "Hello." in play.screen_text)
        assert "def mse_rmse" not in play.screen_text
        stage.voice.pause = 0.3
        await play.say("hm")
        await play.pilot.press("f4")
        await play.until(lambda: "● 1 new" in play.screen_text)
        assert "def mse_rmse" in play.screen_text and "Hello." not in play.screen_text
        await play.pilot.press("f3")
        await play.until(lambda: "● 1 new" not in play.screen_text)
        await play.pilot.press("f2")
        await play.until(lambda: "A warm-up, ten minutes" in play.screen_text)


async def test_a_terminal_too_small_says_so_and_loses_nothing(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        play.reply.text = "unsent"
        await play.pilot.resize_terminal(50, 12)
        await play.until(lambda: "Terminal too small: 50×12" in play.screen_text)
        assert "unsent" not in play.screen_text
        await play.pilot.resize_terminal(120, 40)
        await play.until(lambda: "unsent" in play.screen_text)


async def test_the_clock_warns_in_words(still: Any, warm_up: StartRequest) -> None:
    async with still.open(warm_up) as play:
        still.clock.advance(36)
        await play.until(lambda: "clarify 0:36/0:41" in play.screen_text)
        still.clock.advance(10)
        await play.until(lambda: "over" in play.screen_text)
        still.clock.advance(440)
        await play.until(lambda: "▲ 8:06 / 10:00" in play.screen_text)
        assert play.interview.query_one(PhaseBar).region.height == 1
        await play.say("/time")
        await play.until(lambda: "1:54 left of 10:00" in play.screen_text)


async def test_code_that_may_not_run_says_why(stage: Any) -> None:
    async with stage.open(StartRequest(scenario="mse_rmse", company="google", seed=1)) as play:
        assert "code cannot be run" in play.screen_text
        await play.pilot.press("f5")
        await play.until(lambda: "say what you expect" in play.screen_text)


async def test_the_external_editor_needs_to_be_named(
    stage: Any, warm_up: StartRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with stage.open(warm_up) as play:
        await play.pilot.press("f9")
        await play.until(lambda: "Set $EDITOR" in play.screen_text)
