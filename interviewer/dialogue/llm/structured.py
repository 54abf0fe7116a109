"""Get a typed answer from any model: a ladder of methods, from strict schema down to plain text.

Each rung may be told once what was wrong with its answer. The rung that worked is remembered for
the endpoint, so that the next question starts there.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, assert_never

from interviewer.dialogue.faults import FaultKind, ModelFault
from interviewer.dialogue.llm.settings import ModelSettings
from interviewer.dialogue.llm.tokens import estimate
from interviewer.dialogue.llm.usage import Usage, cost_of
from interviewer.domain.commands import RecordModelCall

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from pydantic import BaseModel

T = TypeVar("T", bound="BaseModel")


class Rung(StrEnum):
    """How an answer is asked for."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    FORCED_TOOL = "forced_tool"
    PLAIN = "plain"


LADDERS = {
    "openai": tuple(Rung),
    # There is no asking for JSON of any form there.
    "anthropic": (Rung.JSON_SCHEMA, Rung.FORCED_TOOL, Rung.PLAIN),
}
# After these another way of asking may work; after any other the endpoint itself is in trouble.
_NEXT_RUNG = (
    FaultKind.REJECTED, FaultKind.NO_TOOLS, FaultKind.GARBAGE, FaultKind.EMPTY, FaultKind.TRUNCATED,
)  # fmt: skip
_working: dict[tuple[str, str], Rung] = {}


def recorded(settings: ModelSettings, role: str, usage: Usage, ms: float, error: str = "") -> RecordModelCall:
    """One model call, for the session's record."""
    return RecordModelCall(
        model=settings.label,
        role=role,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_tokens=usage.cached_tokens,
        cost_usd=cost_of(usage, settings),
        estimated=usage.estimated,
        ms=ms,
        error=error,
    )


@dataclass(slots=True)
class ModelAsker:
    """Asks one model for typed answers, in a role such as `judge`."""

    settings: ModelSettings
    build: Callable[[], BaseChatModel]
    role: str = "judge"
    calls: list[RecordModelCall] = field(default_factory=list)
    _model: BaseChatModel | None = None

    @property
    def name(self) -> str:
        """The model's label."""
        return self.settings.label

    def ask(self, system: str, user: str, schema: type[T]) -> T:
        """A validated answer; blocking. Raises ModelFault when no rung gives one."""
        if self._model is None:
            self._model = self.build()
        key = (self.settings.address, self.settings.model)
        ladder = LADDERS[self.settings.provider]
        start = ladder.index(_working.get(key, ladder[0]))
        fault = ModelFault(FaultKind.GARBAGE, "no typed answer")
        for rung in (*ladder[start:], *ladder[:start]):
            try:
                answer = self._rung(self._model, rung, system, user, schema)
            except ModelFault as error:
                if error.kind not in _NEXT_RUNG:
                    raise
                fault = error
                continue
            _working[key] = rung
            return answer
        raise fault

    def _rung(self, model: BaseChatModel, rung: Rung, system: str, user: str, schema: type[T]) -> T:
        from pydantic import ValidationError

        wrong = ""
        for _ in range(2):
            text = self._call(model, rung, system, f"{user}{wrong}", schema)
            try:
                return schema.model_validate_json(_json_part(text))
            except ValidationError as error:
                wrong = f"\n\nYour last answer was not valid: {_what(error)}. Answer again in the form asked."
        raise ModelFault(FaultKind.GARBAGE, f"{rung.value}: not the form asked for")

    def _call(self, model: BaseChatModel, rung: Rung, system: str, user: str, schema: type[BaseModel]) -> str:
        from langchain_core.messages import HumanMessage, SystemMessage

        from interviewer.dialogue.llm.agent import usage_of
        from interviewer.dialogue.llm.classify import classify

        began = time.perf_counter()
        runnable, extra = _runnable(model, rung, schema)
        try:
            message: Any = runnable.invoke([SystemMessage(system), HumanMessage(user + extra)])
        except Exception as error:  # the library's errors have no common base
            fault = classify(error, self.settings)
            self._record(Usage(), began, fault.message)
            raise fault from error
        usage = usage_of(message) or Usage(
            input_tokens=estimate(system + user), output_tokens=estimate(str(message.text)), estimated=True
        )
        self._record(usage, began)
        if rung is Rung.FORCED_TOOL:
            calls = message.tool_calls
            return json.dumps(calls[0]["args"]) if calls else ""
        return str(message.text)

    def take_calls(self) -> tuple[RecordModelCall, ...]:
        """The calls made since this was last asked."""
        taken, self.calls = tuple(self.calls), []
        return taken

    def _record(self, usage: Usage, began: float, error: str = "") -> None:
        ms = (time.perf_counter() - began) * 1000
        self.calls.append(recorded(self.settings, self.role, usage, ms, error))


def _runnable(model: BaseChatModel, rung: Rung, schema: type[BaseModel]) -> tuple[Any, str]:
    """What to invoke on a rung, and what to add to the question."""
    document = strict_schema(schema)
    shown = f"\n\nAnswer with one JSON document of this schema and nothing else:\n{json.dumps(document)}"
    match rung:
        case Rung.JSON_SCHEMA:
            form = {"name": schema.__name__, "schema": document, "strict": True}
            return model.bind(response_format={"type": "json_schema", "json_schema": form}), ""
        case Rung.JSON_OBJECT:
            return model.bind(response_format={"type": "json_object"}), shown
        case Rung.FORCED_TOOL:
            function = {"name": schema.__name__, "description": "The answer.", "parameters": document}
            tools = [{"type": "function", "function": function}]
            return model.bind_tools(tools, tool_choice=schema.__name__), ""
        case Rung.PLAIN:
            return model, shown
        case _:
            assert_never(rung)


def strict_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema in the strict form: no other keys, every key required, no titles or defaults."""
    document: dict[str, Any] = schema.model_json_schema()
    _tighten(document)
    return document


def _tighten(node: Any) -> None:
    if isinstance(node, list):
        for item in node:
            _tighten(item)
    if not isinstance(node, dict):
        return
    if node.get("type") == "object":
        node["additionalProperties"] = False
        node["required"] = list(node.get("properties", {}))
    for name in ("title", "default"):
        if isinstance(node.get(name), str | int | float | type(None)):
            node.pop(name, None)
    for value in node.values():
        _tighten(value)


def _json_part(text: str) -> str:
    """The JSON document in a reply that may have words or a fence around it."""
    text = re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL).strip()
    begin, end = text.find("{"), text.rfind("}")
    return text[begin : end + 1] if 0 <= begin < end else text


def _what(error: Any) -> str:
    problems = [f"{'.'.join(str(p) for p in e['loc']) or 'document'}: {e['msg']}" for e in error.errors()[:4]]
    return "; ".join(problems)
