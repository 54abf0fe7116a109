"""A candidate's file on disk: read on demand, or followed while their own editor writes it."""

from __future__ import annotations

from pathlib import Path

from interviewer.errors import UsageError

LARGEST = 1_000_000


def read_code(path: Path) -> str:
    """The text of a code file; raises UsageError for what cannot be one."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="check the path"
        ) from None
    if len(data) > LARGEST:
        raise UsageError(f"is larger than {LARGEST // 1000} kB", where=str(path), remedy="name a source file")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"is not UTF-8 text (byte {error.start})", where=str(path), remedy="save it as UTF-8"
        ) from None


class CodeFile:
    """A file the candidate edits elsewhere; made with `starter` when it is not there."""

    def __init__(self, path: Path, starter: str) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        if not path.exists():
            try:
                path.write_text(starter, encoding="utf-8")
            except OSError as error:
                raise UsageError(
                    f"cannot be written ({error.strerror})", where=str(path), remedy="name another --file"
                ) from None
        self.text = read_code(path)
        self._seen = self._stamp()

    def changed(self) -> bool:
        """Whether the text is another than when last asked; raises UsageError when it cannot be read."""
        stamp = self._stamp()
        if stamp == self._seen:
            return False
        text = read_code(self.path)
        self._seen, former, self.text = stamp, self.text, text
        return text != former

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            # Editors replace a file by renaming: for a moment there may be none.
            return self._seen
        return status.st_mtime_ns, status.st_size
