"""Lines typed into a session: speech, or a command behind a slash. Shared by every front end; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from interviewer.errors import UsageError, nearest


@dataclass(frozen=True, slots=True)
class Said:
    """A line for the interviewer."""

    text: str


@dataclass(frozen=True, slots=True)
class Slash:
    """A command, by its full name, and what stood after it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Mistyped:
    """A slash with a name nothing answers to; nothing was said or done. `near` may be empty."""

    name: str
    near: str

    @property
    def line(self) -> str:
        """What to tell the person."""
        hint = f"did you mean /{self.near}?" if self.near else "see /help"
        return f"there is no /{self.name}; {hint} (// at the start of a line says it with one slash)"


Typed = Said | Slash | Mistyped


@dataclass(frozen=True, slots=True, kw_only=True)
class SlashCommand:
    """One command of the line-based session: its name, its argument as help shows it, what it does."""

    name: str
    about: str
    argument: str = ""

    @property
    def usage(self) -> str:
        """The command as typed."""
        return f"/{self.name} {self.argument}".rstrip()


COMMANDS: tuple[SlashCommand, ...] = (
    SlashCommand(name="brief", about="read the problem again"),
    SlashCommand(
        name="code", argument="[FILE]", about="hand in code from FILE, or line by line up to a single dot"
    ),
    SlashCommand(name="show", about="read the code as it stands, with line numbers"),
    SlashCommand(name="test", about="run the visible tests"),
    SlashCommand(name="submit", about="run all tests; hidden ones by tier and number"),
    SlashCommand(name="run", about="run the file as a program: prints, asserts, test_ functions"),
    SlashCommand(name="hint", about="ask for the next hint; the first call tells what it costs"),
    SlashCommand(name="next", argument="[PHASE]", about="go to the next phase, or to PHASE"),
    SlashCommand(name="time", about="how much time is left"),
    SlashCommand(name="wait", argument="TIME", about="let time pass, for example 90s; simulated clock only"),
    SlashCommand(name="pause", about="stop the clock, or let it run again"),
    SlashCommand(name="end", about="end the interview and get the report"),
    SlashCommand(name="report", about="read the report, once the interview has ended"),
    SlashCommand(name="quit", about="leave; the session is kept and can be resumed"),
    SlashCommand(name="help", about="this list"),
)
NAMES = tuple(command.name for command in COMMANDS)

_SLASH = re.compile(r"/([A-Za-z][\w-]*)(?:\s+(.*))?", re.DOTALL)


def parse(line: str, names: Iterable[str] = NAMES) -> Typed:
    """What a typed line is.

    `/name rest` is a command; `//text` says `/text`; a slash before anything but a letter is speech.
    A name may be shortened as long as one command alone begins so.
    """
    text = line.strip()
    if text.startswith("//"):
        return Said(text[1:])
    found = _SLASH.fullmatch(text)
    if found is None:
        return Said(text)
    known, typed = list(names), found[1].lower()
    name = _full(typed, known)
    if name is None:
        return Mistyped(found[1], nearest(typed, known) or "")
    return Slash(name, (found[2] or "").strip())


def _full(typed: str, known: list[str]) -> str | None:
    if typed in known:
        return typed
    begun = [name for name in known if name.startswith(typed)]
    return begun[0] if len(begun) == 1 else None


_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(hours?|h|minutes?|mins?|m|seconds?|secs?|s)?\s*")


def seconds(text: str) -> float:
    """A length of time in seconds: `90`, `90s`, `2m`, `1m30s`, `1.5 min`, `1:30`. Raises UsageError."""
    given = text.strip().lower()
    clock = re.fullmatch(r"(\d+):([0-5]\d)", given)
    if clock:
        return int(clock[1]) * 60.0 + int(clock[2])
    total, at = 0.0, 0
    while at < len(given):
        part = _PART.match(given, at)
        if part is None or (part[2] is None and part.group(0) != given):
            break
        total += float(part[1]) * {"h": 3600, "m": 60, "s": 1}[(part[2] or "s")[0]]
        at = part.end()
    if not given or at < len(given):
        raise UsageError(f"{text!r} is no length of time", remedy="write for example 90s, 2m or 1m30s")
    return total
