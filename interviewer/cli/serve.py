"""`interviewer serve`: the same screens in a browser, for this machine only."""

from __future__ import annotations

import shlex
import sys

from interviewer.errors import UsageError


def serve(port: int) -> int:
    """Serve until interrupted. Loopback only: whoever reaches the page can run code as you."""
    try:
        from textual_serve.server import Server
    except ImportError:
        raise UsageError(
            "the browser server is not installed", remedy="install the extra: interviewer[serve]"
        ) from None
    command = shlex.join([sys.executable, "-m", "interviewer"])
    print(f"http://127.0.0.1:{port}  (Ctrl+C stops)")
    Server(command, host="127.0.0.1", port=port, title="interviewer").serve()
    return 0
