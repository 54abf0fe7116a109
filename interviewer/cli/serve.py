"""`interviewer serve`: the same screens in a browser, for this machine only."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from interviewer.errors import UsageError

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Middleware

HOST = "127.0.0.1"


def serve(port: int) -> int:
    """Serve until interrupted; raises UsageError when the extra is not installed or the port is taken."""
    try:
        from textual_serve.server import Server
    except ImportError:
        raise UsageError(
            "the browser server is not installed", remedy="install the extra: interviewer[serve]"
        ) from None
    _check_free(port)

    class LocalServer(Server):
        """Answers pages of this machine alone."""

        async def _make_app(self) -> web.Application:
            made = await super()._make_app()
            made.middlewares.append(_only_local(port))
            return made

    command = shlex.join([sys.executable, "-m", "interviewer"])
    print(f"http://{HOST}:{port}  (Ctrl+C stops)", flush=True)
    LocalServer(command, host=HOST, port=port, title="interviewer").serve()
    return 0


Handler = Callable[["web.Request"], Awaitable["web.StreamResponse"]]


def _only_local(port: int) -> Middleware:
    """Refuse requests that another site's page makes through this machine's browser.

    Listening on the loopback address alone does not keep them out: a page from anywhere may open a
    connection to it, and a name of its own may lead there.
    """
    from aiohttp import web

    hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
    origins = {f"http://{host}" for host in hosts}

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.host not in hosts or (origin is not None and origin not in origins):
            raise web.HTTPForbidden(text="this page is for this machine only")
        if request.path == "/ws" and origin is None:
            raise web.HTTPForbidden(text="a browser names where its page came from")
        return await handler(request)

    return guard


def _check_free(port: int) -> None:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise UsageError(
                f"port {port} cannot be used ({error.strerror})", remedy="choose another with --port"
            ) from None
