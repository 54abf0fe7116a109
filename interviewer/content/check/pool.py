"""Processes that run tests: two of them do not wait for one another, as two threads do."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.process import BaseProcess
from multiprocessing.util import Finalize
from typing import Any, TypeVar

from interviewer.ports import Executor

MakeExecutor = Callable[[], Executor]
T = TypeVar("T")

_executor: Executor | None = None


def executor() -> Executor | None:
    """The executor of this process, when it belongs to a pool."""
    return _executor


def start(
    make_executor: MakeExecutor, count: int, *, first_core: int = 0, copies: bool = False
) -> ProcessPoolExecutor:
    """A pool of `count` processes, each with an executor of its own.

    Each stays on one core, from `first_core` on: what it asks of the candidates' processes then needs no
    other core to wake up. As `copies` of this process, where a system has them, they are ready sooner;
    this is for a caller that has started no threads and no executor yet.
    """
    context = multiprocessing.get_context("fork" if copies and sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(
        max_workers=count,
        mp_context=context,
        initializer=_begin,
        initargs=(make_executor, context.Value("i", first_core)),
    )


def submit(pool: ProcessPoolExecutor, work: Callable[..., T], *args: Any) -> Future[T]:
    """Have a process of the pool do `work`; those started for it are not reached by ^C."""
    with _interrupts_held():
        return pool.submit(work, *args)


def others() -> list[BaseProcess]:
    """The processes there are before a pool is started, which are not its own."""
    return multiprocessing.active_children()


def end(pool: ProcessPoolExecutor, others: Sequence[BaseProcess]) -> None:
    """End the pool now, whatever its processes are doing; `others` go on."""
    for process in multiprocessing.active_children():
        if process not in others:
            process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    # Processes started meanwhile never see ^C: it is the business of this one, which then ends them.
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(make_executor: MakeExecutor, turns: Any) -> None:
    global _executor
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # as in the process that was started by hand
    with turns.get_lock():
        turn, turns.value = turns.value, turns.value + 1
    _stay_on_one_core(turn)
    _executor = make_executor()
    Finalize(None, _executor.close, exitpriority=10)


def _stay_on_one_core(turn: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):
            cores = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(0, {cores[turn % len(cores)]})
