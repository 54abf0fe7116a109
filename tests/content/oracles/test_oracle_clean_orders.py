"""The reference of clean_orders against pandas: dates, prices and the latest version by sorting."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

REFERENCE = Path(__file__).parents[3] / "scenarios" / "clean_orders" / "reference.py"
clean = runpy.run_path(str(REFERENCE))["clean"]

days = st.dates(min_value=pd.Timestamp("2023-11-01").date(), max_value=pd.Timestamp("2024-03-31").date())
dates = st.tuples(days, st.sampled_from(["%Y-%m-%d", "%d/%m/%Y"])).map(lambda pair: pair[0].strftime(pair[1]))
prices = st.one_of(st.just(""), st.integers(0, 10**8).map(lambda cents: f"€{cents / 100:,.2f}"))
rows = st.fixed_dictionaries(
    {
        "order_id": st.sampled_from(["A1", "A2", "A3", "A4"]),
        "updated_at": dates,
        "price": prices,
        "quantity": st.integers(-2, 3),
        "country": st.sampled_from(["DE", "FR", "XX", ""]),
    }
)


def by_pandas(table: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The same cleaning, column by column."""
    frame = pd.DataFrame(table)
    iso = pd.to_datetime(frame["updated_at"], format="%Y-%m-%d", errors="coerce")
    day = iso.fillna(pd.to_datetime(frame["updated_at"], format="%d/%m/%Y", errors="coerce"))
    frame["price"] = pd.to_numeric(frame["price"].str.replace("[€,]", "", regex=True))
    frame["country"] = frame["country"].where(frame["country"].isin(["DE", "FR", "GB", "US"]), "unknown")
    frame["updated_at"] = day.dt.strftime("%Y-%m-%d")
    latest = frame.sort_values("updated_at", kind="stable").drop_duplicates("order_id", keep="last")
    kept = latest[latest["quantity"] >= 0].sort_values("order_id")
    report = {
        "duplicate": len(frame) - len(latest),
        "return": len(latest) - len(kept),
        "missing_price": int(kept["price"].isna().sum()),
        "unknown_country": int((kept["country"] == "unknown").sum()),
    }
    found: list[dict[str, Any]] = kept.astype(object).where(kept.notna(), None).to_dict("records")
    return found, report


@given(st.lists(rows, min_size=1, max_size=15))
@settings(max_examples=60, deadline=None)
def test_random_tables(table: list[dict[str, Any]]) -> None:
    orders, report = clean(table)
    wanted, counts = by_pandas(table)
    assert sorted(orders, key=lambda order: order["order_id"]) == wanted
    assert report == counts
    assert len(table) == len(orders) + report["duplicate"] + report["return"]
