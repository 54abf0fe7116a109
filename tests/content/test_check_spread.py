"""A single scenario's runs on two processes: the same answers, and no harm when one is lost."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from interviewer.content import load_scenario, new_scenario
from interviewer.content.check import CheckCache, check_all
from interviewer.content.check.spread import Spread
from interviewer.domain.scenario import Scenario
from interviewer.domain.test_run import TestRun
from interviewer.executor import LocalExecutor
from interviewer.ports import Executor


class Counting:
    """An executor that counts its runs."""

    def __init__(self) -> None:
        self._inner = LocalExecutor()
        self.runs = 0

    def run_tests(self, *given: Any, **named: Any) -> TestRun:
        self.runs += 1
        return self._inner.run_tests(*given, **named)

    def warm(self, libraries: Sequence[str] = ("numpy",)) -> None:
        self._inner.warm(libraries)

    def close(self) -> None:
        self._inner.close()


class Here:
    """Makes an executor that counts in this process, and a plain one in any other."""

    def __init__(self) -> None:
        self.made = Counting()
        self._process = os.getpid()

    def __call__(self) -> Executor:
        return cast(Executor, self.made) if os.getpid() == self._process else LocalExecutor()

    def __reduce__(self) -> tuple[Any, ...]:
        return partial, (LocalExecutor,)


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> Path:
    return new_scenario("good", tmp_path / "pack" / "scenarios")


@pytest.fixture
def here() -> Here:
    return Here()


@pytest.fixture
def spread(here: Here) -> Iterator[Spread]:
    spread = Spread(here, 1)
    yield spread
    spread.close()
    assert not multiprocessing.active_children()


def run(spread: Spread, scenario: Scenario) -> TestRun:
    source = (Path(scenario.path) / "reference.py").read_text("utf-8")
    return spread.run_tests(scenario, source, tests=scenario.tests, seed=1)


def run_until_helped(spread: Spread, here: Here, scenario: Scenario) -> TestRun:
    """The first run that was not made here."""
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        before = here.made.runs
        made = run(spread, scenario)
        if here.made.runs == before:
            return made
    raise AssertionError("no helper came")


def test_runs_go_to_the_helper_once_it_is_ready_and_are_the_same_there(
    spread: Spread, here: Here, folder: Path
) -> None:
    scenario = load_scenario(folder)
    one = run(spread, scenario)
    assert here.made.runs == 1 and not multiprocessing.active_children()
    spread.prepare(scenario.libraries)
    other = run_until_helped(spread, here, scenario)
    assert [(r.name, r.verdict) for r in other.results] == [(r.name, r.verdict) for r in one.results]
    assert other.green


def test_a_lost_helper_costs_nothing_but_time(spread: Spread, here: Here, folder: Path) -> None:
    scenario = load_scenario(folder)
    spread.prepare(scenario.libraries)
    run_until_helped(spread, here, scenario)
    (helper,) = multiprocessing.active_children()
    helper.kill()
    helper.join()
    before = here.made.runs
    assert all(run(spread, scenario).green for _ in range(3))
    assert here.made.runs == before + 3


def test_one_and_two_processes_report_the_same(folder: Path, tmp_path: Path) -> None:
    alone, both = (check_all([folder], LocalExecutor, workers=n).to_json() for n in (1, 2))
    assert alone == both
    remembered = check_all([folder], LocalExecutor, workers=2, cache=CheckCache(tmp_path / "cache"))
    assert remembered.to_json() == alone


def test_a_process_that_is_none_of_its_own_lives_on(here: Here, folder: Path) -> None:
    stranger = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,))
    stranger.start()
    try:
        spread = Spread(here, 1)
        spread.prepare(load_scenario(folder).libraries)
        spread.close()
        assert multiprocessing.active_children() == [stranger]
    finally:
        stranger.kill()
        stranger.join()
