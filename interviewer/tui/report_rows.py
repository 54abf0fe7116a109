"""A scorecard as rows to walk through: each with the events it rests on. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from interviewer.domain import events as ev
from interviewer.domain.phases import clock_text
from interviewer.domain.rubric import Level
from interviewer.domain.scorecard import Claim, Scorecard
from interviewer.domain.test_run import RunPurpose
from interviewer.domain.transcript import Speaker, transcript
from interviewer.tui.text import count, one_line, plain
from interviewer.tui.widgets.results import GLYPH, WORD
from interviewer.tui.words import level_colour, rated

_WORDS = "passed|failed|error|asked|assumed|missed|done|not seen|it suggests|next time|said|missing"
_LEAD = re.compile(
    r"(#\d+ +\d[\d:]*  (?:interviewer |you {9})?)"
    rf"|\s*(?:[·✓✗○◐“] ?)?(?:(?:{_WORDS})(?: late)? +)?"
)
"""What stands before the words of a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `events` are the numbers of the events it cites."""

    content: Content
    events: tuple[int, ...] = ()
    id: int = 0


def _heading(text: str, style: str = "bold $primary") -> Row:
    return Row(Content.styled(text, style))


def _gap() -> Row:
    return Row(Content(""))


def _cites(events: Sequence[int]) -> str:
    shown = ", ".join(f"#{number}" for number in events[:4])
    return f"  {shown}{' …' if len(events) > 4 else ''}" if shown else ""


def claim_row(claim: Claim, indent: str = "  ") -> Row:
    """A statement, its quotation, and the events it rests on."""
    parts = [
        Content.assemble((f"{indent}· ", "$quiet"), plain(claim.text), (_cites(claim.events), "$accent"))
    ]
    if claim.quote:
        quote = Content.assemble((f"{indent}  “{one_line(claim.quote, 160)}”", "italic $quiet"))
        parts.append(quote)
    return Row(Content("\n").join(parts), claim.events)


def ratings(card: Scorecard) -> list[Row]:
    """Overall first, then every signal with its reasons, then the weighted view."""
    style = level_colour(card.overall)
    width = max((len(signal.title) for signal in card.signals), default=0) + 2
    rows = [
        Row(
            Content.assemble(
                ("Overall".ljust(width), "bold"),
                (rated(card.overall), f"bold {style}"),
                (f"   {card.decision}", f"bold {style}"),
            )
        )
    ]
    for text in (card.meaning, card.levelling, card.thin):
        if text:
            rows.append(Row(Content(f"  {plain(text)}")))
    rows.extend(claim_row(claim) for claim in card.overall_reasons)
    rows.append(Row(Content.styled(f"  {plain(card.formula)}", "$quiet")))
    for signal in card.signals:
        rows.append(_gap())
        own = card.self_rating.get(signal.signal)
        rows.append(
            Row(
                Content.assemble(
                    (signal.title.ljust(width), "bold"),
                    (rated(signal.rating), f"bold {level_colour(signal.rating)}"),
                    (f"   you: {own.words}" if own else "", "$secondary"),
                    (_compared(signal.rating, own), "$quiet"),
                )
            )
        )
        if signal.not_assessed:
            rows.append(Row(Content.styled(f"  {plain(signal.not_assessed)}", "$quiet")))
        if signal.interval is not None and signal.interval[0] is not signal.interval[1]:
            low, high = signal.interval
            rows.append(Row(Content.styled(f"  the evidence allows {low.words} to {high.words}", "$quiet")))
        rows.extend(claim_row(claim) for claim in signal.reasons)
    if card.weighted:
        rows.extend([_gap(), _heading("Weighted view")])
        for line in card.weighted:
            share = "not assessed" if line.share is None else f"{_bar(line.share)} {line.share:.0%}"
            rows.append(
                Row(
                    Content.assemble(
                        f"  {line.title:<34}", (f"{line.weight:>3} %  ", "$quiet"), share,
                        (f"  {line.note}" if line.note else "", "$quiet"),
                    )
                )
            )  # fmt: skip
        if card.weighted_total is not None:
            rows.append(
                Row(Content.styled(f"  {'in all':<34}       {card.weighted_total:.0f} of 100", "bold"))
            )
    return rows


def _compared(rating: Level | None, own: Level | None) -> str:
    if rating is None or own is None:
        return ""
    gap = own.rank - rating.rank
    return " = same" if gap == 0 else " ▲ higher" if gap > 0 else " ▼ lower"


def _bar(share: float, width: int = 10) -> str:
    full = round(share * width)
    return "█" * full + "░" * (width - full)


def tests(card: Scorecard) -> list[Row]:
    """The final run, tier by tier, and what the candidate's own checks were worth."""
    if not card.tests:
        return [Row(Content("No final run: there was no code to run."))]
    passed = sum(row.verdict.value == "passed" for row in card.tests)
    rows = [_heading(f"{passed} of {len(card.tests)} passed in the final run")]
    for row in card.tests:
        good = row.verdict.value == "passed"
        parts = [
            Content.assemble(
                (f"  {GLYPH[row.verdict]} {WORD[row.verdict]:<8} ", "$success" if good else "$error"),
                (row.name.replace("_", " "), "" if good else "bold"),
                (f"  {row.tier.value}{' · hidden' if row.hidden else ''}", "$quiet"),
                (f"  line {row.line}" if row.line and not good else "", "$accent"),
            )
        ]
        if not good and row.message:
            parts.append(Content.styled(f"             {one_line(row.message, 150)}", "$foreground 85%"))
        if not good and row.code_line:
            parts.append(Content.styled(f"             {one_line(row.code_line, 120)}", "$accent"))
        rows.append(Row(Content("\n").join(parts)))
    if card.own_tests_killed is not None and card.own_tests_mutants:
        text = f"Your own checks caught {card.own_tests_killed} of {card.own_tests_mutants} classic mistakes."
        rows.extend([_gap(), Row(Content(text))])
    return rows


