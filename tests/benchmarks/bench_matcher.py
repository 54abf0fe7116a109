"""Precision and recall of the matcher on labelled turns, dev and held back apart, against a named peer.

The peer is scikit-learn's character TF-IDF over the same topics, answers and probes: the likeliest fact
when its cosine reaches the threshold that is best for it on the dev half.

    python tests/benchmarks/bench_matcher.py [--misses]      # misses of the dev half only
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from interviewer.content.scenarios import load_scenario
from interviewer.dialogue.offline.listener import matcher_for
from interviewer.domain.scenario import Scenario
from interviewer.errors import ContentError
from interviewer.matching.labelled import Figures, Labelled, add, grade, read_labelled

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT / "evals" / "matcher"


class Peer:
    """Ranks the facts of one scenario by cosine."""

    def __init__(self, scenario: Scenario) -> None:
        texts = [(f.id, t) for f in scenario.facts for t in (f.topic, f.answer, *f.probes.all)]
        self.labels = [fact for fact, _ in texts]
        self.vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        self.matrix = self.vectoriser.fit_transform([t for _, t in texts])

    def best(self, text: str) -> tuple[str, float]:
        row = (self.vectoriser.transform([text]) @ self.matrix.T).toarray()[0]
        at = int(row.argmax())
        return self.labels[at], float(row[at])


def line(name: str, figures: Figures) -> str:
    return (
        f"{name:32} P {figures.precision:.3f}  R {figures.recall:.3f}  "
        f"answers to no-fact turns {figures.answered_wrongly}/{figures.without}  "
        f"most facts by a keyword list {figures.most_by_list}"
    )


def peer_line(name: str, turns: Iterable[tuple[Labelled, str, float]], threshold: float) -> tuple[str, float]:
    right = wrong = missed = false = without = 0
    for turn, fact, cosine in turns:
        if turn.type == "adversarial":
            continue
        got = {fact} if cosine >= threshold else set()
        right += len(got & turn.gold)
        wrong += len(got - turn.gold)
        missed += len(turn.gold - got)
        without += not turn.gold
        false += bool(got) and not turn.gold
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{name:32} P {precision:.3f}  R {recall:.3f}  answers to no-fact turns {false}/{without}", f1


def main() -> int:
    figures: dict[str, list[Figures]] = {"dev": [], "held": []}
    ranked: dict[str, list[tuple[Labelled, str, float]]] = {"dev": [], "held": []}
    count = 0
    for path in sorted(SETS.glob("*.toml")):
        folder = ROOT / "scenarios" / path.stem
        if not (folder / "scenario.toml").is_file():
            continue
        try:
            scenario = load_scenario(folder)
        except ContentError as error:
            print(f"{path.stem}: left out, it does not load: {str(error).splitlines()[0]}")
            continue
        matcher, peer = matcher_for(scenario), Peer(scenario)
        count += 1
        for half in ("dev", "held"):
            turns = [t for t in read_labelled(path) if t.split == half]
            figures[half].append(grade(turns, matcher))
            ranked[half] += [(t, *peer.best(t.text)) for t in turns]
            print(line(f"{path.stem} {half}", figures[half][-1]))
    print(f"--- {count} scenarios")
    for half in ("dev", "held"):
        print(line(f"all {half}", add(figures[half])))
    threshold = max((t / 100 for t in range(20, 95, 5)), key=lambda t: peer_line("", ranked["dev"], t)[1])
    for half in ("dev", "held"):
        print(peer_line(f"peer {half}, threshold {threshold:.2f}", ranked[half], threshold)[0])
    if "--misses" in sys.argv[1:]:
        for miss in add(figures["dev"]).misses:
            turn = miss.turn
            print(f"{turn.scenario}: {turn.text!r} {sorted(turn.gold)} -> {sorted(miss.got)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
