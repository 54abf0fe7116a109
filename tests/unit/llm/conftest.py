from __future__ import annotations

import importlib.util
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from interviewer.content import Catalogue, load_prompt
from interviewer.dialogue.llm.interviewer import ModelInterviewer
from interviewer.dialogue.llm.make import (
    interview_prompts,
    make_model_interviewer,
    reference_of,
)
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.domain.events import Act, Segment
from interviewer.domain.phases import Phase
from interviewer.domain.rubric import Seniority
from interviewer.domain.scenario import Scenario
from interviewer.domain.transcript import Line, Speaker
from interviewer.ports import (
    AskTheFollowUp,
    DiscloseFact,
    Hint,
    InterviewView,
    Move,
    MoveOutcome,
    Occasion,
    ProbeTheDecision,
    TimeView,
    Topic,
)

if TYPE_CHECKING:
    from tests.unit.llm.messages_server import MessagesServer
    from tests.unit.llm.sse_server import SseServer


LOOPBACK = (None, "localhost", "127.0.0.1", "::1", b"127.0.0.1")


def _load(name: str) -> Any:
    full = f"llm_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, Path(__file__).parent / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[full] = module
        spec.loader.exec_module(module)
    return sys.modules[full]


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here may reach beyond this machine."""
    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    def looked_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in LOOPBACK:
            raise AssertionError(f"a test looked up {host}")
        return lookup(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)


@pytest.fixture
def play() -> Any:
    """The class of one scripted answer."""
    return _load("sse_server").Play


@pytest.fixture
def server() -> Iterator[SseServer]:
    with _load("sse_server").SseServer() as running:
        yield running


@pytest.fixture
def message() -> Any:
    """The class of one scripted answer of the Messages API."""
    _load("sse_server")
    return _load("messages_server").Message


@pytest.fixture
def messages_server() -> Iterator[MessagesServer]:
    _load("sse_server")
    with _load("messages_server").MessagesServer() as running:
        yield running


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return Catalogue().get("kmeans_lloyd")


@dataclass
class RecordingDesk:
    """Grants by the scenario, as the engine would, and keeps all it was told."""

    scenario: Scenario
    moves: list[Move] = field(default_factory=list)
    leaks: list[tuple[str, int]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""
    hints: int = 0

    def request(self, move: Move) -> MoveOutcome:
        self.moves.append(move)
        if self.refusal:
            return MoveOutcome(False, self.refusal)
        match move:
            case DiscloseFact(fact=fact):
                found = self.scenario.fact(fact)
                return MoveOutcome(True, found.answer) if found else MoveOutcome(False, "no such fact")
            case Hint():
                self.hints += 1
                return MoveOutcome(True, self.scenario.hints[self.hints - 1])
            case AskTheFollowUp(follow_up=follow_up):
                by_id = {f.id: f.question for f in self.scenario.follow_ups}
                return MoveOutcome(follow_up in by_id, by_id.get(follow_up, "no such follow-up"))
            case ProbeTheDecision(decision=decision):
                questions = {d.id: d.question for d in self.scenario.decisions}
                return MoveOutcome(decision in questions, questions.get(decision, "no such decision"))
            case _:
                return MoveOutcome(True, "")

    def record_leak(self, why: str, characters: int) -> None:
        self.leaks.append((why, characters))

    def record_model_call(self, **call: Any) -> None:
        self.calls.append(call)

    def change_interviewer(self, name: str, why: str) -> None:
        self.changes.append((name, why))

    @property
    def notes(self) -> list[str]:
        return [c["error"] for c in self.calls if c.get("error")]

    @property
    def answers(self) -> list[dict[str, Any]]:
        return [c for c in self.calls if c["role"] != "note"]


@pytest.fixture
def desk(scenario: Scenario) -> RecordingDesk:
    return RecordingDesk(scenario)


@pytest.fixture
def view(scenario: Scenario) -> Callable[..., InterviewView]:
    """Makes a view of the k-means scenario in which the candidate has just said `said`."""

    def make(said: str = "What about empty clusters?", **changes: Any) -> InterviewView:
        lines = (
            Line(3, 1.0, Speaker.INTERVIEWER, "Hello. Please write k-means."),
            Line(4, 20.0, Speaker.CANDIDATE, said),
        )
        base = InterviewView(
            occasion=Occasion.TURN,
            brief=scenario.brief,
            title=scenario.title,
            seniority=Seniority.MID,
            company="free",
            code_runs=True,
            libraries=scenario.libraries,
            phase=Phase.CLARIFY,
            next_phase=Phase.OUTLINE,
            time=TimeView(
                elapsed=30.0, remaining=2670.0, phase_elapsed=30.0, phase_budget=180.0,
                since_candidate_spoke=0.0, since_code_changed=30.0, since_interviewer_spoke=20.0,
            ),
            lines=lines,
            topics=tuple(
                Topic(fact=f.id, topic=f.topic, essential=f.essential) for f in scenario.facts
            ),
            code=scenario.starter,
            starter=scenario.starter,
            code_changes=0,
            turn=4,
            act=Act.QUESTION,
            segments=(Segment(text=said, act=Act.QUESTION, fact=scenario.facts[0].id),),
            rungs=3,
            follow_ups=tuple((f.id, f.question) for f in scenario.follow_ups),
            decisions=tuple((d.id, d.question) for d in scenario.decisions),
        )  # fmt: skip
        return replace(base, **changes)

    return make


@pytest.fixture
def settings(server: SseServer) -> ModelSettings:
    return ModelSettings(
        name="test", model="scripted", base_url=server.url, key_needed=False, tools="on",
        retry_wait_seconds=1.0, first_token_seconds=5.0, stall_seconds=5.0,
    )  # fmt: skip


@pytest.fixture
def claude(messages_server: MessagesServer, settings: ModelSettings) -> ModelSettings:
    """The same model, behind the Messages API, and with a key."""
    return replace(settings, provider="anthropic", base_url=messages_server.url, key_env="CLAUDE_KEY")


@pytest.fixture
async def make_claude(claude: ModelSettings, scenario: Scenario) -> AsyncIterator[Callable[..., Any]]:
    """Makes the interviewer as the program does: the model with the built-in one behind it."""
    from interviewer.dialogue.offline import OfflineInterviewer

    made: list[Any] = []

    def make(**changes: Any) -> Any:
        both = make_model_interviewer(
            replace(claude, **changes),
            scenario,
            interview_prompts(load_prompt),
            fallback=OfflineInterviewer(scenario, 0),
            environ={"CLAUDE_KEY": "sk-claude"},
        )
        made.append(both)
        return both

    yield make
    for both in made:
        await both.close()


@pytest.fixture
async def make_interviewer(
    settings: ModelSettings, scenario: Scenario
) -> AsyncIterator[Callable[..., ModelInterviewer]]:
    """Makes the model interviewer alone, without the built-in one behind it."""
    from interviewer.dialogue.llm.make import _tool_probe, model_builder

    made: list[ModelInterviewer] = []

    def make(about: Scenario = scenario, **changes: Any) -> ModelInterviewer:
        chosen = replace(settings, **changes)
        interviewer = ModelInterviewer(
            chosen, about, interview_prompts(load_prompt), build=model_builder(chosen, environ={}),
            probe=_tool_probe(chosen), reference=reference_of(about),
        )  # fmt: skip
        made.append(interviewer)
        return interviewer

    yield make
    for interviewer in made:
        await interviewer.close()


@pytest.fixture
async def make_failover(settings: ModelSettings, scenario: Scenario) -> AsyncIterator[Callable[..., Any]]:
    from interviewer.dialogue.offline import OfflineInterviewer

    made: list[Any] = []

    def make(**changes: Any) -> Any:
        chosen = replace(settings, **changes)
        both = make_model_interviewer(
            chosen,
            scenario,
            interview_prompts(load_prompt),
            fallback=OfflineInterviewer(scenario, 0),
            environ={"CLAUDE_KEY": "sk-claude"},
        )
        made.append(both.primary)
        return both

    yield make
    for interviewer in made:
        await interviewer.close()
