"""Events as JSON and back, through pydantic over the event dataclasses.

pydantic is imported on first use: listing sessions and the first paint do without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from interviewer.domain.events import SessionEvent

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Undecodable(Exception):
    """A text that is no event of this version; `str()` says why in a few words."""


@cache
def _adapter() -> TypeAdapter[list[SessionEvent]]:
    from pydantic import ConfigDict, Field, TypeAdapter

    config = ConfigDict(extra="forbid", ser_json_inf_nan="constants")
    event: Any = Annotated[SessionEvent, Field(discriminator="kind")]
    return TypeAdapter(list[event], config=config)


def encode(event: SessionEvent) -> str:
    """One event as one line of JSON.

    A lone surrogate, which no JSON file can hold, becomes U+FFFD.
    """
    from pydantic_core import PydanticSerializationError

    try:
        return _adapter().dump_json([event])[1:-1].decode()
    except PydanticSerializationError:
        plain = _adapter().dump_python([event], mode="json")[0]
        return json.dumps(_without_surrogates(plain), ensure_ascii=False, separators=(",", ":"))


def decode(line: str) -> SessionEvent:
    """The event a line of JSON stands for; raises Undecodable."""
    events = decode_all([line])
    if len(events) != 1:
        raise Undecodable(f"a line holds one event, not {len(events)}")
    return events[0]


def decode_all(lines: Iterable[str]) -> Sequence[SessionEvent]:
    """The events of many lines, parsed in one go; raises Undecodable for the first bad one."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_json(f"[{','.join(lines)}]")
    except ValidationError as error:
        raise Undecodable(_reason(error)) from None


def _reason(error: Any) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    # The location starts with the index in the list and the event's kind.
    place = ".".join(str(part) for part in first["loc"][2:])
    text = str(first["msg"])
    match first["type"]:
        case "union_tag_invalid":
            return f"unknown kind of event {first['ctx']['tag']!r}"
        case "union_tag_not_found":
            return "no kind of event is given"
        case "unexpected_keyword_argument":
            return f"{place} is unknown"
        case "missing":
            return f"{place} is missing"
        case "json_invalid":
            return f"not JSON ({first['ctx']['error']})"
        case _:
            return f"{place}: {text[:1].lower()}{text[1:]}" if place else text


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    return value
