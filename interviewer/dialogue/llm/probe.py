"""Find out with tiny calls what an endpoint can do."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.agent import usage_of
from interviewer.dialogue.llm.classify import classify
from interviewer.dialogue.llm.settings import ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_SECONDS = 30.0
_calls_tools: dict[tuple[str, str], bool] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What `models test` found. `first_token_ms` is None when nothing was streamed; `notes` say why not."""

    model: str
    answers: bool = False
    stream: bool = False
    tools: bool = False
    json_schema: bool = False
    usage: bool = False
    first_token_ms: float | None = None
    notes: tuple[str, ...] = ()


async def probe(settings: ModelSettings, model: BaseChatModel) -> Capabilities:
    """Three tiny calls: a streamed word, a forced choice of a tool, a strict schema. Faults become notes."""
    notes: list[str] = []
    began, first, pieces = time.perf_counter(), None, 0
    whole: Any = None
    try:
        async with asyncio.timeout(settings.first_token_seconds):
            async for chunk in model.astream("Say the word ready and nothing else."):
                if chunk.text:
                    first = first if first is not None else (time.perf_counter() - began) * 1000
                    pieces += 1
                whole = chunk if whole is None else whole + chunk
    except Exception as error:  # the library's errors have no common base
        return Capabilities(model=settings.label, notes=(str(classify(error, settings)),))
    if not pieces:
        notes.append("the model said nothing")
    tools = schema = False
    try:
        tools = await calls_tools(settings, model)
    except ModelFault as fault:
        notes.append(f"tools: {fault}")
    try:
        schema = await _keeps_a_schema(model)
    except Exception as error:  # as above
        notes.append(f"json_schema: {classify(error, settings)}")
    return Capabilities(
        model=settings.label, answers=pieces > 0, stream=pieces > 1, tools=tools, json_schema=schema,
        usage=usage_of(whole) is not None, first_token_ms=first, notes=tuple(notes),
    )  # fmt: skip


async def calls_tools(settings: ModelSettings, model: BaseChatModel) -> bool:
    """Whether the model calls a tool when it is asked to, streamed as in an interview; asked once a process.

    Raises ModelFault when the endpoint could not be asked.
    """
    known = (settings.address, settings.model)
    if known not in _calls_tools:
        try:
            async with asyncio.timeout(_SECONDS):
                _calls_tools[known] = await _tries_a_tool(model)
        except Exception as error:  # as above
            fault = classify(error, settings)
            if fault.kind not in (FaultKind.NO_TOOLS, FaultKind.REJECTED, FaultKind.GARBAGE):
                raise fault from error
            _calls_tools[known] = False
    return _calls_tools[known]


async def _tries_a_tool(model: BaseChatModel) -> bool:
    from langchain_core.tools import StructuredTool
    from pydantic import BaseModel

    class Colour(BaseModel):
        colour: str

    def note_colour(colour: str) -> str:
        return colour

    tool = StructuredTool.from_function(
        note_colour, name="note_colour", description="Note a colour.", args_schema=Colour
    )
    whole: Any = None
    async for chunk in model.bind_tools([tool]).astream("Call the tool note_colour with the colour red."):
        whole = chunk if whole is None else whole + chunk
    calls = getattr(whole, "tool_calls", None) or []
    return any(call["name"] == "note_colour" and "colour" in call["args"] for call in calls)


async def _keeps_a_schema(model: BaseChatModel) -> bool:
    from pydantic import BaseModel, ValidationError

    class Answer(BaseModel):
        number: int

    try:
        async with asyncio.timeout(_SECONDS):
            structured = model.with_structured_output(Answer, method="json_schema", strict=True)
            answer = await structured.ainvoke("Give the number seven.")
    except (ValidationError, ValueError):
        return False
    return isinstance(answer, Answer)
