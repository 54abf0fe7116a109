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

REPORT_FORMATS = ("md", "html", "json")


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
        scenario = service.ports.library.get(card.scenario)
    finally:
        service.close()
    if json:
        from interviewer.reports import to_json

        document = to_json(card, log, scenario)
        if diff:
            document["diff"] = _changes(former, card)
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


def _changes(former: Scorecard | None, card: Scorecard) -> list[dict[str, Any]]:
    if former is None:
        return []
    old = {rating.signal: rating for rating in former.signals}
    changes: list[dict[str, Any]] = []
    for rating in card.signals:
        before = old.pop(rating.signal, None)
        was = before.rating if before is not None else None
        told = {claim.text for claim in before.reasons} if before is not None else set()
        tells = {claim.text for claim in rating.reasons}
        if was is not rating.rating or told != tells:
            changes.append(
                {
                    "signal": rating.signal,
                    "from": was.value if was is not None else None,
                    "to": rating.rating.value if rating.rating is not None else None,
                    "added": sorted(tells - told),
                    "removed": sorted(told - tells),
                }
            )
    changes += [
        {
            "signal": name, "from": gone.rating.value if gone.rating is not None else None, "to": None,
            "added": [], "removed": sorted(claim.text for claim in gone.reasons),
        }
        for name, gone in old.items()
    ]  # fmt: skip
    if former.overall is not card.overall:
        changes.append(
            {
                "signal": "overall",
                "from": former.overall.value if former.overall is not None else None,
                "to": card.overall.value if card.overall is not None else None,
                "added": [],
                "removed": [],
            }
        )
    return changes


def _diff_lines(former: Scorecard | None, card: Scorecard) -> Iterator[str]:
    if former is None:
        yield "No former rating to compare with."
        return
    changes = _changes(former, card)
    yield (
        f"Compared with {former.rater}, rubric {former.rubric} version {former.rubric_version}:"
        if changes
        else f"Nothing changed since {former.rater}, rubric {former.rubric} version {former.rubric_version}."
    )
    for change in changes:
        was, now = (_words(change[key] or "") or "not assessed" for key in ("from", "to"))
        yield (
            f"  {change['signal']}: {was} -> {now}"
            if was != now
            else f"  {change['signal']}: {now}, as before"
        )
        yield from (f"    now: {reason}" for reason in change["added"])
        yield from (f"    no longer: {reason}" for reason in change["removed"])


def report(extra: Sequence[Path], session: str, *, form: str, output: Path | None) -> int:
    """`interviewer report`."""
    if form not in REPORT_FORMATS:
        raise UnknownName("report format", form, REPORT_FORMATS)
    from interviewer.domain import events as ev

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
    from interviewer.cli.raters import render

    write_out([render(home, form, log, card)], output)
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
