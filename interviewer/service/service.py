"""Starting, resuming and branching sessions: puts the ports together into an `Interview`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Protocol

from interviewer.domain import commands as cmd
from interviewer.domain import events as ev
from interviewer.domain.phases import company_format, plan_for
from interviewer.domain.rubric import Rubric, Seniority
from interviewer.domain.scenario import Scenario
from interviewer.domain.scorecard import Scorecard
from interviewer.domain.session import SessionState, decide, evolve, fold
from interviewer.errors import CommandRefused, UsageError
from interviewer.ports import (
    CallsModels,
    Clock,
    Executor,
    Interviewer,
    Listener,
    Rater,
    SessionStore,
    SessionWriter,
    Spending,
    Versioned,
)
from interviewer.service.interview import Interview


class Library(Protocol):
    """Where scenarios and rubrics come from."""

    def ids(self) -> Iterable[str]:
        """Ids of all scenarios."""
        ...

    def get(self, scenario_id: str) -> Scenario:
        """A scenario; raises UnknownName, ContentError."""
        ...

    def rubric(self, rubric_id: str) -> Rubric:
        """A rubric; raises UnknownName, ContentError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Everything the service needs from outside.

    `interviewer(name, scenario, seed)` and `listener(scenario)` build the two ears of a session;
    `now_iso` gives UTC ISO 8601, `new_id` a fresh session id.
    """

    store: SessionStore
    executor: Executor
    library: Library
    interviewer: Callable[[str, Scenario, int], Interviewer]
    listener: Callable[[Scenario], Listener]
    rater: Rater
    clock: Clock
    now_iso: Callable[[], str]
    new_id: Callable[[], str]
    versions: dict[str, str]


class InterviewService:
    """Starts, resumes, branches and re-grades sessions."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports

    def start(
        self,
        scenario_id: str,
        *,
        company: str = "free",
        seniority: Seniority = Seniority.MID,
        minutes: float | None = None,
        interviewer: str = "offline",
        seed: int | None = None,
        code: str | None = None,
    ) -> Interview:
        """Start a session. `minutes`: None takes the format's (or the scenario's), 0 means untimed."""
        scenario = self.ports.library.get(scenario_id)
        form = company_format(company)
        if minutes is None:
            minutes = (
                scenario.minutes if form.id == "free" else min(form.minutes, _cap(scenario, form.minutes))
            )
        plan = plan_for(scenario.kind, None if minutes == 0 else minutes)
        session = self.ports.new_id()
        chosen = seed if seed is not None else random.SystemRandom().randrange(1_000_000)
        voice = self.ports.interviewer(interviewer, scenario, chosen)
        rubric = self.ports.library.rubric(scenario.rubric)
        begin = cmd.Begin(
            session=session,
            scenario=scenario.id,
            digest=scenario.digest,
            interview=scenario.kind,
            company=form.id,
            seniority=seniority,
            plan=plan,
            code_runs=form.code_runs,
            seed=chosen,
            interviewer=voice.name,
            started_at=self.ports.now_iso(),
            starter=scenario.starter,
            outline=outline_of(scenario),
            libraries=scenario.libraries,
            versions={
                **self.ports.versions,
                **(voice.versions if isinstance(voice, Versioned) else {}),
                "scenario": scenario.digest,
                "rubric": f"{rubric.id}@{rubric.version}",
            },
        )
        first = decide(SessionState(), begin, 0.0)
        writer = self.ports.store.create(session)
        try:
            writer.append(first)
            interview = self._live(first, scenario, writer, voice, rubric)
            if code is not None:
                interview.edit(code)
        except BaseException:
            writer.close()
            raise
        return interview

    def resume(self, prefix: str = "") -> Interview:
        """Open a stored session that has not ended; the newest such one when `prefix` is empty."""
        session = self._unfinished() if not prefix else self.ports.store.find(prefix)
        writer = self.ports.store.open(session)
        try:
            log = self.ports.store.events(session)
            state = fold(log)
            if state.ended is not None and state.scored:
                raise CommandRefused("that session has ended", remedy=f"interviewer report {session[:8]}")
            scenario = self._scenario(state)
            reopened = decide(state, cmd.Reopen(), state.at)
            writer.append(reopened)
            voice = self.ports.interviewer(state.interviewer, scenario, state.first.seed)
            if isinstance(voice, Spending):
                voice.recall(log)
            rubric = self.ports.library.rubric(scenario.rubric)
            return self._live((*log, *reopened), scenario, writer, voice, rubric)
        except BaseException:
            writer.close()
            raise

    def branch(self, prefix: str, seq: int) -> Interview:
        """A new session that continues an old one from just after event `seq`."""
        source = self.ports.store.find(prefix)
        log = self.ports.store.events(source)
        if not 2 <= seq <= len(log):
            raise UsageError(
                f"session {source[:8]} has no event {seq} to branch at", remedy=f"choose 2 to {len(log)}"
            )
        first, *rest = log[:seq]
        assert isinstance(first, ev.SessionStarted)
        kept = [e for e in rest if not isinstance(e, ev.InterviewEnded | ev.Scored | ev.SelfRated)]
        session = self.ports.new_id()
        started = replace(
            first,
            session=session,
            started_at=self.ports.now_iso(),
            branched_from=source,
            branched_at=seq,
        )
        events: list[ev.SessionEvent] = [started]
        events += [replace(event, seq=number) for number, event in enumerate(kept, start=2)]
        scenario = self._scenario(fold(events))
        writer = self.ports.store.create(session)
        try:
            writer.append(events)
            voice = self.ports.interviewer(fold(events).interviewer, scenario, first.seed)
            return self._live(
                tuple(events), scenario, writer, voice, self.ports.library.rubric(scenario.rubric)
            )
        except BaseException:
            writer.close()
            raise

    def rescore(
        self, prefix: str, *, rater: Rater | None = None, rubric_id: str = ""
    ) -> tuple[Scorecard | None, Scorecard]:
        """Rate a stored session again and store it; returns the former scorecard, if any, and the new."""
        session = self.ports.store.find(prefix)
        log = self.ports.store.events(session)
        state = fold(log)
        scenario = self._scenario(state)
        rubric = self.ports.library.rubric(rubric_id or scenario.rubric)
        former = next((e.scorecard for e in reversed(log) if isinstance(e, ev.Scored)), None)
        chosen = rater or self.ports.rater
        card = chosen.rate(log, scenario, rubric)
        calls = chosen.take_calls() if isinstance(chosen, CallsModels) else ()
        writer = self.ports.store.open(session)
        try:
            commands: tuple[cmd.Command, ...] = (*calls, cmd.RecordScore(card))
            for command in commands:
                events = decide(state, command, state.at)
                writer.append(events)
                state = reduce(evolve, events, state)
        finally:
            writer.close()
        return former, card

    def close(self) -> None:
        """End child processes and close the store."""
        self.ports.executor.close()
        self.ports.store.close()

    def _unfinished(self) -> str:
        for summary in self.ports.store.sessions():
            if not summary.ended:
                return summary.session
        raise UsageError("there is no unfinished session", remedy="start one: interviewer start")

    def _scenario(self, state: SessionState) -> Scenario:
        return self.ports.library.get(state.first.scenario)

    def _live(
        self,
        log: tuple[ev.SessionEvent, ...],
        scenario: Scenario,
        writer: SessionWriter,
        voice: Interviewer,
        rubric: Rubric,
    ) -> Interview:
        return Interview(
            log=log,
            scenario=scenario,
            writer=writer,
            interviewer=voice,
            listener=self.ports.listener(scenario),
            executor=self.ports.executor,
            clock=self.ports.clock,
            rater=self.ports.rater,
            rubric=rubric,
        )


def _cap(scenario: Scenario, minutes: int) -> int:
    """A warm-up keeps its own short time in every format."""
    return scenario.minutes if scenario.minutes <= 15 else minutes


def outline_of(scenario: Scenario) -> ev.ScenarioOutline:
    """What the engine must know of a scenario to grant moves."""
    return ev.ScenarioOutline(
        facts=tuple(f.id for f in scenario.facts),
        essential=tuple(f.id for f in scenario.facts if f.essential),
        hints=len(scenario.hints),
        follow_ups=tuple(f.id for f in scenario.follow_ups),
        interjections=tuple(i.id for i in scenario.interjections),
    )
