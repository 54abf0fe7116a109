import numpy as np

from interviewer.expect import close, each, equal, raises, unchanged


def _apart(rng):
    """Two ratings that share neither user nor item, so that their order cannot matter; the mean is 3."""
    high = float(rng.uniform(3.8, 4.6))
    return [("ann", "jaws", high), ("bob", "alien", 6.0 - high)]


def _biases(error, lr, l2, epochs):
    """The bias a user and an item reach from one rating of their own, `error` above the mean."""
    bias = 0.0
    for _ in range(epochs):
        bias += lr * (error - 2 * bias - l2 * bias)
    return bias


def _pattern(rng, users=8, items=8):
    """A full table of ratings: members and films of two tastes each, and no one is liked by all."""
    tastes = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    mine, theirs = (rng.permutation(np.resize(tastes, (n, 2))) for n in (users, items))
    table = 3.0 + 0.8 * (mine @ theirs.T)
    return [(f"u{u}", f"i{i}", float(table[u, i])) for u in range(users) for i in range(items)]


def _rmse(model, triples):
    guesses = each(model.predict, [(u, i) for u, i, _ in triples])
    return float(np.sqrt(np.mean([(guess - r) ** 2 for guess, (_, _, r) in zip(guesses, triples)])))


def test_number_between(solution, rng):
    model = solution.MF(k=2, epochs=3).fit(_pattern(rng, 3, 3))
    guess = model.predict("u0", "i1")
    equal(np.ndim(guess), 0, msg="dimensions of a guess")
    assert 1.0 <= guess <= 5.0, f"a guess of {guess}"


def test_single_rating(solution, rng):
    rating = float(rng.uniform(1.5, 4.5))
    model = solution.MF(k=2, lr=0.05, l2=0.0, epochs=60).fit([("ann", "jaws", rating)])
    close(model.predict("ann", "jaws"), rating, atol=0.1, msg="the only rating there is")


def test_both_unknown(solution, rng):
    triples = [("a", "x", 5.0), ("b", "x", 4.0), ("a", "y", 1.0), ("c", "z", 2.5)]
    model = solution.MF(k=3, epochs=4, seed=int(rng.integers(99))).fit(triples)
    close(model.predict("nobody", "nothing"), 3.125, msg="unknown user, unknown item")


def test_tastes_learnt(solution, rng):
    triples = _pattern(rng, 4, 4)
    model = solution.MF(k=4, lr=0.15, l2=0.0, epochs=20, seed=int(rng.integers(99))).fit(triples)
    error = _rmse(model, [triples[n] for n in rng.choice(16, 8, replace=False)])
    assert error < 0.35, f"root mean squared error {error:.2f} on its own ratings, which vary by 1.13"


def test_one_unknown(solution, rng):
    triples = _apart(rng)
    up = triples[0][2] - 3.0
    predict = solution.MF(k=0, lr=0.1, l2=0.05, epochs=7).fit(triples).predict
    bias = _biases(up, 0.1, 0.05, 7)
    known_user, known_item = each(predict, [("ann", "new film"), ("new member", "alien")])
    close(known_user, 3 + bias, msg="known user, unknown item")
    close(known_item, 3 - bias, msg="unknown user, known item")
    predict = solution.MF(k=4, lr=0.1, l2=0.05, epochs=7).fit(triples).predict
    pairs = [("ann", "one film"), ("ann", "another"), ("one", "jaws"), ("another", "jaws")]
    one_film, another_film, one_member, another_member = each(predict, pairs)
    equal(one_film, another_film, msg="two unknown films")
    equal(one_member, another_member, msg="two unknown members")


def test_biases_exact(solution, rng):
    triples = _apart(rng)
    up = triples[0][2] - 3.0
    for l2, epochs in ((0.0, 3), (0.3, 10)):
        model = solution.MF(k=0, lr=0.1, l2=l2, epochs=epochs).fit(triples)
        wanted = 3 + 2 * _biases(up, 0.1, l2, epochs)
        close(model.predict("ann", "jaws"), wanted, msg=f"k 0, l2 {l2}, {epochs} epochs")


def test_factor_steps(solution, rng):
    triples, lr = _apart(rng), 0.1
    l2, dots, errors = 0.4, [], []
    for epochs in (1, 2, 3, 4):
        predict = solution.MF(k=3, lr=lr, l2=l2, epochs=epochs, seed=11).fit(triples).predict
        guess, user, item = each(predict, [("ann", "jaws"), ("ann", "?"), ("?", "jaws")])
        dots.append(guess - 3.0 - (user + item - 6.0))
        errors.append(triples[0][2] - guess)
    keep = 1 - lr * l2
    step = lr * errors[0]
    size = (dots[1] - (keep**2 + step**2) * dots[0]) / (keep * step)
    for n in (1, 2):
        size = (keep**2 + step**2) * size + 4 * keep * step * dots[n - 1]
        step = lr * errors[n]
        wanted = (keep**2 + step**2) * dots[n] + keep * step * size
        close(dots[n + 1], wanted, rtol=1e-5, atol=1e-10, msg=f"p.q after {n + 2} epochs, l2 {l2}")


