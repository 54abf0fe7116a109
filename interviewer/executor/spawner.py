"""Starts processes from one thread that lives as long as the program.

On Linux a "die with your parent" request is tied to the parent's thread: a zygote started from a
worker thread would be killed when that thread ended.
"""

from __future__ import annotations

import queue
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import Future

_jobs: queue.SimpleQueue[tuple[Callable[[], subprocess.Popen[bytes]], Future[subprocess.Popen[bytes]]]]
_jobs = queue.SimpleQueue()
_lock = threading.Lock()
_thread: threading.Thread | None = None


def start(job: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """Run `job` on the long-lived thread and give its process; raises what it raises."""
    global _thread
    with _lock:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_serve, name="sandbox-spawner", daemon=True)
            _thread.start()
    promise: Future[subprocess.Popen[bytes]] = Future()
    _jobs.put((job, promise))
    return promise.result(timeout=30)


def _serve() -> None:
    while True:
        job, promise = _jobs.get()
        try:
            promise.set_result(job())
        except BaseException as error:
            promise.set_exception(error)
