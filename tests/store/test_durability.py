"""A writer killed at random moments: what it was told is saved is there, and nothing is half there."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from rallymap.events import ReviewStatus
from rallymap.store import Database
from rallymap.store.events import public_rows
from rallymap.store.schema import audit, events, revisions, submissions

ROUNDS = 4
WRITER = Path(__file__).with_name("endless_writer.py")


@pytest.mark.slow
def test_killed_writer_loses_nothing_that_was_acknowledged(url: str) -> None:
    chance = random.Random(20_260_601)
    acknowledged: dict[str, int] = {}
    Database.open(url).close()
    for number in range(ROUNDS):
        # Two at once: they also wait for one another, as the processes of one rallymap do.
        writers = [_start(url, f"{number}-{name}") for name in "ab"]
        first = b"".join(_readline(writer) for writer in writers)
        time.sleep(chance.uniform(0.0, 0.4))
        for writer in writers:
            writer.kill()
        said = [writer.communicate() for writer in writers]
        assert [errors for _, errors in said] == [b"", b""]
        # A line that was cut off by the kill was not told to anybody.
        told = first + b"".join(lines[: lines.rfind(b"\n") + 1] for lines, _ in said)
        for line in told.decode().splitlines():
            event_id, revision = line.split()
            acknowledged[event_id] = int(revision)

    db = Database.open(url)
    with db.reading() as tx:
        now = {row.id: row for row in tx.conn.execute(sa.select(events))}
        trail = [
            tuple(row) for row in tx.conn.execute(sa.select(audit.c.event_id, audit.c.revision).order_by(audit.c.seq))
        ]
        kept = [tuple(row) for row in tx.conn.execute(sa.select(revisions.c.event_id, revisions.c.revision))]
        receipts = set(tx.conn.scalars(sa.select(submissions.c.event_id)))
    public = {row.id for some in public_rows(db) for row in some}
    version = db.dataset_version()
    db.close()

    assert len(acknowledged) > ROUNDS
    assert {event_id for event_id, revision in acknowledged.items() if now[event_id].revision < revision} == set()
    assert sorted(kept) == sorted(trail)
    assert sorted(kept) == sorted((row.id, n) for row in now.values() for n in range(1, row.revision + 1))
    assert receipts == set(now)
    assert public == {row.id for row in now.values() if row.review == ReviewStatus.PUBLISHED}
    assert version == len(public)


def _start(url: str, name: str) -> subprocess.Popen[bytes]:
    # Without a buffer: reading the first line would else take the beginning of the next one along.
    return subprocess.Popen(
        [sys.executable, str(WRITER), url, name], bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _readline(writer: subprocess.Popen[bytes]) -> bytes:
    assert writer.stdout is not None
    return writer.stdout.readline()