def test_raw_error(solution, rng):
    model = solution.MF(k=0, lr=0.6, l2=0.0, epochs=2).fit([("ann", "jaws", 5.0), ("bob", "alien", 1.0)])
    close(
        model.predict("ann", "?"), 3 + _biases(2.0, 0.6, 0.0, 2), msg="a step that overshoots, and one back"
    )
    equal(
        solution.MF(k=0, lr=0.6, l2=0.0, epochs=1).fit([("a", "x", 5.0), ("b", "y", 1.0)]).predict("a", "x"),
        5.0,
    )


def test_mean_is_fixed(solution, rng):
    triples = [("a", "x", 5.0), ("a", "y", 4.0), ("a", "z", 5.0), ("b", "x", 1.0), ("c", "y", 2.0)]
    model = solution.MF(k=1, lr=0.1, l2=0.5, epochs=12).fit(triples)
    close(model.predict("?", "?"), 3.4, msg="the plain mean of the ratings")


def test_scale_kept(solution, rng):
    crowd = [(f"m{n}", f"f{n}", 1.0 + 4.0 * (n % 2)) for n in range(4)]
    for edge, wanted in ((5.0, 5.0), (1.0, 1.0)):
        fan = [("ann", f"a{n}", edge) for n in range(2)] + [(f"b{n}", "jaws", edge) for n in range(2)]
        other = [(f"c{n}", f"d{n}", 6.0 - edge) for n in range(8)]
        model = solution.MF(k=0, lr=0.1, l2=0.0, epochs=8).fit(fan + other + crowd)
        equal(model.predict("ann", "jaws"), wanted, msg=f"who only gives {edge} meets what only gets {edge}")


def test_rated_again(solution, rng):
    first, second = _apart(rng)
    again = [(*first[:2], 1.0), second, first]
    model = solution.MF(k=0, lr=0.1, l2=0.05, epochs=5).fit(again)
    close(model.predict("?", "?"), 3.0, msg="mean when a film is rated twice")
    wanted = 3 + 2 * _biases(first[2] - 3.0, 0.1, 0.05, 5)
    close(model.predict("ann", "jaws"), wanted, msg="guess for the film that was rated twice")


def test_order_changes(solution, rng):
    triples = [("ann", "jaws", 5.0), ("ann", "alien", 1.0)]
    ends = set()
    for seed in range(4):
        model = solution.MF(k=0, lr=0.2, l2=0.1, epochs=20, seed=seed).fit(triples)
        ends.add(round(float(model.predict("ann", "?")), 9))
    assert len(ends) > 2, f"four seeds and twenty epochs give {len(ends)} different results"


def test_repeatable(solution, rng):
    triples, seed = _pattern(rng, 3, 3), int(rng.integers(99))
    model = solution.MF(k=3, epochs=3, seed=seed)
    first = model.fit(triples).predict("u1", "i2")
    equal(model.fit(triples).predict("u1", "i2"), first, msg="second fit of one model")
    model = solution.MF(k=3, epochs=3, seed=seed)
    equal(model.fit(triples).predict("u1", "i2"), first, msg="another model with the same seed")
    model.fit([("ann", "jaws", 2.0)])
    close(model.predict("u1", "i1"), 2.0, msg="a member the second fit has not seen")


def test_same_ids(solution, rng):
    high = float(rng.uniform(3.8, 4.6))
    model = solution.MF(k=0, lr=0.1, l2=0.0, epochs=6).fit([(7, -3, high), (-3, 7, 6.0 - high)])
    bias = _biases(high - 3.0, 0.1, 0.0, 6)
    close(model.predict(7, -3), 3 + 2 * bias, msg="user 7 and item -3")
    close(model.predict(7, 7), 3.0, msg="user 7 and item 7")


def test_no_ratings(solution, rng):
    raises(ValueError, solution.MF(k=2).fit, [])


def test_triples_left_alone(solution, rng):
    unchanged(solution.MF(k=1, epochs=2).fit, _pattern(rng, 3, 4))


def test_unseen_pairs(solution, rng):
    triples = _pattern(rng)
    hidden = {int(8 * u + i) for u, i in enumerate(rng.permutation(8)[:4])}
    known = [t for n, t in enumerate(triples) if n not in hidden]
    left_out = [triples[n] for n in sorted(hidden)]
    for seed in (0, 1):  # a second start only when the first was a bad one
        error = _rmse(solution.MF(k=4, lr=0.15, l2=0.01, epochs=10, seed=seed).fit(known), left_out)
        if error < 0.8:
            return
    raise AssertionError(f"root mean squared error {error:.2f} on pairs left out, which vary by 1.13")
