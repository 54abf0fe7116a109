from __future__ import annotations

import ast
import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.executor.child.instrument import Instrumenter

SOURCE = textwrap.dedent(
    '''\
    """Doc."""
    from __future__ import annotations

    def f(x):
        assert x
        return g(x)

    def helper():
        return f(2)

    a = f(1)
    b = a
    c = 3
    assert b == 1
    assert c == 3
    assert helper() == 2
    c = a
    assert c == 1
    a = 0
    assert a == 0
    model = f(3)
    model.fit(1)
    assert model.w == 1
    print(model)
    print("done")
    '''
)


def spots(source: str, *, stubs: bool = False) -> Instrumenter:
    return Instrumenter(source, ("f",), stubs=stubs)


def test_what_a_check_rests_on() -> None:
    made = {s.line: s for s in spots(SOURCE).spots}
    numbers = {line: spot.number for line, spot in made.items()}
    rests = {line: set(made[line].after) - {numbers[line]} for line in (14, 15, 16, 18, 20, 23)}
    assert rests[14] == {numbers[11]}
    assert rests[15] == set()
    assert rests[16] == set()
    assert rests[18] == {numbers[11]}
    assert rests[20] == set()
    assert rests[23] == {numbers[21], numbers[22]}
    assert [made[line].kind for line in (14, 24, 25)] == ["assert", "print", "statement"]


def test_the_tree_still_compiles_with_its_future_imports_and_doc() -> None:
    for stubs in (False, True):
        tree = spots(SOURCE, stubs=stubs).tree
        compile(tree, "solution.py", "exec")
        assert ast.get_docstring(tree) == "Doc."


def test_only_entry_points_become_stubs() -> None:
    text = ast.unparse(spots(SOURCE, stubs=True).tree)
    assert "f = __checks__.stub('f')" in text
    assert "helper = " not in text


def test_asserts_of_the_solution_itself_are_left_alone() -> None:
    assert 5 not in {s.line for s in spots(SOURCE).spots}


STATEMENTS = st.sampled_from(
    [
        "x = f(1)",
        "assert x == 1",
        "for i in range(2):\n    assert f(i) == i",
        "if x:\n    y = f(x)\nelse:\n    y = 0",
        "try:\n    f(0)\nexcept ValueError:\n    pass\nfinally:\n    z = 1",
        "with open('a') as h:\n    x = f(h)",
        "def test_a():\n    assert f(1)",
        "class A:\n    b = f(2)\n    def m(self): return f(3)",
        "x, (y, z) = 1, (2, 3)",
        "x += f(1)",
        "w: int = f(2)",
        "while False:\n    assert 0\nelse:\n    f(1)",
        "match x:\n    case 1:\n        assert f(1)",
        "import math",
        "del x",
        "f(1).g[2](3)",
        "[f(i) for i in range(3)]",
        "lambda: f(1)",
        "async def h():\n    await f(1)",
    ]
)


@settings(deadline=None)
@given(st.lists(STATEMENTS, max_size=8))
def test_any_program_stays_a_program(statements: list[str]) -> None:
    source = "\n".join(["def f(x): return x", *statements])
    compile(source, "solution.py", "exec")
    for stubs in (False, True):
        compile(spots(source, stubs=stubs).tree, "solution.py", "exec")
