"""The same trouble behind either protocol looks the same to the candidate and in the session's record."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import pytest

from interviewer.dialogue.faults import BROKEN_OFF, FaultKind, ModelFault
from interviewer.domain.transcript import Line, Speaker

K = FaultKind
BACK = {"pieces": ("Here ", "I am.")}
FIRST = ("First ", "half ", "and more.")


def problem(status: int, message: str, code: str | None = None, **more: Any) -> dict[str, Any]:
    return {"status": status, "error": {"message": message, "type": "test", "code": code}, **more}


# What the server does, request by request, and the fault that is told (None: there is none to tell).
TROUBLE: dict[str, tuple[list[dict[str, Any]], FaultKind | None]] = {
    "key refused": ([{"status": 401}], K.AUTH),
    "not allowed": ([{"status": 403}], K.AUTH),
    "no such model": ([{"status": 404}], K.NOT_FOUND),
    "no quota": ([problem(429, "insufficient_quota: buy more")], K.QUOTA),
    "no credit": ([problem(400, "Your credit balance is too low to access the API.")], K.QUOTA),
    "nothing paid": ([{"status": 402}], K.QUOTA),
    "bad request": ([problem(400, "temperature: must be at most 1")], K.REJECTED),
    "unprocessable": ([{"status": 422}], K.REJECTED),
    "busy for a second": ([{"status": 429, "headers": (("retry-after", "1"),)}, BACK], K.RATE_LIMIT),
    "busy for long": ([{"status": 429, "headers": (("retry-after", "300"),)}], K.RATE_LIMIT),
    "busy": ([{"status": 429}, {"status": 429}], K.RATE_LIMIT),
    "overloaded once": ([{"status": 529}, BACK], K.SERVER),
    "overloaded": ([{"status": 529}] * 2, K.SERVER),
    "broken": ([{"status": 500}] * 2, K.SERVER),
    "overloaded for long": ([{"status": 503, "headers": (("retry-after", "120"),)}], K.SERVER),
    "no body": ([{"empty": True}] * 2, K.EMPTY),
    "no content": ([{}] * 2, K.EMPTY),
    "only blanks": ([{"pieces": (" ", "\n")}] * 2, K.EMPTY),
    "half a document": ([{"garbage": True}, BACK], K.EMPTY),
    "error before the first word": ([{"pieces": ("x",), "error_after": 0}, BACK], K.MID_STREAM),
    "error in the middle": ([{"pieces": FIRST, "error_after": 2}], K.MID_STREAM),
    "dropped before the first word": ([{"pieces": ("x",), "drop_after": 0}, BACK], K.DROPPED),
    "dropped in the middle": ([{"pieces": FIRST, "drop_after": 2}], K.DROPPED),
    "dropped at the end": ([{"pieces": FIRST, "drop_after": 3}], K.DROPPED),
    "no end": ([{"pieces": FIRST, "finish": None}], K.TRUNCATED),
    "cut by the limit": ([{"pieces": FIRST, "finish": "length"}], None),
    "the limit before a word": ([{"finish": "length"}], K.TRUNCATED),
    "silence": ([{"hang": True}] * 2, K.TIMEOUT),
    "stalled": ([{"pieces": ("First half ", "and more."), "between": 9.0}], K.TIMEOUT),
    "wild arguments": ([{"calls": (("disclose_facts", "facts please"),)}, BACK], K.GARBAGE),
    "no tools there": ([problem(400, "scripted does not support tools"), BACK], None),
}


@dataclass(frozen=True)
class Seen:
    """What a candidate hears and reads, and what it took."""

    said: str
    notes: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
    requests: int


@pytest.fixture
def both_ways(
    server: Any, messages_server: Any, play: Any, message: Any, make_failover: Any, make_claude: Any,
    scenario: Any, desk: Any,
) -> Any:  # fmt: skip
    """Plays a script behind either protocol and returns what came of it: the usual one first."""

    async def run(script: list[dict[str, Any]], view: Any) -> tuple[Seen, Seen]:
        changes: dict[str, Any] = {"retries": 1, "key_env": "CLAUDE_KEY"}
        if any("hang" in plays or "between" in plays for plays in script):
            changes |= {"first_token_seconds": 1.5, "stall_seconds": 1.5}
        found = []
        for where, one, make in ((server, play, make_failover), (messages_server, message, make_claude)):
            where.script = [one(**plays) for plays in script]
            where.default = one(pieces=("Not ", "asked ", "for."))
            mine = replace(desk, moves=[], leaks=[], calls=[], changes=[])
            said = "".join([p async for p in make(**changes).respond(view, mine)])
            found.append(Seen(said, tuple(mine.notes), tuple(mine.changes), len(where.seen)))
        return found[0], found[1]

    return run


@pytest.mark.parametrize("trouble", TROUBLE)
async def test_trouble_looks_the_same(both_ways: Any, view: Any, trouble: str) -> None:
    script, kind = TROUBLE[trouble]
    usual, claude = await both_ways(script, view(segments=()))
    assert claude == usual
    assert claude.requests == len(script) and all("\n" not in note for note in claude.notes)
    words = ModelFault(kind).message if kind else ""
    assert kind is None or any(note.startswith(words) for note in claude.notes)
    if BACK in script:
        assert claude.said == "Here I am." and claude.changes == ()
    if script[0].get("pieces", ("",))[0].startswith("First") and kind:
        assert claude.said.startswith("First half") and claude.said.endswith(BROKEN_OFF)
    # Nobody is shown a dictionary, or the class of an exception.
    assert not any(sign in note for note in claude.notes for sign in ("{", "Error code", "Exception"))


async def test_a_short_wait_is_waited_for_and_a_long_one_is_not(both_ways: Any, view: Any) -> None:
    began = time.monotonic()
    _, claude = await both_ways([{"status": 429, "headers": (("retry-after", "1"),)}, BACK], view())
    assert claude.notes == ("the model's server is busy (429); trying again in 1 s",)
    assert time.monotonic() - began >= 2.0
    began = time.monotonic()
    await both_ways([{"status": 429, "headers": (("retry-after", "300"),)}], view())
    assert time.monotonic() - began < 20.0


@pytest.mark.parametrize(
    "told",
    [
        "prompt is too long: 210000 tokens > 200000 maximum",
        "input length and `max_tokens` exceed context limit: 199000 + 4096 > 200000, "
        "decrease input length or `max_tokens` and try again",
    ],
)
async def test_a_conversation_too_long_is_shortened_and_asked_again(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any, told: str
) -> None:
    messages_server.script = [message(**problem(400, told)), message(pieces=("Fine.",))]
    lines = tuple(
        Line(n, float(n), Speaker.CANDIDATE if n % 2 else Speaker.INTERVIEWER, f"line {n} " + "word " * 300)
        for n in range(1, 60)
    )
    assert "".join([p async for p in make_claude().respond(view(lines=lines), desk)]) == "Fine."
    first, second = (s.raw for s in messages_server.seen)
    assert len(second) < 0.7 * len(first) and "line 59 " in second and "left out here" in second
    assert desk.notes == ["the conversation is too long for the model; older lines are left out"]


async def test_nobody_at_the_address_is_told_with_it(make_claude: Any, view: Any, desk: Any) -> None:
    both = make_claude(base_url="http://127.0.0.1:9", retries=0)
    assert "".join([p async for p in both.respond(view(), desk)])
    assert desk.notes == [
        "the model's server cannot be reached (http://127.0.0.1:9); "
        "check that it runs and the address is right"
    ]


async def test_silence_after_the_stream_has_opened_counts_as_no_first_word(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.script = [message(pieces=("Sorry, ", "here."), first=0.6)]
    both = make_claude(first_token_seconds=3.0, stall_seconds=0.3, slow_notice_seconds=0.2)
    assert "".join([p async for p in both.respond(view(), desk)]) == "Sorry, here."
    assert desk.notes == ["still waiting for the model"]


async def test_a_setting_the_library_knows_to_be_refused_is_told_and_not_tried_again(
    messages_server: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    both = make_claude(model="claude-sonnet-5-5", temperature=0.3)
    with pytest.raises(ModelFault, match="temperature") as caught:
        [p async for p in both.primary.respond(view(), desk)]
    assert caught.value.kind is FaultKind.REJECTED and messages_server.seen == [] and desk.notes == []


async def test_the_model_gets_the_word_back(
    messages_server: Any, message: Any, make_claude: Any, view: Any, desk: Any
) -> None:
    messages_server.script = [message(status=401)]
    both = make_claude()
    assert await _heard(both.respond(view(), desk)) and both.taken_over
    both.hand_back()
    assert await _heard(both.respond(view(), desk)) == "Hello there."
    assert desk.changes[-1] == ("test:scripted", "handed back")


async def _heard(pieces: Any) -> str:
    return "".join([p async for p in pieces])
