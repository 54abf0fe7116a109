from datetime import datetime

COUNTRIES = {"DE", "FR", "GB", "US"}
DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y")


def text_of(row, key):
    value = row.get(key)
    return "" if value is None else str(value).strip()


def read_id(text):
    if not text:
        raise ValueError("a row has no order_id")
    return text.upper()


def read_date(text):
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            pass
    raise ValueError(f"{text!r} is no date we know")


def read_price(text):
    bare = text.replace("€", "").replace(",", "").strip()
    return float(bare) if bare else 0.0


def read_country(text):
    code = text.upper()
    return code if code in COUNTRIES else "unknown"


def read_row(row):
    return {
        "order_id": read_id(text_of(row, "order_id")),
        "updated_at": read_date(text_of(row, "updated_at")),
        "price": read_price(text_of(row, "price")),
        "quantity": int(text_of(row, "quantity")),
        "country": read_country(text_of(row, "country")),
    }


def clean(rows):
    report = {"duplicate": 0, "return": 0, "missing_price": 0, "unknown_country": 0}
    latest = {}
    for row in rows:
        order = read_row(row)
        before = latest.get(order["order_id"])
        if before is not None:
            report["duplicate"] += 1
        if before is None or order["updated_at"] >= before["updated_at"]:
            latest[order["order_id"]] = order
    kept = []
    for order in latest.values():
        if order["quantity"] < 0:
            report["return"] += 1
            continue
        report["missing_price"] += order["price"] is None
        report["unknown_country"] += order["country"] == "unknown"
        kept.append(order)
    return kept, report
