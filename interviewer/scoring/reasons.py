"""Why a signal got its level: claims in plain words, each with the events it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interviewer.domain.scorecard import Claim
from interviewer.scoring import table
from interviewer.scoring.evidence import Evidence, before_code, whole
from interviewer.scoring.table import Verdict

SHOWN = 4


def reasons(evidence: Evidence, signal: str, verdict: Verdict) -> tuple[Claim, ...]:
    """The claims for one signal of the coding rubric: figures first, then what was seen, then caps."""
    sources = evidence.sources
    seen = {
        table.UNDERSTANDING: _understanding,
        table.TECHNICAL: _technical,
        table.RATIONALE: _rationale,
        table.COMMUNICATION: _communication,
    }[signal](evidence)
    rests_on = _events(sources[name] for name in _FEATURES[signal])
    figures = tuple(claim(line, rests_on) for line in verdict.why)
    caps = tuple(
        claim(f"Cap: {cap}.", _events(sources[name] for name in _capped_by(cap))) for cap in verdict.caps
    )
    return (*figures, *seen, *caps)


def claim(text: str, events: Iterable[int], quote: str = "") -> Claim:
    """A claim with a capital letter and an end, its events sorted and without repetition."""
    sentence = text[:1].upper() + text[1:]
    if sentence[-1:] not in ".!?:":
        sentence += "."
    return Claim(text=sentence, events=tuple(sorted({n for n in events if n > 0})), quote=quote)


def short(text: str, limit: int = 160) -> str:
    """The text up to a word boundary near `limit`; always a literal beginning of it, on one line."""
    line = text.strip().split("\n", 1)[0].rstrip()
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", 0, limit)
    return line[: cut if cut > limit // 2 else limit].rstrip()


_FEATURES = {
    table.UNDERSTANDING: ("essential_before", "essential_late", "honoured", "restated"),
    table.TECHNICAL: ("core", "edge", "own_checks"),
    table.RATIONALE: ("justified", "vague", "misconceptions", "follow_up_points"),
    table.COMMUNICATION: ("windows", "answered", "proactive"),
}
_CAPS = (
    ("off-target", ("off_topic", "extraction")),
    ("leakage", ("leak_left",)),
    ("forbidden", ("forbidden",)),
    ("hint", ("hints",)),
    ("senior follow-up", ("senior_points",)),
    ("paste", ("paste_unexplained",)),
    ("defensive", ("defensive",)),
    ("answers", ("extraction",)),
    ("solved", ("after_green",)),
)


def _capped_by(cap: str) -> tuple[str, ...]:
    return next((features for word, features in _CAPS if word in cap), ("implemented",))


def _events(groups: Iterable[Iterable[int]]) -> tuple[int, ...]:
    return tuple(sorted({n for group in groups for n in group}))


def _understanding(e: Evidence) -> Iterator[Claim]:
    c = e.clarifying
    # What the code does not honour comes first: that is what there is to learn from.
    for o in sorted(c.essential, key=lambda o: (o.honoured is not False, o.seq))[:SHOWN]:
        how = "Asked about" if o.via.value == "asked" else f"Assumed, and was {o.via.value} on,"
        when = "after coding began" if o.late else "before coding"
        kept = {True: "; the code honours it", False: "; the code does not honour it", None: ""}[o.honoured]
        events = (o.turn, o.seq) if o.honoured is None else (o.turn, o.seq, e.execution.run_seq)
        yield claim(f"{how} {o.fact.topic} {when}{kept}", events, short(o.quote))
    known = {o.fact.id for o in c.obtained}
    missed = [f.topic for f in e.view.scenario.facts if f.essential and f.id not in known]
    if missed:
        yield claim(f"Never settled: {'; '.join(missed)}", whole(e.view))
    if c.step_back:
        yield claim("Stopped early in the coding to clarify, which counts in full", c.step_back)
    if c.restated:
        seq = c.restated[0]
        turn = next((t for t in e.view.turns if t.seq == seq), None)
        yield claim("Said the task or the plan back before coding", (seq,), short(turn.text) if turn else "")
    elif c.obtained:
        yield claim("Did not say the task or a plan back before coding", before_code(e.view))
    if c.extraction:
        yield claim(f"Asked for answers rather than about the task {len(c.extraction)} times", c.extraction)


def _technical(e: Evidence) -> Iterator[Claim]:
    x = e.execution
    for library, line in x.forbidden:
        quote = _line(e.view.code, line)
        yield claim(
            f"Line {line} brings in {library}, which does what was to be written", (e.view.code_seq,), quote
        )
    for check in x.checks[:SHOWN]:
        edge = ", on an edge input" if check.edge else ""
        yield claim(f"Checked with a right expected value{edge}", check.events, short(check.text))
    for seq, wrong in x.wrong_checks[:2]:
        yield claim("An own check expects a wrong value", (seq,), short(wrong.text))
    if e.view.first_code is None:
        yield claim("No code of the candidate's own was written", whole(e.view))
    if x.leak_left:
        yield claim("The final code lets in what is not known at that time (leakage)", x.leak_left)
    if x.leak_fixed:
        yield claim("Leakage was found and removed", x.leak_fixed)
    if x.hints:
        yield claim(f"{len(x.hints)} hints asked for; the highest rung served was {x.hint_level}", x.hints)


def _line(source: str, number: int) -> str:
    lines = source.splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def _rationale(e: Evidence) -> Iterator[Claim]:
    r = e.reasoning
    for j in r.having("sound")[:SHOWN]:
        how = "unasked" if j.unasked else "when asked"
        yield claim(f"{j.decision.title}: justified {how}", (j.seq,), short(j.quote))
    for j in r.having("corrected"):
        yield claim(f"{j.decision.title}: a wrong belief, corrected later", (j.seq, j.later), short(j.quote))
    for j in r.having("misconception"):
        yield claim(f"{j.decision.title}: rests on the belief that {j.point}", (j.seq,), short(j.quote))
    for j in r.having("vague")[:2]:
        yield claim(f"{j.decision.title}: a reason was tried but does not say why", (j.seq,), short(j.quote))
    left = r.having("open")
    if left:
        yield claim(f"Not justified: {'; '.join(j.decision.title for j in left)}", whole(e.view))
    for a in r.answers:
        points = len(a.made) + len(a.missing)
        yield claim(f"“{a.follow_up.question}”: {len(a.made)} of {points} points", (a.seq, *a.turns))
    if r.paste_unexplained:
        yield claim("A long stretch of code came in at once and was never spoken of", r.paste_unexplained)


def _communication(e: Evidence) -> Iterator[Claim]:
    t = e.talk
    if t.spoken_events:
        yield claim(f"Spoke about the work in {len(t.spoken)} stretches of coding", t.spoken_events)
    if t.silent_events:
        count = len(set(t.windows) - set(t.spoken) - set(t.written))
        yield claim(f"Wrote code without a word in {count} stretches of three minutes", t.silent_events)
    for x in t.exchanges[:SHOWN]:
        events = tuple(n for n in (x.seq, x.reply, x.acted) if n)
        if x.defensive:
            yield claim(f"Brushed a remark aside without a reason: “{x.line}”", events, _said(e, x.reply))
        elif x.answered:
            acted = " and acted on it" if x.acted else ""
            yield claim(f"Answered “{x.line}”{acted}", events, _said(e, x.reply))
        elif x.acted:
            yield claim(f"Acted on “{x.line}” without a word", events)
        else:
            yield claim(f"Left “{x.line}” without an answer", (x.seq, *whole(e.view)[1:]))
    if t.walkthrough:
        seq = t.walkthrough[0]
        trace = next(w for w in e.traces if w.seq == seq)
        yield claim(
            "Walked through an example with what goes in and what comes out", (seq,), short(trace.text)
        )
    if t.ramble > 0.3:
        yield claim("Long passages touch neither the task nor the code", t.ramble_turns)
    if t.after_green_events and t.after_green > 0.1:
        yield claim("Went on adding code after it was solved and checked", t.after_green_events)


def _said(e: Evidence, seq: int) -> str:
    turn = next((t for t in e.view.turns if t.seq == seq), None)
    return short(turn.text) if turn else ""
