from __future__ import annotations

from pathlib import Path
from typing import Any

from interviewer.domain.rubric import Seniority
from interviewer.errors import StoreUnavailable
from interviewer.service.service import InterviewService
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.home import HomeScreen
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.start import Defaults, Look, StartRequest
from interviewer.tui.widgets.choice import Choice


async def ready(play: Any) -> None:
    await play.until(lambda: "K-means from scratch" in play.screen_text)


async def test_a_newcomer_is_shown_the_warm_up_and_enter_starts_it(stage: Any) -> None:
    async with stage.open() as play:
        await ready(play)
        assert "◂ start here" in play.screen_text
        assert "ten-minute warm-up" in play.screen_text
        await play.pilot.press("enter")
        await play.until(lambda: isinstance(play.app.screen, InterviewScreen))
        assert play.interview.interview.scenario.id == "mse_rmse"


async def test_typing_filters_and_settings_count(stage: Any) -> None:
    async with stage.open() as play:
        await ready(play)
        await play.pilot.press(*"k-mea")
        await play.until(lambda: "1 of" in play.screen_text)
        assert "Warm-up" not in play.screen_text
        await play.pilot.press("f3", "right", "down")
        home = play.app.screen
        assert isinstance(home, HomeScreen)
        company = home.query_one("#company", Choice)
        assert company.value == "google"
        home.query_one("#level", Choice).value = "senior"
        home.query_one("#minutes", Choice).value = "20"
        await play.pilot.press("enter")
        await play.until(lambda: isinstance(play.app.screen, InterviewScreen))
        started = play.interview.interview.state.first
        assert (started.scenario, started.company) == ("kmeans_lloyd", "google")
        assert started.seniority is Seniority.SENIOR
        assert started.plan.total_seconds == 1200


async def test_an_unfinished_session_is_offered_and_goes_on(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up) as play:
        await play.say("What if the arrays are empty?")
        await play.until(lambda: "ValueError" in play.said)
    async with stage.open() as play:
        await play.until(lambda: "▶ go on" in play.screen_text)
        await play.pilot.press("f4", "enter")
        await play.until(lambda: isinstance(play.app.screen, InterviewScreen))
        await play.until(lambda: "ValueError" in play.said)


async def test_a_rated_session_opens_its_report_and_can_be_exported(
    stage: Any, warm_up: StartRequest, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    async with stage.open(warm_up) as play:
        await play.say("/end")
        await play.until(lambda: "End the interview?" in play.screen_text)
        await play.pilot.press("enter")
        await play.until(lambda: "How did it go?" in play.screen_text)
        await play.pilot.press("escape")
        await play.until(lambda: "1 Ratings" in play.screen_text)
        await play.pilot.press("f4")
        await play.until(lambda: "Your sessions" in play.screen_text)
        await play.pilot.press("f4", "enter")
        await play.until(lambda: "1 Ratings" in play.screen_text)
        rows = play.app.screen.query_one("#rows")
        row = next(i for i, r in enumerate(play.app.screen._rows) if r.events)
        rows.highlighted = row
        await play.pilot.press("enter")
        await play.until(lambda: "Esc goes back" in play.screen_text)
        await play.pilot.press("escape")
        await play.until(lambda: "─ Ratings" in play.screen_text)
        assert rows.highlighted == row
        for key, name in (("m", "md"), ("h", "html"), ("j", "json")):
            await play.pilot.press("f6")
            await play.until(lambda: "Markdown" in play.screen_text)
            await play.pilot.press(key)
            written = tmp_path / f"sess0001-report.{name}"
            await play.until(lambda written=written: written.is_file() and written.stat().st_size > 200)
        await play.pilot.press("f5")
        await play.until(lambda: isinstance(play.app.screen, InterviewScreen))


async def test_a_store_that_cannot_be_used_is_one_line_and_code_two() -> None:
    def make() -> InterviewService:
        raise StoreUnavailable("cannot be written", where="/data", remedy="choose another")

    app = InterviewerApp(make)
    async with app.run_test() as pilot:
        for _ in range(50):
            await pilot.pause(0.02)
            if app.return_code is not None:
                break
    assert app.return_code == 2
    assert app.exit_line == "/data: cannot be written; choose another"


async def test_an_unknown_scenario_asked_for_at_the_start_ends_with_code_two(stage: Any) -> None:
    app = InterviewerApp(stage.service, StartRequest(scenario="kmeens_lloyd"))
    async with app.run_test() as pilot:
        for _ in range(200):
            await pilot.pause(0.02)
            if app.return_code is not None:
                break
    assert app.return_code == 2
    assert "did you mean kmeans_lloyd?" in app.exit_line


async def test_own_keys_replace_ours_and_show_in_the_key_bar(stage: Any, warm_up: StartRequest) -> None:
    async with stage.open(warm_up, look=Look(keys={"run_tests": "f12"}, theme="paper")) as play:
        await play.until(lambda: "F12 Test" in play.screen_text)
        assert play.app.theme == "paper"
        await play.pilot.press("f12")
        await play.until(lambda: "0/2 passed" in play.screen_text)


async def test_the_settings_are_chosen_to_begin_with(stage: Any, voice: Any) -> None:
    asked: list[str] = []

    def voice_for(name: str) -> Any:
        asked.append(name)
        return voice(name=name)

    stage.voice_for = voice_for
    usual = Defaults(
        company="meta", seniority=Seniority.SENIOR, minutes=40, interviewer="mine", models=("mine", "other")
    )
    async with stage.open(defaults=usual) as play:
        await ready(play)
        assert [play.app.screen.query_one(f"#{name}", Choice).value for name in ("minutes", "model")] == [
            "40",
            "mine",
        ]
        assert "none: the built-in interviewer" not in play.screen_text
        await play.pilot.press("enter")
        await play.until(lambda: isinstance(play.app.screen, InterviewScreen))
        started = play.interview.interview.state.first
        assert (started.company, started.seniority, started.interviewer) == ("meta", Seniority.SENIOR, "mine")
        assert started.plan.total_seconds == 2400
    assert asked == ["mine"]


async def test_without_models_no_model_is_asked_for(stage: Any) -> None:
    async with stage.open() as play:
        await ready(play)
        assert "Model" not in play.screen_text
