from itertools import groupby


def group_kfold(groups, k):
    runs = [(key, len(list(rows))) for key, rows in groupby(list(groups))]
    if k < 2 or k > len({key for key, _ in runs}):
        raise ValueError("no such folds")
    load = [0] * k
    fold_of_run = [0] * len(runs)
    for number in sorted(range(len(runs)), key=lambda i: -runs[i][1]):
        fold = load.index(min(load))
        fold_of_run[number] = fold
        load[fold] += runs[number][1]
    return [fold for fold, (_, size) in zip(fold_of_run, runs) for _ in range(size)]
