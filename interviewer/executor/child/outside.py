"""Stand-ins for what lives on the other side: functions and iterators of the tests, others' objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class Asks(Protocol):
    """Who carries a question over and brings the answer."""

    def ask(self, number: int, act: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Let the other side act on its object `number` and give the value."""
        ...


class Elsewhere:
    """Something that lives on the other side."""

    def __init__(self, carrier: Asks, number: int) -> None:
        object.__setattr__(self, "_at", (carrier, number))


class OutsideIterator(Elsewhere):
    """An iterator of the tests: each value comes over when it is asked for."""

    def __iter__(self) -> OutsideIterator:
        return self

    def __next__(self) -> Any:
        done, value = _ask(self, "next", (), {})
        if done:
            raise StopIteration
        return value


class Outside(Elsewhere):
    """A function of the tests, or another process's object."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it over there."""
        return _ask(self, "call", args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _ask(self, "get", (name,), {})

    def __setattr__(self, name: str, value: Any) -> None:
        _ask(self, "set", (name, value), {})

    def __getitem__(self, key: Any) -> Any:
        return _ask(self, "item", (key,), {})

    def __len__(self) -> int:
        return int(_ask(self, "len", (), {}))

    def __contains__(self, value: Any) -> bool:
        return bool(_ask(self, "has", (value,), {}))

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        remote = _ask(self, "iter", (), {})
        while True:
            done, value = _ask(remote, "next", (), {})
            if done:
                return
            yield value


def _ask(outside: Elsewhere, act: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    carrier, number = object.__getattribute__(outside, "_at")
    return carrier.ask(number, act, args, kwargs)
