"""What the tests lend to a candidate's process: functions and iterators it may use, and that stay here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard

from interviewer.executor import remote
from interviewer.executor.remote import Remote

_MOST = 10_000


class Exports:
    """The things lent to one process, by the numbers it knows them by."""

    def __init__(self) -> None:
        self._things: list[Any] = []

    def __getitem__(self, number: int) -> Any:
        return self._things[number]

    def has(self, number: object) -> TypeGuard[int]:
        """Whether something was lent under `number`, which may be anything."""
        return type(number) is int and 0 <= number < len(self._things)

    def lend(self, thing: Any) -> int | None:
        """The number of `thing`, the same one each time; None when too many are lent already."""
        number = next((n for n, known in enumerate(self._things) if known is thing), len(self._things))
        if number == len(self._things):
            if number >= _MOST:
                return None
            self._things.append(thing)
        return number


def use(thing: Any, act: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Do with a thing that was lent what the process asks; raises what the thing raises."""
    if isinstance(thing, Iterator) and act == "next":
        return next(((False, value) for value in thing), (True, None))
    if isinstance(thing, Remote):
        if isinstance(thing, remote.RemoteName) and act == "call":
            return thing(*args, **kwargs)
        thing = remote.found(thing)
        if not isinstance(thing, Remote):
            raise TypeError("not an object")
        actor, at = remote.place(thing)
        return actor.act(at, act, tuple(args), kwargs)
    if act != "call":
        raise TypeError("only calls reach this function")
    return thing(*args, **kwargs)
