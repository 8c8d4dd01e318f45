"""One damaged event takes nothing from the others."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from rallymap.errors import DamagedEventError, EventNotFoundError, UnstorableTextError
from rallymap.events import Event, Picture, ReviewStatus
from rallymap.moderation import Role, TakedownReason
from rallymap.query.snapshot import Snapshot
from rallymap.store import AddResult, Database, ImportBatch, UndoResult
from rallymap.store.audit import AuditEntry, list_public_history
from rallymap.store.bulk import add_many
from rallymap.store.changes import change_event
from rallymap.store.drafts import get_draft
from rallymap.store.duplicates import list_possible_duplicates
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, get_public_event, get_public_events, public_rows
from rallymap.store.import_undo import undo_import
from rallymap.store.imports import finish_import, start_import
from rallymap.store.proposals import put_proposal
from rallymap.store.review_queue import list_queue
from rallymap.store.schema import revisions
from rallymap.store.table_cells import get_public_cells
from rallymap.store.takedown import erase_event, find_traces
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
FEW = ["{", "[]", "{}", '{"title": "Rally", "kind": "rally", "when": [], "place": {"town": ""}, "picture": {"id": 1}}']


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


def as_changed(make_event: Make) -> list[Event]:
    return [make_event(one, about="Other words.") for one in ("good-one", "broken-one")]


@pytest.mark.parametrize("document", FEW)
def test_broken_event_stops_no_update(three: Database, make_event: Make, document: str) -> None:
    spoil(three, "UPDATE revisions SET document = ? WHERE event_id = 'broken-one'", document)
    assert add_many(three, as_changed(make_event), actor="import") == AddResult(updated=1, unchanged=1)
    assert three.read(get_event, "good-one").about == "Other words."
    assert document_of(three, "broken-one") == document


@pytest.mark.parametrize("revision", [1, 2])
@pytest.mark.parametrize("document", FEW)
def test_broken_event_stops_no_undo(three: Database, make_event: Make, document: str, revision: int) -> None:
    import_changes(three, as_changed(make_event))
    newest = document_of(three, "broken-one")
    spoil(three, "UPDATE revisions SET document = ? WHERE event_id = 'broken-one' AND revision = ?", document, revision)
    with three.writing() as tx:
        result = undo_import(tx, "batch", actor="ada")
    assert result == UndoResult(removed=0, restored=1, kept=("broken-one",))
    assert three.read(get_event, "good-one").about == make_event("good-one").about
    assert document_of(three, "broken-one") == (document if revision == 2 else newest)


def test_event_damaged_while_it_is_imported_is_skipped(three: Database, make_event: Make) -> None:
    spoil(three, "UPDATE revisions SET document = '{' WHERE event_id = 'broken-one'")
    assert import_changes(three, as_changed(make_event)) == 1
    assert three.read(get_event, "good-one").about == "Other words."


@pytest.mark.parametrize("document", FEW)
def test_event_with_a_broken_proposal_opens_and_changes(
    db: Database, make_event: Make, new_key: Callable[[], str], document: str
) -> None:
    receipt = send_events(db, [make_event("some-one")], idempotency_key=new_key())[0]
    picture = Picture("0" * 32, "Candles", 4, 3)
    with db.writing() as tx:
        event = get_event(tx, receipt.event_id)
        put_proposal(tx, event, event.changed(title="Another title"))
        change_event(tx, event, event.changed(picture=picture), AuditEntry("mira", "edited"))
    spoil(db, "UPDATE proposals SET document = ?", document)

    own = db.read(read_own_event, receipt.edit_token)
    assert (own.event.title, own.proposed) == (event.title, None)
    with db.writing() as tx:
        change_event(tx, own.event, own.event.changed(picture=None), AuditEntry("mira", "edited"))
    assert db.read(get_event, receipt.event_id).picture is None


@pytest.mark.parametrize("document", FEW)
def test_event_with_a_broken_revision_has_a_history_and_can_be_taken_down(
    three: Database, make_event: Make, document: str
) -> None:
    add_many(three, as_changed(make_event), actor="import")
    spoil(three, "UPDATE revisions SET document = ? WHERE event_id = 'broken-one' AND revision = 1", document)

    [entry] = three.read(list_public_history, "broken-one", NOW)
    assert entry.action == "imported"
    assert three.read(find_traces, "broken-one").ids == {"broken-one"}
    with three.writing() as tx:
        erase_event(tx, get_event(tx, "broken-one"), TakedownReason.REQUEST, Role.MODERATOR)
    with pytest.raises(EventNotFoundError):
        three.read(get_event, "broken-one")


def import_changes(db: Database, some: list[Event]) -> int:
    with db.writing() as tx:
        start_import(tx, ImportBatch("batch", "events.csv", "ada"))
        return finish_import(
            tx,
            "batch",
            some,
            actor="ada",
            known_revisions={event.id: 1 for event in some},
            place_checks={},
            notes={},
            counts={},
        )


def document_of(db: Database, event_id: str) -> str:
    with db.reading() as tx:
        stmt = sa.select(revisions.c.document).where(revisions.c.event_id == event_id)
        return tx.conn.scalars(stmt.order_by(revisions.c.revision.desc())).first() or ""
