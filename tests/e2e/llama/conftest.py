"""Start llama-server when it was built; otherwise these tests are not collected. See ../llama_server.md."""

from __future__ import annotations

import importlib.util
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

KEY = "right-key"
CONTEXT = 16_384


def _folder() -> Path:
    path = Path(__file__).parents[1] / "build_llama_server.py"
    spec = importlib.util.spec_from_file_location("build_llama_server", path)
    assert spec is not None and spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Path(module.default_folder())


FOLDER = _folder()
FOUND = (FOLDER / "llama-server").is_file() and (FOLDER / "tiny.gguf").is_file()
collect_ignore = [] if FOUND else ["test_llama_server.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not FOUND:
        terminalreporter.write_line(
            "llama-server is not built: its tests were not collected (tests/e2e/llama_server.md)"
        )


@dataclass(frozen=True)
class Llama:
    """A running server."""

    url: str
    key: str

    def busy(self) -> bool:
        return any(slot["is_processing"] for slot in self._get("/slots"))

    def _get(self, path: str) -> Any:
        request = urllib.request.Request(
            self.url.removesuffix("/v1") + path, headers={"Authorization": f"Bearer {self.key}"}
        )
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)


@pytest.fixture(scope="session")
def llama() -> Iterator[Llama]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(FOLDER / "llama-server"), "-m", str(FOLDER / "tiny.gguf"), "--host", "127.0.0.1",
        "--port", str(port), "-c", str(CONTEXT),
        "-np", "1", "-t", "1", "-tb", "1", "--api-key", KEY, "--slots",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        running = Llama(f"http://127.0.0.1:{port}/v1", KEY)
        for _ in range(200):
            try:
                running.busy()
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None, "llama-server ended at once"
                time.sleep(0.1)
        yield running
        process.terminate()
        process.wait(10)
