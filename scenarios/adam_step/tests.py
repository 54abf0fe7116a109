import itertools

import numpy as np

from interviewer.expect import close, equal, raises, unchanged

_NUMBERS = itertools.count(1)


def _average(values, b):
    """A weighted mean: the newest value counts 1, each older one b times as much as the one after it."""
    weights = [b**age for age in range(len(values))][::-1]
    return sum(w * value for w, value in zip(weights, values, strict=True)) / sum(weights)


def _moved(start, grads, lr=0.01, b1=0.9, b2=0.999, eps=1e-8, wd=0.0):
    """Where a parameter ends that got these gradients one after the other; `lr` may be one for each step."""
    rates = lr if isinstance(lr, list) else [lr] * len(grads)
    at = np.array(start)
    for t, rate in enumerate(rates, start=1):
        size = np.sqrt(_average([g * g for g in grads[:t]], b2))
        at = (1.0 - rate * wd) * at - rate * _average(grads[:t], b1) / (size + eps)
    return at


def _trainer(solution, params, **settings):
    return solution.Trainer(solution.Adam(**{"lr": 0.01, "wd": 0.0, **settings}), params)


def _run(trainer, batches):
    """The parameters after these batches, none of which should be refused."""
    equal(trainer.run(batches), [], msg="numbers of the batches whose step raised ValueError")
    return trainer.params


def _after(solution, start, grads, **settings):
    """Where one parameter ends in a run of its own, under a name of its own."""
    name = f"w{next(_NUMBERS)}"
    batches = [{name: np.array(g)} for g in grads]
    return _run(_trainer(solution, {name: np.array(start)}, **settings), batches)[name]


def _grads(rng, n, shape=(2, 3)):
    """Gradients of changing size and sign, none of them near zero."""
    return list(rng.uniform(0.3, 3.0, size=(n, *shape)) * rng.choice([-1.0, 1.0], size=(n, *shape)))


def test_first_step(solution, rng):
    start, sign = rng.normal(size=(2, 3)), rng.choice([-1.0, 1.0], size=(2, 3))
    sizes = 10.0 ** rng.uniform(-2, 3, size=(2, 3))
    got = _after(solution, start, [sign * sizes], lr=0.1, eps=1e-14)
    close(got, start - 0.1 * sign, msg="w after one step")


def test_constant_gradient(solution, rng):
    start, grad = rng.normal(size=(2, 3)), _grads(rng, 1)[0]
    trainer, n = _trainer(solution, {"again": start}, lr=0.02, eps=1e-14), 0
    for more in (2, 23):
        got, n = _run(trainer, [{"again": grad}] * more)["again"], n + more
        close(got, start - n * 0.02 * np.sign(grad), msg=f"w after {n} steps with the same gradient")


def test_two_names(solution, rng):
    weights, bias = rng.normal(size=(3, 2)), rng.normal(size=2)
    grads = {"weights": _grads(rng, 1, (3, 2))[0], "bias": _grads(rng, 1, (2,))[0]}
    trainer = _trainer(solution, {"weights": weights, "bias": bias}, eps=1e-14)
    got = _run(trainer, [grads] * 4)
    close(got["weights"], weights - 0.04 * np.sign(grads["weights"]), msg="weights after 4 steps")
    close(got["bias"], bias - 0.04 * np.sign(grads["bias"]), msg="bias after 4 steps")


def test_changing_gradients(solution, rng):
    start, grads = rng.normal(size=(2, 3)), _grads(rng, 8)
    got = _after(solution, start, grads, b1=0.5, b2=0.9)
    close(got, _moved(start, grads, b1=0.5, b2=0.9), msg="b1 0.5, b2 0.9")


def test_decay_apart(solution, rng):
    start, grads = rng.normal(size=(2, 3)) * 4, _grads(rng, 7)
    got = _after(solution, start, grads, lr=0.1, wd=0.3)
    close(got, _moved(start, grads, lr=0.1, wd=0.3), msg="seven steps with decay")


def test_without_memory(solution, rng):
    start, grads, eps = rng.normal(size=(2, 3)), _grads(rng, 4), float(rng.uniform(0.2, 0.6))
    want = start - sum(0.1 * g / (np.abs(g) + eps) for g in grads)
    close(_after(solution, start, grads, lr=0.1, b1=0.0, b2=0.0, eps=eps), want, msg=f"eps {eps:.2f}")


def test_large_eps(solution, rng):
    start, grad, eps = rng.normal(size=(2, 3)), _grads(rng, 1)[0], float(rng.uniform(0.2, 0.6))
    want = start - 5 * 0.1 * grad / (np.abs(grad) + eps)
    close(_after(solution, start, [grad] * 5, lr=0.1, eps=eps), want, msg=f"eps {eps:.2f}")


