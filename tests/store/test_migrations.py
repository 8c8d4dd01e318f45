"""Databases of earlier versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from rallymap.events import Event
from rallymap.store import Database
from rallymap.store.duplicates import list_possible_duplicates
from rallymap.store.events import get_event, public_rows

Make = Callable[..., Event]


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
