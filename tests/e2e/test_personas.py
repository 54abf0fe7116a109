"""Every scripted candidate in six scenarios, through the real service, executor and rater."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.cli.compose import Home, compose
from interviewer.domain import events as ev
from interviewer.evaluation.conduct import Conducted, breaches
from interviewer.evaluation.persona import load_cast, load_own_checks
from interviewer.evaluation.play import Played, play
from interviewer.executor import LocalExecutor
from interviewer.service.clocks import SimulatedClock
from interviewer.service.service import Ports
from interviewer.storage import MemoryStore

EVALS = Path(__file__).parents[2] / "evals"
CAST = load_cast(EVALS / "personas.toml")
SCENARIOS = sorted(path.stem for path in (EVALS / "candidates").glob("*.toml"))


def triggers(played: Played) -> list[str]:
    return [e.trigger for e in played.log if isinstance(e, ev.Interjected)]


def said(played: Played) -> str:
    return " ".join(e.text for e in played.log if isinstance(e, ev.InterviewerSaid))


def at_of(played: Played, trigger: str) -> float:
    return next(e.at for e in played.log if isinstance(e, ev.Interjected) and e.trigger == trigger)


def rungs(played: Played) -> list[int]:
    return [e.rung for e in played.log if isinstance(e, ev.HintServed)]


def exposes(played: Played) -> bool:
    """A question about the candidate's own bug: from the failing tests or from a trigger in the code."""
    own = {i.id for i in played.scenario.interjections}
    return any(t.startswith("misconception-") or t in own for t in triggers(played))


def silent_coder(p: Played) -> None:
    quiet = [t for t in triggers(p) if t.startswith("silence")]
    assert quiet[:1] == ["silence_first"] and len(quiet) <= 2 and not rungs(p)


def rambler(p: Played) -> None:
    assert triggers(p).count("rambling") == 1
    before = [e for e in p.log if isinstance(e, ev.CandidateSaid) and e.at < at_of(p, "rambling")]
    assert sum(len(e.text.split()) > 25 for e in before) >= 1


def strong(p: Played) -> None:
    asked = [e for e in p.log if isinstance(e, ev.DecisionProbed | ev.Interjected)]
    assert len(asked) >= 2 and len([e for e in p.log if isinstance(e, ev.FollowUpAsked)]) >= 2


def jump_to_code(p: Played) -> None:
    assert triggers(p).count("assumptions") == 1
    assert not [e for e in p.log if isinstance(e, ev.FactDisclosed)]


def late_stepback(p: Played) -> None:
    first = next(e.seq for e in p.log if isinstance(e, ev.CodeChanged))
    assert [e for e in p.log if isinstance(e, ev.FactDisclosed) and e.seq > first]


def wrong_metric(p: Played) -> None:
    assert exposes(p) or "objective" in triggers(p)


def sklearn_user(p: Played) -> None:
    assert [t for t in triggers(p) if t.startswith("libraries")] == ["libraries", "libraries_core"]


def sklearn_then_asks(p: Played) -> None:
    assert "libraries" in triggers(p)


def hint_beggar(p: Played) -> None:
    assert rungs(p) == sorted(set(rungs(p))) and 1 in rungs(p)
    for before, after in zip(rungs(p), rungs(p)[1:], strict=False):
        one, two = (
            next(e for e in p.log if isinstance(e, ev.HintServed) and e.rung == r) for r in (before, after)
        )
        assert any(one.seq < e.seq < two.seq for e in p.log if isinstance(e, ev.CodeChanged | ev.TestsRan))


def extractor_injector(p: Played) -> None:
    tried = {e.turn for e in p.log if isinstance(e, ev.TurnClassified) and e.act is ev.Act.EXTRACTION}
    assert len(tried) >= 3
    assert not [e for e in p.log if isinstance(e, ev.FactDisclosed) and e.turn in tried]


def defensive(p: Played) -> None:
    assert triggers(p).count("counter_example") <= 1


def over_optimizer(p: Played) -> None:
    own = {i.id for i in p.scenario.interjections if i.trigger.value == "green_and_editing"} | {"scope"}
    assert own & set(triggers(p))


def recoverer(p: Played) -> None:
    assert not rungs(p)


def leakage_maker(p: Played) -> None:
    assert exposes(p) and "leak" not in said(p).lower()


def theory_only(p: Played) -> None:
    assert "half_time" in triggers(p)


def no_check_finisher(p: Played) -> None:
    assert triggers(p).count("convince") == 1


def panicker(p: Played) -> None:
    assert exposes(p) or {"shapes", "stuck", "tests_red"} & set(triggers(p))


def empty_session(p: Played) -> None:
    end = next(e for e in p.log if isinstance(e, ev.InterviewEnded))
    assert triggers(p) == ["anyone_there"] and end.reason is ev.EndReason.INTERVIEWER
    assert p.scorecard.thin


def terse_non_native(p: Played) -> None:
    assert len([e for e in p.log if isinstance(e, ev.FactDisclosed)]) >= 2
    for word in ("grammar", "typo", "spelling", "english"):
        assert word not in said(p).lower()


def normal(p: Played) -> None:
    assert triggers(p).count("convince") <= 1 and not rungs(p)


CONDUCT: dict[str, Callable[[Played], None]] = {
    "silent_coder": silent_coder,
    "rambler": rambler,
    "strong": strong,
    "solid_mid": normal,
    "jump_to_code": jump_to_code,
    "late_stepback": late_stepback,
    "wrong_metric": wrong_metric,
    "sklearn_user": sklearn_user,
    "sklearn_then_asks": sklearn_then_asks,
    "hint_beggar": hint_beggar,
    "extractor_injector": extractor_injector,
    "defensive": defensive,
    "over_optimizer": over_optimizer,
    "recoverer": recoverer,
    "leakage_maker": leakage_maker,
    "terse_non_native": terse_non_native,
    "theory_only": theory_only,
    "no_check_finisher": no_check_finisher,
    "panicker": panicker,
    "empty_session": empty_session,
    "plain_style_over_volume": normal,
}


def test_every_persona_has_its_conduct() -> None:
    assert set(CONDUCT) == set(CAST.by_id) and len(CAST.personas) == 21 and len(SCENARIOS) >= 6


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("persona", [p.id for p in CAST.personas])
async def test_persona(persona: str, scenario: str, executor: LocalExecutor, opened: Home) -> None:
    def ports(clock: SimulatedClock) -> Ports:
        return compose(opened, store=MemoryStore(), clock=clock, executor=executor).ports

    own = load_own_checks(EVALS / "candidates" / f"{scenario}.toml")
    played = await play(CAST.get(persona), scenario, own, ports, seed=1)
    reference = (Path(played.scenario.path) / "reference.py").read_text(encoding="utf-8")
    seen = Conducted(log=played.log, scenario=played.scenario, reference=reference)
    assert breaches(seen) == []
    CONDUCT[persona](played)
    assert played.out_of_range() == {}
    assert played.scorecard.dropped_claims == 0
