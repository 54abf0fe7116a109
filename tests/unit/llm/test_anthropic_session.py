"""A model behind the Messages API in real sessions and real commands, and without its library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from interviewer.content import Catalogue, load_prompt
from interviewer.dialogue.llm.make import interview_prompts, make_asker, make_model_interviewer
from interviewer.dialogue.offline import OfflineInterviewer, ScenarioListener
from interviewer.domain.events import FactDisclosed, HintServed, InterviewerSaid, ModelCalled, MoveRefused
from interviewer.domain.transcript import transcript
from interviewer.scoring import RulesRater
from interviewer.scoring.judge import JudgePrompts, JudgeRater
from interviewer.service.clocks import SimulatedClock
from interviewer.service.service import InterviewService, Ports
from interviewer.storage.memory import MemoryStore

KEYS = {"CLAUDE_KEY": "sk-claude"}


@pytest.fixture
async def interview(claude: Any) -> Any:
    voices: list[Any] = []

    def voice(name: str, scenario: Any, seed: int) -> Any:
        both = make_model_interviewer(
            claude, scenario, interview_prompts(load_prompt),
            fallback=OfflineInterviewer(scenario, seed), environ=KEYS,
        )  # fmt: skip
        voices.append(both)
        return both

    service = InterviewService(
        Ports(
            store=MemoryStore(), executor=None, library=Catalogue(),  # type: ignore[arg-type]  # nothing runs
            interviewer=voice, listener=ScenarioListener, rater=RulesRater(), clock=SimulatedClock(),
            now_iso=lambda: "2026-01-01", new_id=lambda: "s1", versions={"program": "0"},
        )
    )  # fmt: skip
    yield service.start("kmeans_lloyd", interviewer="test", seed=1)
    for one in voices:
        await one.close()


async def drain(pieces: Any) -> str:
    return "".join([p async for p in pieces])


def of(interview: Any, kind: type) -> list[Any]:
    return [event for event in interview.log if isinstance(event, kind)]


async def test_the_engine_grants_and_refuses_what_the_model_asks_for(
    messages_server: Any, message: Any, interview: Any, scenario: Any
) -> None:
    fact, follow_up = scenario.facts[0], scenario.follow_ups[0]
    assert await drain(interview.open()) == "Hello there."
    messages_server.script = [
        message(
            calls=(
                ("disclose_facts", json.dumps({"facts": [fact.id]})),
                ("ask_follow_up", json.dumps({"follow_up": follow_up.id})),
            )
        ),
        message(pieces=(fact.answer,)),
    ]
    assert await drain(interview.take_turn("What happens to empty clusters?")) == fact.answer
    assert [e.fact for e in of(interview, FactDisclosed)] == [fact.id]
    assert [e.why for e in of(interview, MoveRefused)] == ["follow-ups belong to the last phase"]
    told = json.dumps(messages_server.bodies[-1]["messages"])
    assert "Refused: follow-ups belong to the last phase" in told and follow_up.question not in told
    calls = of(interview, ModelCalled)
    assert len(calls) == 3 and {c.role for c in calls} == {"interviewer"}
    assert {(c.input_tokens, c.cached_tokens, c.estimated) for c in calls} == {(120, 64, False)}


async def test_a_hint_comes_from_the_ladder(
    messages_server: Any, message: Any, interview: Any, scenario: Any
) -> None:
    await drain(interview.open())
    messages_server.script = [message(calls=(("give_hint", "{}"),)), message(pieces=("Take ", "this."))]
    reply = await drain(interview.take_turn("I am stuck, can you give me a hint?"))
    served, refused = of(interview, HintServed), of(interview, MoveRefused)
    assert len(served) + len(refused) == 1
    assert served == [] or (served[0].text == scenario.hints[0] and scenario.hints[0] in reply)


async def test_a_failure_shows_as_a_note_and_the_interview_goes_on(
    messages_server: Any, message: Any, interview: Any
) -> None:
    messages_server.default = message(status=401)
    assert await drain(interview.open()) and await drain(interview.take_turn("What is the shape of X?"))
    notes = [line.text for line in transcript(interview.log) if line.speaker.value == "note"]
    assert any("refused the key" in note for note in notes)
    assert len(messages_server.seen) == 1 and len(of(interview, InterviewerSaid)) == 2


async def test_a_session_can_be_judged(
    messages_server: Any, message: Any, interview: Any, claude: Any
) -> None:
    await drain(interview.open())
    await drain(interview.take_turn("What happens to empty clusters? I would vectorise the distances."))
    await drain(interview.end())
    quote = "I would vectorise the distances"
    answer = {
        "evidence": [{"line": 0, "quote": quote, "shows": "Thinks of speed", "speaks": "for"}],
        "checklist": [{"number": 1, "answer": "unclear", "line": 0}],
        "level": "weak",
        "reason": "Little was said.",
    }
    messages_server.answer = lambda body: message(pieces=(json.dumps(answer),))
    judge = JudgeRater(
        make_asker(claude, environ=KEYS),
        JudgePrompts(system=load_prompt("judge"), case=load_prompt("judge_case")),
        samples=2,
    )
    before = len(messages_server.seen)
    card = await interview.score(judge)
    asked = messages_server.bodies[before:]
    assert len(asked) >= 2 and all(b["output_config"]["format"]["type"] == "json_schema" for b in asked)
    assert card.rater == "judge:test:scripted"
    assert any(c.quote == quote for s in card.signals for c in s.reasons)
    judged = [c for c in of(interview, ModelCalled) if c.role == "judge"]
    assert len(judged) == len(asked) and all(c.input_tokens == 120 and not c.error for c in judged)


# --- the command --------------------------------------------------------------------------------

WITHOUT = "import sys; sys.modules['langchain_anthropic'] = None\n"
RUN = "from interviewer.__main__ import main; main()"
LINE = "its library is not installed; install the extra: interviewer[anthropic]"


@pytest.fixture
def command(tmp_path: Path) -> Any:
    """Runs `interviewer ARGUMENTS` in a process of its own, by default without the library."""

    def run(*arguments: str, before: str = WITHOUT, config: str = "", stdin: str = "", **more: str) -> Any:
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        (home / "config.toml").write_text(config, encoding="utf-8")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("INTERVIEWER", "ANTHROPIC"))}
        return subprocess.run(
            [sys.executable, "-c", before + RUN, *arguments], input=stdin, capture_output=True, text=True,
            env={**environment, "INTERVIEWER_HOME": str(home), **more}, cwd=tmp_path, timeout=110,
        )  # fmt: skip

    return run


OWN = '[models.mine]\npreset = "anthropic"\nmodel = "m"\n'


def test_without_the_library_the_list_says_what_to_install(command: Any) -> None:
    ran = command("models", config=OWN)
    assert ran.returncode == 0 and ran.stderr == ""
    assert [line for line in ran.stdout.splitlines() if "install" in line] == [f"mine, anthropic: {LINE}"]
    listed = {one["name"]: one["missing_extra"] for one in json.loads(command("models", "--json").stdout)}
    assert listed["anthropic"] == "anthropic" and listed["openai"] is None


def test_without_the_library_the_doctor_says_what_to_install(command: Any) -> None:
    ran = command("doctor", "--json")
    findings = {one["id"]: one for one in json.loads(ran.stdout)["findings"]}
    extra = findings["extra.langchain-anthropic"]
    assert (extra["state"], extra["remedy"]) == ("off", "install the extra: interviewer[anthropic]")
    ran = command("doctor", config=OWN, ANTHROPIC_API_KEY="sk")
    assert ran.returncode == 1
    assert f"problem model mine: mine: {LINE}" in ran.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("start", "kmeans_lloyd", "--plain", "--model", "anthropic"),
        ("start", "kmeans_lloyd", "--plain", "--model", "anthropic:claude-of-mine"),
        ("models", "test", "anthropic"),
    ],
)
def test_without_the_library_nothing_begins_but_one_line(command: Any, arguments: tuple[str, ...]) -> None:
    ran = command(*arguments, ANTHROPIC_API_KEY="sk")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"interviewer: anthropic: {LINE}\n"
    assert json.loads(command("history", "--json").stdout) == []


def test_a_library_that_does_not_load_says_the_same(claude: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from interviewer.dialogue.llm.make import model_builder
    from interviewer.errors import ModelError

    build = model_builder(claude, environ=KEYS)
    monkeypatch.delitem(sys.modules, "interviewer.dialogue.llm.anthropic_chat", raising=False)
    monkeypatch.setitem(sys.modules, "anthropic", None)
    with pytest.raises(ModelError, match=r"test: its library is not installed; install the extra"):
        build()


def test_with_the_library_a_model_can_be_tried(messages_server: Any, message: Any, command: Any) -> None:
    def able(body: dict[str, Any]) -> Any:
        if "tools" in body:
            return message(calls=(("note_colour", '{"colour": "red"}'),))
        return message(pieces=('{"number": 7}',) if "output_config" in body else ("re", "ady"))

    messages_server.answer, messages_server.key = able, "sk-mine"
    config = f'{OWN}base_url = "{messages_server.url}"\nkey_env = "MY_KEY"\n'
    ran = command("models", "test", "mine", before="", config=config, MY_KEY="sk-mine")
    assert ran.returncode == 0 and ran.stderr == ""
    lines = [line.strip() for line in ran.stdout.splitlines()]
    assert lines[:5] == ["mine:m: answers", "stream: yes", "tools: yes", "json_schema: yes", "usage: yes"]
    assert lines[5].startswith("first word after ") and len(lines) == 6
    assert "install" not in command("models", before="", config=config).stdout


def test_with_the_library_a_session_is_held(messages_server: Any, message: Any, command: Any) -> None:
    messages_server.key = "sk-mine"
    config = f'{OWN}base_url = "{messages_server.url}"\nkey_env = "MY_KEY"\n'
    ran = command(
        "start", "kmeans_lloyd", "--plain", "--model", "mine", "--seed", "3", before="", config=config,
        stdin="What happens to empty clusters?\n/quit\n", MY_KEY="sk-mine",
    )  # fmt: skip
    assert ran.returncode == 0 and ran.stderr == "", ran.stderr
    assert ran.stdout.count("Hello there.") == 2 and len(messages_server.seen) == 2


def test_settings_and_lists_load_no_model_library() -> None:
    code = (
        "import sys; import interviewer.dialogue.llm.make, interviewer.dialogue.llm.extras as e;"
        "from interviewer.dialogue.llm.settings import PRESETS;"
        "e.require_extra(PRESETS['anthropic']);"
        "heavy = ('anthropic', 'langchain_anthropic', 'langchain_core', 'openai', 'httpx2', 'pydantic');"
        "print([m for m in heavy if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_turn_loads_its_own_providers_library_only(
    server: Any, messages_server: Any, message: Any, play: Any, provider: str
) -> None:
    mine = messages_server if provider == "anthropic" else server
    mine.default = (message if provider == "anthropic" else play)(status=500)
    code = (
        "import asyncio, sys; from interviewer.dialogue.llm.make import try_model;"
        "from interviewer.dialogue.llm.settings import ModelSettings;"
        f"s = ModelSettings(name='x', model='m', provider={provider!r}, base_url={mine.url!r},"
        "key_needed=False); print(asyncio.run(try_model(s)).notes);"
        "print([m for m in ('openai', 'anthropic') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second = run.stdout.splitlines()
    assert "server failed (500)" in first and second == repr([provider])
