"""The report as one JSON document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from interviewer.domain.events import SessionEvent
from interviewer.domain.rubric import Level
from interviewer.domain.scorecard import Claim, Scorecard, SignalRating
from interviewer.reports.timeline import timeline


def document(card: Scorecard, log: Sequence[SessionEvent] = ()) -> dict[str, Any]:
    """Plain values: strings, numbers, lists and objects. Levels are their values, null when not assessed."""
    return {
        "schema": card.schema,
        "session": card.session,
        "scenario": card.scenario,
        "title": card.title,
        "kind": card.kind,
        "rubric": card.rubric,
        "rubric_version": card.rubric_version,
        "rater": card.rater,
        "scorer_version": card.scorer_version,
        "versions": dict(card.versions),
        "overall": _level(card.overall),
        "overall_reasons": [_claim(c) for c in card.overall_reasons],
        "formula": card.formula,
        "decision": card.decision,
        "meaning": card.meaning,
        "levelling": card.levelling,
        "thin": card.thin,
        "signals": {s.signal: _signal(s) for s in card.signals},
        "self_rating": {k: v.value for k, v in card.self_rating.items()},
        "weighted": {"total": card.weighted_total, "criteria": [asdict(row) for row in card.weighted]},
        "mistakes": [asdict(m) for m in card.mistakes],
        "phases": [asdict(p) for p in card.phases],
        "facts": [asdict(f) for f in card.facts],
        "decisions": [asdict(d) for d in card.decisions],
        "follow_ups": [asdict(f) for f in card.follow_ups],
        "tests": [asdict(t) for t in card.tests],
        "own_tests": {"killed": card.own_tests_killed, "mutants": card.own_tests_mutants},
        "approach": [asdict(a) for a in card.approach],
        "patterns": list(card.patterns),
        "really_tested": card.really_tested,
        "hints": card.hints,
        "dropped_claims": card.dropped_claims,
        "timeline": [asdict(entry) for entry in timeline(card, log)],
    }


def document_text(card: Scorecard, log: Sequence[SessionEvent]) -> str:
    """The document as JSON text in plain ASCII, ending in a newline."""
    return json.dumps(document(card, log), indent=2, ensure_ascii=True) + "\n"


def _signal(s: SignalRating) -> dict[str, Any]:
    return {
        "title": s.title,
        "rating": _level(s.rating),
        "not_assessed": s.not_assessed,
        "reasons": [_claim(c) for c in s.reasons],
        "interval": [lv.value for lv in s.interval] if s.interval else None,
        "proposed": _level(s.proposed),
        "samples": [lv.value for lv in s.samples],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {"text": claim.text, "events": list(claim.events), "quote": claim.quote}


def _level(level: Level | None) -> str | None:
    return level.value if level is not None else None
