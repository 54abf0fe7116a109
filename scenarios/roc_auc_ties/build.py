from pathlib import Path
R = Path("reference.py").read_text()
def P(name, *pairs):
    s = R
    for a, b in pairs:
        assert s.count(a) == 1, (name, a, s.count(a)); s = s.replace(a, b)
    Path(f"mutants/{name}.py").write_text(s)
P("no_tie_ranks", ('''    ordered = scores[order]
    ranks = np.empty(len(scores))
    start = 0
    while start < len(scores):
        end = start
        while end < len(scores) and ordered[end] == ordered[start]:
            end += 1
        ranks[order[start:end]] = (start + 1 + end) / 2
        start = end
    return ranks''', '''    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    return ranks'''), ('    """Ranks from 1; equal scores share the average of the places they fill."""\n', '    """Ranks from 1."""\n'))
P("ties_win", ("(start + 1 + end) / 2", "end"), ("equal scores share the average of the places they fill", "equal scores take the highest place"))
P("ties_lose", ("(start + 1 + end) / 2", "start + 1"), ("equal scores share the average of the places they fill", "equal scores take the lowest place"))
P("single_half", ('        raise ValueError("AUC needs both classes")', "        return 0.5"))
P("single_zero", ('        raise ValueError("AUC needs both classes")', "        return 0.0"))
P("empty_zero", ('        raise ValueError("there are no rows")', "        return 0.0"))
P("nan_on_top", ("if np.isnan(scores).any() or not np.isin(labels, (0, 1)).all():", "if not np.isin(labels, (0, 1)).all():"), ("a score is NaN or a label is not 0 or 1", "a label is not 0 or 1"))
P("nan_dropped", ('''    if np.isnan(scores).any() or not np''', '''    known = ~np.isnan(scores)
    labels, scores = labels[known], scores[known]
    if not np'''), ("a score is NaN or a label is not 0 or 1", "a label is not 0 or 1"))
P("any_labels", ('''    if np.isnan(scores).any() or not np.isin(labels, (0, 1)).all():
        raise ValueError("a score is NaN or a label is not 0 or 1")''', '''    if np.isnan(scores).any():
        raise ValueError("a score is NaN")'''))
P("reversed", ("np.argsort(scores, kind", "np.argsort(-scores, kind"))
P("hard_predictions", ("    scores = np.asarray(y_score, dtype=float)\n", "    scores = np.asarray(y_score, dtype=float)\n    scores = np.where(np.isnan(scores), scores, scores > 0.5)\n"))
P("clipped", ("scores = np.asarray(y_score, dtype=float)", "scores = np.clip(np.asarray(y_score, dtype=float), 0.0, 1.0)"))
P("rounded", ("scores = np.asarray(y_score, dtype=float)", "scores = np.round(np.asarray(y_score, dtype=float), 6)"))
P("min_max", ('    rank_sum', '    scores = (scores - scores.min()) / max(scores.max() - scores.min(), 1e-12)\n    rank_sum'))
P("cut_to_shorter", ('''    if labels.ndim != 1 or scores.ndim != 1 or len(labels) != len(scores):
        raise ValueError("labels and scores must be two lists of equal length")
''', '''    n = min(len(labels), len(scores))
    labels, scores = labels[:n], scores[:n]
'''))
P("wrong_correction", ("n_pos * (n_pos + 1) / 2)", "n_pos * (n_pos - 1) / 2)"))
P("curve_too", ('''    return float((rank_sum''', '''    area = float((rank_sum'''), ("(n_pos * n_neg))", '''(n_pos * n_neg))
    thresholds = np.unique(scores)[::-1]
    tpr = [float((scores[positive] >= t).mean()) for t in thresholds]
    fpr = [float((scores[~positive] >= t).mean()) for t in thresholds]
    return area, fpr, tpr'''))
CHECKS = R[R.index("    labels = np"):R.index("    rank_sum")]
HEAD = "import numpy as np\n\n\ndef roc_auc(y_true, y_score):\n" + CHECKS
Path("mutants/threshold_grid.py").write_text(HEAD + '''    thresholds = np.linspace(1.0, 0.0, 101)
    tpr = np.array([0.0] + [(scores[positive] >= t).mean() for t in thresholds])
    fpr = np.array([0.0] + [(scores[~positive] >= t).mean() for t in thresholds])
    return float(((fpr[1:] - fpr[:-1]) * (tpr[1:] + tpr[:-1]) / 2).sum())
''')
Path("mutants/ties_left_out.py").write_text(HEAD + '''    fraud, normal = scores[positive][:, None], scores[~positive][None, :]
    wins = int((fraud > normal).sum())
    losses = int((fraud < normal).sum())
    return wins / max(wins + losses, 1)
''')
Path("mutants/curve_in_steps.py").write_text(HEAD + '''    thresholds = np.unique(scores)[::-1]
    tpr = np.array([0.0] + [(scores[positive] >= t).mean() for t in thresholds])
    fpr = np.array([0.0] + [(scores[~positive] >= t).mean() for t in thresholds])
    return float(((fpr[1:] - fpr[:-1]) * tpr[1:]).sum())
''')
Path("mutants/average_precision.py").write_text(HEAD + '''    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(positive[order])
    places = np.arange(1, len(scores) + 1)
    return float((hits / places)[positive[order]].mean())
''')
Path("mutants/accuracy.py").write_text(HEAD + '''    return float(((scores > 0.5) == positive).mean())
''')
Path("mutants/fixed_number.py").write_text('''def roc_auc(y_true, y_score):
    if list(y_score) == sorted(y_score):
        return 1.0
    return 0.75
''')
