from interviewer.expect import equal, raises, unchanged


def _row(order_id="A1", updated_at="2024-03-05", price="12.50", quantity="3", country="DE"):
    return {
        "order_id": order_id,
        "updated_at": updated_at,
        "price": price,
        "quantity": quantity,
        "country": country,
    }


def _want(order_id="A1", updated_at="2024-03-05", price=12.5, quantity=3, country="DE"):
    return _row(order_id, updated_at, price, quantity, country)


def _report(duplicate=0, returned=0, missing_price=0, unknown_country=0):
    return {
        "duplicate": duplicate,
        "return": returned,
        "missing_price": missing_price,
        "unknown_country": unknown_country,
    }


def _rows_of(got):
    """The clean rows by order id; their order is free."""
    assert isinstance(got, (list, tuple)) and len(got) == 2, f"(clean_rows, report) is wanted, got {got!r}"
    return sorted(got[0], key=lambda order: str(order.get("order_id")))


def _agree(got, orders, report, msg=""):
    equal(_rows_of(got), orders, msg=f"{msg} rows".strip())
    equal(dict(got[1]), report, msg=f"{msg} report".strip())


def _digits(rng):
    return int(rng.integers(10, 100))


def test_first_orders(solution, rng):
    rows = [_row("A1"), _row("A2", price="1,200.50"), _row("A3", price="", country="FR")]
    orders = [_want("A1"), _want("A2", price=1200.5), _want("A3", price=None, country="FR")]
    _agree(solution.clean(rows), orders, _report(missing_price=1))


def test_two_versions(solution, rng):
    rows = [_row("A1", "2024-03-05", quantity="1"), _row("A2"), _row("A1", "2024-03-06", quantity="2")]
    orders = [_want("A1", "2024-03-06", quantity=2), _want("A2")]
    _agree(solution.clean(rows), orders, _report(duplicate=1))


def test_every_row_counted(solution, rng):
    rows = [
        _row(f"A{int(rng.integers(1, 9))}", f"2024-03-{_digits(rng) % 20 + 10}", quantity=str(q))
        for q in rng.choice([-2, -1, 1, 2, 3], size=30)
    ]
    orders, report = solution.clean(rows)
    ids = {row["order_id"] for row in rows}
    equal(report["duplicate"], 30 - len(ids), msg="versions beside the one kept")
    equal(len(orders) + report["duplicate"] + report["return"], 30, msg="rows kept or counted")


def test_price_texts(solution, rng):
    tens = _digits(rng)
    texts = {f"{tens}": tens, f"€{tens}": tens, f"{tens}.25 €": tens + 0.25, f"€ 1,0{tens}.50": 1000.5 + tens}
    texts |= {f"{tens},000": tens * 1000, f" €1,{tens}0,000 ": 1_000_000 + tens * 10_000}
    rows = [_row(f"A{i}", price=text) for i, text in enumerate(texts)]
    got = _rows_of(solution.clean(rows))
    equal([order["price"] for order in got], [float(v) for v in texts.values()])


def test_empty_price(solution, rng):
    rows = [_row("A1", price=""), _row("A2", price="0"), _row("A3", price="   ")]
    rows = [rows[i] for i in rng.permutation(3)]
    orders = [_want("A1", price=None), _want("A2", price=0.0), _want("A3", price=None)]
    _agree(solution.clean(rows), orders, _report(missing_price=2))


def test_returns(solution, rng):
    rows = [_row("A1", quantity=str(-_digits(rng))), _row("A2", quantity=-1), _row("A3", quantity="0")]
    _agree(solution.clean(rows), [_want("A3", quantity=0)], _report(returned=2))


def test_return_of_an_order(solution, rng):
    rows = [_row("A1", "2024-03-05"), _row("A1", "2024-03-09", quantity=f"-{_digits(rng)}"), _row("A2")]
    _agree(solution.clean(rows), [_want("A2")], _report(duplicate=1, returned=1))


def test_old_version_last(solution, rng):
    early, late = sorted(rng.choice(range(10, 29), size=2, replace=False).tolist())
    rows = [_row("A1", f"2024-03-{late}", quantity="2"), _row("A1", f"2024-03-{early}", quantity="1")]
    _agree(solution.clean(rows), [_want("A1", f"2024-03-{late}", quantity=2)], _report(duplicate=1))


def test_same_day(solution, rng):
    rows = [_row("A1", quantity=str(n)) for n in rng.permutation(9)]
    _agree(solution.clean(rows), [_want("A1", quantity=int(rows[-1]["quantity"]))], _report(duplicate=8))


