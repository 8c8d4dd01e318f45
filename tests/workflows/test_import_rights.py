"""What an account may learn, change and undo by importing a file."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus
from rallymap.intake.ids import readable_id
from rallymap.language import say
from rallymap.moderation import Account, Decision, Role, TakedownReason
from rallymap.places import default_resolver
from rallymap.store import Database
from rallymap.store.audit import AuditEntry
from rallymap.store.changes import add_event
from rallymap.store.events import get_event, get_events
from rallymap.store.imports import list_import_events
from rallymap.workflows.decisions import decide
from rallymap.workflows.import_files import open_for_import
from rallymap.workflows.import_plan import ImportPlan, RowOutcome, plan_import
from rallymap.workflows.import_rights import import_as, undo_as
from rallymap.workflows.imports import write_import
from rallymap.workflows.takedown import delete_event

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

RESOLVER = default_resolver()
ADMIN = Account("ada", Role.ADMINISTRATOR)
OMID = Account("omid", Role.ORGANISER)
SVEA = Account("svea", Role.MODERATOR, ("SE",))
NORA = Account("nora", Role.MODERATOR, ("NO",))
WHEN = EventDate(date(2099, 6, 1), precision=DatePrecision.DAY, zone="Europe/Oslo")
SPOT = Location(59.91487, 10.74913, LocationPrecision.VENUE, 50, 1.0, "pin", "Oslo", "", "NO")
WITHHELD = ("Folkets hus", "Youngstorget", "59.91", "10.74")
GUESSES = ("Folkets hus", "Slottsplassen", "")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield opened
    opened.close()


def upcoming(event_id: str, **changes: object) -> Event:
    made = Event(
        event_id, "Rally for the imprisoned", Kind.RALLY, WHEN, Place("Youngstorget, Oslo", "Folkets hus", "NO"), SPOT,
        review=ReviewStatus.PUBLISHED,
    )  # fmt: skip
    return made.changed(**changes)


def stored(db: Database, event: Event) -> Event:
    return db.write(add_event, event, AuditEntry("mira", "submitted"))


def planned(db: Database, text: str, account: Account | None) -> ImportPlan:
    return plan_import(db, RESOLVER, open_for_import(text.encode(), "table.csv"), account=account)


@pytest.mark.parametrize("account", [OMID, SVEA, NORA])
def test_ids_in_a_file_show_nothing_of_the_events_that_have_them(db: Database, account: Account) -> None:
    for event in (upcoming("oslo-1"), upcoming("oslo-2", title="Secret plan", review=ReviewStatus.PENDING)):
        stored(db, event)
    plan = planned(db, "id,title\noslo-1,Another title\noslo-2,Another title\n", account)
    assert [(row.outcome, row.event, row.changes) for row in plan.rows] == [(RowOutcome.UNCHANGED, None, {})] * 2
    assert {say(row.reason) for row in plan.rows} == {"Only administrators may change events by import."}
    assert not [word for word in (*WITHHELD, "Secret") if word in repr(plan)]
    [first, _] = planned(db, "id,title\noslo-1,Another title\noslo-2,Another title\n", ADMIN).rows
    assert first.outcome is RowOutcome.CHANGED
    assert first.event is not None
    assert first.event.place.venue == "Folkets hus"


@pytest.mark.parametrize("account", [OMID, SVEA])
def test_guesses_of_a_withheld_venue_are_all_answered_alike(db: Database, account: Account) -> None:
    stored(db, upcoming("oslo-1"))
    stored(db, upcoming("oslo-2", title="Secret plan", review=ReviewStatus.PENDING))
    header = "title,date,place,venue,country,source_url\n"

    def outcome(title: str, venue: str, place: str = "Oslo") -> tuple[RowOutcome, str]:
        rows = f"{title},2099-06-01,{place},{venue},NO,https://a.example/1\n"
        [row] = planned(db, header + rows, account).rows
        return row.outcome, say(row.reason)

    found = {outcome("Rally for the imprisoned", venue) for venue in GUESSES}
    assert found == {(RowOutcome.POSSIBLE_DUPLICATE, "This may be the event “Rally for the imprisoned”.")}
    assert {outcome("Secret plan", venue) for venue in GUESSES} == {(RowOutcome.NEW, "")}


def test_questions_about_duplicates_lead_no_nearer_than_the_public_view(db: Database) -> None:
    def answers(db: Database, spot: Location) -> list[RowOutcome]:
        stored(db, upcoming(f"oslo-{secrets.token_hex(4)}", location=spot))
        points = [(59.80 + step / 40, 10.50 + step / 40) for step in range(16)]
        rows = [f"Rally for the imprisoned,2099-06-01,{lat:.3f},{lon:.3f}" for lat, lon in points]
        return [row.outcome for row in planned(db, "title,date,lat,lon\n" + "\n".join(rows) + "\n", OMID).rows]

    one = answers(db, SPOT)
    assert len(set(one)) == 2
    with db.writing() as tx:
        for event in get_events(tx, [row.id for row in tx.conn.exec_driver_sql("SELECT id FROM events")]):
            tx.conn.exec_driver_sql("DELETE FROM events WHERE id = ?", (event.id,))
    assert answers(db, replace(SPOT, lat=59.999, lon=10.701)) == one


def test_moderator_compares_with_what_waits_in_their_countries(db: Database) -> None:
    stored(db, upcoming("oslo-2", title="Secret plan", review=ReviewStatus.PENDING))
    text = "title,date,place,country\nSecret plan,2099-06-01,Oslo,NO\n"
    assert [planned(db, text, who).rows[0].outcome for who in (NORA, SVEA, None)] == [
        RowOutcome.POSSIBLE_DUPLICATE,
        RowOutcome.NEW,
        RowOutcome.POSSIBLE_DUPLICATE,
    ]


class TestMadeIds:
    TEXT = "title,date,place,venue,country,source_url\nVigil,2099-06-01,Oslo,Youngstorget,NO,https://a.example/1\n"
    GUESS = readable_id("Vigil", EventDate(date(2099, 6, 1), precision=DatePrecision.DAY), "Youngstorget, Oslo")

    def ids(self, db: Database, account: Account | None = None) -> list[str]:
        return [row.event.id for row in planned(db, self.TEXT, account).rows if row.event]

    def test_do_not_confirm_a_guess_of_the_place(self, db: Database, tmp_path: Path) -> None:
        [made] = self.ids(db)
        assert made.startswith("vigil-2099-06-01-")
        assert made != self.GUESS
        other = Database.open(f"sqlite:///{tmp_path / 'other.db'}")
        assert self.ids(other) not in ([made], [self.GUESS])
        other.close()

    def test_are_the_same_for_the_same_file(self, db: Database) -> None:
        done = write_import(db, planned(db, self.TEXT, None), actor="operator")
        [event_id] = db.read(list_import_events, done.batch_id)
        assert [(row.outcome, row.event) for row in planned(db, self.TEXT, None).rows] == [(RowOutcome.UNCHANGED, None)]
        assert db.read(get_event, event_id).place.venue == "Youngstorget"

    def test_of_an_organiser_do_not_meet_those_of_others(self, db: Database) -> None:
        write_import(db, planned(db, self.TEXT, None), actor="operator")
        assert planned(db, self.TEXT, OMID).rows[0].outcome is not RowOutcome.UNCHANGED
        import_as(db, planned(db, self.TEXT, OMID), OMID, idempotency_key=secrets.token_urlsafe())
        assert planned(db, self.TEXT, OMID).rows[0].outcome is RowOutcome.UNCHANGED

    def test_of_earlier_versions_stay(self, db: Database) -> None:
        stored(db, upcoming(self.GUESS, title="Vigil"))
        [row] = planned(db, self.TEXT, None).rows
        assert row.event is not None
        assert (row.outcome, row.event.id) == (RowOutcome.CHANGED, self.GUESS)

    @pytest.mark.parametrize("account", [None, OMID])
    def test_of_an_event_that_was_taken_down_bring_it_not_back(self, db: Database, account: Account | None) -> None:
        done = write_import(db, planned(db, self.TEXT, None), actor="operator")
        [event_id] = db.read(list_import_events, done.batch_id)
        delete_event(
            db, event_id, TakedownReason.RISK, account=ADMIN, expected_revision=1,
            idempotency_key=secrets.token_urlsafe(),
        )  # fmt: skip
        assert planned(db, self.TEXT, account).rows[0].outcome is RowOutcome.TAKEN_DOWN

    def test_count_rows_that_say_the_same(self, db: Database) -> None:
        again = self.TEXT + "Vigil,2099-06-01,Oslo,Youngstorget,NO,https://a.example/2\n"
        first, second = (row.event.id for row in planned(db, again, None).rows if row.event)
        assert first != second
        assert second.endswith("-2")


def test_undo_of_a_limited_moderator_ends_at_the_limit(db: Database) -> None:
    table = "id,title,date,place,country,source_url\n"
    rows = "oslo-1,A,2020-02-01,Oslo,NO,https://a.example/1\nlund-1,B,2020-02-01,Lund,SE,https://a.example/2\n"
    done = import_as(db, planned(db, table + rows, SVEA), SVEA, idempotency_key=secrets.token_urlsafe())
    for event_id, account in (("oslo-1", NORA), ("lund-1", SVEA)):
        decide(
            db,
            event_id,
            Decision.PUBLISH,
            account=account,
            expected_revision=1,
            idempotency_key=secrets.token_urlsafe(),
        )
    result = undo_as(db, done.batch_id, SVEA, idempotency_key=secrets.token_urlsafe())
    assert (result.removed, result.kept) == (1, ("oslo-1",))
    assert db.read(get_event, "oslo-1").review is ReviewStatus.PUBLISHED
