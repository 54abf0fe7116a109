"""What travels between the tests and the candidate's process, and what says why it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from interviewer.domain.test_run import Verdict

Outcome = Callable[..., Any]
ECHO = "def f(*args):\n    return args[0] if len(args) == 1 else args\n"


@pytest.mark.parametrize(
    "value",
    [
        "None",
        "True",
        "-7",
        "2.5",
        "1e308 * 10",
        "10**200",
        "'text \\u00e9 \\U0001f600'",
        "b'\\x00\\xff'",
        "3 - 4j",
        "[1, 'a', None, [2.0]]",
        "(1, (2, [3]))",
        "{'a': 1, 2: [3], (4, 5): None}",
        "{1, 2, 3}",
    ],
)
def test_plain_values_come_back_as_they_went(outcome: Outcome, value: str) -> None:
    tests = f"""
    def test_echo(solution, rng):
        v = {value}
        got = solution.f(v)
        assert type(got) is type(v) and got == v, got
    """
    result = outcome(tests, ECHO)["echo"]
    assert result.verdict is Verdict.PASSED, result.message


@pytest.mark.parametrize(
    "array",
    [
        "np.arange(12.0).reshape(3, 4)",
        "np.arange(12).reshape(3, 4).T",
        "np.asfortranarray(np.arange(24.0).reshape(2, 3, 4))",
        "np.arange(20)[::3]",
        "np.arange(20)[::-1]",
        "np.arange(24).reshape(2, 3, 4)[:, ::2, 1:]",
        "np.empty((0, 5), dtype='f4')",
        "np.empty((3, 0))",
        "np.array(5.0)",
        "np.array([np.nan, np.inf, -np.inf, -0.0])",
        "np.array([True, False])",
        "np.array([1, 2], dtype='>i2')",
        "np.array([1 + 2j], dtype='c8')",
        "np.array([1, 2], dtype='f2')",
        "np.array(['ab', '', 'é'])",
        "np.array([b'ab', b'c'])",
        "np.array(['2024-01-01', 'NaT'], dtype='M8[D]')",
        "np.array([1, 2], dtype='m8[ns]')",
        "np.array([1, None, 'a', 2.5], dtype=object)",
        "np.arange(500_000.0).reshape(-1, 5)",
    ],
)
def test_arrays_keep_dtype_shape_order_and_bits(outcome: Outcome, array: str) -> None:
    tests = f"""
    def test_echo(solution, rng):
        v = {array}
        got = solution.f(v)
        assert type(got) is np.ndarray
        assert got.dtype == v.dtype and got.shape == v.shape, (got.dtype, got.shape)
        contiguous = v.flags.c_contiguous or v.flags.f_contiguous
        assert not contiguous or got.flags.f_contiguous == v.flags.f_contiguous
        assert v.dtype == object or got.tobytes() == v.tobytes()
        assert v.dtype != object or got.tolist() == v.tolist()
    """
    result = outcome(tests, ECHO)["echo"]
    assert result.verdict is Verdict.PASSED, result.message


def test_the_candidate_sees_the_same_arrays(outcome: Outcome) -> None:
    tests = """
    def test_seen(solution, rng):
        assert solution.f(np.asfortranarray(np.ones((2, 3), dtype="f4"))) == ("float32", (2, 3), True, True)
    """
    source = """
    def f(a):
        return str(a.dtype), a.shape, bool(a.flags.f_contiguous), bool(a.flags.writeable)
    """
    assert outcome(tests, source)["seen"].verdict is Verdict.PASSED


def test_several_megabytes_travel_both_ways(outcome: Outcome) -> None:
    tests = """
    def test_big(solution, rng):
        X = rng.normal(size=(1024, 1024))
        expect.equal(solution.f(X), X)
    """
    assert outcome(tests, ECHO)["big"].verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("np.zeros(3, dtype=[('a', float), ('b', int)])", "one plain array per field"),
        ("np.zeros(9 << 20)", "64 MB"),
        ("[0.5] * (1 << 21)", "use NumPy arrays"),
    ],
)
def test_what_cannot_travel_fails_with_the_reason(outcome: Outcome, expression: str, words: str) -> None:
    tests = "def test_back(solution, rng):\n    solution.f()"
    result = outcome(tests, f"import numpy as np\ndef f():\n    return {expression}")["back"]
    assert result.verdict is Verdict.FAILED
    assert words in result.message


def test_named_tuples_keep_their_fields(outcome: Outcome) -> None:
    tests = """
    def test_fields(solution, rng):
        got = solution.f()
        assert got == (1, [2]) and got.labels == 1 and got.centres == [2]
    """
    source = (
        "from collections import namedtuple\nR = namedtuple('R', 'labels centres')\ndef f(): return R(1, [2])"
    )
    assert outcome(tests, source)["fields"].verdict is Verdict.PASSED


def test_classes_methods_attributes_and_items_work_from_afar(outcome: Outcome) -> None:
    tests = """
    def test_model(solution, rng):
        model = solution.Model(rate=0.5)
        assert model.fit(np.ones((4, 2)), y=[1, 2, 3, 4]) is not None
        expect.close(model.weights, [2.0, 2.0])
        expect.close(solution.Model(rate=1.0).fit(np.ones((4, 2)), [1]).predict(np.ones((1, 2))), [8.0])
        model.rate = 3
        assert model.rate == 3 and len(model) == 2 and model[1] == "item 1" and 7 in model and 8 not in model
        model["k"] = [1]
        assert model.kept == {"k": [1]}
        assert solution.Model.kind == "linear" and solution.Model.make().rate == 9
        assert solution.same(model, model)
        assert solution.LIMIT == 5

    def test_dataclass(solution, rng):
        assert solution.point().x == 1.5
    """
    source = """
    from dataclasses import dataclass
    LIMIT = 5
    @dataclass
    class Point:
        x: float
    def point(): return Point(1.5)
    def same(a, b): return a is b
    class Model:
        kind = "linear"
        def __init__(self, rate): self.rate, self.kept = rate, {}
        @classmethod
        def make(cls): return cls(9)
        def fit(self, X, y):
            self.weights = X.sum(0) * self.rate
            return self
        def predict(self, X): return X @ self.weights
        def __len__(self): return 2
        def __getitem__(self, k): return f"item {k}"
        def __setitem__(self, k, v): self.kept[k] = v
        def __contains__(self, v): return v == 7
    """
    for result in outcome(tests, source).values():
        assert result.verdict is Verdict.PASSED, result.message


def test_a_method_is_looked_up_once_and_called_by_its_name(outcome: Outcome) -> None:
    tests = """
    def test_calls(solution, rng):
        box = solution.Box()
        assert [box.add(n) for n in (1, 2, 3)] == [1, 3, 6]
        assert box.looks() <= 2, box.looks()

    def test_replaced(solution, rng):
        box = solution.Box()
        box.add(1)
        box.swap()
        assert box.add(1) == "swapped"
        assert solution.Box().add(5) == 5

    def test_handed_over(solution, rng):
        box = solution.Box()
        box.add(1)
        assert solution.apply(box.add, 4) == 5
        assert expect.each(box.add, [(1,), (1,)]) == [6, 7]
        expect.unchanged(box.total_of, [1, 2])
        expect.unchanged(box.total_of, [1, 2])
        expect.raises(TypeError, box.add)

    def test_gone(solution, rng):
        box = solution.Box()
        box.add(1)
        solution.forget()
        expect.raises(AttributeError, box.add, 1)
    """
    source = """
    class Box:
        asked = 0
        def __init__(self): self.total = 0
        def __getattribute__(self, name):
            if name == "add": Box.asked += 1
            return object.__getattribute__(self, name)
        def looks(self): return Box.asked - 3
        def add(self, n):
            self.total += n
            return self.total
        def total_of(self, values): return sum(values)
        def swap(self): self.add = lambda n: "swapped"
    def apply(f, n): return f(n)
    def forget(): del Box.add
    """
    for name, result in outcome(tests, source).items():
        assert result.verdict is Verdict.PASSED, (name, result.message)


def test_iterables_are_pulled_one_by_one(outcome: Outcome) -> None:
    tests = """
    def test_pull(solution, rng):
        batches = solution.batches(np.arange(5))
        first = next(iter(batches))
        expect.equal(first, [0, 1])
        expect.equal(list(solution.batches(np.arange(3)))[1], [2])
        expect.equal(list(solution.keys()), ["a", "b"])
        endless = iter(solution.naturals())
        assert [next(endless) for _ in range(3)] == [0, 1, 2]
    """
    source = """
    import itertools
    def batches(a):
        for i in range(0, len(a), 2): yield a[i:i + 2]
    def keys(): return {"a": 1, "b": 2}.keys()
    def naturals(): return itertools.count()
    """
    result = outcome(tests, source)["pull"]
    assert result.verdict is Verdict.PASSED, result.message


def test_iterators_of_the_tests_are_pulled_one_by_one(outcome: Outcome) -> None:
    tests = """
    def test_generator(solution, rng):
        seen = []
        def stream():
            for number in range(5):
                seen.append(number)
                yield np.full(2, number)
        values = stream()
        expect.equal(solution.first(values, 2), [[0, 0], [1, 1]])
        assert seen == [0, 1], seen
        expect.equal(solution.rest(values), 2 + 3 + 4)
        expect.equal(solution.rest(values), 0)

    def test_endless(solution, rng):
        import itertools
        expect.equal(solution.first(itertools.count(7), 3), [7, 8, 9])

    def test_no_length_and_no_index(solution, rng):
        expect.equal(solution.shape_of(iter([1, 2])), ["TypeError", "TypeError", True])

    def test_back(solution, rng):
        values = iter([1, 2])
        assert solution.same(values) is values

    def test_broken(solution, rng):
        def broken():
            yield 1
            raise KeyError("no more")
        expect.raises(KeyError, solution.rest, broken())
    """
    source = """
    def first(stream, k): return [next(stream) for _ in range(k)]
    def rest(stream): return sum(int(v[0]) if hasattr(v, "shape") else v for v in stream)
    def shape_of(stream):
        told = []
        for act in (len, lambda s: s[0]):
            try: act(stream)
            except Exception as error: told.append(type(error).__name__)
        return told + [iter(stream) is stream]
    def same(stream): return stream
    """
    for name, result in outcome(tests, source).items():
        assert result.verdict is Verdict.PASSED, (name, result.message)


def test_many_calls_go_at_once_and_memory_is_measured(outcome: Outcome) -> None:
    tests = """
    def test_each(solution, rng):
        expect.equal(expect.each(solution.add, [(1, 2), (3, 4)]), [3, 7])
        expect.equal(expect.each(solution.Box(5).add, [(1,), (2,)]), [6, 7])
        expect.equal(expect.each(max, [(1, 2)]), [2])
        expect.raises(TypeError, expect.each, solution.add, [(1, None)])

    def test_peak(solution, rng):
        stream = (bytes(10_000) for _ in range(50))
        value, held = expect.peak(solution.count, stream)
        assert value == 50 and held < 100_000, held
        value, held = expect.peak(solution.collect, (bytes(10_000) for _ in range(50)))
        assert value == 50 and held > 500_000, held
        value, held = expect.peak(solution.Box(5).grow, 100_000, more=1)
        assert value == 100_001 and held > 800_000, held
        assert expect.peak(lambda n: len(bytes(n)), 300_000)[1] > 300_000
    """
    source = """
    import numpy as np
    def add(a, b): return a + b
    def count(stream): return sum(1 for _ in stream)
    def collect(stream): return len(list(stream))
    class Box:
        def __init__(self, v): self.v = v
        def add(self, w): return self.v + w
        def grow(self, n, more): return len(np.zeros(n)) + more
    """
    for name, result in outcome(tests, source).items():
        assert result.verdict is Verdict.PASSED, (name, result.message)


def test_a_lie_about_memory_or_many_calls_fails_the_test_only(outcome: Outcome) -> None:
    tests = """
    def test_each(solution, rng):
        expect.each(solution.f, [(1,), (2,)])
    def test_peak(solution, rng):
        expect.peak(solution.f, 1)
    def test_after(solution, rng):
        expect.equal(solution.f(2), 2)
    """
    source = """
    import sys
    harness = sys.modules["interviewer.executor.child.harness"]
    real = harness.act_on
    harness.act_on = lambda t, act, a, k: ["no"] * 7 if act in ("each", "peak") else real(t, act, a, k)
    def f(x): return x
    """
    results = outcome(tests, source)
    assert [results[n].verdict for n in ("each", "peak", "after")] == [
        Verdict.FAILED, Verdict.FAILED, Verdict.PASSED,
    ]  # fmt: skip


def test_functions_of_the_tests_can_be_called_by_the_candidate(outcome: Outcome) -> None:
    tests = """
    def test_gradient(solution, rng):
        square = lambda w: float((w ** 2).sum())
        expect.close(solution.gradient(square, np.array([1.0, -2.0])), [2, -4], atol=1e-4)

    def test_error(solution, rng):
        def broken(w):
            raise KeyError("no such thing")
        assert solution.guarded(broken) == "KeyError"

    def test_nested(solution, rng):
        assert solution.twice(lambda v: solution.inc(v), 1) == 3
    """
    source = """
    import numpy as np
    def gradient(f, w, h=1e-5):
        out = np.zeros_like(w)
        for i in range(len(w)):
            e = np.zeros_like(w); e[i] = h
            out[i] = (f(w + e) - f(w - e)) / (2 * h)
        return out
    def guarded(f):
        try:
            f(1)
        except Exception as error:
            return type(error).__name__
    def inc(v): return v + 1
    def twice(f, v): return f(f(v))
    """
    for result in outcome(tests, source).values():
        assert result.verdict is Verdict.PASSED, result.message


def test_a_modified_argument_is_noticed_where_it_happened(outcome: Outcome) -> None:
    tests = """
    def test_array(solution, rng):
        expect.unchanged(solution.zero, np.ones(3))
    def test_list(solution, rng):
        expect.unchanged(solution.append, [1, 2])
    def test_keyword(solution, rng):
        expect.unchanged(solution.zero, X=np.ones(3))
    def test_method(solution, rng):
        expect.unchanged(solution.M().zero, np.ones(3))
    def test_fine(solution, rng):
        assert expect.unchanged(solution.copy, np.ones(3), lambda v: v).tolist() == [1, 1, 1]
    """
    source = """
    def zero(X): X[1:] = 0
    def append(X): X.append(3)
    def copy(X, f): return X.copy()
    class M:
        def zero(self, X): X[:] = 0
    """
    results = outcome(tests, source)
    assert results["fine"].verdict is Verdict.PASSED, results["fine"].message
    assert results["array"].where == "[1]"
    for name in ("array", "list", "keyword", "method"):
        assert results[name].verdict is Verdict.FAILED
        assert "was modified by the call" in results[name].message


def test_tables_travel_by_columns_where_pandas_is_allowed(outcome: Outcome) -> None:
    pytest.importorskip("pandas")
    tests = """
    import pandas as pd
    def test_table(solution, rng):
        t = pd.DataFrame({"g": ["a", "b", "a"], "v": [1.0, np.nan, 3.0], "n": [1, 2, 3]}, index=[5, 6, 7])
        got = solution.f(t)
        expect.equal(got, t)
        expect.close(solution.totals(t), pd.Series([4.0, 0.0], index=["a", "b"]))
    """
    source = "import pandas as pd\ndef f(t): return t\ndef totals(t): return t.groupby('g')['v'].sum()"
    result = outcome(tests, source, libraries=("numpy", "pandas"))["table"]
    assert result.verdict is Verdict.PASSED, result.message


def test_a_library_that_is_not_allowed_is_not_there(outcome: Outcome) -> None:
    tests = "def test_any(solution, rng):\n    solution.f()"
    result = outcome(tests, "import sklearn")["any"]
    assert result.verdict is Verdict.ERROR
    assert result.message == "ModuleNotFoundError: No module named 'sklearn'"
    assert result.line == 1
