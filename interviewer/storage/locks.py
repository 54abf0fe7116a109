"""One writer for each session, across processes.

A lock is a file lock the operating system holds for the process: it is gone when the process is,
however it ended.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from interviewer.errors import SessionBusy, StoreUnavailable

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class SessionLock:
    """Holds `folder/<session>.lock` until released; raises SessionBusy when another holder lives."""

    def __init__(self, folder: Path, session: str) -> None:
        self._path = folder / f"{session}.lock"
        self._descriptor: int | None = _acquire(self._path, session)

    def release(self) -> None:
        """Give the lock free; harmless when repeated."""
        if self._descriptor is None:
            return
        # Removed while still held, so that nobody can hold a file that is about to vanish.
        with suppress(OSError):
            self._path.unlink()
        os.close(self._descriptor)
        self._descriptor = None
        if sys.platform == "win32":
            with suppress(OSError):
                self._path.unlink()


def _acquire(path: Path, session: str) -> int:
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreUnavailable(
                f"cannot lock a session ({error.strerror})",
                where=str(path.parent),
                remedy="make the folder writable, or point INTERVIEWER_HOME at another one",
            ) from None
        try:
            _take(descriptor)
        except OSError:
            os.close(descriptor)
            raise SessionBusy(
                "another process is writing this session",
                where=f"session {session}",
                remedy="close it there, or start another session",
            ) from None
        if _still_there(path, descriptor):
            return descriptor
        # The former holder removed the file between our open and our lock.
        os.close(descriptor)


def _still_there(path: Path, descriptor: int) -> bool:
    held = os.fstat(descriptor)
    try:
        now = path.stat()
    except OSError:
        return False
    return (held.st_ino, held.st_dev) == (now.st_ino, now.st_dev)
