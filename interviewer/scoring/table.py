"""The decision table of the coding rubric: features to levels, each with the reasons in figures.

Pure arithmetic over `Features`; nothing here reads a log. The same table serves the rules rating and
bounds a model's: `technical_interval` and `understanding_interval` are what executed and recorded
evidence allows, whoever rates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.domain.rubric import FOUR_LEVELS, Level, Seniority
from interviewer.scoring.features import Features

UNDERSTANDING = "problem_understanding"
TECHNICAL = "technical_skills"
RATIONALE = "rationale"
COMMUNICATION = "communication"
SIGNALS = (UNDERSTANDING, TECHNICAL, RATIONALE, COMMUNICATION)

VW, W, S, VS = range(4)

FORMULA = (
    "Overall is the lower median of the assessed signals. Caps: any very weak signal allows at most weak; "
    "leakage left in the code allows at most weak; a forbidden library, or no core test passed, is very "
    "weak; very strong needs every signal at strong or better."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What a target level asks for; only senior differs."""

    rationale_strong: float = 0.30
    edge_strong: float = 0.50
    senior_points: float | None = None


SENIOR_THRESHOLDS = Thresholds(rationale_strong=0.45, edge_strong=0.70, senior_points=0.40)


def thresholds(seniority: Seniority) -> Thresholds:
    """The thresholds for a target level."""
    return SENIOR_THRESHOLDS if seniority is Seniority.SENIOR else Thresholds()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level and, in figures, how the table came to it; `caps` name the caps that applied."""

    level: Level
    why: tuple[str, ...] = ()
    caps: tuple[str, ...] = ()


def _pct(share: float) -> str:
    return f"{share:.0%}"


def _verdict(level: int, why: list[str], caps: list[str] | None = None) -> Verdict:
    return Verdict(FOUR_LEVELS[level], tuple(why), tuple(caps or ()))


# --- problem understanding --------------------------------------------------------------------


def coverage(f: Features) -> tuple[float, float]:
    """Share of essential facts obtained before the code, and with late ones (half; full after "
    "a step back).
    """
    whole = max(1, f.essential)
    before, late = f.essential_before / whole, f.essential_late / whole
    return before, before + (late if f.step_back else 0.5 * late)


def problem_understanding(f: Features) -> Verdict:
    """Facts obtained, how early, and whether the code honours them."""
    before, effective = coverage(f)
    obtained = f.essential_before + f.essential_late
    why: list[str] = []
    caps: list[str] = []
    if obtained == 0:
        return _verdict(VW, ["no essential fact was asked for or stated as an assumption"])
    if f.essential_before == 0 and not f.step_back:
        why.append(f"all clarifying came after coding began ({f.essential_late} essential)")
        return _verdict(W if f.essential_late >= 2 else VW, why)
    honoured_half = f.honoured is None or f.honoured >= 0.5
    honoured_all = f.implemented if f.honoured is None else f.honoured >= 0.9
    level = W
    if effective >= 0.45 and f.relevant >= 2 and honoured_half:
        level = S
    if before >= 0.8 and honoured_all and f.restated:
        level = VS
    if f.off_topic + f.extraction > 2 * f.relevant:
        if level > W:
            caps.append("mostly off-target questions: at most weak")
        level = min(level, W)
    if f.essential_before == 0:
        level = min(level, S)
    kept = "not measurable" if f.honoured is None else _pct(f.honoured)
    why.append(
        f"{f.essential_before} of {f.essential} essential facts before the first real code, "
        f"{f.essential_late} later; honoured in the code: {kept}; "
        f"{f.relevant} relevant questions; {'restated' if f.restated else 'not restated'}"
    )
    return _verdict(level, why, caps)


def understanding_interval(f: Features) -> tuple[Level, Level]:
    """What the record of questions and answers allows for problem understanding."""
    before, _ = coverage(f)
    if f.essential_before + f.essential_late == 0:
        lo, hi = VW, VW
    elif f.essential_before == 0 and not f.step_back:
        lo, hi = VW, W
    elif before >= 0.8 and f.honoured is not None and f.honoured >= 0.9:
        lo, hi = S, VS
    else:
        lo, hi = W, S
    own = problem_understanding(f).level.rank
    return FOUR_LEVELS[min(lo, own)], FOUR_LEVELS[max(hi, own)]


# --- technical skills -------------------------------------------------------------------------


def _executed(f: Features, edge_strong: float) -> tuple[int, int]:
    if f.forbidden:
        return VW, VW
    if f.core < 0.25:
        return VW, (W if f.own_checks and f.core > 0 else VW)
    if f.core < 0.95 or f.own_checks == 0:
        return W, W
    if f.edge < edge_strong:
        return W, S
    if f.edge < 0.9 or f.own_checks < 2:
        return S, S
    return S, VS


def _technical_caps(f: Features) -> list[tuple[int, str]]:
    caps = []
    if f.leak_left:
        caps.append((W, "data leakage left in: at most weak"))
    if f.hint_level >= 3:
        caps.append((S, "the last hint was taken: at most strong"))
        if f.hints >= 5:
            caps.append((W, "five or more hints asked for, the last included: at most weak"))
    return caps


def technical_interval(f: Features, seniority: Seniority = Seniority.MID) -> tuple[Level, Level]:
    """The lowest and highest level any rater may give for technical skills; caps included."""
    lo, hi = _executed(f, thresholds(seniority).edge_strong)
    for cap, _ in _technical_caps(f):
        hi = min(hi, cap)
    return FOUR_LEVELS[min(lo, hi)], FOUR_LEVELS[hi]


def technical_skills(f: Features, seniority: Seniority = Seniority.MID) -> Verdict:
    """Executed tests, and the candidate's own verification."""
    if f.forbidden:
        return _verdict(VW, ["a forbidden library does the work"], ["forbidden library: very weak"])
    lo, hi = _executed(f, thresholds(seniority).edge_strong)
    level, caps = hi, []
    if hi == VS and f.own_edge == 0:
        level = S
    if lo == W and hi == S and f.own_edge == 0:
        level = W
    why = [
        f"core tests {_pct(f.core)}, edge tests {_pct(f.edge)}, own checks {f.own_checks} "
        f"(on edge inputs: {f.own_edge})"
    ]
    if f.core >= 0.95 and f.own_checks == 0:
        why.append("right, but nothing of the candidate's own verified it: weak by decision of this rubric")
    for cap, text in _technical_caps(f):
        if level > cap:
            caps.append(text)
        level = min(level, cap)
    return _verdict(level, why, caps)


# --- rationale --------------------------------------------------------------------------------


def rationale(f: Features, seniority: Seniority = Seniority.MID) -> Verdict:
    """Decisions justified with sound reasons, and points made in answer to follow-ups."""
    need = thresholds(seniority)
    bad = max(0, f.misconceptions - f.corrected)
    share = f.justified / f.decisions if f.decisions else f.follow_up_points
    # Not being asked is not held against anyone who justified half of the decisions unasked.
    unasked = share if share >= 0.5 else 0.0
    points = f.follow_up_points if f.follow_ups else unasked
    why = [
        f"{f.justified} of {f.decisions} decisions justified, {f.vague} vaguely, "
        f"{bad} misconceptions left, follow-up points {_pct(points)}"
    ]
    if f.justified == 0 and f.vague == 0 and points < 0.15:
        return _verdict(VW, why)
    step = need.rationale_strong
    if bad > f.justified or (f.vague > f.justified and f.decisions):
        return _verdict(W, why)
    if share >= 0.65 and points >= 0.55 and bad == 0:
        level = VS
    elif share >= step and (points >= 0.3 or share >= 0.5):
        level = S
    else:
        level = W
    caps: list[str] = []
    wanted, reached = need.senior_points, f.senior_points
    if wanted is not None and reached is not None and reached < wanted:
        if level > W:
            caps.append("no senior follow-up reached 40% of its points: at most weak for a senior")
        level = min(level, W)
    if f.paste_unexplained:
        if level > W:
            caps.append("a long paste was never explained: at most weak")
        level = min(level, W)
    return _verdict(level, why, caps)


# --- communication ----------------------------------------------------------------------------


def communication(f: Features) -> Verdict:
    """Talk beside the code, answers to interjections, reasons given unasked."""
    spoken = f.spoken / max(1, f.windows)
    answered = f.answered / f.interjections if f.interjections else 1.0
    why = [
        f"talk in {f.spoken} of {f.windows} three-minute stretches of coding; interjections answered "
        f"{_pct(answered)}; reasons unasked {_pct(f.proactive)}; words off the subject {_pct(f.ramble)}"
    ]
    if spoken < 0.2 and answered < 0.67:
        return _verdict(VW, why)
    if spoken < 0.2:
        return _verdict(W, [*why, "silent, but answers when spoken to"])
    level, caps = W, []
    if spoken >= 0.5 and answered >= 0.6 and f.ramble <= 0.5 and f.proactive >= 0.35:
        level = S
        if (
            spoken >= 0.75 and answered >= 0.9 and f.acted >= f.interjections - 1 and f.proactive >= 0.6
            and f.walkthrough and f.ramble <= 0.3
        ):  # fmt: skip
            level = VS
    for applies, cap, text in (
        (f.defensive >= 2, W, "defensive more than once: at most weak"),
        (f.defensive == 1, S, "defensive once: at most strong"),
        (f.extraction >= 3, W, "kept asking for answers: at most weak"),
        (f.after_green > 0.25, S, "went on long after it was solved: at most strong"),
    ):
        if applies:
            if level > cap:
                caps.append(text)
            level = min(level, cap)
    return _verdict(level, why, caps)


# --- all four ---------------------------------------------------------------------------------


def rate(f: Features, seniority: Seniority = Seniority.MID) -> dict[str, Verdict]:
    """The four signals of the coding rubric."""
    return {
        UNDERSTANDING: problem_understanding(f),
        TECHNICAL: technical_skills(f, seniority),
        RATIONALE: rationale(f, seniority),
        COMMUNICATION: communication(f),
    }


def lower_median(levels: list[Level]) -> Level | None:
    """The middle level, the lower of the two middle ones when there are two; None without any."""
    ordered = sorted(levels, key=lambda level: level.rank)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def overall(
    levels: Mapping[str, Level | None], f: Features | None = None
) -> tuple[Level | None, tuple[str, ...]]:
    """The overall level by `FORMULA`, and the caps that applied. Without features only the signals cap."""
    known = [level for level in levels.values() if level is not None]
    middle = lower_median(known)
    if middle is None:
        return None, ()
    rank, caps = middle.rank, []
    if f is not None and levels.get(TECHNICAL) is not None:
        nothing = levels[TECHNICAL] is Level.VERY_WEAK and (f.forbidden or f.core == 0)
        if nothing and rank > VW:
            caps.append("forbidden library" if f.forbidden else "no core test passed")
        if nothing:
            rank = VW
        if f.leak_left and rank > W:
            caps.append("leakage left in the code")
            rank = W
    lowest = min(level.rank for level in known)
    if lowest == VW and rank > W:
        caps.append("one signal is very weak")
        rank = W
    if rank == VS and lowest < S:
        caps.append("very strong needs every signal at strong or better")
        rank = S
    return FOUR_LEVELS[rank], tuple(caps)
