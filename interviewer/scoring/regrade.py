"""What changed between two scorecards of one session: ratings, and the reasons that came and went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from interviewer.domain.rubric import Level
from interviewer.domain.scorecard import Scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalChange:
    """One signal, or `overall`, before and after; None where it was not assessed or not there."""

    signal: str
    title: str
    before: Level | None
    after: Level | None
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether the rating itself differs."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardDiff:
    """All differences; `versions` are (what, before, after)."""

    signals: tuple[SignalChange, ...]
    versions: tuple[tuple[str, str, str], ...]
    mistakes_gone: tuple[str, ...] = ()
    mistakes_new: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether no rating and no reason differs."""
        return not self.signals and not self.mistakes_gone and not self.mistakes_new


def diff(old: Scorecard, new: Scorecard) -> ScorecardDiff:
    """The differences of `new` against `old`; signals without any are left out."""
    before = {s.signal: s for s in old.signals}
    after = {s.signal: s for s in new.signals}
    changes = []
    for signal in (*before, *(s for s in after if s not in before)):
        a, b = before.get(signal), after.get(signal)
        changes.append(
            _change(
                signal,
                b.title if b else a.title if a else signal,
                (a.rating if a else None, [r.text for r in a.reasons] if a else []),
                (b.rating if b else None, [r.text for r in b.reasons] if b else []),
            )
        )
    changes.append(
        _change(
            "overall", "Overall",
            (old.overall, [r.text for r in old.overall_reasons]),
            (new.overall, [r.text for r in new.overall_reasons]),
        )
    )  # fmt: skip
    mine, theirs = _versions(old), _versions(new)
    return ScorecardDiff(
        signals=tuple(c for c in changes if c.moved or c.gone or c.new),
        versions=tuple(
            (key, mine.get(key, ""), theirs.get(key, ""))
            for key in sorted({*mine, *theirs})
            if mine.get(key) != theirs.get(key)
        ),
        mistakes_gone=_missing((m.title for m in old.mistakes), (m.title for m in new.mistakes)),
        mistakes_new=_missing((m.title for m in new.mistakes), (m.title for m in old.mistakes)),
    )


def _change(
    signal: str, title: str, before: tuple[Level | None, list[str]], after: tuple[Level | None, list[str]]
) -> SignalChange:
    return SignalChange(
        signal=signal, title=title, before=before[0], after=after[0],
        gone=_missing(before[1], after[1]), new=_missing(after[1], before[1]),
    )  # fmt: skip


def _missing(texts: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    known = set(other)
    return tuple(t for t in texts if t not in known)


def _versions(card: Scorecard) -> dict[str, str]:
    return {**card.versions, "rater": card.rater, "rubric": f"{card.rubric}@{card.rubric_version}"}
