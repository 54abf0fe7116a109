"""Starting and resuming interviews: on the screen, or line by line."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.compose import Home, compose, open_home
from interviewer.cli.guard import complain
from interviewer.domain.phases import company_format
from interviewer.domain.rubric import Seniority
from interviewer.errors import UnknownName, UsageError
from interviewer.service.code_file import CodeFile

if TYPE_CHECKING:
    from interviewer.cli.plain import Outcome
    from interviewer.domain.events import SessionEvent
    from interviewer.domain.scorecard import Scorecard
    from interviewer.service.clocks import SimulatedClock
    from interviewer.service.interview import Interview
    from interviewer.service.service import InterviewService
    from interviewer.tui.start import Defaults, Look, Request

CLOCKS = ("real", "simulated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for; empty or None takes the settings' value."""

    scenario: str = ""
    format: str = ""
    level: str = ""
    model: str = ""
    minutes: float | None = None
    file: Path | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the session is held."""

    plain: bool = False
    clock: str = "real"
    end_at_eof: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A request with every default filled in."""

    scenario: str
    format: str
    level: Seniority
    model: str
    minutes: float | None
    seed: int | None


# --- the two ways in --------------------------------------------------------------------------


def open_screen(extra: Sequence[Path]) -> int:
    """`interviewer` alone: the TUI, or a line that offers the line-based session."""
    home = open_home(extra)
    if not _has_terminal():
        return _no_terminal("interviewer start --plain")
    return _screen(home, None)


def start(wanted: Wanted, manner: Manner, extra: Sequence[Path]) -> int:
    """`interviewer start`; without a scenario it is the one that is due."""
    _check(manner)
    home = open_home(extra)
    if not (manner.plain or _has_terminal()):
        return _no_terminal("interviewer start --plain")
    chosen = _chosen(home, wanted)
    if not manner.plain:
        from interviewer.tui.start import StartRequest

        request = StartRequest(
            scenario=chosen.scenario, company=chosen.format, seniority=chosen.level,
            minutes=chosen.minutes, interviewer=chosen.model, seed=chosen.seed,
            file=wanted.file,
        )  # fmt: skip
        return _screen(home, request)
    # Before a session begins: a file that cannot be used must not leave one behind.
    file = CodeFile(wanted.file, home.library.get(chosen.scenario).starter) if wanted.file else None

    def begin(service: InterviewService) -> Interview:
        return service.start(
            chosen.scenario, company=chosen.format, seniority=chosen.level, minutes=chosen.minutes,
            interviewer=chosen.model, seed=chosen.seed,
        )  # fmt: skip

    return _plain(home, manner, begin, lambda _: file)


def resume(session: str, file: Path | None, manner: Manner, extra: Sequence[Path]) -> int:
    """`interviewer resume`."""
    _check(manner)
    home = open_home(extra)
    if manner.plain:
        return _plain(
            home,
            manner,
            lambda service: service.resume(session),
            lambda interview: CodeFile(file, interview.state.code) if file is not None else None,
        )
    if not _has_terminal():
        return _no_terminal(f"interviewer resume {session} --plain".replace("  ", " "))
    from interviewer.tui.start import ResumeRequest

    return _screen(home, ResumeRequest(session=session, file=file))


# --- choosing ---------------------------------------------------------------------------------


def _chosen(home: Home, wanted: Wanted) -> Chosen:
    settings = home.settings
    if wanted.scenario and wanted.scenario not in home.library.ids():
        # Unknown, or broken: either way the error says which.
        home.library.get(wanted.scenario)
    minutes = wanted.minutes if wanted.minutes is not None else settings.minutes
    if minutes is not None and not (minutes == 0 or 1 <= minutes <= 600):
        raise UsageError(
            f"{minutes:g} minutes is not a usable length", remedy="choose 1 to 600, or 0 for untimed"
        )
    return Chosen(
        scenario=wanted.scenario or _next_scenario(home),
        format=company_format(wanted.format or settings.format).id,
        level=_level(wanted.level) if wanted.level else settings.level,
        model=wanted.model or settings.model,
        minutes=minutes,
        seed=wanted.seed,
    )


