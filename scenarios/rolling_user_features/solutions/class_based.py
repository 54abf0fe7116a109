import math
from collections import deque

import numpy as np


class Recent:
    """The amounts one user spent inside the window, oldest first."""

    def __init__(self, window):
        self.window = window
        self.events = deque()

    def at(self, now):
        while self.events and self.events[0][0] < now - self.window:
            self.events.popleft()
        amounts = [paid for _, paid in self.events]
        return len(amounts), math.fsum(amounts) / len(amounts) if amounts else math.nan

    def add(self, now, paid):
        if not math.isnan(paid):
            self.events.append((now, float(paid)))


def rolling_features(user_id, ts, amount, window=7 * 86400):
    if len(user_id) != len(ts) or len(ts) != len(amount):
        raise ValueError("three columns of one length, please")
    order = sorted(range(len(ts)), key=lambda row: ts[row])
    users = {}
    count, mean = np.zeros(len(ts), dtype=int), np.full(len(ts), np.nan)
    start = 0
    while start < len(order):
        now = ts[order[start]]
        same_second = [row for row in order[start:] if ts[row] == now]
        for row in same_second:
            recent = users.setdefault(user_id[row], Recent(window))
            count[row], mean[row] = recent.at(now)
        for row in same_second:
            users[user_id[row]].add(now, amount[row])
        start += len(same_second)
    return count, mean
