import numpy as np

from interviewer.expect import close, equal, raises

TRUTH = [1, 1, 1, 2, 2, 3]
GUESS = [1, 1, 2, 2, 3, 3]


def _naive(truth, guess):
    """Per class (precision, recall, F1) from the definitions, one class at a time; 0 where it is 0/0."""
    truth, guess = np.asarray(truth), np.asarray(guess)
    found = {}
    for label in sorted({*truth.tolist(), *guess.tolist()}):
        right = ((truth == label) & (guess == label)).sum()
        precision = right / max((guess == label).sum(), 1)
        recall = right / max((truth == label).sum(), 1)
        both = precision + recall
        found[label] = (
            float(precision),
            float(recall),
            float(2 * precision * recall / both) if both else 0.0,
        )
    return found


def _sample(rng, n=80, labels=(0, 1, 2, 3)):
    """Labels with uneven classes, about two thirds predicted right; every class is on both sides."""
    weights = np.arange(len(labels), 0, -1.0) ** 2
    truth = rng.choice(labels, size=n, p=weights / weights.sum())
    guess = np.where(rng.random(n) < 0.6, truth, rng.choice(labels, size=n))
    return np.append(truth, labels), np.append(guess, labels)


def test_per_class_by_hand(solution, rng):
    got = solution.prf(TRUTH, GUESS, None)
    close(got["precision"], {1: 1.0, 2: 0.5, 3: 0.5}, msg="precision")
    close(got["recall"], {1: 2 / 3, 2: 0.5, 3: 1.0}, msg="recall")
    close(got["f1"], {1: 0.8, 2: 0.5, 3: 2 / 3}, msg="F1")


def test_macro_by_hand(solution, rng):
    got = solution.prf(TRUTH, GUESS, "macro")
    close(got["precision"], 2 / 3, msg="precision")
    close(got["recall"], 13 / 18, msg="recall")
    close(got["f1"], 59 / 90, msg="F1")


def test_micro_is_accuracy(solution, rng):
    truth, guess = _sample(rng)
    share = float(np.mean(truth == guess))
    got = solution.prf(truth, guess, "micro")
    close([got["precision"], got["recall"], got["f1"]], [share] * 3, msg="pooled over the classes")


def test_random_tickets(solution, rng):
    truth, guess = _sample(rng)
    wanted = _naive(truth, guess)
    got = solution.prf(truth.tolist(), guess.tolist(), None)
    for at, name in enumerate(("precision", "recall", "f1")):
        close(got[name], {label: values[at] for label, values in wanted.items()}, msg=name)
    macro = solution.prf(truth.tolist(), guess.tolist(), "macro")
    close(
        [macro["precision"], macro["recall"], macro["f1"]],
        np.mean(list(wanted.values()), axis=0),
        msg="macro",
    )


def test_never_predicted(solution, rng):
    label = int(rng.integers(5, 9))
    got = solution.prf([1, 1, label, 2], [1, 2, 1, 2], None)
    close(got["precision"], {1: 0.5, 2: 0.5, label: 0.0}, msg="precision")
    close(got["f1"][label], 0.0, msg="F1 of the class that is never predicted")
    equal(got["undefined"], [label], msg="undefined")


def test_absent_from_truth(solution, rng):
    label = int(rng.integers(5, 9))
    got = solution.prf([1, 1, 1, 2], [1, 1, label, 2], None)
    close(got["recall"], {1: 2 / 3, 2: 1.0, label: 0.0}, msg="recall")
    close(got["precision"], {1: 1.0, 2: 1.0, label: 0.0}, msg="precision")
    macro = solution.prf([1, 1, 1, 2], [1, 1, label, 2], "macro")
    close(macro["recall"], 5 / 9, msg="macro recall over three classes")


def test_macro_counts_zeros(solution, rng):
    got = solution.prf([1, 1, 2, 3], [1, 1, 4, 3], "macro")
    close([got["precision"], got["recall"], got["f1"]], [0.5, 0.5, 0.5], msg="mean over four classes")
    equal(got["undefined"], [2, 4], msg="undefined")


def test_undefined_in_order(solution, rng):
    new = rng.permutation(np.arange(10, 40))[:8].tolist()
    got = solution.prf([1, *new[:4], 1, 1, 1, 1], [1, 1, 1, 1, 1, *new[4:]], None)
    equal(got["undefined"], sorted(new), msg="undefined")


def test_wrong_but_defined(solution, rng):
    got = solution.prf([1, 2, 3], [2, 1, 3], None)
    close(got["f1"], {1: 0.0, 2: 0.0, 3: 1.0}, msg="F1")
    equal(got["undefined"], [], msg="undefined")


def test_micro_flags_nothing(solution, rng):
    got = solution.prf([1, 1, 2, 5], [1, 4, 2, 2], "micro")
    close([got["precision"], got["recall"], got["f1"]], [0.5, 0.5, 0.5], msg="pooled")
    equal(got["undefined"], [], msg="undefined")


def test_all_one_class(solution, rng):
    label = int(rng.integers(2, 9))
    for average in ("macro", "micro"):
        wanted = {"precision": 1.0, "recall": 1.0, "f1": 1.0, "undefined": []}
        close(solution.prf([label] * 4, [label] * 4, average), wanted, msg=f"average {average}")


def test_any_whole_numbers(solution, rng):
    labels = [-3, 0, int(rng.integers(100, 10**4))]
    truth, guess = _sample(rng, n=30, labels=labels)
    wanted = _naive(truth, guess)
    got = solution.prf(truth, guess, None)
    close(got["recall"], {label: values[1] for label, values in wanted.items()}, msg="recall")


def test_no_rows(solution, rng):
    raises(ValueError, solution.prf, [], [], "macro")


def test_lengths(solution, rng):
    raises(ValueError, solution.prf, [1, 2, 3], [1, 2], "macro")
    raises(ValueError, solution.prf, [1, 2], [1, 2, 2], None)


def test_other_average(solution, rng):
    raises(ValueError, solution.prf, TRUTH, GUESS, "weighted")


def test_sides_swapped(solution, rng):
    truth = np.append(_sample(rng)[0], [7, 7])
    guess = np.append(_sample(rng)[1], [8, 0])
    one = solution.prf(truth, guess, "macro")
    other = solution.prf(guess, truth, "macro")
    close(one["precision"], other["recall"], msg="precision, and recall with the two lists swapped")
    close(one["f1"], other["f1"], msg="F1 with the two lists swapped")
    wanted = np.mean(list(_naive(truth, guess).values()), axis=0)
    close([one["precision"], one["recall"], one["f1"]], wanted, msg="macro")
