"""The guard itself: text in, pieces that may be said or were withheld out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from interviewer.dialogue.llm.guard import code as code_guard
from interviewer.dialogue.llm.guard import secrets as kept
from interviewer.dialogue.llm.guard.lexer import Atom, Form, Lexer, printable
from interviewer.dialogue.llm.guard.secrets import Secrets, content_stems

_ENDS = frozenset(".!?:;")


@dataclass(frozen=True, slots=True)
class Said:
    """Text that may be shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A passage that must not be: why, and how long it was."""

    why: str
    characters: int


Piece = Said | Withheld


class LeakGuard:
    """Checks one reply. Prose passes word by word and is held only while it resembles a secret."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._lexer = Lexer()
        self._held: list[str] = []
        self._holding = False
        self._why = ""
        self._ended = False
        self._words: deque[str] = deque(maxlen=kept.SAME_WORDS)
        self._tokens: deque[str] = deque(maxlen=kept.SAME_SHAPE)
        self._shape: deque[str] = deque(maxlen=kept.SAME_SHAPE)
        self._hits: dict[int, set[str]] = {}

    def allow(self, *texts: str) -> None:
        """These texts were given out by the engine just now."""
        self._secrets = self._secrets.allow(*texts)
        # The passages are numbered anew.
        self._hits = {}

    def feed(self, text: str) -> list[Piece]:
        """What `text` lets through, in order."""
        return self._pieces(self._lexer.feed(printable(text)))

    def finish(self) -> list[Piece]:
        """The end of the reply: what was held is let through or withheld."""
        pieces = self._pieces(self._lexer.finish())
        return _joined([*pieces, *self._end_sentence()])

    def _pieces(self, atoms: list[Atom]) -> list[Piece]:
        pieces: list[Piece] = []
        for atom in atoms:
            if atom.form in (Form.INLINE, Form.BLOCK):
                pieces += self._code(atom)
            else:
                pieces += self._prose(atom)
        return _joined(pieces)

    def _code(self, atom: Atom) -> list[Piece]:
        inline = atom.form is Form.INLINE
        why = code_guard.verdict(
            atom.body, reference=self._secrets.code, public=self._secrets.public_code, inline=inline
        ) or self._named(atom.body)
        if not why and any(self._token(part) for part in kept.WORD.findall(atom.body)):
            why = "code of the reference"
        if not why and not inline:
            return [*self._end_sentence(), Said(atom.raw)]
        if why and not inline:
            return [*self._end_sentence(), Withheld(why, len(atom.raw))]
        # Words in ticks belong to their sentence.
        for part in kept.WORD.findall(atom.body):
            why = why or self._word(part)
        return self._emit(atom.raw, why)

    def _prose(self, atom: Atom) -> list[Piece]:
        if atom.form is Form.SPACE:
            over = self._ended or atom.raw.endswith("\n")
            pieces = self._emit(atom.raw, "")
            return [*pieces, *self._end_sentence()] if over else pieces
        why = self._named(atom.raw)
        for part in kept.WORD.findall(atom.raw):
            if self._token(kept.one_quote(part)):
                why = why or "code of the reference"
            if part[0].isalnum():
                why = why or self._word(part)
        self._ended = atom.raw in _ENDS
        return self._emit(atom.raw, why)

    def _named(self, text: str) -> str:
        hit = any(name in text for name in self._secrets.names)
        return "the name of a hidden test" if hit else ""

    def _word(self, word: str) -> str:
        """Why the sentence with this word must not be said; also decides whether to hold it."""
        self._words.append(word.lower())
        row = tuple(self._words)
        for size in range(kept.HOLD_WORDS, len(row) + 1):
            why = self._secrets.same_words.get(row[-size:])
            if why:
                return why
        if row[-kept.HOLD_WORDS :] in self._secrets.hold_words:
            self._holding = True
        for one in content_stems([word.lower()]):
            for number in self._secrets.by_stem.get(one, ()):
                hits = self._hits.setdefault(number, set())
                hits.add(one)
                passage = self._secrets.withheld[number]
                self._holding = self._holding or len(hits) >= 2
                if len(hits) >= kept.DISTINCTIVE and len(hits) / len(passage.stems) >= kept.COVERAGE:
                    return passage.why
        return ""

    def _token(self, token: str) -> bool:
        """Whether the running tokens have come to follow the reference; also decides whether to hold."""
        self._shape.append(code_guard.nameless_token(token, self._tokens[-1] if self._tokens else ""))
        self._tokens.append(token)
        row, shape = tuple(self._tokens), tuple(self._shape)
        if row[-kept.HOLD_TOKENS :] in self._secrets.hold_tokens:
            self._holding = True
        if shape[-kept.HOLD_SHAPE :] in self._secrets.hold_shape:
            self._holding = True
        same = row[-kept.SAME_TOKENS :] in self._secrets.same_tokens
        return same or shape in self._secrets.same_shape

    def _emit(self, raw: str, why: str) -> list[Piece]:
        self._why = self._why or why
        if self._holding or self._why:
            self._held.append(raw)
            return []
        return [Said(raw)]

    def _end_sentence(self) -> list[Piece]:
        held, why = "".join(self._held), self._why
        self._held, self._why, self._holding, self._ended = [], "", False, False
        self._hits = {}
        if not held:
            return []
        if why:
            self._words.clear()
            self._tokens.clear()
            self._shape.clear()
        return [Withheld(why, len(held))] if why else [Said(held)]


def _joined(pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if isinstance(piece, Said) and isinstance(last, Said):
            out[-1] = Said(last.text + piece.text)
        else:
            out.append(piece)
    return out
