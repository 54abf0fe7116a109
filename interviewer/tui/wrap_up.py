"""After the end: the final run, the candidate's own rating, the rating, the report."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from interviewer.errors import CommandRefused, InterviewerError

if TYPE_CHECKING:
    from interviewer.tui.screens.interview import InterviewScreen


async def wrap_up(screen: InterviewScreen) -> None:
    """Rate the session and show the report in place of the interview. The final run goes on meanwhile."""
    from interviewer.tui.screens.dialogs import SelfRating
    from interviewer.tui.screens.report import ReportScreen
    from interviewer.tui.shelf import Record

    app, interview = screen.app, screen.interview
    # A help page or a question may lie on top.
    while app.screen is not screen and screen in app.screen_stack:
        app.pop_screen()
    finishing = asyncio.create_task(interview.finish())
    try:
        rubric = await asyncio.to_thread(screen.service.ports.library.rubric, interview.scenario.rubric)
        if interview.state.self_rating is None and not interview.state.scored:
            ratings = await app.push_screen_wait(SelfRating(rubric.signals))
            if ratings:
                interview.rate_self(ratings)
        await finishing
        card = await interview.score()
    except (CommandRefused, InterviewerError) as error:
        finishing.cancel()
        app.notify(f"The rating failed: {error}", severity="error", markup=False, timeout=30)
        return
    record = Record(log=interview.log, scenario=interview.scenario, rubric=rubric, scorecard=card)
    screen.keep_everything()
    app.switch_screen(ReportScreen(record))