_FACT = {
    "asked": ("✓ asked", "$success"),
    "assumed": ("✓ assumed", "$success"),
    "asked_late": ("◐ asked late", "$warning"),
    "assumed_late": ("◐ assumed late", "$warning"),
    "missed": ("✗ missed", "$error"),
}


def facts(card: Scorecard) -> list[Row]:
    """What the brief left out, and how each was obtained; then decisions and follow-ups."""
    rows = [_heading("What the brief left out")]
    for fact in sorted(card.facts, key=lambda row: not row.essential):
        word, style = _FACT.get(fact.status, (fact.status.replace("_", " "), "$quiet"))
        honoured = {True: " · honoured in the code", False: " · not honoured in the code", None: ""}[
            fact.honoured
        ]
        head = Content.assemble(
            (f"  {word:<15} ", style), (fact.topic, "bold" if fact.essential else ""),
            (f"{' · essential' if fact.essential else ''}{honoured}", "$quiet"),
            (_cites(fact.events), "$accent"),
        )  # fmt: skip
        body = [Content.styled(f"                  {fact.answer}", "$foreground 80%")] if fact.answer else []
        rows.append(Row(Content("\n").join([head, *body]), fact.events))
    if card.decisions:
        rows.extend([_gap(), _heading("What there was to justify")])
        for decision in card.decisions:
            good = decision.status in ("sound", "corrected")
            glyph, style = ("✓", "$success") if good else ("○", "$quiet")
            if decision.status in ("misconception", "vague"):
                glyph, style = "✗", "$warning"
            head = Content.assemble((f"  {glyph} {decision.status:<13} ", style), decision.title)
            events = decision.claim.events if decision.claim else ()
            rows.append(Row(head + Content.styled(_cites(events), "$accent"), events))
    if card.follow_ups:
        rows.extend([_gap(), _heading("Follow-up questions")])
        for follow_up in card.follow_ups:
            rows.append(
                Row(
                    Content.assemble(f"  {follow_up.question}", (_cites(follow_up.events), "$accent")),
                    follow_up.events,
                )
            )
            rows.extend(Row(Content.assemble(("    ✓ said    ", "$success"), p)) for p in follow_up.made)
            rows.extend(Row(Content.assemble(("    ✗ missing ", "$warning"), p)) for p in follow_up.missing)
    return rows


def mistakes(card: Scorecard) -> list[Row]:
    """Detected mistakes, what they let an interviewer infer, and how to avoid them."""
    if not card.mistakes:
        return [Row(Content("✓ None of the listed mistakes was seen."))]
    rows: list[Row] = []
    for mistake in card.mistakes:
        if rows:
            rows.append(_gap())
        glyph, style = ("◐ recovered", "$warning") if mistake.recovered else ("✗ seen", "$error")
        rows.append(Row(Content.assemble((f"{glyph}  ", style), (mistake.title, "bold"))))
        rows.append(claim_row(mistake.claim))
        if mistake.recovery is not None:
            rows.append(claim_row(mistake.recovery))
        rows.append(Row(Content.assemble(("  it suggests  ", "$quiet"), plain(mistake.inference))))
        rows.append(Row(Content.assemble(("  next time    ", "$quiet"), plain(mistake.avoidance))))
    return rows


def approach(card: Scorecard) -> list[Row]:
    """The ten steps, ticked; time per phase; what the question really tested."""
    rows = [_heading("The approach, step by step")]
    for step in card.approach:
        glyph, style = ("✓ done", "$success") if step.done else ("○ not seen", "$quiet")
        events = step.claim.events if step.claim else ()
        rows.append(
            Row(Content.assemble((f"  {glyph:<11} ", style), step.title, (_cites(events), "$accent")), events)
        )
    if card.phases:
        rows.extend([_gap(), _heading("Time")])
        for phase in card.phases:
            budget = f" of {clock_text(phase.budget)}" if phase.budget is not None else ""
            over = "  ■ over" if phase.budget is not None and phase.spent > phase.budget else ""
            name = phase.phase.replace("_", " ").capitalize()
            rows.append(
                Row(
                    Content.assemble(
                        f"  {name:<12}", clock_text(phase.spent), (budget, "$quiet"), (over, "$warning")
                    )
                )
            )
    if card.really_tested:
        rows.extend(
            [_gap(), _heading("What this question really tests"), Row(Content(f"  {card.really_tested}"))]
        )
    rows.extend([_gap(), Row(Content.styled(f"  {count(card.hints, 'hint')} taken", "$quiet"))])
    return rows


