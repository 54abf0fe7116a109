"""The screens in a browser: served to this machine's own pages, to nobody else's."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def served(port: int, home: Path) -> Iterator[str]:
    child = subprocess.Popen(
        [sys.executable, "-m", "interviewer", "serve", "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "INTERVIEWER_HOME": str(home)},
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline().startswith(f"http://127.0.0.1:{port} ")
    yield f"127.0.0.1:{port}"
    child.terminate()
    child.wait(20)
    child.stdout.close()


async def page(session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> int:
    for _ in range(50):
        try:
            async with session.get(url, headers=headers) as answer:
                return answer.status
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.1)
    raise AssertionError("the server did not start")


async def test_a_page_of_this_machine_gets_the_screens(served: str) -> None:
    async with aiohttp.ClientSession() as session:
        assert await page(session, f"http://{served}/", {}) == 200
        async with session.ws_connect(
            f"ws://{served}/ws?width=100&height=30", headers={"Origin": f"http://{served}"}
        ) as screen:
            seen = b""
            async with asyncio.timeout(30):
                while b"Scenarios" not in seen:
                    message = await screen.receive()
                    if isinstance(message.data, bytes):
                        seen += message.data
                    elif isinstance(message.data, str):
                        seen += message.data.encode()


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}],
)
async def test_pages_of_others_are_refused(served: str, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession() as session:
        assert await page(session, f"http://{served}/", headers) == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(f"ws://{served}/ws", headers=headers)
        # A program that names no page is not a browser of this machine's person.
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(f"ws://{served}/ws")


def test_a_port_that_is_taken_is_said(cli: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = cli("serve", "--port", str(taken.getsockname()[1]))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--port" in ran.stderr
