"""What holds for every test: nothing leaves this machine, and drawn examples are the same everywhere.

`HYPOTHESIS_PROFILE=explore uv run pytest` draws new examples at every run.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

_CONNECT, _CONNECT_EX, _LOOK_UP = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


def _is_here(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(host: object) -> None:
    if not _is_here(host):
        pytest.fail(f"a test tried to reach {host!r}: tests stay on this machine", pytrace=True)


def _checked(address: Any) -> None:
    if isinstance(address, tuple) and address:
        _refuse(address[0])


@pytest.fixture(autouse=True, scope="session")
def nothing_leaves_this_machine() -> Iterator[None]:
    """Fail the test that connects to, or looks up, anything but loopback."""

    def connect(self: socket.socket, address: Any) -> None:
        _checked(address)
        _CONNECT(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        _checked(address)
        return _CONNECT_EX(self, address)

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse(host)
        return _LOOK_UP(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect_ex)
        patch.setattr(socket, "getaddrinfo", look_up)
        yield
