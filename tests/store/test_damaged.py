"""One damaged event takes nothing from the others."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from rallymap.errors import DamagedEventError, EventNotFoundError, UnstorableTextError
from rallymap.events import Event, ReviewStatus
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.drafts import get_draft
from rallymap.store.duplicates import list_possible_duplicates
from rallymap.store.events import get_event, get_public_event, get_public_events, public_rows
from rallymap.store.review_queue import list_queue
from rallymap.store.table_cells import get_public_cells
from rallymap.workflows.submissions import send_events
from tests.store.conftest import NOW

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]
DOCUMENTS = [
    "",
    "{",
    "[]",
    "null",
    "{}",
    '{"title": "Rally"}',
    '{"title": "Rally", "kind": "flashmob", "when": {}}',
    '{"title": "", "kind": "rally", "when": {}}',
    '{"title": "Rally", "kind": "rally", "when": {"start": "soon"}}',
    '{"title": "Rally", "kind": "rally", "when": {}, "location": {"lat": 1}}',
    '{"title": "Rally", "kind": "rally", "when": {}, "sources": [{"address": "x"}]}',
    '{"title": ["Rally"], "kind": "rally", "when": {}}',
]


@pytest.fixture
def three(db: Database, make_event: Make, future_rally: Event) -> Database:
    """Two published events and one that lies ahead."""
    published = future_rally.changed(review=ReviewStatus.PUBLISHED)
    add_many(db, [make_event("good-one"), make_event("broken-one"), published], actor="import")
    return db


def spoil(db: Database, statement: str, *values: object) -> None:
    with db.writing() as tx:
        marks = "?" if db._engine.dialect.name == "sqlite" else "%s"
        tx.conn.exec_driver_sql(statement.replace("?", marks), values)


@pytest.mark.parametrize("event_id", ["broken-one", "oslo-2026"])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_broken_document_is_left_out_of_every_list(
    three: Database, caplog: pytest.LogCaptureFixture, event_id: str, document: str
) -> None:
    caplog.set_level(logging.ERROR)
    spoil(three, "UPDATE revisions SET document = ? WHERE event_id = ?", document, event_id)
    ids = ["good-one", "broken-one", "oslo-2026"]
    rest = [one for one in ids if one != event_id]

    assert [event.id for event in three.read(get_public_events, ids, NOW)] == rest
    assert [cells.fixed[0] for cells in three.read(get_public_cells, ids, NOW)] == rest
    assert len(Snapshot.build(public_rows(three), 1)) >= 2
    good = three.read(get_event, "good-one")
    duplicates = [found.event.id for found in three.read(list_possible_duplicates, good, public_at=NOW)]
    assert event_id not in duplicates
    with pytest.raises(DamagedEventError, match="is damaged, so it cannot be shown"):
        three.read(get_public_event, event_id, NOW)
    assert any(event_id in message for message in caplog.messages)
    assert "Rally" not in caplog.text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_broken_document_does_not_block_the_queue(
    db: Database, make_event: Make, new_key: Callable[[], str], document: str
) -> None:
    for event_id in ("good-one", "broken-one"):
        send_events(db, [make_event(event_id)], idempotency_key=new_key())[0]
    spoil(db, "UPDATE revisions SET document = ? WHERE event_id = 'broken-one'", document)
    assert [item.event.id for item in db.read(list_queue, [ReviewStatus.PENDING])] == ["good-one"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "flashmob"),
        ("kind", ""),
        ("status", "dreamt"),
        ("date_precision", "century"),
        ("location_precision", "street"),
        ("organisers", "Friends of Iran"),
        ("communities", "7"),
        ("lat", 91.0),
        ("lon", -180.5),
        ("start_day", 2_000_000_000),
    ],
)
def test_row_that_no_event_can_have_is_left_out_of_the_map(
    three: Database, caplog: pytest.LogCaptureFixture, column: str, value: object
) -> None:
    caplog.set_level(logging.ERROR)
    spoil(three, f"UPDATE events SET {column} = ? WHERE id = 'broken-one'", value)
    snapshot = Snapshot.build(public_rows(three), 1)
    assert [snapshot.row_of(one) is None for one in ("good-one", "broken-one", "oslo-2026")] == [False, True, False]
    assert [message for message in caplog.messages if "broken-one" in message] != []


@pytest.mark.parametrize("text", ["\0", "oslo\0", "\ud800"])
def test_text_that_no_database_takes_is_one_sentence(db: Database, text: str) -> None:
    with pytest.raises((EventNotFoundError, UnstorableTextError)) as raised:
        db.read(get_public_event, text, NOW)
    assert raised.value.user_message.endswith(".")
    assert db.read(get_draft, text) is None


def test_nul_on_postgresql_is_one_sentence(empty_postgres_url: str) -> None:
    db = Database.open(empty_postgres_url)
    try:
        with pytest.raises(UnstorableTextError, match="please type it again"):
            db.read(get_event, "\0")
    finally:
        db.close()
