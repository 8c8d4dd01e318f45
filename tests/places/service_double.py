"""Test double of an online place service: a server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HALL = {
    "lat": "59.9131",
    "lon": "10.7403",
    "name": "Xqzzyvkw Hall",
    "display_name": "Xqzzyvkw Hall, Oslo, Norway",
    "place_rank": 30,
    "boundingbox": ["59.9130", "59.9132", "10.7401", "10.7405"],
    "address": {"city": "Oslo", "state": "Oslo", "country_code": "no"},
}


class Double(ThreadingHTTPServer):
    """Server that answers as configured and records the requests."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body: Any = []
        self.queries: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.agents: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def asked(self) -> list[str]:
        """The texts of all requests."""
        return [query["q"] for query in self.queries]


class _Handler(BaseHTTPRequestHandler):
    server: Double

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.paths.append(parts.path)
        self.server.queries.append({name: values[0] for name, values in parse_qs(parts.query).items()})
        self.server.agents.append(self.headers["User-Agent"])
        content = json.dumps(self.server.body).encode()
        self.send_response(self.server.status)
        for name, value in {"Content-Type": "application/json", **self.server.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class names it so
        pass


@contextmanager
def running_double() -> Iterator[Double]:
    """Run the server until the block ends."""
    server = Double()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
