import math

import numpy as np

from interviewer.expect import close, equal, raises, unchanged


class _Trainer:
    """A fit_fn that remembers what it was given. Its models answer from a table of noisy labels.

    The first column of a row is its number; table[m, number] is what model m says about that row.
    """

    def __init__(self, table):
        self.table = np.asarray(table)
        self.drawn, self.labels, self.widths, self.asked = [], [], [], 0

    def __call__(self, X, y):
        rows, number = np.asarray(X), len(self.drawn)
        self.drawn.append(rows[:, 0].astype(int).tolist())
        self.widths.append(rows.shape[1])
        self.labels.append(np.asarray(y).tolist())

        def predict(new):
            self.asked += 1
            new = np.asarray(new)
            if len(new) == 0:
                raise ValueError("a model was asked about no rows")
            return self.answers(number, new[:, 0].astype(int))

        return predict

    def answers(self, number, rows):
        return self.table[number % len(self.table), rows]


class _Memory(_Trainer):
    """Models that know the rows they have seen, and are wrong about all others."""

    def answers(self, number, rows):
        seen = dict(zip(self.drawn[number], self.labels[number]))
        return np.array([seen.get(int(row), 1 - self.table[0, row]) for row in rows])


def _rows(rng, n, first=0):
    return np.column_stack([np.arange(first, first + n), rng.normal(size=(n, 2))])


def _labels(rng, n, values=(0, 1, 2)):
    return rng.permutation(np.resize(values, n))


def _noisy(rng, y, models, share=0.6):
    """A table of answers that are right in about this share of cases."""
    table = np.tile(y, (models, 1))
    wrong = rng.random(table.shape) > share
    table[wrong] = rng.choice(y, size=int(wrong.sum()))
    return table


def _vote(answers):
    """The most common of the answers, the smallest if several are."""
    return min(set(answers), key=lambda label: (-answers.count(label), label))


def _score(trainer, y):
    """Out-of-bag accuracy worked out from what each model was given."""
    right = []
    for row, label in enumerate(y.tolist()):
        said = [int(trainer.table[m, row]) for m, seen in enumerate(trainer.drawn) if row not in seen]
        if said:
            right.append(_vote(said) == label)
    return sum(right) / len(right) if right else math.nan


def test_always_right(solution, rng):
    y = _labels(rng, 12, (0, 1))
    trainer = _Trainer([y])
    predict, score = solution.bagging(_rows(rng, 12), y, trainer, 3, 1)
    close(score, 1.0, msg="score of models that are never wrong")
    equal(predict(_rows(rng, 12)), y, msg="labels by vote")


def test_score_and_labels(solution, rng):
    y = np.concatenate([_labels(rng, 12), _labels(rng, 6)])
    predict, score = solution.bagging(_rows(rng, 12), y[:12], _Trainer(_noisy(rng, y, 3)), 3, 2)
    equal(np.ndim(score), 0, msg="dimensions of the score")
    assert 0.0 <= score <= 1.0, f"a score of {score}"
    equal(np.shape(predict(_rows(rng, 6, 12))), (6,), msg="shape of the labels for six rows")


def test_one_fit_each(solution, rng):
    y = _labels(rng, 10)
    trainer = _Trainer(_noisy(rng, y, 3))
    solution.bagging(_rows(rng, 10), y, trainer, 3, int(rng.integers(99)))
    equal([len(drawn) for drawn in trainer.drawn], [10] * 3, msg="rows handed to each of three models")


def test_score_by_hand(solution, rng):
    y = _labels(rng, 24)
    trainer = _Trainer(_noisy(rng, y, 4, 0.5))
    _, score = solution.bagging(_rows(rng, 24), y, trainer, 4, int(rng.integers(99)))
    close(score, _score(trainer, y), msg="score of 4 models")


def test_vote_by_hand(solution, rng):
    y = np.concatenate([_labels(rng, 12), _labels(rng, 25)])
    table = _noisy(rng, y, 4, 0.4)
    predict, _ = solution.bagging(_rows(rng, 12), y[:12], _Trainer(table), 4, 5)
    wanted = [_vote(table[:, row].tolist()) for row in range(12, 37)]
    equal(predict(_rows(rng, 25, 12)), wanted, msg="labels of new rows")


