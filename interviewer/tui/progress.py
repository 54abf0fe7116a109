"""The session's clock and sandbox as the bars show them."""

from __future__ import annotations

from interviewer.domain.phases import clock_text, company_format, pressure
from interviewer.service.interview import ClockReading, Interview
from interviewer.tui.widgets.phase_bar import PhaseMark, Progress


def progress(interview: Interview) -> Progress:
    """What the phase bar shows now."""
    state, clock = interview.state, interview.clock()
    plan, at = state.plan, interview.now()
    now = plan.index(state.phase) if state.phase is not None else 0
    marks = []
    for index, budget in enumerate(plan.phases):
        spent = state.phase_seconds(budget.phase, at)
        marks.append(
            PhaseMark(
                title=budget.phase.words.lower(),
                spent=spent,
                budget=budget.seconds,
                current=index == now and not clock.ended,
                done=index < now or (clock.ended and index == now),
                pressure=pressure(spent, budget.seconds),
            )
        )
    company = company_format(state.first.company).title
    return Progress(
        title=f"{interview.scenario.title} · {company} · {state.first.seniority.value}",
        phases=tuple(marks),
        elapsed=clock.elapsed,
        total=clock.total,
        pressure=clock.pressure,
        paused=clock.paused,
        ended=clock.ended,
    )


def time_words(clock: ClockReading) -> str:
    """How much time is left, in all and for this phase."""
    phase = clock.phase.words.lower()
    if clock.remaining is None:
        return f"Untimed. {clock_text(clock.elapsed)} so far, {clock_text(clock.phase_elapsed)} in {phase}."
    text = f"{clock_text(clock.remaining)} left of {clock_text(clock.total or 0)}."
    if clock.phase_budget is not None:
        text += f" In {phase}: {clock_text(clock.phase_elapsed)} of {clock_text(clock.phase_budget)}."
    return text


def sandbox_words(layers: dict[str, str]) -> str:
    """The short form of the containment layers: how many are on, and the first that is not."""
    on = [name for name, state in layers.items() if state == "on"]
    off = [name for name, state in layers.items() if state != "on"]
    if not layers:
        return ""
    if not off:
        return f"sandbox: all {len(on)} layers on"
    glyph = "▲ " if len(on) < len(off) else ""
    return f"{glyph}sandbox: {len(on)}/{len(layers)} layers on, without {', '.join(off[:2])}"
