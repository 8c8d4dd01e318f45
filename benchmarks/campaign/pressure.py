"""Slow clients and PostgreSQL restarts: the site continues, or reports the reason and recovers."""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path

from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payload_shapes import PAYLOADS
from benchmarks.campaign.payloads import fill
from benchmarks.campaign.postgresql import NOT_INSTALLED, running_postgresql
from benchmarks.campaign.server import Server

_KINDS = (
    b"GET /events HTTP/1.1\r\nHost: localhost\r\nX-Half: ",  # a header that does not end
    b"POST /reconcile HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\na",  # a body that does not end
    b"GET /export/events.csv HTTP/1.1\r\nHost: localhost\r\n\r\n",  # an answer that the client does not read
    b"",  # nothing at all
    b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
)


def slow_clients(folder: Path, clients: int, *, for_s: float = 20.0) -> Outcome:
    """Hold connections of five slow kinds open, and send requests as a fast visitor meanwhile."""
    done = Outcome(f"{clients} slow clients of {len(_KINDS)} kinds, {for_s:.0f} s")
    home = folder / "slow"
    fill(home, PAYLOADS)
    with Server(home) as site, contextlib.ExitStack() as stack:
        for number in range(clients):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=10))
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            one.sendall(_KINDS[number % len(_KINDS)])
        times: list[float] = []
        end = time.monotonic() + for_s
        while time.monotonic() < end:
            began = time.monotonic()
            status, _ = site.ask("/api/v1/events?limit=10")
            times.append(time.monotonic() - began)
            done.check(status == 200, f"a quick visitor got {status}")
            time.sleep(0.1)
        times.sort()
        done.notes.append(f"a quick visitor waited {1000 * times[int(len(times) * 0.95)]:.0f} ms (95th percentile)")
        done.check(not site.tracebacks(), f"tracebacks in the log: {site.tracebacks()[:3]}")
    return done


def stop_postgresql(folder: Path) -> Outcome:
    """Stop the PostgreSQL server under a running site and start it again."""
    done = Outcome("PostgreSQL stopped under the running site and started again")
    with running_postgresql(folder) as server:
        if server is None:
            done.skipped = NOT_INSTALLED
            return done
        home = folder / "postgresql"
        home.mkdir()
        with Server(home, {"RALLYMAP_DATABASE_URL": server.url}) as site:
            done.check(site.serves, "not served on PostgreSQL")
            map_before = site.ask("/api/v1/stats?by=community")[0]
            server.stop()
            away_s = site.wait_until(503)
            done.check(away_s is not None, "health stays 200 without its database")
            status, body = site.ask("/events")
            done.check(status in (200, 503) and b"Traceback" not in body, f"/events answers {status}")
            said = site.log.read_text("utf-8", "replace")
            done.check("The database cannot be reached just now" in said, "no line in the log says so")
            server.start()
            back_s = site.wait_until(200)
            done.check(back_s is not None, "the site does not find its database again")
            done.check(site.ask("/api/v1/stats?by=community")[0] == map_before, "figures are not served again")
            done.check(not site.tracebacks(), f"tracebacks in the log: {site.tracebacks()[:3]}")
            done.notes.append(f"noticed after {away_s or 0:.1f} s, served again after {back_s or 0:.1f} s")
    return done
