"""Mistakes that show in what was said, or not said."""

from __future__ import annotations

import re
from collections.abc import Callable

from interviewer.domain import events as ev
from interviewer.domain.scenario import TriggerKind
from interviewer.domain.test_run import Tier
from interviewer.scoring.evidence import Evidence, whole
from interviewer.scoring.evidence.talk import ENOUGH
from interviewer.scoring.evidence.view import Turn
from interviewer.scoring.mistakes.found import Found
from interviewer.scoring.reasons import claim, short

AFTER_GREEN = 0.1

EDGE_TALK = re.compile(
    r"\b(?:edge|corner|special) cases?\b|\b(?:empty|nan|missing|single (?:row|point|class"
    r"|element)|one (?:row|point|class)"
    r"|zero|ties?|duplicates?|negative|overflow|too (?:few|large|small)|all (?:the same|equal"
    r"|identical)|degenerate|inf(?:inite)?)\b"
)
_SPEED = re.compile(
    r"\b(?:optimi[sz]e|faster|performance|speed (?:it )?up|cach(?:e|ing)|memoi[sz]e|numba|cython"
    r"|parallel\w*|multiprocess\w*|gpu|einsum)\b"
)
_SIMPLE = re.compile(
    r"\b(?:simple|plain|naive|basic|straightforward|brute.?force) (?:version |one |loop "
    r"|thing )?(?:first|for now)\b|\bfirst (?:a |the )?(?:simple|plain|naive|correct)"
)
_SPEED_CODE = re.compile(
    r"\b(?:lru_cache|functools\.cache|numba|njit|multiprocessing|joblib|ThreadPool|ProcessPool)\b"
)


def unprompted(e: Evidence, turn: Turn) -> bool:
    """Whether nothing the interviewer raised came between this turn and the one before."""
    before = max((t.seq for t in e.view.turns if t.seq < turn.seq), default=0)
    raised = e.view.of(ev.Interjected, ev.FollowUpAsked, ev.DecisionProbed, ev.HintServed)
    return not any(before < t.seq < turn.seq for t in raised)


def edge_turns(e: Evidence) -> tuple[int, ...]:
    """Turns, and comments, that raise an unusual input without being asked."""
    said = [t.seq for t in e.view.turns if EDGE_TALK.search(t.plain) and unprompted(e, t)]
    noted = [c.seq for c in e.view.comments if EDGE_TALK.search(c.text.lower())]
    return tuple(sorted({*said, *noted}))


def silent(e: Evidence) -> Found | None:
    """Less than half of the coding stretches with a word."""
    t = e.talk
    if len(e.view.windows) < 2 or t.talked * 2 >= len(t.windows):
        return None
    late = sorted(t.windows)[len(t.windows) // 2 :]
    turned = [n for n in late if n in t.spoken]
    recovered = len(turned) * 3 >= len(late) * 2
    return Found(
        claim(f"A word in {t.talked} of {len(t.windows)} three-minute stretches of coding", t.silent_events),
        claim("Spoke through most of the second half", t.spoken_events) if recovered else None,
    )


def pure_coding(e: Evidence) -> Found | None:
    """Nothing asked, nothing explained: only code."""
    f = e.features
    if not f.implemented or f.essential_before + f.essential_late or f.justified or f.vague:
        return None
    answers = [a for a in e.reasoning.answers if a.share >= 0.3]
    return Found(
        claim("Neither a question about the task nor a reason for a step", whole(e.view)),
        claim("Talked about the method when asked at the end", (answers[0].seq, *answers[0].turns))
        if answers
        else None,
    )


def edges_prompted(e: Evidence) -> Found | None:
    """Unusual inputs came up only through the interviewer, or not at all."""
    if not e.features.implemented or e.features.own_edge or edge_turns(e):
        return None
    has_edges = any(t.tier is not Tier.CORE for t in e.view.scenario.tests)
    if not has_edges:
        return None
    later = [t.seq for t in e.view.turns if EDGE_TALK.search(t.plain)]
    return Found(
        claim("No unusual input was raised unasked", whole(e.view)),
        claim("Took edge cases up once reminded", later) if later and e.features.edge >= 0.7 else None,
    )


def premature(e: Evidence) -> Found | None:
    """Speed before the plain version works."""
    works = next((t.seq for t, event in e.view.runs() if event.run.green), e.view.log[-1].seq)
    said = [t for t in e.view.turns if t.seq < works and _SPEED.search(t.plain) and unprompted(e, t)]
    code = next((s for s in e.view.snapshots if s.seq < works and _SPEED_CODE.search(s.source)), None)
    first = e.view.first_code
    said = [t for t in said if first is not None and t.seq > first.seq]
    if code is None and len(said) < 2:
        return None
    simple = next((t for t in e.view.turns if _SIMPLE.search(t.plain)), None)
    where = (code.seq,) if code is not None else tuple(t.seq for t in said)
    quote = short(said[0].text) if code is None else ""
    return Found(
        claim("Turned to speed before anything was shown to work", where, quote),
        claim("Went back to the plain version", (simple.seq,), short(simple.text))
        if simple is not None and simple.seq > where[0]
        else None,
    )


def defensive(e: Evidence) -> Found | None:
    """A remark brushed aside without a reason."""
    bad = [x for x in e.talk.exchanges if x.defensive]
    if not bad:
        return None
    first = bad[0]
    turn = next((t for t in e.view.turns if t.seq == first.reply), None)
    later = [x for x in e.talk.exchanges if x.seq > bad[-1].seq and x.answered and x.acted]
    return Found(
        claim(f"Brushed aside: “{first.line}”", (first.seq, first.reply), short(turn.text) if turn else ""),
        claim("Took a later remark up", (later[0].seq, later[0].reply, later[0].acted)) if later else None,
    )


def past_the_end(e: Evidence) -> Found | None:
    """Code added long after everything passed and was checked."""
    t = e.talk
    if t.after_green <= AFTER_GREEN:
        return None
    known = {
        i.id for i in e.view.scenario.interjections if i.trigger is TriggerKind.GREEN_AND_EDITING
    } | ENOUGH
    stops = [x for x in t.exchanges if x.acted and _trigger(e, x.seq) in known]
    share = f"{t.after_green:.0%}"
    return Found(
        claim(f"{share} of the time went into code after it was solved and checked", t.after_green_events),
        claim("Stopped when told that it was enough", (stops[0].seq,)) if stops else None,
    )


def _trigger(e: Evidence, seq: int) -> str:
    event = e.view.by_seq[seq]
    return event.trigger if isinstance(event, ev.Interjected) else ""


CONDUCT: dict[str, Callable[[Evidence], Found | None]] = {
    "silent": silent,
    "pure_coding": pure_coding,
    "edges_prompted": edges_prompted,
    "premature": premature,
    "defensive": defensive,
    "past_the_end": past_the_end,
}