def transcript_rows(log: Iterable[ev.SessionEvent]) -> list[Row]:
    """Everything said and done, one row per event that can be cited."""
    rows: list[Row] = []
    for event in log:
        lines = transcript([event])
        if lines:
            line = lines[0]
            who = {Speaker.INTERVIEWER: "interviewer", Speaker.CANDIDATE: "you", Speaker.NOTE: ""}[
                line.speaker
            ]
            style = {
                Speaker.INTERVIEWER: "$primary",
                Speaker.CANDIDATE: "$secondary",
                Speaker.NOTE: "$quiet",
            }[line.speaker]
            words = plain(line.text)
        elif isinstance(event, ev.CodeChanged):
            who, style = "", "$quiet"
            words = f"code changed: {count(event.source.count(chr(10)) + 1, 'line')}"
        else:
            continue
        body = Content.styled(words, "" if who else "$quiet")
        head = Content.assemble(
            (f"#{event.seq:<4}{clock_text(event.at):>7}  ", "$quiet"), (f"{who:<12}" if who else "", style)
        )
        rows.append(Row(head + body, (event.seq,), id=event.seq))
    return rows


def detail(log: Sequence[ev.SessionEvent], seq: int) -> str:
    """One event in full, as plain text."""
    event = next((e for e in log if e.seq == seq), None)
    if event is None:
        return f"There is no event {seq}."
    head = f"#{event.seq} at {clock_text(event.at)}: {event.kind.replace('_', ' ')}"
    return f"{head}\n\n{plain(_detail(event))}"


def _detail(event: ev.SessionEvent) -> str:
    match event:
        case ev.CandidateSaid() | ev.InterviewerSaid():
            return event.text
        case ev.CodeChanged():
            lines = event.source.split("\n")
            return "\n".join(f"{number:>4}  {line}" for number, line in enumerate(lines, start=1))
        case ev.TestsRan():
            hidden = event.purpose is not RunPurpose.FINAL
            rows = []
            for number, result in enumerate(event.run.results, start=1):
                secret = result.hidden and hidden
                name = f"hidden {result.tier.value} {number}" if secret else result.name.replace("_", " ")
                rows.append(f"{GLYPH[result.verdict]} {WORD[result.verdict]:<8} {name}")
                if result.message and not secret:
                    rows.append(f"             {one_line(result.message, 160)}")
            return "\n".join([f"{event.run.passed} of {event.run.total} passed", "", *rows])
        case ev.ProgramRan():
            return "\n".join(part for part in (event.run.stdout, event.run.message) if part) or "no output"
        case ev.FactDisclosed():
            return f"{event.topic}\n\n{event.answer}"
        case ev.HintServed():
            return f"hint {event.rung} ({event.cost})\n\n{event.text}"
        case ev.TurnClassified():
            rows = [f"{s.act.value.replace('_', ' '):<13} {one_line(s.text, 120)}" for s in event.segments]
            return "\n".join([f"understood as {event.act.value.replace('_', ' ')}", "", *rows])
        case ev.FollowUpAsked() | ev.DecisionProbed():
            return event.question
        case ev.Interjected():
            return f"{event.line}\n\n({event.reason})"
        case ev.AssumptionNoted():
            return event.text
        case ev.SessionStarted():
            total = event.plan.total_seconds
            time = "untimed" if total is None else f"{total / 60:g} minutes"
            runs = "code runs" if event.code_runs else "code cannot be run"
            return f"{event.scenario} · {event.company} · {event.seniority.value}\n{time}, {runs}"
        case ev.SelfRated():
            return "\n".join(
                f"{name.replace('_', ' '):<24}{rated(own)}" for name, own in event.ratings.items()
            )
        case ev.OwnTestsGraded():
            return f"the candidate's checks killed {event.grade.killed} of {event.grade.mutants} mutants"
        case _:
            said = transcript([event])
            return said[0].text if said else ""


def laid_out(content: Content, width: int) -> Content:
    """Content wrapped to `width`; the lines that follow hang under where the words of the first begin."""
    lines: list[Content] = []
    for line in content.split("\n", allow_blank=True):
        lead = _LEAD.match(line.plain)
        hang = lead.end() if lead else 0
        first, *rest = line[hang:].wrap(max(10, width - hang)) or [Content("")]
        lines.append(line[:hang] + first)
        lines.extend(Content(" " * hang) + more for more in rest)
    return Content("\n").join(lines)
