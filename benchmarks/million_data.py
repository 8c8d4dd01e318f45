"""A database of a million events that use every field; most of them are copies with their own ids.

One event in fifty is stored as by an import. The rest are copied by SQL, row by row with their documents and their
words in the search index, so that a million take minutes instead of an hour. Copies have the days, places and names of
their originals, which are spread over 40 years, 3 000 cities, 5 000 organisers and 500 publishers.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from benchmarks.map_data import COMMUNITIES, HOMES, synthetic_events
from rallymap.dates import DatePrecision, EventDate
from rallymap.events import (
    AttendanceMode,
    Campaign,
    Claim,
    ClaimKind,
    CoverageEntry,
    CrowdClaim,
    Event,
    EventStatus,
    ReviewStatus,
    Source,
    Translation,
)
from rallymap.store import Database
from rallymap.store.bulk import add_many, mark_seeded
from rallymap.store.coverage import add_coverage
from rallymap.store.schema import audit, events, revisions, source_urls, tombstones
from rallymap.store.transaction import Transaction

COPIES = 50
WORDS = Path(__file__).parents[1] / "data" / "rallies.csv"
WORDS_PER_TEXT = 40
GIVERS = "police", "organisers", "a passer-by", ""
PERSIAN = "زن، زندگی، آزادی"


def full_events(count: int) -> Iterator[Event]:
    """Yield the synthetic events of the map's benchmark with texts, crowds, sources, campaigns and translations."""
    random = np.random.default_rng(3)
    words = re.findall(r"\w+", WORDS.read_text("utf-8"))
    soon = datetime.now(UTC).date() + timedelta(days=20)
    for number, event in enumerate(synthetic_events(count)):
        begin = int(random.integers(0, len(words) - WORDS_PER_TEXT))
        publishers = [f"Paper {at % 500}" for at in random.zipf(1.5, 1 + number % 3).tolist()]
        sources = tuple(
            Source(f"https://news.example/{number}/{at}", f"Report {number}", publisher, date(2024, 5, 1))
            for at, publisher in enumerate(publishers)
        )
        low = int(random.lognormal(5, 1.5)) + 1
        crowd = tuple(
            CrowdClaim(low * (1 + at), low * (2 + at), "", (*GIVERS, publishers[0])[(number + at) % 5], 0)
            for at in range(number % 4)
        )
        changes: dict[str, object] = {
            "about": " ".join(words[begin : begin + WORDS_PER_TEXT]) + (f" {PERSIAN}" if number % 20 == 0 else ""),
            "organisers": (f"Committee {random.zipf(1.3) % 5000}",),
            "communities": (COMMUNITIES[number % 8], *((COMMUNITIES[number % 7],) if number % 9 == 0 else ())),
            "topics": (f"topic {number % 40}",),
            "sources": sources if number % 10 else (),
            "crowd": crowd if number % 10 else (),
            "claims": (Claim(ClaimKind.SLOGAN, f"Slogan {number % 300}", "speaker"),),
        }
        if number % 100 == 1:
            changes["campaign"] = Campaign(f"campaign-{number % 40}", f"Day of action {number % 40}")
        if number % 30 == 2:
            changes["translations"] = (Translation("fa", PERSIAN, ""),)
        if number % 50 == 3:
            changes["attendance_mode"] = (AttendanceMode.ONLINE, AttendanceMode.HYBRID)[number // 50 % 2]
        if number % 60 == 4:
            changes["when"] = EventDate.unknown()
        if number % 60 == 5:
            changes["location"] = None
        if number % 1000 == 6:
            day = soon + timedelta(days=number // 1000)
            changes |= {"when": EventDate(day, day, DatePrecision.DAY), "status": EventStatus.ANNOUNCED}
        if number % 40 == 7:
            changes["review"] = (ReviewStatus.PENDING, ReviewStatus.REJECTED)[number // 40 % 2]
        yield event.changed(**changes)


def full_home(count: int) -> Path:
    """Return a ``RALLYMAP_HOME`` whose database has this many events, a multiple of `COPIES`; filled at first use."""
    home = HOMES / f"full-{count}"
    if not (home / "ready").exists():
        home.mkdir(parents=True, exist_ok=True)
        begun = time.process_time()
        db = Database.open(f"sqlite:///{home / 'rallymap.db'}")
        db.write(mark_seeded)
        add_many(db, full_events(count // COPIES), actor="benchmark")
        for number in range(1, COPIES):
            db.write(_copy, number, count // COPIES)
        db.write(_look_at_places)
        db.write(_withdraw, count // 200)
        db.refresh_statistics()
        db.close()
        (home / "ready").touch()
        print(f"stored {count:,} events in {time.process_time() - begun:.0f} s of processor time", file=sys.stderr)
    return home


def _copy(tx: Transaction, number: int, base: int) -> None:
    """Copy the first events, whose ids begin with "synthetic"."""
    original, added, version = "synthetic-%", f"copy{number}-", tx.public_version()
    fresh = {"id": sa.literal(added) + events.c.id, "search_id": events.c.search_id + number * base}
    fresh["changed_in"] = sa.case((events.c.changed_in > 0, version), else_=0)
    for table, column, values in (
        (events, events.c.id, fresh),
        (revisions, revisions.c.event_id, {"event_id": sa.literal(added) + revisions.c.event_id}),
        (
            source_urls,
            source_urls.c.event_id,
            {
                "event_id": sa.literal(added) + source_urls.c.event_id,
                "url_key": source_urls.c.url_key + number,
            },
        ),
    ):
        taken = [values.get(one.name, one) for one in table.c]
        tx.conn.execute(sa.insert(table).from_select(table.c.keys(), sa.select(*taken).where(column.like(original))))
    trail = [one for one in audit.c if one is not audit.c.seq]
    taken = [sa.literal(added) + one if one is audit.c.event_id else one for one in trail]
    tx.conn.execute(
        sa.insert(audit).from_select(
            [one.key for one in trail], sa.select(*taken).where(audit.c.event_id.like(original))
        )
    )
    tx.conn.execute(
        sa.text(
            "INSERT INTO search (rowid, title, names, texts, sounds) "
            "SELECT rowid + :by, title, names, texts, sounds FROM search WHERE rowid <= :base ORDER BY rowid"
        ),
        {"by": number * base, "base": base},
    )


def _look_at_places(tx: Transaction) -> None:
    for country in ("NO", "DE", "GB", "US", "FR"):
        for year in range(2000, 2020):
            entry = CoverageEntry(country, "", date(year, 1, 1), date(year, 12, 31), date(2025, 1, 1), "A", "papers")
            add_coverage(tx, entry, actor="benchmark")


def _withdraw(tx: Transaction, count: int) -> None:
    version = tx.public_version()
    rows = [
        {
            "event_id": f"gone-{number:07}", "redirect_to": "", "reason_code": "request", "was_public": True,
            "changed_in": version, "at": tx.at - number,
        }
        for number in range(count)
    ]  # fmt: skip
    tx.conn.execute(sa.insert(tombstones), rows)


if __name__ == "__main__":
    print(full_home(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
