def asof_join(events, feats, max_age):
    # One sweep over both tables in time; at equal times events are served before anything is written.
    moments = [(time, 0, i) for i, (_, time) in enumerate(events)]
    moments += [(time, 1, i) for i, (_, time, _) in enumerate(feats)]
    result = [float("nan")] * len(events)
    latest = {}
    for time, written, i in sorted(moments):
        if written:
            latest[feats[i][0]] = (time, feats[i][2])
            continue
        key = events[i][0]
        if key in latest:
            when, value = latest[key]
            if time - when <= max_age:
                result[i] = value
    return result
