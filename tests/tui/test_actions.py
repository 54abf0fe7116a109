"""Every action has its places: key map, palette, help, slash command."""

from __future__ import annotations

from typing import Any

from interviewer.service.slash import COMMANDS
from interviewer.tui.actions import EVERYWHERE, HAND_BACK, INTERVIEW
from interviewer.tui.screens.help import page
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.start import StartRequest
from interviewer.tui.text import plain

# Commands of the line-based session that a screen has no use for: it reads the report and the code
# where they are, and its clock cannot be simulated.
ONLY_LINES = {"wait", "report"}


def test_ids_are_unique_and_every_key_binding_has_one() -> None:
    ids = [action.id for action in (*INTERVIEW, *EVERYWHERE)]
    assert len(set(ids)) == len(ids)
    assert all(action.binding().id == action.id for action in (*INTERVIEW, *EVERYWHERE))


def test_no_key_is_given_twice() -> None:
    keys = [key for action in (*INTERVIEW, *EVERYWHERE) for key in action.keys.split(",") if key]
    assert len(set(keys)) == len(keys)


def test_every_interview_action_has_a_slash_command_and_a_handler() -> None:
    for action in (*INTERVIEW, HAND_BACK):
        assert action.slash
        assert callable(getattr(InterviewScreen, f"action_{action.name}"))


async def test_the_commands_of_the_line_based_session_work_here_too(
    stage: Any, warm_up: StartRequest
) -> None:
    async with stage.open(warm_up) as play:
        assert {c.name for c in COMMANDS} - ONLY_LINES <= set(play.interview.slash_names())
        assert {action.slash for action in INTERVIEW} <= set(play.interview.slash_names())


def test_the_help_page_names_every_command() -> None:
    text = page().plain
    for action in (*INTERVIEW, *EVERYWHERE):
        assert action.title in text
        assert not action.slash or f"/{action.slash}" in text


async def test_the_palette_offers_every_action(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        offered = {command.title for command in play.app.get_system_commands(play.app.screen)}
        assert {action.title for action in INTERVIEW} <= offered
        await play.pilot.press("ctrl+p")
        await play.until(lambda: "Ask for a hint" in play.screen_text)
        await play.pilot.press(*"pause", "enter")
        await play.until(lambda: "The clock stands at" in play.screen_text)


def test_plain_text_has_nothing_a_terminal_would_obey() -> None:
    assert plain("a\x1b[31mb\x1b]0;t\x07c\r\nd\x00\x9b\u202ee\tf") == "abc\nde    f"
