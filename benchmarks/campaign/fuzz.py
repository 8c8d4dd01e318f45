"""Malformed requests to every route of the app: never a 5xx or a traceback, and constant memory."""

from __future__ import annotations

import http.client
import json
import random
import re
import string
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.routing import Route

from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payload_shapes import PAYLOADS
from benchmarks.campaign.payloads import fill
from benchmarks.campaign.server import Server
from rallymap.settings import Settings
from rallymap.web.app import app_parts

WORKERS = 8
METHODS = ("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO")
NAMES = """
    q event kind from to bbox near format page lang colour limit offset by token draft name code view z x y
    queries url width country community sort
""".split()
ODD = (
    "",
    "%00",
    "%ff%fe",
    "-1",
    "0",
    "99999999999999999999",
    "000000050" + "9" * 5000,
    "NaN",
    "inf",
    "1e309",
    "../../etc/passwd",
    "%2e%2e%2f",
    "a" * 3000,
    "2024-02-30",
    "9999-12-31",
    "0000-00-00",
    "2019-21/2018",
    "90,180,-90,-180",
    "1,2,3",
    "%F0%9F%92%A5",
    "%E2%80%AE",
    "'",
    "%22",
    "{}",
    "[[[",
    "%7B%22a%22%3A",
    "NO,SE,NO",
    ";",
    "+",
    "%0d%0aSet-Cookie:x=1",
    "csv",
    "ics",
    "parquet",
    "xlsx",
)
HEADERS = """
    Accept Accept-Language Accept-Encoding If-None-Match If-Modified-Since Range Cookie Origin Host X-Forwarded-For
    X-Forwarded-Proto Content-Type Content-Length Authorization Referer X-Xsrftoken Expect
""".split()


def routes_of(home: Path) -> list[str]:
    """Return the path templates of all routes of the app, and some of Streamlit's own."""
    parts = app_parts(Settings.from_env({"RALLYMAP_HOME": str(home)}), progress=lambda _line: None)
    paths = {route.path for route in parts["routes"] if isinstance(route, Route)}
    return sorted(paths | {"/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/upload_file/a/b"})


def make_request(chance: random.Random, routes: list[str]) -> tuple[str, str, dict[str, str], bytes | None]:
    """Return method, path, headers and body of a request."""
    parts = chance.choice(routes).split("/")
    parts = [_value(chance) if part.startswith("{") or chance.random() < 0.02 else part for part in parts[1:]]
    path = "/" + "/".join(parts)
    if chance.random() < 0.7:
        query = "&".join(f"{chance.choice(NAMES)}={_value(chance)}" for _ in range(chance.randint(1, 4)))
        path = f"{path}?{query}"
    headers = {}
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        headers[chance.choice(HEADERS)] = _header(chance)
    method = chance.choice(METHODS)
    body = None
    if method in ("POST", "PUT", "PATCH"):
        body = chance.choice(
            (b"", b"a=1&b=%ff", b"{", b"[1", chance.randbytes(200), b"--x\r\n\r\n", _json_form(chance))
        )
        headers.setdefault(
            "Content-Type", chance.choice(("application/x-www-form-urlencoded", "application/json", "x"))
        )
        headers.pop("Content-Length", None)
    return method, "".join(char if 32 < ord(char) < 127 else "%C3%A9" for char in path), headers, body


def fuzz(folder: Path, requests: int, *, seed: int = 1) -> Outcome:
    """Send requests over several connections at once, and check answers, log and memory."""
    home = folder / "fuzz"
    home.mkdir()
    routes = routes_of(home)
    done = Outcome(f"{requests:,} malformed requests over {len(routes)} routes")
    fill(home, PAYLOADS[:20])
    with Server(home, {"RALLYMAP_METRICS_TOKEN": "a-token-of-the-campaign"}) as site:
        _send(site, routes, requests // 10, seed)
        before = site.memory_mb()
        with ThreadPoolExecutor(WORKERS) as pool:
            share = requests // WORKERS
            counts = sum(pool.map(lambda n: _send(site, routes, share, seed + n), range(WORKERS)), Counter[str]())
        after = site.memory_mb()
        for said, number in sorted(counts.items()):
            # oEmbed prescribes 501 for a format that a provider does not have.
            if said.startswith(("5", "0")) and not re.match(r"501 \w+ /oembed\b", said):
                done.faults.append(f"{number} times {said}")
        done.check(site.serves, "the server does not serve afterwards")
        done.check(not site.tracebacks(), f"tracebacks in the log: {site.tracebacks()[:3]}")
        done.check(after < before + 150, f"memory rose from {before:.0f} to {after:.0f} MB")
    kinds = Counter[str]()
    for said, number in counts.items():
        kinds[said[:1] + "xx"] += number
    done.notes.append(", ".join(f"{number:,} answers {kind}" for kind, number in sorted(kinds.items())))
    done.notes.append(f"memory {before:.0f} MB before, {after:.0f} MB after")
    return done


def _send(site: Server, routes: list[str], number: int, seed: int) -> Counter[str]:
    chance = random.Random(seed)
    counts = Counter[str]()
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    for _ in range(number):
        method, path, headers, body = make_request(chance, routes)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            said = str(answer.status)
            if answer.status >= 500:
                said += f" {method} {path[:200]} {headers}"
            counts[said] += 1
        except (OSError, http.client.HTTPException):
            # The server may close a connection after an invalid request; the next request must be answered.
            connection.close()
            if site.process.poll() is not None:
                counts["0 the server is gone"] += 1
                break
            counts["closed"] += 1
        if chance.random() < 0.01:
            connection.close()
    connection.close()
    return counts


def _json_form(chance: random.Random) -> bytes:
    """Return a form of the reconciliation API in which one value has a wrong type."""
    odd: Any = chance.choice(
        (None, True, 5, -1, 1e300, "x", [], [5], [[]], {}, {"pid": 5}, [{"pid": "country", "v": [1]}])
    )
    query = {"query": "Oslo", chance.choice(("query", "limit", "type", "properties")): odd}
    name, value = chance.choice(
        (("queries", {"q": query}), ("queries", odd), ("extend", {"ids": odd, "properties": odd}))
    )
    return urlencode({name: json.dumps(value)}).encode()


def _value(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return chance.choice(ODD)
    return "".join(chance.choice(string.ascii_letters + string.digits + "%-_.,:") for _ in range(chance.randint(1, 12)))


def _header(chance: random.Random) -> str:
    odd = (
        "",
        "*",
        "\x80\xff",
        "a" * 4000,
        "bytes=0-0,1-2",
        "gzip;q=x",
        "fa-IR;q=2,,;",
        '"x"',
        "-1",
        "http://[",
        "a b",
        "x=y; " * 50,
    )
    return chance.choice(odd)
