"""The guard that keeps tests on this machine: a planted attempt is caught, loopback is not."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "example.invalid"])
def test_an_attempt_to_leave_fails_the_test(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="tests stay on this machine"):
        socket.create_connection((host, 80), timeout=0.1)
    with pytest.raises(pytest.fail.Exception), socket.socket() as plain:
        plain.connect((host, 80))


def test_loopback_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
