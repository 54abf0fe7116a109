from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime


@dataclass
class Order:
    order_id: str
    updated_at: str
    price: float | None
    quantity: int
    country: str

    @classmethod
    def read(cls, row):
        def field(name):
            return str(row.get(name) or "").strip()

        quantity = row.get("quantity")
        if not field("order_id") or quantity is None:
            raise ValueError(f"order without id or quantity: {row}")
        written = field("updated_at")
        day = datetime.strptime(written, "%d/%m/%Y" if "/" in written else "%Y-%m-%d")
        price = field("price").replace(",", "").strip("€ ")
        country = field("country").upper()
        return cls(
            field("order_id").upper(),
            day.strftime("%Y-%m-%d"),
            float(price) if price else None,
            int(quantity),
            country if country in ("DE", "FR", "GB", "US") else "unknown",
        )


class Cleaner:
    def __init__(self):
        self.report = Counter({"duplicate": 0, "return": 0, "missing_price": 0, "unknown_country": 0})
        self.orders = {}

    def add(self, order):
        other = self.orders.setdefault(order.order_id, order)
        if other is not order:
            self.report["duplicate"] += 1
            if order.updated_at >= other.updated_at:
                self.orders[order.order_id] = order

    def finish(self):
        kept = []
        for order in self.orders.values():
            if order.quantity < 0:
                self.report["return"] += 1
            else:
                kept.append(asdict(order))
                self.report["missing_price"] += int(order.price is None)
                self.report["unknown_country"] += int(order.country == "unknown")
        return kept, dict(self.report)


def clean(rows):
    cleaner = Cleaner()
    for row in rows:
        cleaner.add(Order.read(row))
    return cleaner.finish()
