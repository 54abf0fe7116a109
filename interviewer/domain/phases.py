"""Interview kinds, phases, company formats and the minutes each phase gets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from interviewer.errors import UnknownName, UsageError


class Kind(StrEnum):
    """What sort of interview it is."""

    CODING = "coding"
    CONCEPTS = "concepts"
    SYSTEM_DESIGN = "system_design"


class Phase(StrEnum):
    """A part of an interview; which ones occur, and in what order, is the plan's."""

    CLARIFY = "clarify"
    OUTLINE = "outline"
    IMPLEMENT = "implement"
    TEST = "test"
    QUESTIONS = "questions"
    SCOPE = "scope"
    DATA = "data"
    MODELLING = "modelling"
    DEPLOYMENT = "deployment"
    WRAP_UP = "wrap_up"

    @property
    def words(self) -> str:
        """The phase as shown to people."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBudget:
    """Seconds recommended for one phase; None when the session is untimed."""

    phase: Phase
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhasePlan:
    """The phases of one session in order, and its total time in seconds (None: untimed)."""

    phases: tuple[PhaseBudget, ...]
    total_seconds: float | None

    def index(self, phase: Phase) -> int:
        """Position of a phase; raises UsageError for a phase the plan has not."""
        for at, budget in enumerate(self.phases):
            if budget.phase is phase:
                return at
        names = ", ".join(b.phase.value for b in self.phases)
        raise UsageError(f"this interview has no phase {phase.value!r}", remedy=f"its phases: {names}")

    def budget(self, phase: Phase) -> float | None:
        """Recommended seconds for a phase."""
        return self.phases[self.index(phase)].seconds

    def after(self, phase: Phase) -> Phase | None:
        """The phase that follows, or None after the last."""
        at = self.index(phase) + 1
        return self.phases[at].phase if at < len(self.phases) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFormat:
    """A company's way of running the round (source: the round-format notes, section D of the checklist)."""

    id: str
    title: str
    minutes: int
    code_runs: bool
    medium: str
    libraries: str
    kinds: tuple[str, ...]


FORMATS: tuple[CompanyFormat, ...] = (
    CompanyFormat(
        id="google", title="Google", minutes=45, code_runs=False, medium="a shared document",
        libraries="NumPy and the standard library",
        kinds=("algorithm", "data_processing"),
    ),
    CompanyFormat(
        id="meta", title="Meta", minutes=45, code_runs=True, medium="a shared editor",
        libraries="NumPy and the standard library",
        kinds=("data_processing", "metric", "algorithm"),
    ),
    CompanyFormat(
        id="amazon", title="Amazon", minutes=60, code_runs=False, medium="a whiteboard",
        libraries="NumPy and the standard library",
        kinds=("algorithm", "data_processing", "component"),
    ),
    CompanyFormat(
        id="apple", title="Apple", minutes=45, code_runs=True, medium="a shared editor",
        libraries="NumPy and the standard library",
        kinds=("algorithm", "component", "data_processing"),
    ),
    CompanyFormat(
        id="netflix", title="Netflix", minutes=60, code_runs=True, medium="a notebook",
        libraries="NumPy, pandas for tables and the standard library",
        kinds=("metric", "data_processing", "debug"),
    ),
    CompanyFormat(
        id="startup", title="Startup", minutes=75, code_runs=True, medium="your own editor",
        libraries="NumPy, pandas for tables and the standard library",
        kinds=("data_processing", "debug", "metric", "algorithm", "component"),
    ),
    CompanyFormat(
        id="free", title="Free practice", minutes=45, code_runs=True, medium="this editor",
        libraries="NumPy and the standard library",
        kinds=("algorithm", "data_processing", "metric", "debug", "component"),
    ),
)  # fmt: skip

_SHARES: dict[Kind, tuple[tuple[Phase, float], ...]] = {
    Kind.CODING: (
        (Phase.CLARIFY, 3), (Phase.OUTLINE, 5), (Phase.IMPLEMENT, 25), (Phase.TEST, 10),
    ),
    Kind.CONCEPTS: ((Phase.QUESTIONS, 1),),
    Kind.SYSTEM_DESIGN: (
        (Phase.SCOPE, 8), (Phase.DATA, 10), (Phase.MODELLING, 14), (Phase.DEPLOYMENT, 8), (Phase.WRAP_UP, 5),
    ),
}  # fmt: skip


def company_format(name: str) -> CompanyFormat:
    """The format called `name`; raises UnknownName."""
    for company in FORMATS:
        if company.id == name.lower():
            return company
    raise UnknownName("format", name, [c.id for c in FORMATS])


def plan_for(kind: Kind, minutes: float | None) -> PhasePlan:
    """Phases of `kind` scaled so that they fill `minutes` (None: untimed).

    For coding the recommended minutes are 3, 5, 25 and 10; they scale to the slot, because a
    45-minute slot cannot take every recommended maximum.
    """
    shares = _SHARES[kind]
    if minutes is None:
        return PhasePlan(
            phases=tuple(PhaseBudget(phase=p, seconds=None) for p, _ in shares), total_seconds=None
        )
    if not 1 <= minutes <= 600:
        raise UsageError(
            f"{minutes:g} minutes is not a usable length", remedy="choose 1 to 600, or 0 for untimed"
        )
    total = minutes * 60.0
    whole = sum(share for _, share in shares)
    return PhasePlan(
        phases=tuple(PhaseBudget(phase=p, seconds=total * share / whole) for p, share in shares),
        total_seconds=total,
    )


class Pressure(StrEnum):
    """How much of a budget is gone: below 80 %, from 80 %, from 100 %."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


def pressure(spent: float, budget: float | None) -> Pressure:
    """The colour of a clock that has used `spent` of `budget` seconds."""
    if budget is None or spent < 0.8 * budget:
        return Pressure.CALM
    return Pressure.AMBER if spent < budget else Pressure.RED


def clock_text(seconds: float) -> str:
    """Seconds as m:ss, or h:mm:ss from one hour; never negative."""
    whole = max(0, int(seconds))
    if whole >= 3600:
        return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}"
