"""Limit how many pages may be open at once, in total and per network: each uses descriptors and memory."""

from __future__ import annotations

import ipaddress
import logging
import statistics
import time
from collections import Counter, deque
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rallymap.networks import network_of

log = logging.getLogger(__name__)

SHARE_OF_NETWORK = 4
"""One network may use 1/N of the total."""
MANY_FROM_ONE_ADDRESS = 20
LONG_S = 10.0
"""Answers that take longer than this show that too many pages are open for this machine."""
ANSWERS = 20
FEWEST_ANSWERS = 5
RECENT_S = 30.0
"""The latest answers of this many seconds count."""


class OpenPages:
    """Counts open pages, each of which has a WebSocket.

    Parameters
    ----------
    max_pages
        Maximum number of open pages.
    clock
        Returns seconds; never runs backwards.
    """

    def __init__(self, max_pages: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.max_pages = max_pages
        self.clock = clock
        self._answers: deque[tuple[float, float]] = deque(maxlen=ANSWERS)
        self._open: Counter[str] = Counter()
        self._has_warned = False

    def is_full(self) -> bool:
        """Return whether no more pages can be opened."""
        return self._open.total() >= self.max_pages

    def open_now(self) -> int:
        """Return how many pages are open."""
        return self._open.total()

    def note_answer(self, asked_at: float) -> None:
        """Record that the first message for something that an open page asked is sent now."""
        now = self.clock()
        self._answers.append((now, now - asked_at))

    def are_slow(self) -> bool:
        """Return whether half of the latest answers to open pages took long, so that no more should be opened."""
        now = self.clock()
        recent = [took for at, took in list(self._answers) if now - at < RECENT_S]
        return len(recent) >= FEWEST_ANSWERS and statistics.median(recent) > LONG_S

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
        asked_at: float | None = None

        async def receive_timed() -> Message:
            nonlocal asked_at
            message = await receive()
            if message["type"] == "websocket.receive":
                asked_at = self._pages.clock()
            return message

        async def send_timed(message: Message) -> None:
            nonlocal asked_at
            if asked_at is not None and message["type"] == "websocket.send":
                self._pages.note_answer(asked_at)
                asked_at = None
            await send(message)

        try:
            await self._app(scope, receive_timed, send_timed)
        finally:
            self._pages.leave(network)


def _is_shared(network: str) -> bool:
    """Return whether many visitors may share this address: a proxy's, this machine's, or an unknown one."""
    try:
        return ipaddress.ip_network(network).is_private
    except ValueError:
        return True
