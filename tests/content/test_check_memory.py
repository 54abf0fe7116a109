"""What a check remembers of runs: which changes repeat which tests, and that the answer stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from interviewer.content import new_scenario
from interviewer.content.check import CheckCache, check_all
from interviewer.content.check.state import keeps_nothing
from interviewer.domain.scenario import Scenario, TestSpec
from interviewer.domain.test_run import TestRun
from interviewer.executor import LocalExecutor
from interviewer.ports import Executor

PLAIN = [
    "import numpy as np\nLOW, HIGH = 1.0, -np.inf\ndef f(x, k=2, kind=None):\n    y = [x]\n    y[0] = k",
    "import numpy as np\ndef f(seed):\n    rng = np.random.default_rng(seed)\n    return rng.random(3)",
    "from dataclasses import dataclass, field\n@dataclass\nclass A:\n    x: int = 0\n    y: list = None",
    "class A:\n    limit = 3\n    def fit(self, x):\n        self.seen = {}\n        self.seen[x] = 1",
    "def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n        return n\n    return g",
    "def f(node):\n    node.left.value = 3\n    del node.right",
]

REMEMBERING = [
    "seen = []\ndef f(x):\n    seen.append(x)\n    return len(seen)",
    "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)",
    "def f(x, *, seen=dict()):\n    return seen",
    "n = 0\ndef f():\n    global n\n    n += 1\n    return n",
    "def f():\n    f.n = getattr(f, 'n', 0) + 1\n    return f.n",
    "class A:\n    seen = []",
    "class A:\n    n = 0\n    def f(self):\n        A.n += 1",
    "class A:\n    n = 0\n    def f(self):\n        type(self).n = 1",
    "class A:\n    n = 0\n    def f(self):\n        self.__class__.n += 1",
    "class A:\n    n = 0\n    @classmethod\n    def f(cls):\n        cls.n += 1",
    "import functools\n@functools.lru_cache\ndef f(x):\n    return []",
    "from functools import cache\n@cache\ndef f(x):\n    return []",
    "import numpy as np\ndef f(seed):\n    np.random.seed(seed)",
    "import numpy as np\ndef f(x):\n    r = np.random\n    r.shuffle(x)",
    "from numpy import random\ndef f(x):\n    random.shuffle(x)",
    "from numpy.random import shuffle\ndef f(x):\n    shuffle(x)",
    "import numpy.random as r\ndef f(x):\n    r.shuffle(x)",
    "import random\ndef f():\n    return random.random()",
    "def f():\n    import random\n    return random.random()",
    "import numpy as np\ndef f():\n    np.seterr(all='ignore')",
    "import numpy as np\nnp.half = 3",
    "import math\ndef f():\n    math.pi = 3",
    "def f():\n    globals()['n'] = 1",
    "def f():\n    setattr(f, 'n', 1)",
    "from itertools import count\nnumbers = count()",
    "def f():\n    for f.n in range(3):\n        pass",
    "print('hello')",
    "def f(:",
]


@pytest.mark.parametrize("source", PLAIN)
def test_plain_code_keeps_nothing(source: str) -> None:
    assert keeps_nothing(source)


@pytest.mark.parametrize("source", REMEMBERING)
def test_code_that_may_remember_is_told(source: str) -> None:
    assert not keeps_nothing(source)


class Counting:
    """An executor that notes how many tests each run is to make."""

    def __init__(self) -> None:
        self._executor = LocalExecutor()
        self.sizes: list[int] = []

    def run_tests(
        self, scenario: Scenario, source: str, *, tests: Sequence[TestSpec], **named: Any
    ) -> TestRun:
        self.sizes.append(len(tests))
        return self._executor.run_tests(scenario, source, tests=tests, **named)

    def close(self) -> None:
        self._executor.close()


class Desk:
    """A scenario at work: edit its files, check, see what was run."""

    def __init__(self, folder: Path, cache: CheckCache) -> None:
        self.folder = folder
        self._cache = cache

    def check(self) -> tuple[list[int], dict[str, Any]]:
        made = Counting()
        report = check_all([self.folder], lambda: cast(Executor, made), cache=self._cache, workers=1)
        assert not any(s.cached for s in report.scenarios)
        return made.sizes, report.to_json()

    def afresh(self) -> dict[str, Any]:
        """What a check says that remembers nothing."""
        return check_all([self.folder], LocalExecutor, workers=1).to_json()

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def desk(fresh: Path, tmp_path: Path) -> Desk:
    return Desk(new_scenario("good", tmp_path / "pack" / "scenarios"), CheckCache(tmp_path / "cache"))


def first_test(desk: Desk) -> str:
    lines = (desk.folder / "tests.py").read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith("def test_"))


def test_a_changed_test_is_the_only_one_repeated(desk: Desk) -> None:
    sizes, first = desk.check()
    (every,) = set(sizes)
    line = first_test(desk)
    desk.edit("tests.py", line, f"{line}\n    assert solution is not None")
    again, second = desk.check()
    assert len(again) == len(sizes) and set(again) == {1} and every > 1
    assert second == first == desk.afresh()


def test_a_test_that_got_weaker_shows_in_the_matrix_as_it_would_afresh(desk: Desk) -> None:
    desk.check()
    line = first_test(desk)
    desk.edit("tests.py", line, f"{line}\n    return")
    _, second = desk.check()
    assert not second["ok"]
    assert second == desk.afresh()


def test_a_helper_repeats_the_tests_that_use_it(desk: Desk) -> None:
    line = first_test(desk)
    helpers = "\n\ndef _outer():\n    return _inner()\n\n\ndef _inner():\n    return LIMIT\n\n\nLIMIT = 1\n"
    path = desk.folder / "tests.py"
    path.write_text(path.read_text("utf-8") + helpers, encoding="utf-8")
    desk.edit("tests.py", line, f"{line}\n    assert _outer()")
    sizes, first = desk.check()
    for old, new in (("LIMIT = 1", "LIMIT = 2"), ("return LIMIT", "return LIMIT + 1")):
        desk.edit("tests.py", old, new)
        again, second = desk.check()
        assert len(again) == len(sizes) and set(again) == {1}
        assert second == first
    desk.edit("tests.py", "return _inner()", "return (_inner())")
    assert desk.check() == ([], first)
    desk.edit("tests.py", "LIMIT = 2", "LIMIT = 2\nUNUSED = 3")
    assert desk.check() == ([], first)


def test_what_the_file_does_beside_defining_repeats_all_tests(desk: Desk) -> None:
    sizes, first = desk.check()
    desk.edit("tests.py", "import numpy as np\n", "import numpy as np\nimport math\n")
    again, second = desk.check()
    assert sorted(again) == sorted(sizes) and second == first


def test_words_for_the_reader_repeat_none(desk: Desk) -> None:
    _, first = desk.check()
    line = first_test(desk)
    desk.edit("tests.py", line, f"# why this matters\n{line}")
    assert desk.check() == ([], first)


def test_code_that_may_remember_is_run_with_all_its_tests(desk: Desk) -> None:
    mutant = sorted((desk.folder / "mutants").glob("*.py"))[0]
    mutant.write_text("seen = []\n" + mutant.read_text("utf-8"), encoding="utf-8")
    sizes, _ = desk.check()
    (every,) = set(sizes)
    line = first_test(desk)
    desk.edit("tests.py", line, f"{line}\n    assert solution is not None")
    again, second = desk.check()
    assert again.count(every) == 2 and set(again) == {1, every}
    assert second == desk.afresh()
