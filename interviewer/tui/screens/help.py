"""Help: keys, commands, and the questions people ask."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from interviewer.tui.actions import EDITOR_KEYS, EVERYWHERE, INTERVIEW, REPLY_KEYS, Action

FAQ = (
    (
        "Is anything lost when I leave?",
        "No. Every key is on disk within a quarter of a second. Go on from the first screen.",
    ),
    (
        "Which questions should I ask?",
        "The brief leaves things out on purpose. Ask, or state an assumption and have it confirmed.",
    ),
    (
        "Do hints cost?",
        "The first two are noted in the report; the last one caps technical skills at strong.",
    ),
    (
        "What if time runs out?",
        "Your unsent line is kept as said, the code as it stands, and the report follows.",
    ),
    (
        "A key does not arrive?",
        "Terminals and tmux take some. Every command also works as /name in the reply line and by ^p.",
    ),
    ("Can I use my own keys?", "Yes: [tui.keys] in the configuration, by the names below."),
)


class HelpScreen(ModalScreen[None]):
    """One page to scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,enter", "app.pop_screen", "Back", id="help_back", priority=True),
    ]

    def __init__(self, interview: tuple[Action, ...] = INTERVIEW) -> None:
        super().__init__(classes="dialog")
        self._interview = interview

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(classes="box help") as box:
            box.border_title = "Help"
            box.border_subtitle = "Esc closes"
            yield Static(page(self._interview))


def page(interview: tuple[Action, ...] = INTERVIEW) -> Content:
    """Keys and commands as they are defined, then the questions."""
    lines: list[Content] = []

    def heading(text: str) -> None:
        lines.extend([Content(""), Content.styled(text, "bold $primary")])

    heading("In the interview")
    for action in interview:
        lines.append(_row(keys(action.keys), f"/{action.slash}", action.title, action.about))
    heading("Everywhere")
    for action in EVERYWHERE:
        lines.append(
            _row(keys(action.keys), f"/{action.slash}" if action.slash else "", action.title, action.about)
        )
    for title, rows in (("In the reply line", REPLY_KEYS), ("In the editor", EDITOR_KEYS)):
        heading(title)
        lines.extend(Content.assemble((f"{key:<24}", "$accent"), about) for key, about in rows)
    heading("More in the reply line")
    lines.append(Content.assemble((f"{'/next PHASE':<24}", "$accent"), "to a phase by name, also back"))
    lines.append(Content.assemble((f"{'/code FILE':<24}", "$accent"), "take the code from a file"))
    lines.append(Content.assemble((f"{'//text':<24}", "$accent"), "say a line that starts with a slash"))
    heading("Questions")
    for question, answer in FAQ:
        lines.extend([Content.styled(question, "bold"), Content.styled(f"  {answer}", "$foreground 85%")])
    heading("Names for your own keys")
    names = ", ".join(action.id for action in (*interview, *EVERYWHERE))
    lines.append(Content(names))
    return Content("\n").join(lines[1:])


def keys(spec: str) -> str:
    """`f5,ctrl+r` as people read it."""
    words = []
    for key in filter(None, spec.split(",")):
        words.append(key.replace("ctrl+", "^").replace("backslash", "\\").replace("escape", "Esc"))
    return " ".join(word.upper() if word.startswith("f") else word for word in words)


def _row(shown: str, slash: str, title: str, about: str) -> Content:
    return Content.assemble(
        (f"{shown:<11}", "$accent"), (f"{slash:<13}", "$secondary"), title, (f"  {about}", "$quiet")
    )
