"""Lines on their way: sent from the reply line, not in the log yet."""

from __future__ import annotations

from interviewer.tui.widgets.reply import ReplyInput


class Outbox:
    """What the candidate sent while the interviewer was speaking, and what the reply line still holds."""

    def __init__(self, reply: ReplyInput) -> None:
        self._reply = reply
        self._waiting: list[str] = []

    @property
    def text(self) -> str:
        """All that is not in the log yet: the waiting lines, then the reply line."""
        return "\n".join(part for part in (*self._waiting, self._reply.text) if part)

    def restore(self, text: str) -> None:
        """Put text that was never sent back into the reply line."""
        self._reply.text = text
        self._reply.move_cursor(self._reply.document.end)

    def put(self, line: str) -> None:
        """A line was sent."""
        self._waiting.append(line)

    def arrived(self, line: str) -> bool:
        """A line is in the log; whether it was the one that waited longest, which is then let go."""
        if not self._waiting or self._waiting[0].strip() != line.strip():
            return False
        self._waiting.pop(0)
        return True

    def give_back(self, line: str) -> None:
        """Put a line that was refused back into the reply line, above what stands there."""
        if line in self._waiting:
            self._waiting.remove(line)
        self._reply.text = f"{line}\n{self._reply.text}".strip()

    def take(self) -> str:
        """All of `text`, without space around it; nothing is left unsent, unless it was blank."""
        text = self.text.strip()
        if text:
            self._waiting.clear()
            self._reply.text = ""
        return text