def test_momentum_alone(solution, rng):
    start, grads = rng.normal(size=(2, 3)), _grads(rng, 6)
    got = _after(solution, start, grads, b1=0.8, b2=0.0)
    close(got, _moved(start, grads, b1=0.8, b2=0.0), msg="b1 0.8, b2 0")


def test_zero_gradient_decays(solution, rng):
    start, n = rng.normal(size=(2, 3)) * 4, int(rng.integers(2, 6))
    got = _after(solution, start, [np.zeros((2, 3))] * n, lr=1.0, wd=0.05)
    close(got, start * 0.95**n, msg=f"{n} steps with a gradient of zero")


def test_biases_decay(solution, rng):
    shapes = {"vector": (4,), "number": ()}
    start = {name: np.array(rng.normal(size=shape) + 3.0) for name, shape in shapes.items()}
    grads = {name: _grads(rng, 3, shape) for name, shape in shapes.items()}
    batches = [{name: grads[name][step] for name in shapes} for step in range(3)]
    got = _run(_trainer(solution, start, lr=0.1, wd=0.3), batches)
    for name, shape in shapes.items():
        want = _moved(start[name], grads[name], lr=0.1, wd=0.3)
        close(got[name], want, msg=f"a parameter of shape {shape} with decay")


def _broken(rng, kind):
    """Three names, a good batch, and for each name a batch where its gradient has one bad entry."""
    names = ["a", "b", "c"]
    start = {name: rng.normal(size=(2, 2)) for name in names}
    good = {name: _grads(rng, 1, (2, 2))[0] for name in names}
    batches = []
    for name in names:
        batch = {other: _grads(rng, 1, (2, 2))[0] for other in names}
        batch[name][tuple(rng.integers(0, 2, size=2))] = kind
        batches.append(batch)
    return start, good, batches


def test_not_a_number(solution, rng):
    start, good, batches = _broken(rng, np.nan)
    optimiser = solution.Adam()
    raises(ValueError, optimiser.step, start, batches[0])
    got = solution.Trainer(optimiser, start).run([good, *batches])
    equal(got, [1, 2, 3], msg="numbers of the batches whose step raised ValueError")


def test_infinite(solution, rng):
    start, good, batches = _broken(rng, np.inf)
    batches += [good, {name: -g for name, g in batches[int(rng.integers(3))].items()}]
    got = _trainer(solution, start).run(batches)
    equal(got, [0, 1, 2, 4], msg="numbers of the batches whose step raised ValueError")


def test_refused_values_stay(solution, rng):
    start, good, batches = _broken(rng, np.nan)
    trainer = _trainer(solution, start, lr=0.1, wd=0.2)
    trainer.run([good])
    before = trainer.params
    trainer.run(batches)
    equal(trainer.params, before, msg="parameters after batches with NaN in them")


def test_refused_leaves_no_trace(solution, rng):
    start, good, batches = _broken(rng, np.nan)
    last = {name: _grads(rng, 1, (2, 2))[0] for name in start}
    trainer = _trainer(solution, start, b2=0.9)
    trainer.run([good, *batches, last])
    got = trainer.params
    for name in start:
        want = _moved(start[name], [good[name], last[name]], b2=0.9)
        close(got[name], want, msg=f"{name} after a good batch, three with NaN, another good one")


def test_same_arrays(solution, rng):
    start, grads = rng.normal(size=(2, 3)), _grads(rng, 3)
    trainer = _trainer(solution, {"kernel": start})
    trainer.run([{"kernel": g} for g in grads])
    close(trainer.layers["kernel"], _moved(start, grads), msg="the array the layer holds")


def test_gradients_untouched(solution, rng):
    trainer = _trainer(solution, {"left": rng.normal(size=(2, 3)), "right": rng.normal(size=3)}, wd=0.1)
    pairs = zip(_grads(rng, 3), _grads(rng, 3, (3,)), strict=True)
    unchanged(trainer.run, [{"left": w, "right": b} for w, b in pairs])


def test_other_order(solution, rng):
    a, b = rng.normal(size=(2, 2, 2))
    grads = {"first": _grads(rng, 1, (2, 2))[0] * 10, "second": _grads(rng, 1, (2, 2))[0]}
    trainer = _trainer(solution, {"first": a, "second": b}, eps=0.5)
    got = _run(trainer, [{"second": grads["second"], "first": grads["first"]}])
    close(got["first"], _moved(a, [grads["first"]], eps=0.5), msg="the first, whose gradient comes second")
    close(got["second"], _moved(b, [grads["second"]], eps=0.5), msg="the second, whose gradient comes first")


