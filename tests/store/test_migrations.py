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
        raw.execute("DROP INDEX ix_events_guarded_until")
        raw.execute("UPDATE rallymap_schema SET version_num = '0018'")
        raw.commit()
    again = Database.open(f"sqlite:///{path}")
    assert {row.id: row.crowd_by for rows in public_rows(again) for row in rows} == before
    assert before == {"none": ()} | {f"event-{at}": givers for at, givers in enumerate(GIVERS)}
    again.close()
