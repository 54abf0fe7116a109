"""Playing a persona through the whole product: the real service, executor and rater, a simulated clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewer.domain.events import SessionEvent
from interviewer.domain.rubric import Level, Seniority
from interviewer.domain.scenario import Scenario
from interviewer.domain.scorecard import Scorecard
from interviewer.evaluation.candidate import ScriptedCandidate
from interviewer.evaluation.persona import OwnChecks, Persona
from interviewer.service.clocks import SimulatedClock
from interviewer.service.service import InterviewService, Ports

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Played:
    """One finished interview of a persona."""

    persona: Persona
    scenario: Scenario
    log: tuple[SessionEvent, ...]
    scorecard: Scorecard

    def levels(self) -> dict[str, Level | None]:
        """The rating of each signal, and `overall`."""
        rated = {s.signal: s.rating for s in self.scorecard.signals}
        return {**rated, OVERALL: self.scorecard.overall}

    def out_of_range(self) -> dict[str, str]:
        """Signals whose level is outside the persona's expected range, with what was expected."""
        found = {}
        for signal, allowed in self.persona.expected.items():
            got = self.levels().get(signal)
            if got not in allowed:
                wanted = " or ".join(level.words for level in allowed)
                found[signal] = f"{got.words if got else 'not assessed'}, expected {wanted}"
        return found


async def play(
    persona: Persona,
    scenario_id: str,
    own: OwnChecks,
    make_ports: Callable[[SimulatedClock], Ports],
    *,
    seed: int = 0,
    company: str = "free",
    seniority: Seniority = Seniority.MID,
    interviewer: str = "offline",
) -> Played:
    """Play one interview to its scorecard. Deterministic for a deterministic interviewer."""
    clock = SimulatedClock()
    service = InterviewService(make_ports(clock))
    interview = service.start(
        scenario_id, company=company, seniority=seniority, seed=seed, interviewer=interviewer, minutes=45
    )
    try:
        await ScriptedCandidate(persona, interview, clock, own, seed).play()
        card = await interview.score()
        return Played(persona, interview.scenario, interview.log, card)
    finally:
        interview.close()


def table(played: Sequence[Played]) -> str:
    """One line per interview: persona, scenario, levels, and what is out of range."""
    lines = []
    for one in played:
        levels = " ".join(f"{name}={level.value if level else '-'}" for name, level in one.levels().items())
        misses = one.out_of_range()
        lines.append(
            f"{one.persona.id:24} {one.scenario.id:24} {levels}{'  OUT ' + str(misses) if misses else ''}"
        )
    return "\n".join(lines)
