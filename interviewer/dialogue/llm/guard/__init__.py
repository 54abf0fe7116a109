"""The leak guard: decides on the stream, outside the prompt, what of a model's reply may be said.

It knows the reference and the unserved material; the model never does. Its verdict depends on the
text alone, not on how the stream was cut.
"""

from __future__ import annotations

from interviewer.dialogue.llm.guard.secrets import Secrets
from interviewer.dialogue.llm.guard.stream import LeakGuard, Piece, Said, Withheld

__all__ = ["LeakGuard", "Piece", "Said", "Secrets", "Withheld"]
