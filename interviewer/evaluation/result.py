"""What an evaluation found, as values that travel as JSON: one case for each interview that was played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from interviewer.errors import UsageError

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """One interview of a persona in a scenario.

    `levels` are the ratings by signal and `overall` (None: not assessed), `out_of_range` those the persona
    does not expect, `breaches` the conduct checks that failed. `calls` and `failed_calls` count requests to
    a model, `tokens` those it read and wrote; `replaced` tells whether the built-in interviewer took over.
    `error` is what kept the interview from being played to its end.
    """

    persona: str
    scenario: str
    epoch: int
    levels: dict[str, str | None] = field(default_factory=dict)
    expected: int = 0
    out_of_range: dict[str, str] = field(default_factory=dict)
    breaches: tuple[str, ...] = ()
    dropped_claims: int = 0
    calls: int = 0
    failed_calls: int = 0
    tokens: int = 0
    replaced: bool = False
    error: str = ""

    @property
    def conduct(self) -> float:
        """1 when no conduct check failed, else 0."""
        return float(not self.breaches and not self.error)

    @property
    def in_range(self) -> float:
        """Share of the persona's signals whose level is one it expects."""
        return 0.0 if self.error or not self.expected else 1 - len(self.out_of_range) / self.expected

    @property
    def fine(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.error or self.breaches or self.out_of_range or self.dropped_claims)


METRICS: dict[str, Callable[[CaseResult], float]] = {
    "conduct": lambda case: case.conduct,
    "in_range": lambda case: case.in_range,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalResult:
    """All cases of one evaluation of one interviewer; `versions` pins its prompts and the program."""

    interviewer: str
    seed: int
    versions: dict[str, str]
    cases: tuple[CaseResult, ...]

    @property
    def ok(self) -> bool:
        """Whether every case is fine."""
        return bool(self.cases) and all(case.fine for case in self.cases)

    def to_json(self) -> dict[str, Any]:
        """`{schema, ok, interviewer, seed, versions, summary, cases}`."""
        return {
            "schema": SCHEMA,
            "ok": self.ok,
            "interviewer": self.interviewer,
            "seed": self.seed,
            "versions": self.versions,
            "summary": summary(self.cases),
            "cases": [asdict(case) for case in self.cases],
        }


def summary(cases: Sequence[CaseResult]) -> dict[str, Any]:
    """Counts over all cases, and the mean of each metric."""
    return {
        "cases": len(cases),
        "fine": sum(case.fine for case in cases),
        "errors": sum(bool(case.error) for case in cases),
        "breaches": sum(len(case.breaches) for case in cases),
        "out_of_range": sum(len(case.out_of_range) for case in cases),
        "dropped_claims": sum(case.dropped_claims for case in cases),
        "replaced": sum(case.replaced for case in cases),
        "calls": sum(case.calls for case in cases),
        "failed_calls": sum(case.failed_calls for case in cases),
        "tokens": sum(case.tokens for case in cases),
        **{name: _mean([metric(c) for c in cases]) for name, metric in METRICS.items()},
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def read_result(document: Any, where: str) -> EvalResult:
    """The result a document holds; raises UsageError that names `where`."""
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UsageError(
            f"is not the result of an evaluation (schema {SCHEMA})",
            where=where,
            remedy="interviewer eval run -o FILE",
        )
    known = {f.name for f in fields(CaseResult)}
    try:
        cases = tuple(_case({k: v for k, v in row.items() if k in known}) for row in document["cases"])
        return EvalResult(
            interviewer=str(document["interviewer"]),
            seed=int(document["seed"]),
            versions={str(k): str(v) for k, v in document["versions"].items()},
            cases=cases,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"cannot be read: {type(error).__name__}: {error}", where=where) from None


def _case(row: dict[str, Any]) -> CaseResult:
    if not all(isinstance(row[name], str) for name in ("persona", "scenario")):
        raise TypeError("persona and scenario are names")
    lists = {"breaches": tuple(str(b) for b in row.get("breaches", ()))}
    maps = {name: dict(row.get(name, {})) for name in ("levels", "out_of_range")}
    numbers = {
        name: int(row.get(name, 0))
        for name in ("epoch", "expected", "dropped_claims", "calls", "failed_calls", "tokens")
    }
    return CaseResult(**{**row, **lists, **maps, **numbers})
