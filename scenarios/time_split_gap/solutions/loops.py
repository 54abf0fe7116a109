def time_split(event_ts, label_ts, cutoff, test_len):
    train, test = [], []
    for row, (happened, learned) in enumerate(zip(event_ts, label_ts, strict=True)):
        if happened >= cutoff:
            if happened < cutoff + test_len:
                test.append(row)
            continue
        if learned is None or learned != learned:
            continue
        if learned < cutoff:
            train.append(row)
    if not train:
        raise ValueError("nothing to train on")
    return train, test
