"""``GET /metrics``: Prometheus metrics of the process, for requests with the operator's token.

No metric contains an address, an event or a visitor: requests are counted by kind of route. Without a token in the
settings the route does not exist, and nothing is counted.
"""

from __future__ import annotations

import hmac
import shutil
import time
from contextlib import suppress
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rallymap import __version__
from rallymap.errors import RallymapError
from rallymap.events import ReviewStatus
from rallymap.settings import Settings
from rallymap.store.outbox import read_outbox
from rallymap.store.review_queue import count_reviews
from rallymap.upkeep.backup import list_backups
from rallymap.web.open_pages import OpenPages
from rallymap.web.security_middleware import path_below_root
from rallymap.web.startup import Startup

KINDS: Final = (
    "map",
    "events",
    "export",
    "feeds",
    "api",
    "pictures",
    "embed",
    "_stcore",
    "healthz",
    "readyz",
    "metrics",
)
"""First path segments that are counted separately; all others are "other"."""
_BUCKETS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_STATUS = {1: "1xx", 2: "2xx", 3: "3xx", 4: "4xx", 5: "5xx"}


class Metrics:
    """The metrics of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter("rallymap_requests", "Requests answered.", ("kind", "status"), registry=self.registry)
        self.seconds = Histogram(
            "rallymap_request_seconds",
            "Time until an answer was sent.",
            ("kind",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._info = self._gauge("rallymap_info", "Version that runs; always 1.", "version")
        self._info.labels(__version__).set(1)
        self._ready = self._gauge("rallymap_ready", "1 while the database can be read.")
        self._version = self._gauge("rallymap_dataset_version", "Rises with every change that the public can notice.")
        self._public = self._gauge("rallymap_public_events", "Events on the map and in lists.")
        self._reviews = self._gauge("rallymap_reviews", "Events that are not published, by review status.", "status")
        self._pages = self._gauge("rallymap_open_pages", "Pages that are open now.")
        self._runs = self._gauge("rallymap_runs_waiting", "Open pages that wait to be made anew.")
        self._disk = self._gauge("rallymap_disk_free_bytes", "Room left on the disk of the home folder.")
        self._outbox = self._gauge("rallymap_outbox", "Mails that wait to be sent, and that were given up.", "state")
        self._backup = self._gauge("rallymap_backup_age_seconds", "Age of the newest backup; none while there is none.")

    def _gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(name, text, labels, registry=self.registry)

    def read(self, startup: Startup, pages: OpenPages) -> bytes:
        """Return the current metrics in Prometheus' text format."""
        settings = startup.settings
        self._pages.set(pages.open_now())
        with suppress(OSError):
            self._disk.set(shutil.disk_usage(settings.home).free)
        is_ready = False  # set once below, because another monitor may read concurrently
        with suppress(RallymapError):
            services = startup.require()
            self._runs.set(services.runs.waiting())
            self._version.set(services.db.dataset_version())
            self._public.set(len(services.keeper.current()))
            reviews = services.db.read(count_reviews)
            for status in ReviewStatus:
                if status is not ReviewStatus.PUBLISHED:
                    self._reviews.labels(status.value).set(reviews.get(status, 0))  # a gauge appears once it is set
            outbox = services.db.read(read_outbox)
            self._outbox.labels("waiting").set(outbox.waiting)
            self._outbox.labels("given_up").set(outbox.given_up)
            if backups := list_backups(settings.backup_dir):
                self._backup.set((services.now() - backups[-1][0]).total_seconds())
            else:
                self._backup.set(float("nan"))
            is_ready = True
        self._ready.set(is_ready)
        return generate_latest(self.registry)


class Measured:
    """Pure ASGI middleware that counts requests and their time."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward a request, and count it after its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kind, began, status = kind_of(path_below_root(scope)), time.perf_counter(), 500

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        finally:
            self._metrics.requests.labels(kind, _STATUS.get(status // 100, "other")).inc()
            self._metrics.seconds.labels(kind).observe(time.perf_counter() - began)


def kind_of(path: str) -> str:
    """Return the kind of a route, without the event or file requested."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in KINDS else "other"


def metrics_routes(startup: Startup, pages: OpenPages, metrics: Metrics | None) -> list[Route]:
    """Return the route; [] if the operator set no token."""
    if metrics is None:
        return []
    token = startup.settings.metrics_token

    def show(request: Request) -> Response:
        if not has_token(request, token):
            return PlainTextResponse(
                "Send the token of the settings: Authorization: Bearer TOKEN\n",
                status_code=401,
                headers={"www-authenticate": "Bearer", "cache-control": "no-store"},
            )
        headers = {"content-type": CONTENT_TYPE_PLAIN_0_0_4, "cache-control": "no-store"}
        return Response(metrics.read(startup, pages), headers=headers)

    return [Route("/metrics", show, methods=["GET"])]


def metrics_of(settings: Settings) -> Metrics | None:
    """Return the metrics of this process, or None if the operator set no token."""
    return Metrics() if settings.metrics_token else None


def has_token(request: Request, token: str) -> bool:
    """Return whether a request has the operator's token; False if none is set."""
    scheme, _, sent = request.headers.get("authorization", "").partition(" ")
    return bool(token) and scheme.lower() == "bearer" and hmac.compare_digest(sent.strip().encode(), token.encode())
