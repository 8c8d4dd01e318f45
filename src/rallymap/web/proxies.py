"""Find the client address of a request: the connecting address, or the one that a trusted proxy reports.

Servers can do this too, but each with its own settings; this module works with any server.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger(__name__)

MAX_HOPS = 20
_SECURE = {"http": "https", "ws": "wss"}
_PORT_IF_RESOLVED = 0
"""The port that servers set if they have already replaced the address by the visitor's."""
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class TrustedProxies:
    """Pure ASGI middleware that sets the visitor's address, and https, in the scope.

    Parameters
    ----------
    app
        The wrapped app.
    proxies
        Addresses and networks whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are trusted.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self._app = app
        self._networks = [ipaddress.ip_network(proxy) for proxy in proxies]
        self._has_warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward a request with the visitor's address."""
        if scope["type"] in ("http", "websocket"):
            scope = self._resolved(scope)
        await self._app(scope, receive, send)

    def _resolved(self, scope: Scope) -> Scope:
        headers = Headers(scope=scope)
        hops = ",".join(headers.getlist("x-forwarded-for"))
        proto = headers.getlist("x-forwarded-proto")
        peer = scope.get("client")
        if not (hops or proto) or (peer is not None and peer[1] == _PORT_IF_RESOLVED):
            return scope
        if not self._is_trusted(peer[0] if peer else ""):
            if hops:
                self._warn()
            return scope
        is_secure = bool(proto) and proto[-1].rpartition(",")[2].strip().lower() in ("https", "wss")
        scheme = scope.get("scheme", "http")
        resolved = dict(scope)
        resolved["client"] = (self._visitor(hops), _PORT_IF_RESOLVED) if hops else peer
        resolved["scheme"] = _SECURE.get(scheme, scheme) if is_secure else scheme
        return resolved

    def _visitor(self, hops: str) -> str:
        """Return the last address that is not a trusted proxy's; "" if none can be parsed."""
        visitor = ""
        for hop in hops.split(",")[: -MAX_HOPS - 1 : -1]:
            address = read_address(hop)
            if address is None:
                # The entries further left come from an unknown sender.
                return visitor
            visitor = str(address)
            if not self._is_trusted(visitor):
                return visitor
        return visitor

    def _is_trusted(self, host: str) -> bool:
        if not host:
            # A Unix socket, which only processes on this machine can open.
            return bool(self._networks)
        address = read_address(host)
        return address is not None and any(address in network for network in self._networks)

    def _warn(self) -> None:
        if not self._has_warned:
            self._has_warned = True
            log.warning(
                "Requests say X-Forwarded-For, but come from an address that is not in RALLYMAP_TRUSTED_PROXIES, so "
                "this is ignored. If they come through your proxy, put its address there: until then all "
                "visitors count as one network."
            )


def is_resolved(scope: Scope) -> bool:
    """Return whether a trusted proxy or the server has identified the client of this request."""
    client = scope.get("client")
    return client is not None and client[1] == _PORT_IF_RESOLVED


def read_address(text: str) -> _Address | None:
    """Parse an IP address as proxies write it, also with a port or in brackets; None for anything else."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped if mapped is not None else address
