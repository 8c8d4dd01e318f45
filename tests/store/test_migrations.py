"""Databases of earlier versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rallymap.events import CrowdClaim, Event, Source
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.duplicates import list_possible_duplicates
from rallymap.store.events import get_event, public_rows

Make = Callable[..., Event]
CROWDS: tuple[dict[str, Any], ...] = (
    {"crowd": (CrowdClaim(100, by="Herald"), CrowdClaim(90, by="Berlin police"), CrowdClaim(None, 80))},
    {"crowd": (CrowdClaim(100, by="Polizei, Berlin"), CrowdClaim(9, by="die Veranstalterinnen"))},
    {"crowd": (CrowdClaim(100, by="Committee"),), "organisers": ("Committee",)},
    {
        "crowd": (CrowdClaim(100, by="The Herald"), CrowdClaim(2, by="警方")),
        "sources": (Source(publisher="the herald"),),
    },
    {"crowd": (CrowdClaim(100, by="police", is_expected=True), CrowdClaim(words="many", by="police"))},
)
AS_IN_VERSION = """DROP TABLE refused_proposals; DROP TABLE ended_links;
UPDATE rallymap_schema SET version_num = '{}';"""
"""Takes the newest tables and the version from a database."""
GIVERS = (("police", "others", "nobody"), ("police", "organisers"), ("organisers",), ("police", "press"), ())


def test_first_databases_are_brought_up_to_date(tmp_path: Path, make_event: Make) -> None:
    dump = Path(__file__).with_name("schema_0001.sql").read_text("utf-8")
    with closing(sqlite3.connect(tmp_path / "rallymap.db")) as raw:
        raw.executescript(dump)
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")

    assert db.read(get_event, "oslo-2020") == make_event()
    assert [found.event.id for found in db.read(list_possible_duplicates, make_event("new-1"))] == ["oslo-2020"]
    [[row]] = public_rows(db)
    assert (row.city, row.topics, row.publishers, row.has_source) == ("Oslo", (), (), True)
    db.close()


@pytest.mark.slow
def test_who_gives_numbers_is_filled_in_for_events_that_are_there(tmp_path: Path, make_event: Make) -> None:
    path = tmp_path / "rallymap.db"
    db = Database.open(f"sqlite:///{path}")
    add_many(
        db, [make_event("none"), *(make_event(f"event-{at}", **said) for at, said in enumerate(CROWDS))], actor="x"
    )
    before = {row.id: row.crowd_by for rows in public_rows(db) for row in rows}
    db.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("ALTER TABLE events DROP COLUMN crowd_by")
        raw.execute("ALTER TABLE events DROP COLUMN crowd_open_above")
        raw.execute("ALTER TABLE events DROP COLUMN crowd_open_below")
        raw.execute("DROP INDEX ix_events_guarded_until")
        raw.executescript(AS_IN_VERSION.format("0018"))
        raw.commit()
    again = Database.open(f"sqlite:///{path}")
    assert {row.id: row.crowd_by for rows in public_rows(again) for row in rows} == before
    assert before == {"none": ()} | {f"event-{at}": givers for at, givers in enumerate(GIVERS)}
    again.close()


@pytest.mark.slow
def test_highest_numbers_of_open_crowds_are_filled_in(tmp_path: Path, make_event: Make) -> None:
    path = tmp_path / "rallymap.db"
    crowds: dict[str, tuple[CrowdClaim, ...]] = {
        "one": (CrowdClaim(100),),
        "more": (CrowdClaim(100, 100), CrowdClaim(200), CrowdClaim(900, is_expected=True)),
        "below": (CrowdClaim(100, 300), CrowdClaim(20), CrowdClaim(words="many")),
        "closed": (CrowdClaim(10, 20),),
        "none": (CrowdClaim(words="hundreds"),),
    }
    db = Database.open(f"sqlite:///{path}")
    add_many(db, [make_event(event_id, crowd=crowd) for event_id, crowd in crowds.items()], actor="x")
    db.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE events SET crowd_high = NULL WHERE crowd_open_above")
        raw.execute("ALTER TABLE events DROP COLUMN crowd_open_above")
        raw.execute("ALTER TABLE events DROP COLUMN crowd_open_below")
        raw.executescript(AS_IN_VERSION.format("0021"))
        raw.commit()
    again = Database.open(f"sqlite:///{path}")
    kept = {
        row.id: (row.crowd_low, row.crowd_high, row.crowd_open_above) for rows in public_rows(again) for row in rows
    }
    again.close()
    assert kept == {
        "one": (100, 100, True),
        "more": (100, 200, True),
        "below": (20, 300, True),
        "closed": (10, 20, False),
        "none": (None, None, False),
    }
