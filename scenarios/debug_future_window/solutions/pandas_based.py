import numpy as np
import pandas as pd


def add_features(data, train_until):
    table = pd.DataFrame({name: list(data[name]) for name in ("shop", "day", "sales")})
    table["row"] = np.arange(len(table))
    parts = []
    for back in (1, 2, 3):
        earlier = table[["shop", "day", "sales"]].assign(day=table["day"] + back)
        joined = table[["shop", "day", "row"]].merge(earlier, on=["shop", "day"], how="left")
        parts.append(joined.set_index("row")["sales"].sort_index())
    table["recent"] = pd.concat(parts, axis=1).mean(axis=1)
    top = table.loc[table["day"] < train_until, "recent"].max()
    table["level"] = table["recent"] / top if top > 0 else np.nan
    result = dict(data)
    result["recent"] = table["recent"].to_numpy(dtype=float)
    result["level"] = table["level"].to_numpy(dtype=float)
    return result
