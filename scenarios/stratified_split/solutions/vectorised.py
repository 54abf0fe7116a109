import numpy as np


def stratified_split(y, test_frac, seed=0):
    if np.size(y) == 0 or test_frac <= 0.0 or test_frac >= 1.0:
        raise ValueError("empty y or fraction outside (0, 1)")
    _, code, sizes = np.unique(np.asarray(y), return_inverse=True, return_counts=True)
    code = code.reshape(-1)
    take = np.clip(np.floor(test_frac * sizes + 0.5).astype(int), 1, np.maximum(sizes - 1, 1))
    take[sizes == 1] = 0
    draw = np.random.default_rng(seed).random(len(code))
    order = np.lexsort((draw, code))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    place = np.empty(len(code), dtype=int)
    place[order] = np.arange(len(code)) - np.repeat(starts, sizes)
    chosen = place < take[code]
    return np.where(~chosen)[0], np.where(chosen)[0]
