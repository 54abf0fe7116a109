"""Sessions as JSON lines: a header, then one event a line. For carrying, reading and keeping.

Import is all or nothing, and names every broken line with its reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from interviewer.domain.events import LOG_SCHEMA, SessionEvent, SessionStarted
from interviewer.errors import ImportRejected, StoreError, UsageError
from interviewer.ports import SessionStore
from interviewer.storage.checks import check_follows, session_id
from interviewer.storage.codec import Undecodable, decode, encode

FORMAT = "interviewer-session"
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did; `new` is false when the very same session was there already."""

    session: str
    events: int
    new: bool


def export_session(store: SessionStore, session: str) -> Iterator[str]:
    """The lines of a session's file, each with its line end; drafts travel in the header."""
    log = store.events(session)
    header = {
        "format": FORMAT,
        "schema": LOG_SCHEMA,
        "session": session,
        "events": len(log),
        "drafts": store.drafts(session),
    }
    yield json.dumps(header) + "\n"
    for event in log:
        yield encode(event) + "\n"


def import_session(store: SessionStore, text: str, *, where: str, session: str = "") -> Imported:
    """Store the session in `text`, under another id when `session` is given.

    Raises ImportRejected with every problem (line, reason); nothing is stored then.
    """
    header, log = _parse(text, where)
    if session:
        session_id(session)
        log = (replace(_start(log), session=session), *log[1:])
    name = _start(log).session
    if any(summary.session == name for summary in store.sessions()):
        if store.events(name) == log:
            return Imported(session=name, events=len(log), new=False)
        raise ImportRejected(
            f"another session is stored as {name}",
            where=where,
            remedy="import it under another id with --as ID",
        )
    writer = store.create(name)
    try:
        writer.append(log)
        for draft, content in header["drafts"].items():
            writer.save_draft(draft, content)
    finally:
        writer.close()
    return Imported(session=name, events=len(log), new=True)


def _start(log: tuple[SessionEvent, ...]) -> SessionStarted:
    first = log[0]
    assert isinstance(first, SessionStarted)
    return first


def _parse(text: str, where: str) -> tuple[dict[str, Any], tuple[SessionEvent, ...]]:
    # Not splitlines: it also splits at characters JSON strings may hold.
    lines = text.removesuffix("\n").split("\n")
    header = _header(lines[0], where)
    session, problems = header["session"], list[str]()
    log: list[SessionEvent] = []
    for number, line in enumerate(lines[1:], start=2):
        try:
            event = decode(line)
            if not problems:
                check_follows(session, len(log), log[-1].at if log else float("-inf"), [event])
            log.append(event)
        except (Undecodable, StoreError) as error:
            reason = error.message if isinstance(error, StoreError) else str(error)
            problems.append(f"{where}: line {number}: {reason}")
    if not problems and len(log) != header["events"]:
        problems.append(
            f"{where}: line {len(lines)}: the file ends after {len(log)} of {header['events']} events"
        )
    if not problems and not log:
        problems.append(f"{where}: line 1: the session holds no events")
    if problems:
        more = len(problems) - _SHOWN
        shown = problems[:_SHOWN] + ([f"{where}: {more} more lines are broken"] if more > 0 else [])
        raise ImportRejected("\n".join(shown), remedy="nothing was imported; export the session again")
    return header, tuple(log)


def _header(line: str, where: str) -> dict[str, Any]:
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise ImportRejected(
            "this is no exported session",
            where=f"{where}: line 1",
            remedy="give a file written by `interviewer export`",
        )
    schema = header.get("schema")
    if isinstance(schema, int) and schema > LOG_SCHEMA:
        raise ImportRejected(
            f"written by a newer version of this program (schema {schema}, this one knows {LOG_SCHEMA})",
            where=f"{where}: line 1",
            remedy="update interviewer",
        )
    problem = _header_problem(header)
    if problem:
        raise ImportRejected(problem, where=f"{where}: line 1", remedy="export the session again")
    header.setdefault("drafts", {})
    return header


def _header_problem(header: dict[str, Any]) -> str:
    unknown = sorted(set(header) - {"format", "schema", "session", "events", "drafts"})
    if unknown:
        return f"{', '.join(unknown)} is unknown"
    if type(header.get("schema")) is not int or type(header.get("events")) is not int:
        return "schema and events must be whole numbers"
    if not isinstance(header.get("session"), str):
        return "session must be a text"
    try:
        session_id(header["session"])
    except UsageError as error:
        return error.message
    drafts = header.get("drafts", {})
    if not isinstance(drafts, dict) or not all(isinstance(v, str) for v in drafts.values()):
        return "drafts must be texts by name"
    return ""
