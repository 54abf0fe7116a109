import re
from collections import defaultdict
from datetime import date

FIELDS = ("order_id", "updated_at", "price", "quantity", "country")
SHIPS_TO = ["DE", "FR", "GB", "US"]


def as_day(text):
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    if found:
        return date(*map(int, found.groups()))
    found = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text)
    if found is None:
        raise ValueError("cannot read the date " + text)
    day, month, year = map(int, found.groups())
    return date(year, month, day)


def as_price(text):
    digits = re.sub("[€, ]", "", text)
    return None if digits == "" else float(digits)


def tidy(row):
    texts = {field: str("" if row.get(field) is None else row[field]).strip() for field in FIELDS}
    if texts["order_id"] == "":
        raise ValueError("order without an id")
    country = texts["country"].upper()
    return dict(
        order_id=texts["order_id"].upper(),
        updated_at=as_day(texts["updated_at"]),
        price=as_price(texts["price"]),
        quantity=int(texts["quantity"]),
        country=country if country in SHIPS_TO else "unknown",
    )


def clean(rows):
    versions = defaultdict(list)
    for place, row in enumerate(rows):
        order = tidy(row)
        versions[order["order_id"]].append((order["updated_at"], place, order))
    chosen = [max(found, key=lambda version: version[:2])[2] for found in versions.values()]
    kept = [
        {**order, "updated_at": order["updated_at"].isoformat()} for order in chosen if order["quantity"] >= 0
    ]
    report = {
        "duplicate": len(rows) - len(chosen),
        "return": len(chosen) - len(kept),
        "missing_price": sum(order["price"] is None for order in kept),
        "unknown_country": sum(order["country"] == "unknown" for order in kept),
    }
    return kept, report
