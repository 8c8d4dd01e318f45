"""A takedown leaves nothing of an event in any table, also not in one that a later version adds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from rallymap.events import Event, Place
from rallymap.moderation import Account, TakedownReason
from rallymap.pictures import CleanPicture
from rallymap.store import Database, new_draft_token
from rallymap.store.bulk import add_many
from rallymap.store.drafts import get_draft, save_draft, save_draft_picture
from rallymap.store.events import get_event
from rallymap.store.schema import draft_pictures, drafts, metadata
from rallymap.workflows.edits import store_edit
from rallymap.workflows.takedown import delete_event
from tests.store.acts import merge

Make = Callable[..., Event]
WORDS = "Unmistakable-Wordings"
KEPT = {"tombstones", "audit", "ended_links"}
OF_EVENTS = [table for table in metadata.sorted_tables if "event_id" in table.c and table.name not in KEPT]


def put_something(db: Database, table: sa.Table, event_id: str) -> None:
    """Put a row about an event into a table, whatever columns it has."""
    values: dict[str, object] = {"event_id": event_id}
    for column in table.c:
        if column.name in values or column.nullable or column.autoincrement is True:
            continue
        kind = column.type.python_type
        # Hashes are not content: those of edit links are kept, so that the links can say what happened.
        words = f"{'' if column.name.endswith('_hash') else WORDS} {event_id} {column.name}"
        values[column.name] = {str: words, bytes: words.encode(), int: 7, float: 7.0, bool: True}[kind]
    with db.writing() as tx:
        tx.conn.execute(sa.insert(table), values)


def rows(db: Database, table: sa.Table, event_id: str) -> int:
    stmt = sa.select(sa.func.count()).select_from(table).where(table.c.event_id == event_id)
    with db.reading() as tx:
        return tx.conn.execute(stmt).scalar_one()


def take_down(db: Database, moderator: Account, event_id: str = "oslo-2020") -> None:
    revision = db.read(get_event, event_id).revision
    delete_event(
        db,
        event_id,
        TakedownReason.RISK,
        account=moderator,
        expected_revision=revision,
        idempotency_key=f"down-{event_id}",
    )


@pytest.mark.slow
def test_takedown_empties_every_table_of_the_event_and_of_those_merged_into_it(
    db: Database, make_event: Make, moderator: Account
) -> None:
    add_many(db, [make_event(), make_event("gone-1"), make_event("other-1")], actor="import")
    merge(
        db,
        "oslo-2020",
        "gone-1",
        account=moderator,
        expected_revision=1,
        gone_revision=1,
        idempotency_key="merge-them",
    )
    ids = ("oslo-2020", "gone-1", "other-1")
    for event_id in ids:
        for table in OF_EVENTS:
            if not rows(db, table, event_id) and table.name not in ("revisions", "proposals"):
                put_something(db, table, event_id)
    take_down(db, moderator)

    left = {table.name: [rows(db, table, event_id) for event_id in ids[:2]] for table in OF_EVENTS}
    assert left == {table.name: [0, 0] for table in OF_EVENTS}
    stays = {table.name for table in OF_EVENTS if rows(db, table, "other-1")}
    assert stays == {table.name for table in OF_EVENTS} - {"proposals"}


@pytest.mark.slow
def test_takedown_overwrites_what_every_table_held(tmp_path: Path, make_event: Make, moderator: Account) -> None:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    add_many(db, [make_event(about=WORDS)], actor="import")
    for table in OF_EVENTS:
        if not rows(db, table, "oslo-2020") and table.name != "proposals":
            put_something(db, table, "oslo-2020")
    take_down(db, moderator)
    after = {path.name for path in tmp_path.iterdir() if WORDS.encode() in path.read_bytes()}
    db.close()
    assert after == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "goes"),
    [
        ({"title": "rally in  OSLO", "place_text": "Stortinget, Oslo", "start": "1 Feb 2020"}, True),
        ({"title": "Another title", "place_text": "Stortinget, Oslo", "venue": "stortinget"}, True),
        ({"title": "Rally in Oslo", "place_text": "Oslo", "start": "2020-02-01"}, True),
        ({"title": "Rally in Oslo", "place_text": "Oslo", "start": "2021-02-01"}, False),
        ({"title": "Rally in Oslo", "place_text": "Bergen", "start": "2020-02-01"}, False),
        ({"title": "Rally in Oslo", "start": "2020-02-01"}, False),
        ({"title": "Rally in Oslo", "place_text": "Oslo", "start": "soon"}, False),
        ({}, False),
    ],
)
def test_takedown_deletes_forms_that_describe_the_event(
    db: Database, make_event: Make, moderator: Account, fields: dict[str, str], goes: bool
) -> None:
    add_many(db, [make_event()], actor="import")
    moved = make_event(place=Place("Stortinget, Oslo", "Stortinget", "NO"))
    store_edit(db, moved, account=moderator, expected_revision=1, idempotency_key="edit-place")
    token = new_draft_token()
    revision = db.write(save_draft, token, {"about": WORDS, **fields}, expected_revision=0)
    db.write(save_draft_picture, token, CleanPicture(b"RIFF", "image/webp", 4, 3), expected_revision=revision)
    take_down(db, moderator)

    assert (db.read(get_draft, token) is None) is goes
    with db.reading() as tx:
        left = [tx.conn.scalar(sa.select(sa.func.count()).select_from(table)) for table in (drafts, draft_pictures)]
    assert left == ([0, 0] if goes else [1, 1])
