def asof_join(events, feats, max_age):
    """Join feature values to events.

    events: list of (key, time); feats: list of (key, time, value). Returns one value per event.
    """
    raise NotImplementedError
