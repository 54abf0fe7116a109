"""Trusted-side stand-ins for the candidate's module, classes, objects and functions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class Actor(Protocol):
    """What a stand-in needs of the process it stands for."""

    def act(
        self,
        target: int | None,
        act: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any] | None = None,
        *,
        echo: bool = False,
    ) -> Any:
        """Do `act` on object `target` (None: the module)."""
        ...


class Remote:
    """An object that stays in the candidate's process. Operations on it travel; comparisons do not."""

    def __init__(self, actor: Actor, number: int | None, kind: str = "object", cls: str = "object") -> None:
        object.__setattr__(self, "_actor", actor)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_kind", kind)
        object.__setattr__(self, "_cls", cls)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _actor(self).act(_number(self), "get", (name,))

    def __setattr__(self, name: str, value: Any) -> None:
        _actor(self).act(_number(self), "set", (name, value))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the process."""
        return _actor(self).act(_number(self), "call", args, kwargs)

    def __echo__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """(value, arguments, keyword arguments) as they are over there after a call."""
        return _actor(self).act(_number(self), "call", args, kwargs, echo=True)

    def __each__(self, calls: list[tuple[Any, ...]]) -> Any:
        """The values of many calls, made over there in one go."""
        return _actor(self).act(_number(self), "each", (calls,))

    def __peak__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """(value, bytes): what a call gives, and the most it held."""
        return _actor(self).act(_number(self), "peak", args, kwargs)

    def __getitem__(self, key: Any) -> Any:
        return _actor(self).act(_number(self), "item", (key,))

    def __setitem__(self, key: Any, value: Any) -> None:
        _actor(self).act(_number(self), "put", (key, value))

    def __len__(self) -> int:
        size = _actor(self).act(_number(self), "len", ())
        return size if isinstance(size, int) and size >= 0 else 0

    def __contains__(self, value: Any) -> bool:
        return _actor(self).act(_number(self), "has", (value,)) is True

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        stepper = _actor(self).act(_number(self), "iter", ())
        while True:
            step = _actor(self).act(_number(stepper), "next", ())
            if not isinstance(step, tuple) or len(step) != 2 or step[0] is not False:
                return
            yield step[1]

    def __repr__(self) -> str:
        return f"<{object.__getattribute__(self, '_cls')} {object.__getattribute__(self, '_kind')}>"


class RemoteName(Remote):
    """A name of the candidate's module, looked up when used."""

    def __init__(self, actor: Actor, name: str) -> None:
        super().__init__(actor, None, "function", name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the process."""
        return _actor(self).act(None, "method", (self_name(self), *args), kwargs)

    def __echo__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """As for any object; the name itself is not among the arguments."""
        value, after, named = _actor(self).act(None, "method", (self_name(self), *args), kwargs, echo=True)
        return value, after[1:], named

    def __each__(self, calls: list[tuple[Any, ...]]) -> Any:
        """As for any object."""
        return self._found().__each__(calls)

    def __peak__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """As for any object."""
        return self._found().__peak__(args, kwargs)

    def _found(self) -> Any:
        return _actor(self).act(None, "get", (self_name(self),))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._found(), name)


class Solution:
    """The candidate's module as the tests see it."""

    def __init__(self, actor: Actor, callables: frozenset[str]) -> None:
        self._actor = actor
        self._callables = callables

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._callables:
            return RemoteName(self._actor, name)
        return self._actor.act(None, "get", (name,))


def self_name(remote: Remote) -> str:
    """The name a RemoteName stands for; the class's name for other objects."""
    name: str = object.__getattribute__(remote, "_cls")
    return name


def _actor(remote: Remote) -> Actor:
    actor: Actor = object.__getattribute__(remote, "_actor")
    return actor


def _number(remote: Remote) -> int | None:
    number: int | None = object.__getattribute__(remote, "_number")
    return number


def place(remote: Remote) -> tuple[Actor, int | None]:
    """The process a stand-in belongs to, and its number there."""
    return _actor(remote), _number(remote)
