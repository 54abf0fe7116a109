"""The ten-step approach as a card: each step ticked when the log shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from interviewer.domain import events as ev
from interviewer.domain.scorecard import ApproachStep, Claim
from interviewer.domain.test_run import Tier
from interviewer.scoring.evidence import Evidence
from interviewer.scoring.mistakes.conduct import edge_turns
from interviewer.scoring.reasons import claim, short

# The short form, for a card beside the editor.
SHORT_CARD = (
    "Ask what the data is and what the result is for.",
    "Say the task back.",
    "Sketch the steps.",
    "Plain version first.",
    "Say why at each choice.",
    "Try a tiny example and the edges.",
    "Stop when it is solved.",
)

_TRADE_OFF = re.compile(
    r"\b(?:trade.?offs?|at the (?:cost|price) of|instead of|rather than|cheaper|slower"
    r"|faster but|simpler|more memory"
    r"|less memory|downside|upside|drawback|versus|vs|alternatively|the alternative"
    r"|on the other hand|good enough)\b"
)


def approach(evidence: Evidence) -> tuple[ApproachStep, ...]:
    """The ten steps in order."""
    return tuple(_step(n, title, find(evidence)) for n, (title, find) in enumerate(_STEPS, 1))


def _step(number: int, title: str, said: Claim | None) -> ApproachStep:
    return ApproachStep(id=f"step_{number}", title=title, done=said is not None, claim=said)


def _at(text: str, seqs: Iterable[int], quote: str = "") -> Claim | None:
    events = tuple(seqs)
    return claim(text, events, quote) if events else None


def _context(e: Evidence) -> Claim | None:
    early = [o for o in e.clarifying.obtained if not o.late]
    if not early:
        return None
    return _at(f"Asked first about {early[0].fact.topic}", (early[0].turn,), short(early[0].quote))


def _restate(e: Evidence) -> Claim | None:
    return _at("Said it back", e.clarifying.restated[:1])


def _outline(e: Evidence) -> Claim | None:
    first = e.view.first_code
    plans = [
        t for t in e.view.turns
        if (first is None or t.seq < first.seq)
        and (t.act is ev.Act.OUTLINE or any(s.act is ev.Act.OUTLINE for s in t.segments))
    ]  # fmt: skip
    return _at("Outlined the steps", (plans[0].seq,), short(plans[0].text)) if plans else None


def _baseline(e: Evidence) -> Claim | None:
    """Something that works before two thirds of the coding time are gone."""
    first = e.view.first_code
    if first is None:
        return None
    limit = first.at + (e.view.end_at - first.at) * 2 / 3
    works = [
        t.seq for t, event in e.view.runs() if t.at <= limit and (event.run.share(Tier.CORE) or 0) >= 0.5
    ]
    return _at("A working version stood early", works[:1])


def _aware(e: Evidence) -> Claim | None:
    sound = e.reasoning.having("sound", "corrected")
    if not sound:
        return None
    j = sound[0]
    return _at(f"{j.decision.title}: {j.point}", (j.later or j.seq,))


def _edges(e: Evidence) -> Claim | None:
    own = [n for c in e.execution.checks if c.edge for n in c.events]
    return _at("Raised or checked an unusual input unasked", own or edge_turns(e)[:3])


def _mental(e: Evidence) -> Claim | None:
    return _at("Worked a tiny example aloud", (t.seq for t in e.traces[:1]))


def _trade_offs(e: Evidence) -> Claim | None:
    said = next((t for t in e.view.turns if _TRADE_OFF.search(t.plain) and len(t.plain.split()) >= 6), None)
    return _at("Weighed one way against another", (said.seq,), short(said.text)) if said else None


def _recover(e: Evidence) -> Claim | None:
    """A failing run put right, or a remark taken up."""
    red = 0
    for t, event in e.view.runs():
        if not event.run.green:
            red = red or t.seq
        elif red:
            return _at("Went from failing tests to passing ones", (red, t.seq))
    taken = [x for x in e.talk.exchanges if x.answered and x.acted]
    return _at("Took a remark up", (taken[0].seq, taken[0].reply)) if taken else None


def _stop(e: Evidence) -> Claim | None:
    green = [t.seq for t, event in e.view.runs() if event.run.green]
    if not green or e.talk.after_green > 0.1:
        return None
    return _at("Stopped once it was solved", (green[0], e.view.log[-1].seq))


_STEPS: tuple[tuple[str, Callable[[Evidence], Claim | None]], ...] = (
    ("Clarify the setting: data, use, order in time, labels", _context),
    ("Say the task back", _restate),
    ("Outline the steps", _outline),
    ("A plain version first", _baseline),
    ("Choices that show the model behind the code", _aware),
    ("Edge cases on purpose", _edges),
    ("A tiny example worked aloud", _mental),
    ("Trade-offs rather than perfection", _trade_offs),
    ("Recover calmly", _recover),
    ("Stop when it is solved", _stop),
)
