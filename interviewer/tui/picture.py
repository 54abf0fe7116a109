"""Makes the README's picture: the real app, driven through a short interview.

    python -m interviewer.tui.picture docs/images/interview.svg

The session is played in a temporary home with the built-in interviewer and a standing clock, so the
same words come out every time.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from interviewer.content import Catalogue, load_rubric
from interviewer.dialogue.offline import OfflineInterviewer, ScenarioListener
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Rubric
from interviewer.domain.scenario import Scenario
from interviewer.errors import OurFault
from interviewer.executor import LocalExecutor
from interviewer.scoring import RulesRater
from interviewer.service.clocks import SimulatedClock
from interviewer.service.service import InterviewService, Ports
from interviewer.storage import MemoryStore
from interviewer.tui.app import InterviewerApp
from interviewer.tui.screens.interview import InterviewScreen
from interviewer.tui.start import StartRequest
from interviewer.tui.widgets.editor import CodeEditor
from interviewer.tui.widgets.reply import ReplyInput

REQUEST = StartRequest(scenario="kmeans_lloyd", company="meta", seed=3)
SIZE = (132, 40)
CODE = '''import numpy as np


def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):
    """Returns (labels, centroids, inertia)."""
    X = np.asarray(X, dtype=float)
    rng = np.random.default_rng(seed)
    centroids = X[rng.choice(len(X), k, replace=False)]
    for _ in range(max_iter):
        # (n, 1, d) - (1, k, d) -> (n, k)
        d2 = ((X[:, None] - centroids[None]) ** 2).sum(axis=2)
        labels = d2.argmin(axis=1)
        moved = [X[labels == j].mean(axis=0) for j in range(k)]
        done = np.allclose(moved, centroids, atol=tol)
        centroids = np.array(moved)
        if done:
            break
    return labels, centroids, d2.min(axis=1).sum()
'''
LINES = (
    "Should a cluster that loses all its points be dropped?",
    "So: seed, assign, move, repeat until the centroids stop moving. I return labels and centroids.",
)


class _Library:
    """The shipped scenarios and rubrics."""

    def __init__(self) -> None:
        self.catalogue = Catalogue()

    def ids(self) -> tuple[str, ...]:
        return self.catalogue.ids()

    def get(self, scenario_id: str) -> Scenario:
        return self.catalogue.get(scenario_id)

    def rubric(self, rubric_id: str) -> Rubric:
        return load_rubric(rubric_id)


def make_service(clock: SimulatedClock) -> InterviewService:
    """The real parts over a store that forgets."""
    return InterviewService(
        Ports(
            store=MemoryStore(),
            executor=LocalExecutor(),
            library=_Library(),
            interviewer=lambda name, scenario, seed: OfflineInterviewer(scenario, seed),
            listener=ScenarioListener,
            rater=RulesRater(),
            clock=clock,
            now_iso=lambda: "2026-01-01T09:00:00Z",
            new_id=lambda: "picture1",
            versions={},
        )
    )


async def take(size: tuple[int, int] = SIZE) -> str:
    """Play the session and return the screen as SVG."""
    clock = SimulatedClock()
    service = make_service(clock)
    app = InterviewerApp(lambda: service, REQUEST)
    async with app.run_test(size=size) as pilot:
        await _until(pilot, lambda: isinstance(app.screen, InterviewScreen))
        screen = app.screen
        assert isinstance(screen, InterviewScreen)
        interview = screen.interview
        await _until(pilot, lambda: len(interview.log) > 2 and not screen.speaking)
        clock.advance(95)
        await _say(pilot, screen, LINES[0])
        clock.advance(50)
        await _say(pilot, screen, LINES[1])
        for phase in (Phase.OUTLINE, Phase.IMPLEMENT):
            if interview.state.plan.index(phase) > interview.state.plan.index(interview.state.phase or phase):
                await _say(pilot, screen, f"/next {phase.value}")
                clock.advance(75 if phase is Phase.OUTLINE else 0)
        clock.advance(540)
        screen.query_one(CodeEditor).text = CODE
        await pilot.press("f4", "f6")
        await _until(pilot, lambda: interview.state.last_tests is not None and not screen.speaking)
        await pilot.pause(1.2)
        picture = app.export_screenshot(title="interviewer")
    service.close()
    return picture


async def _until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    for _ in range(1500):
        await pilot.pause(0.02)
        if true():
            return
    raise OurFault("the app did not get where the picture is taken")


async def _say(pilot: Pilot[None], screen: InterviewScreen, text: str) -> None:
    said = len(screen.interview.log)
    reply = screen.query_one(ReplyInput)
    reply.text = text
    screen.action_show_chat()
    await pilot.press("enter")
    await _until(pilot, lambda: len(screen.interview.log) > said + 1 and not screen.speaking)


def main() -> None:
    """Write the picture to the path named on the command line."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images/interview.svg")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(asyncio.run(take()), encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