def test_day_first(solution, rng):
    day, month = sorted(rng.choice(range(1, 10), size=2, replace=False).tolist())
    rows = [_row("A1", f"0{day}/0{month}/2024"), _row("A2", f"2{day % 8}/0{month}/2023")]
    orders = [_want("A1", f"2024-0{month}-0{day}"), _want("A2", f"2023-0{month}-2{day % 8}")]
    _agree(solution.clean(rows), orders, _report())


def test_mixed_dates(solution, rng):
    rows = [_row("A1", "2024-11-02", quantity="1"), _row("A1", "01/12/2024", quantity="2")]
    rows += [_row("A2", "28/02/2024", quantity="3"), _row("A2", "2024-03-01", quantity="4")]
    rows += [_row("A3", "05/04/2024", quantity="5"), _row("A3", "30/03/2024", quantity="6")]
    orders = [
        _want("A1", "2024-12-01", quantity=2),
        _want("A2", "2024-03-01", quantity=4),
        _want("A3", "2024-04-05", quantity=5),
    ]
    _agree(solution.clean(rows), orders, _report(duplicate=3))


def test_countries(solution, rng):
    codes = ["DE", "FR", "GB", "US", "XX", "", "Germany"]
    wanted = ["DE", "FR", "GB", "US", "unknown", "unknown", "unknown"]
    mixed = rng.permutation(7)
    rows = [_row(f"A{i}", country=codes[place]) for i, place in enumerate(mixed)]
    got = solution.clean(rows)
    equal([order["country"] for order in _rows_of(got)], [wanted[place] for place in mixed])
    equal(dict(got[1]), _report(unknown_country=3))


def test_spaces_and_case(solution, rng):
    left, right = " " * int(rng.integers(1, 4)), " " * int(rng.integers(1, 4))
    rows = [
        _row(f"{left}a1", " 2024-03-05 ", f"{left}12.50", " 3 ", " de"),
        _row(f"A1{right}", "2024-03-06", country="Fr "),
    ]
    _agree(solution.clean(rows), [_want("A1", "2024-03-06", country="FR")], _report(duplicate=1))


def test_missing_keys(solution, rng):
    pieces = _digits(rng)
    bare = {"order_id": "A1", "updated_at": "2024-03-05", "quantity": pieces}
    rows = [bare, _row("A2", price=None, country=None)]
    orders = [
        _want("A1", price=None, quantity=pieces, country="unknown"),
        _want("A2", price=None, country="unknown"),
    ]
    _agree(solution.clean(rows), orders, _report(missing_price=2, unknown_country=2))


def test_unreadable(solution, rng):
    for bad in ({"updated_at": "31.12.2024"}, {"updated_at": ""}, {"updated_at": "2024-13-01"}):
        raises(ValueError, solution.clean, [_row("A2"), _row("A1") | bad])
    for bad in ({"order_id": ""}, {"quantity": "some"}, {"quantity": None}, {"price": "free"}):
        raises(ValueError, solution.clean, [_row("A2"), _row("A1") | bad])
    raises(ValueError, solution.clean, [_row("A1", "soon", quantity="-1")])


def test_no_rows(solution, rng):
    _agree(solution.clean([]), [], _report())


def test_nothing_left(solution, rng):
    rows = [_row(f"A{i}", quantity=str(-i)) for i in range(1, 5)]
    _agree(solution.clean(rows), [], _report(returned=4))


def test_quiet_report(solution, rng):
    _agree(
        solution.clean([_row("A1"), _row("A2", country="US")]),
        [_want("A1"), _want("A2", country="US")],
        _report(),
    )


def test_counts_of_the_kept(solution, rng):
    rows = [_row("A1", "2024-03-05", price="", country="XX"), _row("A1", "2024-03-06")]
    rows += [_row("A2", price="", country="XX", quantity="-1"), _row("A3", price="", country="XX")]
    orders = [_want("A1", "2024-03-06"), _want("A3", price=None, country="unknown")]
    report = _report(duplicate=1, returned=1, missing_price=1, unknown_country=1)
    _agree(solution.clean(rows), orders, report)


def test_input_left_alone(solution, rng):
    rows = [_row("A1", "05/03/2024"), _row(" a2 ", price="€1,000"), _row("A1", "2024-03-06")]
    rows = [rows[i] for i in rng.permutation(3)]
    got = unchanged(solution.clean, rows)
    _agree(got, [_want("A1", "2024-03-06"), _want("A2", price=1000.0)], _report(duplicate=1))
