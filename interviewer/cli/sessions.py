"""What can be done with stored sessions: list, rate again, report, plan, export, import."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.cli.compose import Home, compose, open_home
from interviewer.cli.console import print_json, print_table
from interviewer.domain.phases import clock_text
from interviewer.domain.rubric import Level
from interviewer.errors import CommandRefused, UnknownName, UsageError

if TYPE_CHECKING:
    from interviewer.domain.scorecard import Scorecard
    from interviewer.ports import SessionStore, SessionSummary


@contextmanager
def opened(home: Home) -> Iterator[SessionStore]:
    """The store on disk, closed afterwards."""
    store = home.store()
    try:
        yield store
    finally:
        store.close()


def write_out(text: Iterable[str], output: Path | None) -> None:
    """Write to a file, or to stdout when none is named; a file appears whole or not at all."""
    if output is None:
        for piece in text:
            sys.stdout.write(piece)
        return
    import os

    whole = "".join(text)
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        draft.write_text(whole, encoding="utf-8", errors="replace")
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError(
            f"cannot be written ({error.strerror})", where=str(output), remedy="name another -o FILE"
        ) from None
    print(f"wrote {output}", file=sys.stderr)


# --- history and plan -------------------------------------------------------------------------


def history(extra: Sequence[Path], *, json: bool) -> int:
    """`interviewer history`, newest first."""
    with opened(open_home(extra)) as store:
        sessions = store.sessions()
    if json:
        print_json([_summary(session) for session in sessions])
    elif not sessions:
        print("no sessions yet; start one: interviewer start")
    else:
        rows = [
            (
                s.session, s.started_at.replace("T", " ")[:16], s.scenario, s.company, s.seniority,
                clock_text(s.seconds), _words(s.overall) or ("not rated" if s.ended else "unfinished"),
                s.decision,
            )
            for s in sessions
        ]  # fmt: skip
        print_table(("session", "started", "scenario", "format", "level", "time", "rating", "decision"), rows)
    return 0


def _summary(session: SessionSummary) -> dict[str, Any]:
    return {
        "session": session.session,
        "scenario": session.scenario,
        "format": session.company,
        "level": session.seniority,
        "started_at": session.started_at,
        "seconds": round(session.seconds, 3),
        "events": session.events,
        "ended": session.ended,
        "overall": session.overall or None,
        "decision": session.decision or None,
        "signals": dict(session.signals),
    }


def plan(extra: Sequence[Path], *, json: bool) -> int:
    """`interviewer plan`."""
    from interviewer.service.plan import due, two_week_plan

    home = open_home(extra)
    with opened(home) as store:
        sessions = store.sessions()
    blocks = two_week_plan(home.library.index(), sessions)
    item = due(blocks)
    if json:
        print_json(
            {
                "due": item.scenario if item is not None else None,
                "blocks": [
                    {
                        "id": block.id,
                        "days": list(block.days),
                        "title": block.title,
                        "done": block.done,
                        "scenarios": [
                            {
                                "id": one.scenario,
                                "attempts": one.attempts,
                                "best": one.best or None,
                                "last": one.last or None,
                                "done": one.done,
                            }
                            for one in block.items
                        ],
                    }
                    for block in blocks
                ],
            }
        )
        return 0
    for block in blocks:
        progress = (
            f"{block.done} of {len(block.items)} rated strong or better" if block.items else "no scenario yet"
        )
        print(f"Days {block.days[0]} and {block.days[1]}: {block.title}, {progress}")
        for one in block.items:
            state = f"best {_words(one.best)}" if one.best else ("held" if one.attempts else "new")
            print(f"  {one.scenario}: {one.title}, {one.minutes} min, {state}")
    print(f"due: interviewer start {item.scenario}" if item is not None else "due: nothing; well done")
    return 0


# --- rating and report ------------------------------------------------------------------------


def score(extra: Sequence[Path], session: str, *, rubric: str, model: str, diff: bool, json: bool) -> int:
    """`interviewer score`: rate a stored session again."""
    from interviewer.cli.raters import rater_for

    home = open_home(extra)
    service = compose(home)
    try:
        rater = rater_for(home, model)
        former, card = service.rescore(session, rater=rater, rubric_id=rubric)
        log = service.ports.store.events(card.session)
    finally:
        service.close()
    if json:
        from json import loads

        from interviewer.reports import render

        document = loads(render(card, log, "json"))
        if diff:
            document["diff"] = _diff_document(former, card)
        print_json(document)
        return 0
    for rating in card.signals:
        words = rating.rating.words if rating.rating is not None else f"not assessed ({rating.not_assessed})"
        print(f"{rating.title}: {words}")
    print(f"Overall: {card.overall.words if card.overall is not None else 'not assessed'}")
    print(f"Decision: {card.decision}")
    if diff:
        for line in _diff_lines(former, card):
            print(line)
    return 0


def _diff_document(former: Scorecard | None, card: Scorecard) -> dict[str, Any] | None:
    from interviewer.scoring.regrade import diff

    if former is None:
        return None
    found = diff(former, card)
    return {
        "same": found.same,
        "signals": [
            {
                "signal": change.signal,
                "before": change.before.value if change.before is not None else None,
                "after": change.after.value if change.after is not None else None,
                "new": list(change.new),
                "gone": list(change.gone),
            }
            for change in found.signals
        ],
        "mistakes": {"new": list(found.mistakes_new), "gone": list(found.mistakes_gone)},
        "versions": {what: {"before": before, "after": after} for what, before, after in found.versions},
    }


def _diff_lines(former: Scorecard | None, card: Scorecard) -> Iterator[str]:
    from interviewer.scoring.regrade import diff

    if former is None:
        yield "There is no former rating to compare with."
        return
    found = diff(former, card)
    yield "Nothing changed." if found.same else "Changed:"
    for change in found.signals:
        was, now = (
            level.words if level is not None else "not assessed" for level in (change.before, change.after)
        )
        yield f"  {change.title}: {was} -> {now}" if change.moved else f"  {change.title}: {now}, as before"
        yield from (f"    new: {reason}" for reason in change.new)
        yield from (f"    gone: {reason}" for reason in change.gone)
    yield from (f"  new mistake: {title}" for title in found.mistakes_new)
    yield from (f"  mistake gone: {title}" for title in found.mistakes_gone)
    yield from (f"  {what}: {before or '-'} -> {after or '-'}" for what, before, after in found.versions)


def report(extra: Sequence[Path], session: str, *, form: str, output: Path | None) -> int:
    """`interviewer report`."""
    from interviewer.domain import events as ev
    from interviewer.reports import FORMATS, render

    if form not in FORMATS:
        raise UnknownName("report format", form, FORMATS)

    home = open_home(extra)
    with opened(home) as store:
        name = store.find(session) if session else _newest_rated(store)
        log = store.events(name)
    card = next((event.scorecard for event in reversed(log) if isinstance(event, ev.Scored)), None)
    if card is None:
        ended = any(isinstance(event, ev.InterviewEnded) for event in log)
        raise CommandRefused(
            f"session {name} is not rated yet",
            remedy=f"interviewer {'score' if ended else 'resume'} {name}",
        )
    write_out([render(card, log, form)], output)
    return 0


def _newest_rated(store: SessionStore) -> str:
    for session in store.sessions():
        if session.overall or session.ended:
            return session.session
    return store.find("")


# --- export and import ------------------------------------------------------------------------


def export(extra: Sequence[Path], session: str, *, output: Path | None) -> int:
    """`interviewer export`."""
    from interviewer.storage.jsonl import export_session

    with opened(open_home(extra)) as store:
        write_out(export_session(store, store.find(session)), output)
    return 0


def import_file(extra: Sequence[Path], file: Path, *, session: str) -> int:
    """`interviewer import`."""
    from interviewer.storage.jsonl import import_session

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"cannot be read ({reason})", where=str(file), remedy="check the path") from None
    with opened(open_home(extra)) as store:
        done = import_session(store, text, where=str(file), session=session)
    print(f"session {done.session}: {done.events} events {'imported' if done.new else 'were here already'}")
    return 0


def _words(level: str) -> str:
    return Level(level).words if level else ""
