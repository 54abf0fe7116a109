import random
from collections import Counter


def winner(ballot):
    most = max(ballot.values())
    return min(label for label, count in ballot.items() if count == most)


def bagging(X, y, fit_fn, n_models, seed):
    if n_models <= 0:
        raise ValueError("n_models")
    dice = random.Random(seed)
    n = len(y)
    ballots = [Counter() for _ in range(n)]
    crowd = []
    for _ in range(n_models):
        picks = [dice.randrange(n) for _ in range(n)]
        crowd.append(fit_fn([X[i] for i in picks], [y[i] for i in picks]))
        seen = set(picks)
        outside = [i for i in range(n) if i not in seen]
        if outside:
            for i, label in zip(outside, crowd[-1]([X[i] for i in outside])):
                ballots[i][int(label)] += 1

    judged = [i for i in range(n) if ballots[i]]
    right = sum(winner(ballots[i]) == y[i] for i in judged)
    score = right / len(judged) if judged else float("nan")

    def predict(rows):
        answers = [list(model(rows)) for model in crowd]
        return [winner(Counter(int(a[i]) for a in answers)) for i in range(len(rows))]

    return predict, score
