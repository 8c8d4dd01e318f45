"""Run the site in this process, as ``rallymap serve`` does."""

from __future__ import annotations

import errno
import os
import socket
import sys

import uvicorn
from streamlit import config

from rallymap.errors import RallymapError
from rallymap.settings import Settings
from rallymap.web.app import create_app
from rallymap.web.connections import Capacity, raise_descriptor_limit, timed_protocol
from rallymap.web.logs import set_up_logs

PING_S = 30.0
"""Interval of pings to an open page, and time limit of its answer."""

SHUTDOWN_S = 3
"""How long open pages may delay the shutdown."""


def serve(settings: Settings, *, host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve the site until a signal stops the process.

    Parameters
    ----------
    settings
        The operator's settings.
    host
        Address to bind; ``0.0.0.0`` or ``::`` for every network.
    port
        0 for any free port; the printed line shows it.

    Raises
    ------
    RallymapError
        If the address cannot be bound, or the app does not start.
    """
    set_up_logs(details=settings.log_details)
    capacity = Capacity.of(raise_descriptor_limit())
    with _bound(host, port) as listener:
        app = create_app(settings, progress=_say)
        real_port: int = listener.getsockname()[1]
        # Streamlit builds URLs from these two.
        config.set_option("server.port", real_port)
        config.set_option("browser.serverPort", real_port)
        server = _Server(
            uvicorn.Config(
                app,
                http=timed_protocol(capacity.requests),
                access_log=False,
                log_config=None,
                log_level="warning",
                proxy_headers=False,  # see proxies.py
                server_header=False,
                timeout_graceful_shutdown=SHUTDOWN_S,
                ws="websockets-sansio",
                ws_max_size=int(config.get_option("server.maxMessageSize")) * 1024 * 1024,
                ws_ping_interval=PING_S,
                ws_ping_timeout=PING_S,
                ws_per_message_deflate=bool(config.get_option("server.enableWebsocketCompression")),
            ),
            ready=f"{settings.site_name} is served on {_address(host, real_port)} (Ctrl+C ends it)",
        )
        _run(server, listener, host, port)
    if not server.started:
        raise RallymapError("The site did not start; the lines above say why.")


def _run(server: uvicorn.Server, listener: socket.socket, host: str, port: int) -> None:
    try:
        server.run(sockets=[listener])
    except OSError as err:
        if err.errno == errno.EADDRINUSE:  # another process began to listen there meanwhile
            raise _cannot_listen(host, port, err) from err
        reason = os.strerror(err.errno) if err.errno else str(err)
        where = f" ({err.filename})" if err.filename else ""
        raise RallymapError(f"The site ended, because the system refused something: {reason}{where}.") from err


class _Server(uvicorn.Server):
    """A server that prints its URL once it accepts connections."""

    def __init__(self, server_config: uvicorn.Config, *, ready: str) -> None:
        super().__init__(server_config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            _say(self._ready)


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that reserves the address but does not listen yet.

    Connections are refused until the site is ready, so that a proxy sends visitors to another server meanwhile; they
    would have to wait if it listened already.
    """
    host = host.strip().removeprefix("[").removesuffix("]")  # as a web address writes IPv6
    if not host:  # the system would take it for every network
        raise RallymapError("The host is empty; name an address to listen on, such as 127.0.0.1, or 0.0.0.0 for all.")
    # An IPv6 wildcard also accepts IPv4, so that `::` means every network.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        if os.name == "posix":  # Windows would give the address to several sockets
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            is_dual = host == "::" and socket.has_dualstack_ipv6()
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, not is_dual)
        listener.bind((host, port))
    except (OSError, ValueError) as err:
        listener.close()
        raise _cannot_listen(host, port, err) from err
    return listener


def _cannot_listen(host: str, port: int, err: OSError | ValueError) -> RallymapError:
    running = " Perhaps this site is running already." if getattr(err, "errno", 0) == errno.EADDRINUSE else ""
    return RallymapError(
        f"Nothing can listen on {host}, port {port}: {_reason(err)}.{running} Choose another with --host or --port.",
        detail=repr(err),
    )


def _reason(err: OSError | ValueError) -> str:
    # Python appends the address to the system's message; ours already contains it. Names that cannot be looked up have
    # negative numbers, and a label of more than 63 letters is a UnicodeError.
    if isinstance(err, OSError) and (err.errno or 0) > 0:
        return os.strerror(err.errno or 0)
    return "this is no address or name of this machine"


def _address(host: str, port: int) -> str:
    if host in ("127.0.0.1", "::1", "0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
