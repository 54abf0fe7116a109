"""`--file`: the code follows a file that the candidate writes in an editor of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from interviewer.tui.app import InterviewerApp
from interviewer.tui.start import ResumeRequest, StartRequest


async def test_the_editor_follows_the_file_and_undo_brings_the_old_code_back(
    stage: Any, warm_up: StartRequest, tmp_path: Path, right_code: str
) -> None:
    path = tmp_path / "mine.py"
    async with stage.open(replace(warm_up, file=path), size=(160, 40)) as play:
        await play.until(lambda: "follows mine.py" in play.screen_text)
        starter = play.editor.text
        assert path.read_text(encoding="utf-8") == starter
        path.write_text(right_code, encoding="utf-8")
        await play.until(lambda: "mine.py taken" in play.screen_text)
        assert play.editor.text == right_code
        assert play.interview.interview.state.code == right_code
        play.editor.undo()
        assert play.editor.text == starter


async def test_a_run_takes_what_was_saved_the_moment_before(
    stage: Any, warm_up: StartRequest, tmp_path: Path, right_code: str
) -> None:
    path = tmp_path / "mine.py"
    async with stage.open(replace(warm_up, file=path)) as play:
        path.write_text(right_code, encoding="utf-8")
        await play.pilot.press("f5")
        await play.until(lambda: "✓ 2/2 passed" in play.screen_text)


async def test_a_file_that_becomes_unreadable_is_told_and_the_code_stays(
    stage: Any, warm_up: StartRequest, tmp_path: Path
) -> None:
    path = tmp_path / "mine.py"
    async with stage.open(replace(warm_up, file=path), size=(160, 40)) as play:
        before = play.editor.text
        path.write_bytes(b"\xff\xfe\x00")
        await play.until(lambda: "is not UTF-8 text" in play.screen_text)
        assert play.editor.text == before
        path.write_text("x = 1\n", encoding="utf-8")
        await play.until(lambda: play.editor.text == "x = 1\n")
        assert "not UTF-8" not in play.screen_text


async def test_a_resumed_session_takes_the_file_as_it_is(
    stage: Any, warm_up: StartRequest, tmp_path: Path
) -> None:
    path = tmp_path / "mine.py"
    async with stage.open(warm_up):
        pass
    path.write_text("y = 2\n", encoding="utf-8")
    async with stage.open(ResumeRequest(file=path)) as play:
        await play.until(lambda: play.editor.text == "y = 2\n")


async def test_a_file_that_cannot_be_used_leaves_no_session_behind(
    stage: Any, warm_up: StartRequest, tmp_path: Path
) -> None:
    app = InterviewerApp(stage.service, replace(warm_up, file=tmp_path / "no" / "x.py"))
    async with app.run_test() as pilot:
        for _ in range(200):
            await pilot.pause(0.02)
            if app.return_code is not None:
                break
    assert app.return_code == 2
    assert "x.py: cannot be written" in app.exit_line
    assert app.service.ports.store.sessions() == ()
    app.service.ports.store.close()