def test_nothing_remembered(solution, rng):
    y = _labels(rng, 24, (0, 1))
    predict, score = solution.bagging(_rows(rng, 24), y, _Memory([y]), 3, int(rng.integers(99)))
    close(score, 0.0, msg="score of models that only know what they have seen")


def test_drawn_rows(solution, rng):
    y = _labels(rng, 90)
    trainer = _Trainer([y])
    solution.bagging(_rows(rng, 90), y, trainer, 4, int(rng.integers(99)))
    share = np.mean([len(set(drawn)) / 90 for drawn in trainer.drawn])
    assert 0.53 < share < 0.75, f"a model sees {share:.0%} of the rows, on average"
    assert len({tuple(sorted(drawn)) for drawn in trainer.drawn}) == 4, "two models got the same rows"
    equal(trainer.widths, [3] * 4, msg="columns handed to each model")


def test_rows_keep_labels(solution, rng):
    y = _labels(rng, 12)
    trainer = _Trainer([y])
    solution.bagging(_rows(rng, 12), y, trainer, 2, 4)
    for drawn, labels in zip(trainer.drawn, trainer.labels):
        equal(labels, y[drawn], msg="labels handed to a model, for its rows")


def test_one_model(solution, rng):
    y = _labels(rng, 12)
    trainer = _Trainer(_noisy(rng, y, 1))
    predict, score = solution.bagging(_rows(rng, 12), y, trainer, 1, int(rng.integers(99)))
    close(score, _score(trainer, y), msg="score of a single model")
    equal(predict(_rows(rng, 12)), trainer.table[0], msg="labels by a single model")


def test_no_row_left(solution, rng):
    _, score = solution.bagging(_rows(rng, 1), np.array([3]), _Trainer([[3]]), 4, 0)
    assert math.isnan(score), f"the only row was seen by all models, yet the score is {score}"


def test_few_rows(solution, rng):
    y = np.array([0, 1, 1])
    trainer = _Trainer(_noisy(rng, y, 4, 0.6))
    _, score = solution.bagging(_rows(rng, 3), y, trainer, 4, 6)
    close(score, _score(trainer, y), msg="score on three rows")


def test_even_vote(solution, rng):
    y = np.array([9, 4, 9, 4, 9, 4])
    for table in ([[9] * 6, [4] * 6], [[4] * 6, [9] * 6]):
        predict, _ = solution.bagging(_rows(rng, 6), y, _Trainer(table), 2, 1)
        equal(predict(_rows(rng, 6)), [4] * 6, msg="one vote for 4, one for 9")


def test_odd_labels(solution, rng):
    y = _labels(rng, 12, (-5, 40, 1000))
    trainer = _Trainer(_noisy(rng, y, 3, 0.5))
    predict, score = solution.bagging(_rows(rng, 12), y, trainer, 3, 7)
    close(score, _score(trainer, y), msg="score with labels -5, 40 and 1000")
    equal(predict(_rows(rng, 12)), [_vote(trainer.table[:, row].tolist()) for row in range(12)], msg="labels")


def test_same_seed(solution, rng):
    y = _labels(rng, 12)
    seen = []
    for seed in (7, 7, 8):
        trainer = _Trainer([y])
        solution.bagging(_rows(rng, 12), y, trainer, 2, seed)
        seen.append(trainer.drawn)
    equal(seen[1], seen[0], msg="rows drawn in a second run with the same seed")
    assert seen[2] != seen[0], "another seed draws the same rows"


def test_illegal_count(solution, rng):
    for count in (0, -3):
        raises(ValueError, solution.bagging, _rows(rng, 4), _labels(rng, 4), _Trainer([[0] * 4]), count, 0)


def test_arrays_left_alone(solution, rng):
    y = _labels(rng, 8)
    unchanged(solution.bagging, _rows(rng, 8), y, _Trainer([y]), 2, 0)


def test_asked_in_bulk(solution, rng):
    y = _labels(rng, 12)
    trainer = _Trainer(_noisy(rng, y, 2))
    predict, _ = solution.bagging(_rows(rng, 12), y, trainer, 2, 6)
    assert trainer.asked <= 2, f"two models were asked {trainer.asked} times for the score"
    predict(_rows(rng, 12))
    assert trainer.asked <= 4, f"two models were asked {trainer.asked} times in all"
