"""Measure the speed and memory of `rallymap export` to CSV for a large database.

For comparison, pandas writes the same table from memory, as an analyst with a data frame would. Run::

    python -m benchmarks.export_speed --events 100000
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import CrowdClaim, Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.exports.csv_file import write_csv
from rallymap.exports.provenance import Provenance
from rallymap.query.listing import Listing
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.workflows.data_frames import snapshot_of
from rallymap.workflows.exports import export_cells

BATCH_SIZE = 5_000
WORDS = Path(__file__).parents[1] / "data" / "rallies.csv"


def make_events(count: int) -> Iterator[Event]:
    """Yield published events with texts as long as those of the bundled ones."""
    draw = random.Random(12)
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number in range(count):
        row = draw.choice(rows)
        day = date(1990, 1, 1) + timedelta(days=draw.randrange(13_000))
        point = Location(
            round(draw.uniform(-60, 70), 4), round(draw.uniform(-180, 180), 4), LocationPrecision.CITY, 9_000.0, 0.9,
            "given", "Oslo", country="NO",
        )  # fmt: skip
        source = Source(f"https://news.example/{number}", row["source1_title"], row["source1_publisher"], day)
        crowd = (CrowdClaim(500, 1_000, "", "police", 0),) if number % 3 == 0 else ()
        yield Event(
            f"event-{number:07}", row["title"], Kind.RALLY, EventDate(day, day, DatePrecision.DAY), Place("Oslo"),
            point, organisers=("Friends of somebody",), communities=("Iran",), about=row["about"], crowd=crowd,
            sources=(source,), review=ReviewStatus.PUBLISHED,
        )  # fmt: skip


def fill(db: Database, count: int) -> None:
    """Store this many events."""
    batch = []
    for event in make_events(count):
        batch.append(event)
        if len(batch) == BATCH_SIZE:
            add_many(db, batch, actor="benchmark")
            batch = []
    if batch:
        add_many(db, batch, actor="benchmark")


def memory_mb() -> float:
    """Return the peak memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(db: Database, target: Path) -> tuple[float, float, float, int]:
    """Write a CSV file; return processor seconds, memory before and after in MB, and bytes."""
    snapshot, now = snapshot_of(db), db.now()
    before, started = memory_mb(), time.process_time()
    size = 0
    with target.open("wb") as file:
        for piece in write_csv(export_cells(db, snapshot, Listing(), now), Provenance(now.date())):
            size += file.write(piece)
    return time.process_time() - started, before, memory_mb(), size


def main() -> None:
    """Print one line per way of writing the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--database", type=Path, help="keep the database here, and use it again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder) / "rallymap.db"
        is_new = not path.exists()
        db = Database.open(f"sqlite:///{path}")
        if is_new:
            fill(db, options.events)
        table = Path(folder) / "events.csv"
        seconds, before, after, size = measure(db, table)
        count = len(snapshot_of(db))
        print(
            f"rallymap: {count:,} events in {seconds:.1f} s of the processor, {count / seconds:,.0f} a second, "
            f"{size:,} bytes; "
            f"memory {before:.0f} MB before, {after:.0f} MB at most"
        )
        db.close()

        import rallymap

        frame = rallymap.load(table)
        started = time.process_time()
        frame.to_csv(Path(folder) / "pandas.csv", index=False)
        seconds = time.process_time() - started
        print(f"pandas.to_csv from memory: {count / seconds:,.0f} rows a second; memory {memory_mb():.0f} MB")


if __name__ == "__main__":
    main()
