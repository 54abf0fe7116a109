"""Who rates a session: by rules, or as a judge with a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from interviewer.domain.commands import RecordModelCall
from interviewer.domain.events import SessionEvent
from interviewer.domain.rubric import Rubric
from interviewer.domain.scenario import Scenario
from interviewer.domain.scorecard import Scorecard


class Rater(Protocol):
    """Turns a log into a scorecard."""

    @property
    def name(self) -> str:
        """`rules` or `judge:<model>`."""
        ...

    def rate(self, log: Sequence[SessionEvent], scenario: Scenario, rubric: Rubric) -> Scorecard:
        """Rate a log. Deterministic for `rules`."""
        ...


@runtime_checkable
class CallsModels(Protocol):
    """A rater that calls language models; whoever stores its scorecard stores these calls too."""

    def take_calls(self) -> tuple[RecordModelCall, ...]:
        """The calls made since this was last asked."""
        ...