def test_left_out(solution, rng):
    start = {"a": rng.normal(size=(2, 2)), "b": rng.normal(size=(2, 2))}
    trainer = _trainer(solution, start, lr=0.1, wd=0.2)
    a, b = _grads(rng, 3, (2, 2)), _grads(rng, 1, (2, 2))
    before = _run(trainer, [{"a": a[0], "b": b[0]}])["b"]
    got = _run(trainer, [{"a": a[1]}, {"a": a[2]}])
    equal(got["b"], before, msg="b after two steps without its gradient")
    close(got["a"], _moved(start["a"], a, lr=0.1, wd=0.2), msg="a, which had one in every step")


def test_left_out_later(solution, rng):
    start = {"busy": rng.normal(size=(2, 2)), "idle": rng.normal(size=(2, 2))}
    a, b = _grads(rng, 3, (2, 2)), _grads(rng, 2, (2, 2))
    batches = [{"busy": a[0], "idle": b[0]}, {"busy": a[1]}, {"busy": a[2], "idle": b[1]}]
    got = _run(_trainer(solution, start, b2=0.9), batches)
    close(got["idle"], _moved(start["idle"], b, b2=0.9), msg="idle, with no gradient in the second step")


def test_none_given(solution, rng):
    start = {"used": rng.normal(size=(2, 2)), "rare": rng.normal(size=(2, 2))}
    a, b = _grads(rng, 3, (2, 2)), _grads(rng, 1, (2, 2))
    batches = [{"used": a[0], "rare": None}, {"used": a[1], "rare": b[0]}, {"used": a[2], "rare": None}]
    got = _run(_trainer(solution, start), batches)
    close(got["used"], _moved(start["used"], a), msg="used, which had a gradient in every step")
    close(got["rare"], _moved(start["rare"], b), msg="rare, whose gradient was None at first and last")


def test_later_parameter(solution, rng):
    body, head = rng.normal(size=(2, 2)), rng.normal(size=3)
    first, second = _grads(rng, 5, (2, 2)), _grads(rng, 2, (3,))
    trainer = _trainer(solution, {"body": body}, b2=0.9)
    _run(trainer, [{"body": g} for g in first[:3]])
    trainer.add("head", head)
    got = _run(trainer, [{"body": g, "head": h} for g, h in zip(first[3:], second, strict=True)])
    close(got["head"], _moved(head, second, b2=0.9), msg="a parameter that came after three steps")
    close(got["body"], _moved(body, first, b2=0.9), msg="the parameter that was there from the start")


def test_two_optimisers(solution, rng):
    start, grads = rng.normal(size=(2, 2, 2)), _grads(rng, 4, (2, 2))
    one, two = _trainer(solution, {"same": start[0]}), _trainer(solution, {"same": start[1]})
    mine = _run(one, [{"same": g} for g in grads[:2]])
    yours = _run(two, [{"same": g} for g in grads[2:]])
    close(mine["same"], _moved(start[0], grads[:2]), msg="the first of two models with the same name in it")
    close(yours["same"], _moved(start[1], grads[2:]), msg="the second of two models with the same name in it")


def test_rate_changes(solution, rng):
    start, grads = rng.normal(size=(2, 3)) * 3, _grads(rng, 3)
    rates = [0.3, 0.3, float(rng.uniform(0.01, 0.05))]
    optimiser = solution.Adam(lr=rates[0], wd=0.2)
    trainer = solution.Trainer(optimiser, {"warm": start})
    trainer.run([{"warm": g} for g in grads[:2]])
    optimiser.lr = rates[2]
    got = _run(trainer, [{"warm": grads[2]}])["warm"]
    close(got, _moved(start, grads, lr=rates, wd=0.2), msg="two steps with one lr, a third with another")


def test_long_run(solution, rng):
    start = {name: rng.normal(size=shape) for name, shape in (("a", (2, 3)), ("b", (3,)), ("c", (2, 1, 2)))}
    seen = {name: [] for name in start}
    rates = {name: [] for name in start}
    optimiser = solution.Adam(b1=0.8, b2=0.9, eps=0.1, wd=0.2)
    trainer = solution.Trainer(optimiser, {name: start[name] for name in "ab"})
    for stretch in range(3):
        if stretch == 1:
            trainer.add("c", start["c"])
        optimiser.lr = rate = float(rng.uniform(0.01, 0.2))
        batches = []
        for broken in (False, False, True, False):
            names = [name for name in ("abc" if stretch else "ab") if rng.random() < 0.7]
            batch = {name: _grads(rng, 1, start[name].shape)[0] for name in names}
            if broken and names:
                batch[names[-1]].flat[0] = np.nan
            for name in names if not broken else ():
                seen[name].append(batch[name])
                rates[name].append(rate)
            batches.append(batch)
        trainer.run(batches)
    got = trainer.params
    for name in start:
        want = _moved(start[name], seen[name], rates[name], 0.8, 0.9, 0.1, 0.2)
        close(got[name], want, msg=f"{name} at the end")
