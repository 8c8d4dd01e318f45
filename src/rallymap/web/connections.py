"""Limits on connections: how long a request may take to arrive, and how many connections may be open.

Uvicorn waits indefinitely for an incomplete request, and accepts connections until the process has no file descriptor
left; then nothing is answered any more, and the log fills the disk. This module closes connections that make no
progress. At the limit, it closes the connection that has waited longest.
"""

from __future__ import annotations

import asyncio
import logging
import math
import sys
import time
from dataclasses import dataclass
from typing import Any

if sys.platform != "win32":
    import resource

from uvicorn.protocols.http.h11_impl import H11Protocol

log = logging.getLogger(__name__)

HEADER_S = 15.0
"""Time limit for all headers of a request, from the connection or the previous answer."""
BODY_PART_S = 20.0
"""Time limit for each further part of a body."""
BODY_S = 600.0
WRITE_S = 60.0
"""Time limit for the client to read what we send."""
LOOK_EVERY_S = 1.0

DESCRIPTORS_AT_MOST = 65_536
KEPT_BACK = 512
"""Descriptors for files, the database, threads, and Streamlit's data of pages closed in the last two minutes."""
OF_PAGE = 4
MAX_PAGES = 4_000


@dataclass(frozen=True, slots=True)
class Capacity:
    """The maximum number of open pages, and of other connections."""

    pages: int
    requests: int

    @classmethod
    def of(cls, descriptors: int) -> Capacity:
        """Return the capacity for a limit of file descriptors; four fifths are for pages."""
        usable = descriptors - min(KEPT_BACK, descriptors // 2)
        pages = min(MAX_PAGES, usable * 4 // 5 // OF_PAGE)
        return cls(pages, usable - pages * OF_PAGE)


def raise_descriptor_limit() -> int:
    """Raise this process's descriptor limit to the system's maximum, and return it."""
    if sys.platform == "win32":
        return 8192  # the limit of the C library there
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS_AT_MOST if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS_AT_MOST)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return DESCRIPTORS_AT_MOST if soft == resource.RLIM_INFINITY else soft


class Connections:
    """All connections that carry requests, without those of open pages.

    Parameters
    ----------
    at_most
        Maximum number of connections.
    """

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._open: dict[TimedProtocol, None] = {}
        self._looking: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._open)

    def add(self, connection: TimedProtocol) -> None:
        """Add a connection; above the limit, close the one that has waited longest for its request."""
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._abort_overdue())
        self._open[connection] = None
        if len(self._open) > self._at_most:
            log.warning("All %d places for connections are taken; the one waiting longest is closed.", self._at_most)
            # The new connection is among them, and is the last one.
            min(self._open, key=lambda other: other.waits_since).abort()

    def remove(self, connection: TimedProtocol) -> None:
        """Remove a connection that was closed, or became an open page."""
        self._open.pop(connection, None)

    async def _abort_overdue(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            now = time.monotonic()
            for connection in [connection for connection in self._open if connection.is_overdue(now)]:
                connection.abort()


class TimedProtocol(H11Protocol):
    """Uvicorn's HTTP/1.1 protocol with a time limit for each part of a request."""

    guard: Connections

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start waiting for a request."""
        super().connection_made(transport)
        self._since = self._begun_at = self._received_at = time.monotonic()
        self._stuck_since: float | None = None
        self.guard.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Remove the connection from the list of connections."""
        self.guard.remove(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Restart the time limit of the request."""
        self._received_at = time.monotonic()
        if self._is_between_requests:
            self._begun_at = self._received_at
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Start waiting for the next request."""
        self._since = time.monotonic()
        super().on_response_complete()

    def handle_websocket_upgrade(self, event: Any) -> None:
        """Remove the connection: an open page is monitored by pings and counted elsewhere."""
        self.guard.remove(self)
        super().handle_websocket_upgrade(event)

    def pause_writing(self) -> None:
        """Record that the client does not read."""
        self._stuck_since = time.monotonic()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Record that the client has read something."""
        self._stuck_since = None
        super().resume_writing()

    @property
    def waits_since(self) -> float:
        """Since when we wait for the client (monotonic s); infinity if we do not."""
        if self._stuck_since is not None:
            return self._stuck_since
        if self._is_between_requests:
            return self._since
        return self._begun_at if self._is_reading_body else math.inf

    def is_overdue(self, now: float) -> bool:
        """Return whether the client has exceeded its time limit."""
        if self._stuck_since is not None:
            return now - self._stuck_since > WRITE_S
        if self._is_between_requests:
            return now - self._since > HEADER_S
        return self._is_reading_body and (now - self._received_at > BODY_PART_S or now - self._begun_at > BODY_S)

    @property
    def _is_between_requests(self) -> bool:
        """Whether the connection waits for the headers of the next request."""
        return self.cycle is None or self.cycle.response_complete

    @property
    def _is_reading_body(self) -> bool:
        return self.cycle.more_body and not self.flow.read_paused

    def abort(self) -> None:
        """Close the connection at once."""
        self.guard.remove(self)
        self.transport.abort()


def timed_protocol(at_most: int) -> type[TimedProtocol]:
    """Return a protocol class for at most this many connections, not counting those of open pages."""

    class _Protocol(TimedProtocol):
        guard = Connections(at_most)

    return _Protocol
