"""A database with one case of each kind that moderators handle, for the tests of their acts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, EventStatus, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, Role
from rallymap.places import Resolver, default_resolver
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database, PlaceCheck
from rallymap.store.accounts import add_account
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, public_rows
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import answer_moderators, store_own
from rallymap.workflows.reports import report_event
from rallymap.workflows.submissions import send_events

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
MIRA = Account("mira", Role.MODERATOR)
ADA = Account("ada", Role.ADMINISTRATOR)
RESOLVER = default_resolver()
OSLO = Location(59.91273, 10.74609, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Oslo", "Oslo", "NO")
PARIS = Location(48.85341, 2.3488, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Paris", "Île-de-France", "FR")
HAMILTONS = (
    {"label": "Hamilton, Ontario, Canada", "name": "Hamilton", "admin1": "Ontario", "country": "CA",
     "lat": 43.25, "lon": -79.85, "precision": "city", "radius_m": 12000, "confidence": 0.6},
    {"label": "Hamilton, Ohio, United States", "name": "Hamilton", "admin1": "Ohio", "country": "US",
     "lat": 39.4, "lon": -84.56, "precision": "city", "radius_m": 6000, "confidence": 0.2},
)  # fmt: skip
_numbers = itertools.count()


def new_key() -> str:
    return f"a-form-of-the-tests-{next(_numbers):06}"


def event(event_id: str, **changes: Any) -> Event:
    made = Event(
        event_id,
        f"Rally {event_id}",
        Kind.RALLY,
        EventDate(date(2020, 2, 1), precision=DatePrecision.DAY, zone="Europe/Oslo"),
        place=Place("Oslo", country_hint="NO"),
        location=OSLO,
        sources=(Source(f"https://news.example/{event_id}"),),
    )
    return made.changed(**changes)


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class World:
    """An open database.

    `waiting`, `public`, `doubtful` and `over` are ids: pending; published with a proposal and a report; pending with
    an ambiguous place and a message from its organiser; published, over and still announced. All are in Norway.
    """

    db: Database
    clock: Clock = field(default_factory=Clock)
    resolver: Resolver = RESOLVER
    waiting: str = "oslo-waiting"
    public: str = "oslo-public"
    doubtful: str = "hamilton"
    over: str = "oslo-over"
    edit_token: str = ""

    @property
    def now(self) -> datetime:
        return self.clock.now

    def snapshot(self) -> Snapshot:
        return Snapshot.build(public_rows(self.db), self.db.dataset_version())


def submit(db: Database, submitted: Event, check: PlaceCheck | None = None) -> str:
    receipt = send_events(
        db,
        [submitted],
        idempotency_key=new_key(),
        contact="someone@example.org",
        place_checks={submitted.id: check} if check else {},
    )[0]
    return receipt.edit_token


def publish(db: Database, event_id: str, actor: Account = MIRA) -> Event:
    revision = db.read(get_event, event_id).revision
    return decide(db, event_id, Decision.PUBLISH, account=actor, expected_revision=revision, idempotency_key=new_key())


def fill(db: Database, clock: Clock) -> None:
    """Put one case of each kind into an empty database."""
    for name, role in (("omid", Role.ORGANISER), ("mira", Role.MODERATOR), ("ada", Role.ADMINISTRATOR)):
        db.write(add_account, name, "no hash, nobody signs in here", role)
    submit(db, event("oslo-waiting", title="Rally before parliament"))
    token = submit(db, event("oslo-public"))
    publish(db, "oslo-public")
    own = db.read(read_own_event, token).event
    store_own(db, token, own.changed(title="A better title"), expected_revision=own.revision, idempotency_key=new_key())
    report_event(
        db,
        "oslo-public",
        ReportKind.WRONG_PLACE,
        "It was in Bergen.",
        idempotency_key=new_key(),
        account=VISITOR,
        address="",
        now=db.now(),
    )
    doubtful = event("hamilton", place=Place("Hamilton", country_hint="NO"), location=None)
    answer_moderators(
        db,
        submit(db, doubtful, PlaceCheck("ambiguous", HAMILTONS)),
        "Hamilton in Canada.",
        idempotency_key=new_key(),
    )
    over = EventDate((clock.now - timedelta(days=3)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo")
    submit(db, event("oslo-over", when=over, status=EventStatus.ANNOUNCED))
    publish(db, "oslo-over")


def open_world(path: Path, *, two_moderators: bool = False) -> World:
    clock = Clock()
    return World(Database.open(f"sqlite:///{path}", clock=clock, two_moderators=two_moderators), clock)


def damage(world: World) -> None:
    """Spoil the content of the current revision of `public`; its first revision can still be read."""
    with world.db.writing() as tx:
        spoil = "UPDATE revisions SET document = '{' WHERE event_id = ? AND revision = 2"
        tx.conn.exec_driver_sql(spoil, (world.public,))


def statuses(db: Database, *ids: str) -> list[ReviewStatus]:
    return [db.read(get_event, event_id).review for event_id in ids]
