"""Limit how many pages may be open at once, in total and per network: each uses descriptors and memory."""

from __future__ import annotations

import ipaddress
import logging
from collections import Counter

from starlette.types import ASGIApp, Receive, Scope, Send

from rallymap.networks import network_of

log = logging.getLogger(__name__)

SHARE_OF_NETWORK = 4
"""One network may use 1/N of the total."""
MANY_FROM_ONE_ADDRESS = 20


class OpenPages:
    """Counts open pages, each of which has a WebSocket.

    Parameters
    ----------
    max_pages
        Maximum number of open pages.
    """

    def __init__(self, max_pages: int) -> None:
        self.max_pages = max_pages
        self._open: Counter[str] = Counter()
        self._has_warned = False

    def is_full(self) -> bool:
        """Return whether no more pages can be opened."""
        return self._open.total() >= self.max_pages

    def open_now(self) -> int:
        """Return how many pages are open."""
        return self._open.total()

    def enter(self, network: str) -> bool:
        """Count a page if there is room; return whether it was counted."""
        if self.is_full() or (not _is_shared(network) and self._open[network] >= self.max_pages // SHARE_OF_NETWORK):
            log.warning("A page could not be opened: %d are open.", self._open.total())
            return False
        self._open[network] += 1
        if self._open[network] >= MANY_FROM_ONE_ADDRESS and _is_shared(network) and not self._has_warned:
            self._has_warned = True
            log.warning(
                "%d pages are open from one address of a private network. If it is your proxy, let it send "
                "X-Forwarded-For and name it in RALLYMAP_TRUSTED_PROXIES: until then all visitors count as one "
                "network.",
                self._open[network],
            )
        return True

    def leave(self, network: str) -> None:
        """Stop counting a page that was closed."""
        self._open[network] -= 1
        if self._open[network] <= 0:
            del self._open[network]


class PageLimit:
    """Pure ASGI middleware that rejects pages above the limit."""

    def __init__(self, app: ASGIApp, pages: OpenPages) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count a page while it is open; forward all other requests."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        network = network_of(client[0]) if client else ""
        if not self._pages.enter(network):
            await send({"type": "websocket.close", "code": 1013})
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._pages.leave(network)


def _is_shared(network: str) -> bool:
    """Return whether many visitors may share this address: a proxy's, this machine's, or an unknown one."""
    try:
        return ipaddress.ip_network(network).is_private
    except ValueError:
        return True
