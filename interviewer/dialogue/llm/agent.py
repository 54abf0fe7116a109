"""One reply of the agent as a stream of events, with timers, and with its end checked for being one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.history import Message, Side
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.dialogue.llm.usage import AT_START, Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.tools import BaseTool

MODEL_CALLS = 4
TOOL_CALLS = 8
# Why a reply ended: at a limit of the model, or because the provider would not have it.
AT_LIMIT = ("length", "max_tokens")
WINDOW_FULL = "model_context_window_exceeded"
DECLINED = ("refusal", "content_filter")
CUT = (*AT_LIMIT, WINDOW_FULL, *DECLINED)
_WRITTEN = ("cache_creation", "ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens")


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of text the model wrote."""

    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """One model call is over: its usage (None when the provider gave none), time and text."""

    usage: Usage | None
    ms: float
    text: str
    finish: str


@dataclass(frozen=True, slots=True)
class Acted:
    """Tools have run and answered."""

    count: int


AgentEvent = Delta | Called | Acted


def build_agent(model: BaseChatModel, tools: Sequence[BaseTool], system: str) -> Any:
    """The agent: constant system prompt and tools, limited calls, no checkpointer."""
    from langchain.agents import create_agent
    from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware

    limits: list[Any] = [
        # The gentler ways to end would make the agent speak a line of its own.
        ModelCallLimitMiddleware(run_limit=MODEL_CALLS, exit_behavior="error"),
    ]
    if tools:
        limits.append(ToolCallLimitMiddleware(run_limit=TOOL_CALLS, exit_behavior="continue"))
    return create_agent(model, list(tools), system_prompt=system, middleware=limits)


def as_chat(messages: Sequence[Message]) -> list[BaseMessage]:
    """Messages as the model library has them."""
    from langchain_core.messages import AIMessage, HumanMessage

    return [HumanMessage(m.text) if m.side is Side.USER else AIMessage(m.text) for m in messages]


def repaired(messages: Sequence[BaseMessage]) -> list[BaseMessage]:
    """`messages` up to the last point where every tool call has its answer."""
    done: list[BaseMessage] = []
    good = 0
    open_calls: set[str] = set()
    for message in messages:
        done.append(message)
        for call in getattr(message, "tool_calls", None) or []:
            open_calls.add(str(call["id"]))
        open_calls.discard(str(getattr(message, "tool_call_id", "")))
        unreadable = bool(getattr(message, "invalid_tool_calls", None))
        if not open_calls and not unreadable and message.type in ("human", "tool"):
            good = len(done)
    return done[:good]


class Reply:
    """Runs the agent once. `produced` holds the finished messages, so that a failed run can be taken up."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self.produced: list[BaseMessage] = []
        self.partial = False

    async def events(self, agent: Any, messages: Sequence[BaseMessage]) -> AsyncGenerator[AgentEvent, None]:
        """Stream the reply. Raises whatever the model library raises, and ModelFault for a false end."""
        settings = self._settings
        deadline = asyncio.get_running_loop().time() + settings.turn_seconds
        wait, began = settings.first_token_seconds, time.perf_counter()
        last: AIMessage | None = None
        stream = agent.astream(
            {"messages": list(messages)}, stream_mode=["messages", "updates"], config={"recursion_limit": 40}
        )
        async with aclosing(stream) as parts:
            while True:
                until = min(deadline, asyncio.get_running_loop().time() + wait)
                try:
                    async with asyncio.timeout_at(until):
                        mode, part = await anext(parts)
                except StopAsyncIteration:
                    break
                except TimeoutError:
                    raise ModelFault(FaultKind.TIMEOUT, f"nothing for {wait:.0f} s") from None
                if mode == "messages":
                    text = _text(part[0])
                    if part[0].content or getattr(part[0], "tool_call_chunks", None):
                        # A stream may open long before the model has its first word.
                        wait = settings.stall_seconds
                    if text:
                        self.partial = True
                        yield Delta(text)
                    continue
                for finished in _finished(part):
                    self.produced.append(finished)
                    if finished.type == "ai":
                        last = finished  # type: ignore[assignment]  # `type` tells, mypy cannot follow it
                        self.partial = False
                        yield _called(finished, began)
                    elif finished.type == "tool":
                        yield Acted(1)
                        wait, began = settings.first_token_seconds, time.perf_counter()
        _check_end(last)


def _check_end(last: AIMessage | None) -> None:
    if last is None:
        raise ModelFault(FaultKind.EMPTY)
    finish = _finish(last)
    if not last.text.strip():
        # A run that ends with a call has called what it was not given.
        if last.invalid_tool_calls or last.tool_calls:
            raise ModelFault(FaultKind.GARBAGE, "tool arguments")
        if finish in AT_LIMIT:
            # Models that think first can use up the limit before they say a word.
            raise ModelFault(FaultKind.TRUNCATED, "before its first word", remedy="raise max_tokens")
        if finish == WINDOW_FULL:
            raise ModelFault(FaultKind.OVERFLOW)
        if finish in DECLINED:
            raise ModelFault(FaultKind.REJECTED, "it declined to answer")
        raise ModelFault(FaultKind.EMPTY)
    if not finish:
        raise ModelFault(FaultKind.TRUNCATED)


def _text(chunk: Any) -> str:
    return str(chunk.text) if type(chunk).__name__ == "AIMessageChunk" else ""


def _finished(update: Any) -> list[BaseMessage]:
    found: list[BaseMessage] = []
    for part in update.values() if isinstance(update, dict) else ():
        messages = part.get("messages") if isinstance(part, dict) else None
        found += [m for m in messages or [] if hasattr(m, "type")]
    return found


def _finish(message: Any) -> str:
    meta = message.response_metadata
    return str(meta.get("finish_reason") or meta.get("stop_reason") or meta.get("done_reason") or "")


def _called(message: Any, began: float) -> Called:
    return Called(
        usage=usage_of(message),
        ms=(time.perf_counter() - began) * 1000,
        text=str(message.text),
        finish=_finish(message),
    )


def usage_of(message: Any) -> Usage | None:
    """What the provider says it counted; None when it says nothing."""
    meta = getattr(message, "usage_metadata", None)
    if not meta:
        return None
    details = meta.get("input_token_details") or {}
    usage = Usage(
        input_tokens=int(meta.get("input_tokens") or 0),
        output_tokens=int(meta.get("output_tokens") or 0),
        cached_tokens=int(details.get("cache_read") or 0),
        # The library tells writes as one figure or by how long they are kept.
        written_tokens=sum(int(details.get(name) or 0) for name in _WRITTEN),
    )
    if usage.input_tokens:
        return usage
    start = getattr(message, "response_metadata", {}).get(AT_START) or {}
    if not start.get("input"):
        return None
    return replace(
        usage, input_tokens=start["input"], cached_tokens=start["cached"], written_tokens=start["written"]
    )
