"""The reference of impute_indicator against scikit-learn's imputer with indicator, and pandas."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.impute import SimpleImputer

REFERENCE = Path(__file__).parents[3] / "scenarios" / "impute_indicator" / "reference.py"
Imputer = runpy.run_path(str(REFERENCE))["Imputer"]
NAN = float("nan")

numbers = st.one_of(st.none(), st.just(NAN), st.integers(-50, 50), st.sampled_from([0.5, -2.25, 1000.0]))
words = st.one_of(st.none(), st.just(NAN), st.sampled_from(["", " ", "\t ", "ash", " oak", "nan", "0"]))


@st.composite
def two_tables(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    """A table for fit and one for transform with the same columns."""
    width = draw(st.integers(1, 4))
    tables = []
    for _ in range(2):
        rows = draw(st.integers(1, 8))
        tables.append({f"c{i}": draw(st.lists(values, min_size=rows, max_size=rows)) for i in range(width)})
    return tables[0], tables[1]


def matrix(table: dict[str, list[Any]]) -> Any:
    return np.array([[NAN if v is None else float(v) for v in column] for column in table.values()]).T


@given(two_tables(numbers))
@settings(max_examples=80, deadline=None)
def test_numbers(tables: tuple[Any, Any]) -> None:
    """Columns, then the indicators of those with holes in training; nothing known becomes 0."""
    train, later = tables
    peer = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True).fit(matrix(train))
    mine = Imputer().fit(train)
    for table in (train, later):
        got = mine.transform(table)
        np.testing.assert_array_equal(matrix(got), peer.transform(matrix(table)))
    marked = [name for name, column in train.items() if pd.isna(pd.Series(column, dtype=object)).any()]
    assert list(mine.transform(later)) == [*train, *(f"{name}_missing" for name in marked)]


@given(st.lists(numbers, max_size=12))
@settings(max_examples=80, deadline=None)
def test_one_column_of_numbers(column: list[Any]) -> None:
    got = Imputer().fit({"c": column}).transform({"c": [None]})["c"]
    median = pd.Series(column, dtype=float).median()
    assert got == [0.0 if np.isnan(median) else median]


@given(two_tables(words))
@settings(max_examples=80, deadline=None)
def test_words(tables: tuple[Any, Any]) -> None:
    """Blank texts made None first, pandas fills the rest; a known word makes it a column of words."""
    train, later = ({name: [*column] for name, column in table.items()} for table in tables)
    for column in train.values():
        column.append("oak")
    got = Imputer().fit(train).transform(later)
    for name, column in later.items():
        blanks_out = pd.Series(column, dtype=object).map(
            lambda v: None if isinstance(v, str) and v.strip() == "" else v
        )
        assert got[name] == blanks_out.where(blanks_out.notna(), "missing").tolist()
        if f"{name}_missing" in got:
            assert got[f"{name}_missing"] == blanks_out.isna().astype(int).tolist()


@given(two_tables(st.one_of(numbers, words, st.booleans())))
@settings(max_examples=60, deadline=None)
def test_a_row_alone_and_in_its_table(tables: tuple[Any, Any]) -> None:
    train, later = tables
    mine = Imputer().fit(train)
    together = mine.transform(later)
    for row in range(len(later["c0"])):
        alone = mine.transform({name: [column[row]] for name, column in later.items()})
        assert alone == {name: [column[row]] for name, column in together.items()}
