"""The report in Markdown. Every text that is not ours is escaped: it can be read but marks nothing up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from interviewer.domain.events import SessionEvent
from interviewer.domain.phases import clock_text
from interviewer.domain.scorecard import Claim, Scorecard
from interviewer.reports import wording as w
from interviewer.reports.timeline import timeline

# What can mark up anywhere in a line, what only makes a link, and what only counts where a text begins.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$&@])")
_LINK = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_START = re.compile(r"^([#+\-=]|\d+(?=[.)]))")
SHOWN_EVENTS = 8

_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Text on one line with every character that could mark up escaped; control characters are dropped."""
    line = _SPACE.sub(" ", _CONTROL.sub("", text.replace("\t", " ").replace("\n", " "))).strip()
    escaped = _LINK.sub(r"\\\g<0>", _ANYWHERE.sub(r"\\\1", line))
    return _START.sub(lambda m: f"{m.group()}\\" if m.group().isdigit() else f"\\{m.group()}", escaped)


def markdown(card: Scorecard, log: Sequence[SessionEvent]) -> str:
    """The whole report, ending in a newline."""
    parts = [
        *_head(card),
        *_signals(card),
        *_understanding(card),
        *_reasoning(card),
        *_tests(card),
        *_mistakes(card),
        *_tables(card),
        *_transcript(card, log),
        *_foot(card),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _head(card: Scorecard) -> Iterable[str]:
    yield f"# {plain(card.title)}: report"
    yield ""
    yield f"**Overall: {w.headline(card)}**"
    yield ""
    if card.thin:
        yield f"> {plain(card.thin)}"
        yield ""
    for line in (card.meaning, card.levelling):
        if line:
            yield f"- {plain(line)}"
    yield f"- How it is put together: {plain(card.formula)}"
    yield from (f"- {_claim(c)}" for c in card.overall_reasons)
    yield ""
    if card.patterns:
        yield f"**Pattern:** {plain(', '.join(card.patterns))}"
        yield ""
    if card.really_tested:
        yield f"**What this was really testing:** {plain(card.really_tested)}"
        yield ""


def _claim(claim: Claim) -> str:
    where = _links(claim.events)
    quote = f" “{plain(claim.quote)}”" if claim.quote else ""
    return f"{plain(claim.text)}{quote} {where}".rstrip()


def _links(events: Sequence[int]) -> str:
    """Links to events; of very many the first ones and how many more there are."""
    shown = events if len(events) <= SHOWN_EVENTS else events[: SHOWN_EVENTS - 1]
    more = f" and {len(events) - len(shown)} more" if len(shown) < len(events) else ""
    return " ".join(f"[#{n}](#e{n})" for n in shown) + more


def _signals(card: Scorecard) -> Iterable[str]:
    yield "## Ratings"
    yield ""
    own = card.self_rating
    yield "| signal | rating | your own | evidence allows |"
    yield "|---|---|---|---|"
    for s in card.signals:
        mine = own[s.signal].words if s.signal in own else "–"
        low_high = " to ".join(dict.fromkeys(lv.words for lv in s.interval)) if s.interval else "–"
        yield f"| {plain(s.title)} | {w.level_words(s.rating)} | {mine} | {low_high} |"
    yield ""
    for s in card.signals:
        yield f"### {plain(s.title)}: {w.level_words(s.rating)}"
        yield ""
        if s.not_assessed:
            yield f"Not assessed: {plain(s.not_assessed)}."
            yield ""
        if s.proposed is not None and s.rating is not None and s.proposed is not s.rating:
            yield f"The rater proposed {s.proposed.words}; the evidence allows {s.rating.words}."
            yield ""
        if s.samples:
            yield f"Repeated ratings: {', '.join(lv.words for lv in s.samples)}."
            yield ""
        if s.reasons:
            yield from (f"- {_claim(c)}" for c in s.reasons)
            yield ""


def _understanding(card: Scorecard) -> Iterable[str]:
    if not card.facts:
        return
    yield "## What could be asked"
    yield ""
    yield "| about | essential | how it came out | in the code | answer | events |"
    yield "|---|---|---|---|---|---|"
    for f in card.facts:
        where = _links(f.events)
        essential = "yes" if f.essential else "no"
        status = w.FACT_STATUS.get(f.status, f.status)
        kept = w.honoured_words(f)
        yield f"| {plain(f.topic)} | {essential} | {status} | {kept} | {plain(f.answer)} | {where} |"
    yield ""


def _reasoning(card: Scorecard) -> Iterable[str]:
    if card.decisions:
        yield "## Decisions"
        yield ""
        for d in card.decisions:
            said = f": {_claim(d.claim)}" if d.claim else ""
            yield f"- **{plain(d.title)}** – {w.DECISION_STATUS.get(d.status, d.status)}{said}"
        yield ""
    if card.follow_ups:
        yield "## Follow-up questions"
        yield ""
        for f in card.follow_ups:
            where = _links(f.events)
            yield f"- {plain(f.question)} {where}"
            yield from (f"    - made: {plain(p)}" for p in f.made)
            yield from (f"    - missing: {plain(p)}" for p in f.missing)
        yield ""


def _tests(card: Scorecard) -> Iterable[str]:
    if not card.tests and card.own_tests_mutants is None:
        return
    yield "## Tests"
    yield ""
    for tier, passed, of in w.tier_counts(card.tests):
        yield f"- {tier}: {passed} of {of} passed"
    if card.own_tests_mutants is not None:
        yield (
            f"- your own checks find {card.own_tests_killed} of {card.own_tests_mutants} "
            "typical wrong solutions"
        )
    yield ""
    failing = w.failing(card.tests)
    if failing:
        yield "| test | verdict | what | your line |"
        yield "|---|---|---|---|"
        for t in failing:
            line = f"{t.line}: {plain(t.code_line)}" if t.line else "–"
            yield f"| {plain(t.name)} | {w.verdict_words(t.verdict)} | {plain(t.message)} | {line} |"
        yield ""


def _mistakes(card: Scorecard) -> Iterable[str]:
    if not card.mistakes:
        return
    yield "## Typical mistakes seen"
    yield ""
    for m in card.mistakes:
        credit = " – recovered" if m.recovered else ""
        yield f"- **{plain(m.title)}**{credit}: {_claim(m.claim)}"
        yield f"    - What an interviewer infers: {plain(m.inference)}"
        yield f"    - How to avoid it: {plain(m.avoidance)}"
        if m.recovery:
            yield f"    - Credit: {_claim(m.recovery)}"
    yield ""


def _tables(card: Scorecard) -> Iterable[str]:
    if card.weighted:
        yield "## Weighted view"
        yield ""
        yield "| criterion | weight | share | feeds | note |"
        yield "|---|---|---|---|---|"
        titles = {s.signal: s.title for s in card.signals}
        for row in card.weighted:
            share = f"{row.share:.0%}" if row.share is not None else "not assessed"
            feeds = ", ".join(titles.get(s, s) for s in row.signals)
            yield f"| {plain(row.title)} | {row.weight} | {share} | {plain(feeds)} | {plain(row.note)} |"
        if card.weighted_total is not None:
            yield f"| all | 100 | {card.weighted_total:.0f} of 100 | | a second look, not the rating |"
        yield ""
    if card.phases:
        yield "## Time"
        yield ""
        yield "| phase | spent | recommended |"
        yield "|---|---|---|"
        yield from (f"| {a} | {b} | {c} |" for a, b, c in map(w.phase_words, card.phases))
        yield ""
    if card.approach:
        yield "## Ten steps"
        yield ""
        for step in card.approach:
            said = f" – {_claim(step.claim)}" if step.claim else ""
            yield f"- [{'x' if step.done else ' '}] {plain(step.title)}{said}"
        yield ""


def _transcript(card: Scorecard, log: Sequence[SessionEvent]) -> Iterable[str]:
    yield "## Transcript"
    yield ""
    for entry in timeline(card, log):
        cut = " (interrupted)" if entry.interrupted else ""
        said = "  \n    ".join(plain(part) for part in entry.text.splitlines() if part.strip())
        anchor = f'<a id="e{entry.seq}"></a>#{entry.seq}'
        yield f"- {anchor} {clock_text(entry.at)} **{entry.who}**{cut}: {said}"
    yield ""


def _foot(card: Scorecard) -> Iterable[str]:
    yield "## How this was made"
    yield ""
    yield f"- rater: {plain(card.rater)}"
    yield from (f"- {plain(key)}: {plain(value)}" for key, value in card.versions.items() if value)
    yield f"- hints: {card.hints}"
    yield f"- claims dropped because they resolve to nothing: {card.dropped_claims}"
