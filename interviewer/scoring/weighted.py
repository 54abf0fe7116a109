"""The weighted view: five criteria that sum to 100, beside the ratings and never instead of them."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.domain.rubric import Level, Rubric, Weight
from interviewer.domain.scorecard import WeightedRow
from interviewer.scoring.evidence import Evidence
from interviewer.scoring.quality import code_quality


def weighted(
    evidence: Evidence, rubric: Rubric, levels: Mapping[str, Level | None]
) -> tuple[tuple[WeightedRow, ...], float | None]:
    """Rows in the rubric's order, and the total 0..100 over what could be assessed; None without any."""
    rows = tuple(_row(weight, evidence, levels) for weight in rubric.weights)
    known = [(r.weight, r.share) for r in rows if r.share is not None]
    whole = sum(weight for weight, _ in known)
    total = sum(weight * share for weight, share in known) / whole * 100 if whole else None
    return rows, None if total is None else round(total, 1)


def _row(weight: Weight, evidence: Evidence, levels: Mapping[str, Level | None]) -> WeightedRow:
    share, note = _share(weight, evidence, levels)
    return WeightedRow(
        id=weight.id, title=weight.title, weight=weight.weight,
        share=None if share is None else round(share, 4), note=note, signals=weight.signals,
    )  # fmt: skip


def _share(
    weight: Weight, evidence: Evidence, levels: Mapping[str, Level | None]
) -> tuple[float | None, str]:
    f = evidence.features
    ran = evidence.execution.run is not None or not f.implemented
    match weight.id:
        case "correctness":
            return (f.core, "share of core tests passed") if ran else (None, evidence.execution.unassessed)
        case "edge_cases":
            return (f.edge, "share of edge tests passed") if ran else (None, evidence.execution.unassessed)
        case "ml_understanding":
            parts = [f.justified / f.decisions] if f.decisions else []
            parts += [f.follow_up_points] if f.follow_ups else []
            note = "mean of decisions justified and follow-up points made"
            return (sum(parts) / len(parts), note) if parts else (None, "nothing to justify was put")
        case "code_quality":
            if not f.implemented:
                return 0.0, "no code of the candidate's own"
            found = code_quality(evidence.view.code, evidence.view.scenario.entry)
            return found.share, "; ".join(found.remarks) or "nothing to remark"
        case _:
            ranks = [lv.rank for s in weight.signals if (lv := levels.get(s)) is not None]
            return (sum(ranks) / len(ranks) / 3, "from its signals") if ranks else (None, "not assessed")
