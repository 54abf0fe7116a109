"""Trusted-side stand-ins for the candidate's module, classes, objects and functions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class Actor(Protocol):
    """What a stand-in needs of the process it stands for.

    `methods` are the (class, name) pairs that were functions when they were looked up: calling one
    needs no second look.
    """

    methods: set[tuple[str, str]]

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
        actor, number, cls = _actor(self), _number(self), _cls(self)
        if (cls, name) in actor.methods:
            return RemoteName(actor, name, owner=number)
        found = actor.act(number, "get", (name,))
        if isinstance(found, Remote) and object.__getattribute__(found, "_kind") == "function":
            actor.methods.add((cls, name))
        return found

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
    """A function by its name, of the candidate's module or of one of its objects, looked up when used."""

    def __init__(self, actor: Actor, name: str, *, owner: int | None = None) -> None:
        super().__init__(actor, None, "function", name)
        object.__setattr__(self, "_owner", owner)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the process."""
        return _actor(self).act(_owner(self), "method", (_cls(self), *args), kwargs)

    def __echo__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """As for any object; the name itself is not among the arguments."""
        given = (_cls(self), *args)
        value, after, named = _actor(self).act(_owner(self), "method", given, kwargs, echo=True)
        return value, after[1:], named

    def __each__(self, calls: list[tuple[Any, ...]]) -> Any:
        """As for any object."""
        return found(self).__each__(calls)

    def __peak__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """As for any object."""
        return found(self).__peak__(args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(found(self), name)


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


def gave_nothing(solution: Solution) -> bool:
    """Whether the last call of one of the candidate's functions came back with None."""
    return getattr(solution._actor, "gave_nothing", False) is True


def found(remote: Remote) -> Any:
    """What a RemoteName names just now; any other object is itself."""
    if isinstance(remote, RemoteName):
        return _actor(remote).act(_owner(remote), "get", (_cls(remote),))
    return remote


def place(remote: Remote) -> tuple[Actor, int | None]:
    """The process a stand-in belongs to, and its number there."""
    return _actor(remote), _number(remote)


def _actor(remote: Remote) -> Actor:
    actor: Actor = object.__getattribute__(remote, "_actor")
    return actor


def _number(remote: Remote) -> int | None:
    number: int | None = object.__getattribute__(remote, "_number")
    return number


def _owner(remote: RemoteName) -> int | None:
    owner: int | None = object.__getattribute__(remote, "_owner")
    return owner


def _cls(remote: Remote) -> str:
    name: str = object.__getattribute__(remote, "_cls")
    return name
