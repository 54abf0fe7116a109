"""Raters by name, and reports for files and for the terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewer.cli.compose import Home
    from interviewer.ports import Rater


def rater_for(home: Home, model: str) -> Rater:
    """The rules, or the model called `model` as judge; raises UnknownName, ConfigError, ModelError."""
    from interviewer.cli.compose import rules_rater

    if model in ("", "rules", "offline"):
        return rules_rater()
    from interviewer.cli.models import find, key_file
    from interviewer.content import load_prompt
    from interviewer.dialogue.llm.make import make_asker
    from interviewer.scoring.judge import JudgePrompts, JudgeRater

    roots = home.library.catalogue.roots
    asker = make_asker(find(home, model), key_file=key_file(home))
    return JudgeRater(
        asker, JudgePrompts(system=load_prompt("judge", roots), case=load_prompt("judge_case", roots))
    )


_ANCHOR = re.compile(r'<a id="[^"]*"></a>')
_LINK = re.compile(r"\[([^\]\\]+)\]\(#[^)]*\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def readable(markdown: str) -> str:
    """A Markdown report as it is pleasant to hear or read in a terminal: no links, no escapes."""
    text = _BOLD.sub(r"\1", _LINK.sub(r"\1", _ANCHOR.sub("", markdown)))
    return _ESCAPE.sub(r"\1", text)
