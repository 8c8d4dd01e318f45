"""Reading events, and what the public sees of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import EventNotFoundError
from rallymap.events import CrowdClaim, Event, EventStatus, Kind, Place, ReviewStatus, Source
from rallymap.moderation import Account, Decision
from rallymap.query.public_view import public_view
from rallymap.query.rows import EventRow
from rallymap.store import Database, PublicChanges
from rallymap.store.bulk import add_many
from rallymap.store.columns import to_public_row
from rallymap.store.documents import differences, from_document, to_document
from rallymap.store.events import (
    get_event,
    get_events,
    get_public_event,
    get_public_events,
    public_rows,
    read_public_changes,
    read_public_rows,
)
from rallymap.workflows.decisions import decide

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
Make = Callable[..., Event]
OSLO_ROW = EventRow(
    "oslo-2020",
    "rally",
    18293,
    18294,
    "weekend",
    59.91273,
    10.74609,
    "city",
    "NO",
    "held",
    ("Friends of Iran",),
    ("Iran",),
    None,
    9000.0,
    "Oslo",
    has_source=True,
)


def unnumbered(rows: Iterable[EventRow]) -> list[EventRow]:
    """Return rows without what depends on what was stored before: their versions and numbers in the search index."""
    return [row._replace(search_id=0, changed_in=0) for row in rows]


def rows_of(db: Database) -> list[EventRow]:
    return sorted(unnumbered(row for some in public_rows(db) for row in some))


@pytest.mark.slow
def test_get_returns_what_was_added(db: Database, make_event: Make) -> None:
    add_many(db, [make_event()], actor="import")

    assert db.read(get_event, "oslo-2020") == make_event()


@pytest.mark.slow
def test_get_of_unknown_event(db: Database) -> None:
    with pytest.raises(EventNotFoundError) as raised:
        db.read(get_event, "nowhere")
    assert raised.value.user_message == "There is no event at this address."
    assert raised.value.event_id == "nowhere"


@pytest.mark.slow
def test_get_many_keeps_the_order_asked_for(db: Database, make_event: Make) -> None:
    events = [make_event(f"event-{number}") for number in range(1200)]
    add_many(db, events, actor="import")

    assert db.read(get_events, ["event-7", "nowhere", "event-3", "event-7"]) == [events[7], events[3], events[7]]
    assert db.read(get_events, (event.id for event in reversed(events))) == events[::-1]
    assert db.read(get_events, []) == []


def test_get_public_of_unpublished_event(db: Database, make_event: Make) -> None:
    add_many(db, [make_event(review=ReviewStatus.PENDING)], actor="import")

    with pytest.raises(EventNotFoundError):
        db.read(get_public_event, "oslo-2020", NOW)
    assert db.read(get_public_events, ["oslo-2020"], NOW) == []
    assert rows_of(db) == []


def test_get_public_of_future_event_hides_the_venue(db: Database, future_rally: Event) -> None:
    event = future_rally.changed(review=ReviewStatus.PUBLISHED)
    add_many(db, [event], actor="import")
    seen = db.read(get_public_event, "oslo-2026", NOW)

    assert seen == public_view(event, NOW)
    assert seen.place == Place("Oslo", "", "NO")
    assert db.read(get_public_events, ["oslo-2026"], NOW) == [seen]
    assert db.read(get_public_event, "oslo-2026", NOW + timedelta(days=20)) == event
    assert db.read(get_event, "oslo-2026") == event


def test_public_rows_of_past_event(db: Database, make_event: Make) -> None:
    add_many(db, [make_event()], actor="import")

    assert rows_of(db) == [OSLO_ROW]


@pytest.mark.slow
def test_public_rows_of_event_without_date_and_place(db: Database, make_event: Make) -> None:
    event = make_event(when=EventDate.unknown(), place=Place(), location=None, organisers=(), communities=())
    add_many(db, [event], actor="import")

    assert rows_of(db) == [
        EventRow(
            "oslo-2020", "rally", None, None, "unknown", None, None, "", "", "held", (), (), None, None, has_source=True
        )
    ]


@pytest.mark.parametrize(
    ("crowd", "kept"),
    [
        ([(100, 300), (80, 80), (None, None)], (80, 300, False, False)),
        ([(100, None)], (100, 100, False, True)),
        ([(200, None), (100, 100)], (100, 200, False, True)),
        ([(20, None), (100, 150)], (20, 150, False, True)),
        ([(None, 40)], (40, 40, True, False)),
        ([(None, 40), (20, 30)], (20, 40, True, False)),
        ([(None, 40), (90, None)], (40, 90, True, True)),
        ([(0, 40)], (0, 40, False, False)),
        ([(None, None)], (None, None, False, False)),
        ([], (None, None, False, False)),
    ],
)
def test_public_rows_hold_what_filters_need(
    db: Database,
    make_event: Make,
    crowd: list[tuple[int | None, int | None]],
    kept: tuple[int | None, int | None, bool, bool],
) -> None:
    event = make_event(
        topics=("Women", "Prisoners"),
        crowd=(*(CrowdClaim(*limits, words="many") for limits in crowd), CrowdClaim(5000, is_expected=True)),
        sources=(Source(title="A", publisher="NRK"), Source(title="B", publisher="NRK"), Source(title="C")),
        status=EventStatus.CANCELLED,
    )
    add_many(db, [event], actor="import")

    [row] = rows_of(db)
    assert (row.topics, row.publishers, row.status) == (("Women", "Prisoners"), ("NRK",), "cancelled")
    assert (row.crowd_low, row.crowd_high, row.crowd_open_below, row.crowd_open_above) == kept


@pytest.mark.slow
def test_public_rows_come_in_chunks(db: Database, make_event: Make) -> None:
    add_many(db, (make_event(f"event-{number}") for number in range(7)), actor="import")

    assert [len(some) for some in public_rows(db, chunk=3)] == [3, 3, 1]


@pytest.mark.slow
def test_public_rows_change_by_themselves(db: Database, future_rally: Event, clock: object) -> None:
    add_many(db, [future_rally.changed(review=ReviewStatus.PUBLISHED)], actor="import")
    version = db.dataset_version()
    (before,) = unnumbered(db.read(read_public_rows, ["oslo-2026"]))
    clock.now = datetime.fromtimestamp(before.view_changes_at, UTC)  # type: ignore[attr-defined,arg-type]
    (after,) = unnumbered(db.read(read_public_rows, ["oslo-2026"]))

    assert (before.lat, before.lon, before.location_precision, before.radius_m) == (59.95, 10.75, "city", 8000.0)
    assert (after.lat, after.lon, after.location_precision, after.radius_m) == (59.91301, 10.73999, "venue", 50.0)
    assert after.view_changes_at is None
    assert rows_of(db) == [after]
    assert db.dataset_version() == version


@pytest.mark.slow
def test_public_rows_for_leaves_out_what_is_not_public(db: Database, make_event: Make) -> None:
    add_many(db, [make_event(), make_event("draft-1", review=ReviewStatus.DRAFT)], actor="import")

    assert unnumbered(db.read(read_public_rows, ["draft-1", "oslo-2020", "nowhere"])) == [OSLO_ROW]


def test_public_changes_of_nothing(db: Database, make_event: Make) -> None:
    assert db.read(read_public_changes, 0) == PublicChanges(0, [], [])

    add_many(db, [make_event()], actor="import")

    assert db.read(read_public_changes, 1) == PublicChanges(1, [], [])
    changes = db.read(read_public_changes, 0)
    assert (changes.version, unnumbered(changes.rows), changes.removed) == (1, [OSLO_ROW], [])


@pytest.mark.slow
def test_public_changes_of_drafts_are_none(db: Database, make_event: Make) -> None:
    add_many(db, [make_event(review=ReviewStatus.DRAFT)], actor="import")

    assert db.dataset_version() == 0
    assert db.read(read_public_changes, 0) == PublicChanges(0, [], [])


@pytest.mark.slow
def test_public_changes_after_publishing_and_withdrawing(db: Database, make_event: Make, moderator: Account) -> None:
    add_many(db, [make_event("other-1"), make_event(review=ReviewStatus.PENDING)], actor="import")

    decide(db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="publish")
    changes = db.read(read_public_changes, 1)
    assert (changes.version, unnumbered(changes.rows), changes.removed) == (2, [OSLO_ROW], [])

    decide(
        db,
        "oslo-2020",
        Decision.WITHDRAW,
        account=moderator,
        expected_revision=2,
        reason="Asked for.",
        idempotency_key="withdraw",
    )
    assert db.read(read_public_changes, 2) == PublicChanges(3, [], ["oslo-2020"])
    assert db.read(read_public_changes, 1) == PublicChanges(3, [], ["oslo-2020"])


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "rallymap.db"
    Database.open(f"sqlite:///{path}").close()
    return path


def fresh_copy(factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    folder = factory.mktemp("rows", numbered=True)
    shutil.copy(empty_database.with_suffix(".key"), folder)
    return Path(shutil.copy(empty_database, folder))


@pytest.mark.slow
@given(data=st.data(), days=st.integers(-600, 600))
@settings(max_examples=60, deadline=None)
def test_fast_rows_equal_the_public_view(
    tmp_path_factory: pytest.TempPathFactory,
    empty_database: Path,
    random_events: st.SearchStrategy[Event],
    data: st.DataObject,
    days: int,
) -> None:
    now = NOW + timedelta(days=days)
    events = data.draw(st.lists(random_events, min_size=1, max_size=30, unique_by=lambda event: event.id))
    db = Database.open(f"sqlite:///{fresh_copy(tmp_path_factory, empty_database)}", clock=lambda: now)
    try:
        add_many(db, events, actor="import")
        expected = [to_public_row(event, now) for event in events]
        assert {row.id: row for row in rows_of(db)} == {row.id: row for row in expected if row}
        assert db.read(get_events, (event.id for event in events)) == events
    finally:
        db.close()


@pytest.mark.slow
@given(data=st.data())
def test_document_of_any_event_comes_back_equal(random_events: st.SearchStrategy[Event], data: st.DataObject) -> None:
    event = data.draw(random_events)
    document = to_document(event)

    assert from_document(event.id, event.revision, event.review, document) == event
    assert differences(document, document) == {}


def test_document_leaves_out_what_is_at_its_default() -> None:
    event = Event("short-1", "Vigil", Kind.VIGIL, EventDate(date(2020, 2, 1), precision=DatePrecision.DAY))

    assert to_document(event) == (
        '{"title":"Vigil","kind":"vigil","when":{"start":"2020-02-01","end":"2020-02-01","precision":"day"}}'
    )


def test_differences_name_the_fields_with_both_values(make_event: Make) -> None:
    before = make_event()
    after = before.changed(title="March in Oslo", status=EventStatus.CANCELLED, about="Rain.")

    assert differences(to_document(before), to_document(after)) == {
        "title": ("Rally in Oslo", "March in Oslo"),
        "about": (None, "Rain."),
        "status": (None, "cancelled"),
    }
