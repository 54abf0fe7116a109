"""Text from the candidate's process made safe to store and show."""

from __future__ import annotations

import re

_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b[\]PX^_].*?(?:\x1b\\|\x07|$)"  # OSC, DCS and other strings
    r"|\x1b[@-_]?"
    r"|\x9b[0-?]*[ -/]*[@-~]",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def clean(text: str, limit: int = 2000) -> str:
    """`text` without terminal sequences, control characters, direction overrides or lone surrogates."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = _ESCAPE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text)
    return text if len(text) <= limit else text[:limit] + " …"


def clean_output(data: bytes, limit: int) -> str:
    """Program output as text, cut at `limit` bytes with a note."""
    text = clean(data[:limit].decode("utf-8", "replace"), limit)
    return text + f"\n… output cut after {limit >> 10} KB" if len(data) > limit else text