def _level(name: str) -> Seniority:
    known = [level.value for level in Seniority]
    if name.lower() not in known:
        raise UnknownName("level", name, known)
    return Seniority(name.lower())


def _next_scenario(home: Home) -> str:
    from interviewer.service.plan import due, two_week_plan

    entries = home.library.index()
    store = home.store()
    try:
        item = due(two_week_plan(entries, store.sessions()))
    finally:
        store.close()
    if item is not None:
        return item.scenario
    if entries:
        return entries[0].id
    raise UsageError("there are no scenarios", remedy="add a folder of them with --content DIR")


def _check(manner: Manner) -> None:
    if manner.clock not in CLOCKS:
        raise UnknownName("clock", manner.clock, CLOCKS)
    for given, flag in ((manner.clock != "real", "--clock simulated"), (manner.end_at_eof, "--end-at-eof")):
        if given and not manner.plain:
            raise UsageError(f"{flag} belongs to a line-based session", remedy="add --plain")


def _has_terminal() -> bool:
    # A browser's screen has no terminal behind it; whoever serves it names the driver.
    return bool(os.environ.get("TEXTUAL_DRIVER")) or (sys.stdin.isatty() and sys.stdout.isatty())


def _no_terminal(offer: str) -> int:
    complain(f"there is no terminal here for the screens; line by line it works: {offer}")
    return 2


# --- the screen -------------------------------------------------------------------------------


def _screen(home: Home, request: Request | None) -> int:
    from interviewer.tui.app import run

    def render_report(card: Scorecard, log: Sequence[SessionEvent], form: str) -> str:
        # Not before the first paint.
        from interviewer.reports import render

        return render(card, log, form)

    return run(
        lambda: compose(home),
        request,
        look=_look(home),
        defaults=_defaults(home),
        render_report=render_report,
    )


def _defaults(home: Home) -> Defaults:
    from interviewer.tui.start import Defaults

    settings = home.settings
    return Defaults(
        company=settings.format,
        seniority=settings.level,
        minutes=settings.minutes,
        interviewer=settings.model,
        models=tuple(settings.models),
    )


def _look(home: Home) -> Look:
    from interviewer.tui.start import Look

    return Look(theme=home.settings.theme, keys=home.settings.keys)


# --- line by line -----------------------------------------------------------------------------


def _plain(
    home: Home,
    manner: Manner,
    begin: Callable[[InterviewService], Interview],
    file_for: Callable[[Interview], CodeFile | None],
) -> int:
    from interviewer.cli.plain import Outcome
    from interviewer.service.clocks import SimulatedClock

    simulated = SimulatedClock() if manner.clock == "simulated" else None
    service = compose(home, clock=simulated)
    try:
        interview = begin(service)
        session = interview.session
        try:
            outcome = asyncio.run(_hold(service, interview, manner, simulated, file_for(interview)))
        except KeyboardInterrupt:
            print()
            outcome = Outcome.KEPT
        finally:
            interview.close()
        if outcome is Outcome.KEPT:
            print(f"Go on with: interviewer resume {session} --plain")
        return 0
    finally:
        service.close()


async def _hold(
    service: InterviewService,
    interview: Interview,
    manner: Manner,
    simulated: SimulatedClock | None,
    file: CodeFile | None,
) -> Outcome:
    from interviewer.cli.console import Console
    from interviewer.cli.lines import StandardInput
    from interviewer.cli.plain import PlainSession
    from interviewer.cli.raters import readable
    from interviewer.reports import render

    session = PlainSession(
        interview,
        rubric=service.ports.library.rubric(interview.scenario.rubric),
        lines=StandardInput(),
        console=Console(),
        report=lambda held, card: readable(render(card, held.log)),
        simulated=simulated,
        file=file,
        end_at_eof=manner.end_at_eof,
    )
    return await session.hold()
