"""How fast the built-in interviewer understands a turn and replies: p50 and p95, against a named peer.

The peer is scikit-learn's character TF-IDF search over the same probes, in the same run: it only ranks
facts, while the interviewer also classifies, splits, matches, decides and finds the words.

    python tests/benchmarks/bench_reply.py
"""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import replace
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from interviewer.content.scenarios import load_scenario
from interviewer.dialogue.offline import OfflineInterviewer, ScenarioListener
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Seniority
from interviewer.domain.scenario import Scenario
from interviewer.domain.transcript import Line, Speaker
from interviewer.matching.labelled import read_labelled
from interviewer.ports import InterviewView, Move, MoveOutcome, Occasion, TimeView, Topic

ROOT = Path(__file__).resolve().parents[2]
LIMIT_MS = 50.0
LONG = (
    "My plan is to pick the starting rows at random, then to assign every row to the nearest one by squared "
    "distance, then to move each of them to the mean, and to repeat until nothing moves by more than tol. "
    "What happens when one of them ends up with nothing, and what exactly do I return at the end? "
) * 3


class Granting:
    """A desk that grants everything."""

    def request(self, move: Move) -> MoveOutcome:
        return MoveOutcome(True, "All right.")

    def change_interviewer(self, name: str, why: str) -> None:
        return

    def record_leak(self, why: str, characters: int) -> None:
        return

    def record_model_call(
        self, *, model: str, role: str, input_tokens: int, output_tokens: int, cached_tokens: int = 0,
        cost_usd: float | None = None, estimated: bool = False, ms: float = 0.0, error: str = "",
    ) -> None:  # fmt: skip
        return


def view(scenario: Scenario, lines: tuple[Line, ...]) -> InterviewView:
    """A late moment of a long interview: everything that could slow a reply down is there."""
    return InterviewView(
        occasion=Occasion.TURN, brief=scenario.brief, title=scenario.title, seniority=Seniority.SENIOR,
        company="meta", code_runs=True, libraries=scenario.libraries, phase=Phase.CLARIFY,
        next_phase=Phase.OUTLINE,
        time=TimeView(
            elapsed=1800.0, remaining=900.0, phase_elapsed=100.0, phase_budget=190.0,
            since_candidate_spoke=200.0, since_code_changed=3.0, since_interviewer_spoke=200.0,
        ),
        lines=lines,
        topics=tuple(Topic(fact=f.id, topic=f.topic, essential=f.essential) for f in scenario.facts),
        code=scenario.starter + "\n\ndef helper(x):\n    y = x + 1\n    z = y * 2\n    return z\n" * 40,
        starter=scenario.starter, code_changes=9, rungs=3,
        follow_ups=tuple((f.id, f.question) for f in scenario.follow_ups),
        decisions=tuple((d.id, d.question) for d in scenario.decisions),
    )  # fmt: skip


def history(scenario: Scenario) -> tuple[Line, ...]:
    """An interview of 160 lines."""
    lines: list[Line] = []
    probes = [p for f in scenario.facts for p in f.probes.all][:80]
    for number, probe in enumerate(probes):
        lines.append(Line(2 * number + 1, number * 10.0, Speaker.CANDIDATE, probe))
        lines.append(Line(2 * number + 2, number * 10.0 + 1, Speaker.INTERVIEWER, "All right."))
    return tuple(lines)


async def reply(interviewer: OfflineInterviewer, seen: InterviewView) -> str:
    return "".join([piece async for piece in interviewer.respond(seen, Granting())])


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> int:
    scenarios = [load_scenario(p.parent) for p in (ROOT / "scenarios").glob("[a-z]*/scenario.toml")]
    largest = max(scenarios, key=lambda s: sum(len(f.probes.all) + len(f.aliases) for f in s.facts))
    started = time.perf_counter()
    interviewer, listener = OfflineInterviewer(largest, 1), ScenarioListener(largest)
    built = (time.perf_counter() - started) * 1e3
    labels = ROOT / "evals" / "matcher" / f"{largest.id}.toml"
    turns = [t.text for t in read_labelled(labels)] if labels.is_file() else []
    turns += [p for f in largest.facts for p in f.probes.all] + [LONG]
    lines = history(largest)
    texts = [(f.id, t) for f in largest.facts for t in (f.topic, f.answer, *f.probes.all)]
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    matrix = vectoriser.fit_transform([t for _, t in texts])

    own: list[float] = []
    heard: list[float] = []
    watched: list[float] = []
    peer: list[float] = []
    for text in turns:
        turn = (*lines, Line(999, 1800.0, Speaker.CANDIDATE, text))
        seen = replace(view(largest, turn), turn=999)
        start = time.perf_counter()
        understood = listener.understand(text, seen)
        middle = time.perf_counter()
        asyncio.run(reply(interviewer, replace(seen, act=understood.act, segments=understood.segments)))
        own.append((time.perf_counter() - start) * 1e3)
        heard.append((middle - start) * 1e3)
        still = replace(seen, turn=0, occasion=Occasion.WATCH, phase=Phase.IMPLEMENT)
        start = time.perf_counter()
        asyncio.run(reply(interviewer, still))
        watched.append((time.perf_counter() - start) * 1e3)
        start = time.perf_counter()
        (vectoriser.transform([text]) @ matrix.T).toarray().argmax()
        peer.append((time.perf_counter() - start) * 1e3)

    p95 = percentile(own, 0.95)
    print(f"scenario {largest.id}: {len(largest.facts)} facts, {len(texts)} texts, {len(turns)} turns")
    print(f"built once in {built:.1f} ms")
    rows = {"understand": heard, "understand and reply": own, "watch, once a second": watched}
    for name, values in {**rows, "peer: scikit-learn TF-IDF": peer}.items():
        print(f"{name:26} p50 {statistics.median(values):6.2f} ms  p95 {percentile(values, 0.95):6.2f} ms")
    print(f"p95 of the reply is {p95 / percentile(peer, 0.95):.2f} x the peer's; longest {max(own):.2f} ms")
    print(f"limit {LIMIT_MS:.0f} ms: {'kept' if p95 <= LIMIT_MS else 'MISSED'}")
    return 0 if p95 <= LIMIT_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
