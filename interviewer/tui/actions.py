"""Everything a person can do, once: keys, footer, palette, help page and slash command come from here."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do on a screen.

    `id` names it in the user's key map; `name` is the screen's `action_<name>`; `keys` are comma
    separated, the first being shown; `footer` is its short label in the key bar, if it has a place there.
    """

    id: str
    name: str
    title: str
    keys: str
    about: str
    slash: str = ""
    footer: str = ""

    def binding(self) -> Binding:
        """The Textual binding; priority, so that no editor swallows it."""
        return Binding(
            self.keys or "ctrl+f24",
            self.name,
            self.footer or self.title,
            id=self.id,
            show=bool(self.footer),
            priority=True,
        )


INTERVIEW: tuple[Action, ...] = (
    Action(
        id="run_tests", name="run_tests", title="Run the visible tests", keys="f5,ctrl+r", slash="test",
        footer="Test", about="Against the code as it stands.",
    ),
    Action(
        id="submit", name="submit", title="Submit: run all tests", keys="f6,ctrl+l", slash="submit",
        footer="Submit", about="Hidden ones by tier and number.",
    ),
    Action(
        id="run_program", name="run_program", title="Run your file as a program", keys="f7,ctrl+t",
        slash="run", footer="Run", about="Prints, asserts, test_ functions.",
    ),
    Action(
        id="show_problem", name="show_problem", title="Go to the problem", keys="f2", slash="brief",
        footer="Problem", about="The brief.",
    ),
    Action(
        id="show_chat", name="show_chat", title="Go to the interviewer", keys="f3", slash="chat",
        footer="Chat", about="Puts the cursor in the reply line.",
    ),
    Action(
        id="show_code", name="show_code", title="Go to the code", keys="f4", slash="code", footer="Code",
        about="Puts the cursor in the editor.",
    ),
    Action(
        id="jump", name="jump", title="Jump to a pane by letter", keys="ctrl+o", slash="jump",
        about="p, c, e or t.",
    ),
    Action(
        id="next_phase", name="next_phase", title="Go to the next phase", keys="f8,ctrl+n", slash="next",
        footer="Next phase", about="After the last: end.",
    ),
    Action(
        id="hint", name="hint", title="Ask for a hint", keys="alt+h", slash="hint",
        about="Tells you what it costs, then asks.",
    ),
    Action(
        id="time", name="time", title="How much time is left?", keys="", slash="time",
        about="Total and this phase.",
    ),
    Action(
        id="pause", name="pause", title="Pause or go on", keys="f10,ctrl+s", slash="pause",
        about="The clock stands and everything is covered.",
    ),
    Action(
        id="external_editor", name="external_editor", title="Open the code in $EDITOR", keys="f9,ctrl+g",
        slash="editor", about="Comes back when you close it.",
    ),
    Action(
        id="stop", name="stop", title="Stop the interviewer's reply", keys="escape", slash="stop",
        about="What was said stays.",
    ),
    Action(
        id="end", name="end_interview", title="End the interview", keys="", slash="end",
        about="Asks first, then rates it.",
    ),
)  # fmt: skip

HAND_BACK = Action(
    id="hand_back", name="hand_back", title="Hand back to the model", keys="", slash="model",
    about="When the built-in interviewer had to step in.",
)  # fmt: skip
"""Only where a model interviews."""

EVERYWHERE: tuple[Action, ...] = (
    Action(
        id="help", name="help", title="Help: keys and commands", keys="f1", slash="help", footer="Help",
        about="This page.",
    ),
    Action(
        id="palette", name="command_palette", title="Every command", keys="ctrl+p,ctrl+backslash",
        about="Type a few letters of what you want.",
    ),
    Action(
        id="quit", name="leave", title="Leave; the session is kept", keys="ctrl+q", slash="quit",
        about="Go on whenever you like.",
    ),
)  # fmt: skip

EDITOR_KEYS: tuple[tuple[str, str], ...] = (
    ("Tab / Shift+Tab", "indent or outdent; with a selection, all its lines"),
    ("Ctrl+/ or Ctrl+_", "comment or uncomment"),
    ("Ctrl+Z / Ctrl+Y", "undo, redo"),
    ("Escape", "leave the editor"),
    ("Ctrl+X C V", "cut, copy, paste"),
)

REPLY_KEYS: tuple[tuple[str, str], ...] = (
    ("Enter", "send"),
    ("Ctrl+J, Shift+Enter", "new line; a pasted block stays unsent"),
    ("/", "a command, for example /hint"),
)
