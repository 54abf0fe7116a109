"""What can be seen in code without running it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.dialogue.offline import code_signs

STARTER = 'import numpy as np\n\n\ndef f(x):\n    """Do it."""\n    ...\n'


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import numpy as np", ()),
        ("import math, itertools", ()),
        ("from sklearn.cluster import KMeans", ("sklearn",)),
        ("import sklearn.metrics as m\nimport torch", ("sklearn", "torch")),
        ("m = __import__('scipy')", ("scipy",)),
        ("import importlib\nm = importlib.import_module('sklearn.svm')", ("sklearn",)),
        ("from sklearn import svm\ndef broken(:", ("sklearn",)),
        ("x = 'import torch'", ()),
    ],
)
def test_imports_that_were_not_agreed(code: str, found: tuple[str, ...]) -> None:
    assert code_signs.forbidden_imports(code, STARTER, ("numpy",)) == found


def test_real_code_is_more_than_the_starter() -> None:
    assert not code_signs.is_real(STARTER, STARTER)
    assert not code_signs.is_real(STARTER + "\n# a thought\n", STARTER)
    body = STARTER.replace("...", "y = x + 1\n    z = y * 2\n    return z")
    assert code_signs.is_real(body, STARTER)
    assert code_signs.is_real(body + "\ndef g(:\n", STARTER)
    assert not code_signs.is_real("def f(:\n", STARTER)


def test_a_function_counts_once_it_has_a_body() -> None:
    assert not code_signs.has_function(STARTER, STARTER)
    assert code_signs.has_function(STARTER.replace("...", "return x"), STARTER)


def test_optimising_before_it_is_right() -> None:
    assert code_signs.optimises_early("@lru_cache\ndef f(x): ...", STARTER)
    assert not code_signs.optimises_early("def f(x): return x", STARTER)


def test_patterns_with_an_exception() -> None:
    assert code_signs.matches(r"\.mean\(", r"\blen\(", "a.mean()")
    assert not code_signs.matches(r"\.mean\(", r"\blen\(", "len(a) and a.mean()")
    assert not code_signs.matches("", "", "anything")


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(code: str) -> None:
    code_signs.forbidden_imports(code, STARTER, ("numpy",))
    code_signs.is_real(code, STARTER)
    code_signs.has_function(code, STARTER)
