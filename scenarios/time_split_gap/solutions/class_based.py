import math


class Loan:
    def __init__(self, row, made, known):
        self.row = row
        self.made = made
        self.known = math.inf if known is None or math.isnan(known) else known

    def trains(self, cutoff):
        return max(self.made, self.known) < cutoff

    def tested(self, start, end):
        return start <= self.made < end


def time_split(event_ts, label_ts, cutoff, test_len):
    if len(event_ts) != len(label_ts):
        raise ValueError("event_ts and label_ts must have one entry per loan")
    loans = [Loan(row, made, known) for row, (made, known) in enumerate(zip(event_ts, label_ts))]
    train = [loan.row for loan in loans if loan.trains(cutoff)]
    if train == []:
        raise ValueError("no loan is known before the cutoff")
    return train, [loan.row for loan in loans if loan.tested(cutoff, cutoff + test_len)]
