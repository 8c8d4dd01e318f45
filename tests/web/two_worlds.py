"""Two worlds that differ only in what is withheld, for tests that nobody can tell them apart.

What both worlds share is `SHOWN`: upcoming events of every kind of disclosure, and past ones. A :class:`Secrets` says
all that the public must not learn: where exactly, how often that was changed, what moderators and organisers wrote, and
which events are not published.
"""

from __future__ import annotations

import dataclasses
import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import (
    AttendanceMode,
    Campaign,
    Disclosure,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
    Translation,
    Waypoint,
)
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, Role
from rallymap.pictures import CleanPicture, GivenPicture
from rallymap.places import Resolver, default_resolver
from rallymap.query.snapshot import SnapshotKeeper
from rallymap.settings import Settings
from rallymap.store import Database, PlaceCheck
from rallymap.store.bulk import add_many
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, public_rows, read_public_changes, read_public_rows
from rallymap.store.search import SearchIndex
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import change_own_picture, store_own
from rallymap.workflows.messages import add_note
from rallymap.workflows.place_checks import set_location
from rallymap.workflows.place_memory import open_places
from rallymap.workflows.reports import report_event
from rallymap.workflows.services import Services
from rallymap.workflows.submissions import send_events

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
MIRA = Account("mira", Role.MODERATOR)
CELLS = {"Oslo": (59.9, 10.7, "NO"), "London": (51.5, -0.2, "GB"), "Suva": (-18.2, 178.4, "FJ")}
"""South-west corner of a cell of 0.1 degree, and its country."""
QUARTERS = {"Oslo": "Grünerløkka", "London": "Brixton"}
"""A part of each city whose name says where in it an event is."""
WORDS = ("the usual corner", "Youngstorget 3", "in front of the embassy", "میدان آزادی")
PAST = date(2020, 2, 1)
AHEAD = (NOW + timedelta(days=14)).date()
PIXEL = CleanPicture(b"RIFF....WEBP", "image/webp", 4, 3)
CAMPAIGN = Campaign("day-of-action", "Day of action")
"""Of all upcoming events, and of those that are not published."""
SAID = (Translation("fa", "تجمع دیگر", "درباره"), Translation("nb", "En annen markering"))
"""What is said of an upcoming event in further languages, which is public as its title is."""
OPEN: list[World] = []
"""The world that is open, for pages that AppTest runs from a file."""
_numbers = itertools.count()


@dataclass(frozen=True)
class Secret:
    """What is withheld of one upcoming event.

    Attributes
    ----------
    north, east
        Of the exact point within its cell, degrees.
    moves
        How often a moderator moved the exact point after it was published.
    """

    north: float = 0.05
    east: float = 0.05
    venue: str = ""
    words: str = ""
    precision: LocationPrecision = LocationPrecision.VENUE
    radius_m: float = 50.0
    confidence: float = 1.0
    method: str = "pin"
    names_quarter: bool = False
    has_picture: bool = False
    has_route: bool = False
    moves: int = 0
    note: str = ""
    contact: str = ""
    proposal: str = ""
    is_reported: bool = False
    is_remembered: bool = False


@dataclass(frozen=True)
class Hidden:
    """An event that the public does not see."""

    city: str
    north: float
    east: float
    day: date
    title: str
    url: str
    review: ReviewStatus


@dataclass(frozen=True)
class Secrets:
    """What is withheld of a world: of its upcoming events in their order, and its unpublished ones."""

    upcoming: tuple[Secret, ...]
    hidden: tuple[Hidden, ...] = ()


def shown() -> list[Event]:
    """Return the upcoming events of both worlds, each with its exact location in the middle of its cell."""
    day = EventDate(AHEAD, precision=DatePrecision.DAY, zone="Europe/Oslo")
    made: list[tuple[str, str, dict[str, Any]]] = [
        ("city", "Oslo", {}),
        ("same-day", "Oslo", {"title": "Another rally", "kind": Kind.MARCH, "language": "en", "translations": SAID}),
        ("from-time", "London", {"disclosure": Disclosure.FROM_TIME, "disclosed_from": NOW + timedelta(days=3)}),
        ("cancelled", "London", {"status": EventStatus.CANCELLED}),
        ("hybrid", "Suva", {"attendance_mode": AttendanceMode.HYBRID}),
        ("held", "Suva", {"status": EventStatus.HELD}),
        ("undated", "Oslo", {"when": EventDate.unknown()}),
        ("postponed", "Suva", {"status": EventStatus.POSTPONED, "when": EventDate(PAST, precision=DatePrecision.DAY)}),
    ]
    events = []
    for name, city, changes in made:
        said = {"title": f"Rally {name}", "when": day, "status": EventStatus.ANNOUNCED} | changes
        said.setdefault("campaign", CAMPAIGN)
        events.append(_event(f"ahead-{name}", city, Source("https://news.example/campaign"), **said))
    return [
        *events,
        events[0].changed(
            id="ahead-nowhere", title="Rally nowhere", location=None, attendance_mode=AttendanceMode.ONLINE
        ),
    ]


def past() -> list[Event]:
    """Return the past events of both worlds, of which nothing is withheld."""
    day = EventDate(PAST, precision=DatePrecision.DAY, zone="Europe/Oslo")
    return [
        _event(f"past-{city.lower()}-{number}", city, Source(f"https://news.example/{city}/{number}"), when=day)
        for city in CELLS
        for number in range(3)
    ]


@contextmanager
def opened_world(template: Path, folder: Path, secrets: Secrets) -> Iterator[World]:
    """Open a world in a folder of its own, from a database that was made once."""
    folder.mkdir(parents=True)
    for file in template.parent.glob(f"{template.stem}.*"):
        shutil.copy(file, folder / file.name)
    world = World(folder, template.name)
    try:
        world.fill(secrets)
        OPEN.append(world)
        yield world
    finally:
        OPEN.clear()
        world.db.close()


class World:
    """One running site."""

    def __init__(self, folder: Path, database: str) -> None:
        self.now = NOW
        self.db = Database.open(f"sqlite:///{folder / database}", clock=lambda: self.now)
        keeper = SnapshotKeeper(
            load=lambda: public_rows(self.db),
            changes_since=lambda version: self.db.read(read_public_changes, version),
            rows_for=lambda ids: self.db.read(read_public_rows, ids),
            version=self.db.dataset_version,
            finder=SearchIndex(self.db),
            clock=lambda: self.now.timestamp(),
            wall_clock_s=lambda: self.now.timestamp(),
        )
        settings = Settings.from_env({"RALLYMAP_HOME": str(folder)})
        resolver = default_resolver(
            settings.overrides_path, is_open=open_places(keeper), answers_path=settings.answers_path
        )
        self.services = Services(settings, self.db, keeper, resolver, (), ())
        self.hidden_ids: list[str] = []
        self.picture_ids: list[str] = []
        self.statements = 0
        sa.event.listen(self.db._engine, "before_cursor_execute", self._count)

    def _count(self, *_arguments: object) -> None:
        self.statements += 1

    @property
    def resolver(self) -> Resolver:
        return self.services.resolver

    def fill(self, secrets: Secrets) -> None:
        """Bring in all events, and everything that is withheld of them."""
        add_many(self.db, past(), actor="import")
        for event, secret in zip(shown(), secrets.upcoming, strict=True):
            self._put_upcoming(event, secret)
        for number, hidden in enumerate(secrets.hidden):
            self._put_hidden(f"hidden-{number}", hidden)
        self.now += timedelta(seconds=2)

    def _put_upcoming(self, event: Event, secret: Secret) -> None:
        event = _with_secret(event, secret)
        check = PlaceCheck("low-confidence") if secret.confidence < 0.8 else None
        receipt = send_events(
            self.db,
            [event],
            idempotency_key=_key(),
            contact=secret.contact,
            place_checks={event.id: check} if check else {},
        )[0]
        if secret.has_picture:
            change_own_picture(
                self.db, receipt.edit_token, GivenPicture(PIXEL, secret.venue or "A poster"), idempotency_key=_key()
            )
        self._decide(event.id, Decision.PUBLISH)
        for _ in range(secret.moves):
            self._move(event.id)
        if secret.note:
            add_note(self.db, event.id, secret.note, account=MIRA, idempotency_key=_key(), for_organiser=True)
        if secret.proposal:
            now = self.db.read(read_own_event, receipt.edit_token).event
            store_own(
                self.db,
                receipt.edit_token,
                now.changed(title=secret.proposal),
                expected_revision=now.revision,
                idempotency_key=_key(),
            )
        if secret.is_reported:
            report_event(
                self.db,
                event.id,
                ReportKind.WRONG_PLACE,
                "It is elsewhere.",
                idempotency_key=_key(),
                account=VISITOR,
                address="",
                now=self.db.now(),
            )
        if secret.is_remembered:
            text = secret.words or "the usual corner"
            self.resolver.store_override(text, None, _point(event), event_id=event.id)
        picture = self.db.read(get_event, event.id).picture
        self.picture_ids += [picture.id] if picture else []

    def _move(self, event_id: str) -> None:
        now = self.db.read(get_event, event_id)
        moved = now.location and dataclasses.replace(now.location, lat=now.location.lat + 1e-4)
        set_location(self.db, event_id, moved, account=MIRA, expected_revision=now.revision, idempotency_key=_key())

    def _put_hidden(self, event_id: str, hidden: Hidden) -> None:
        when = EventDate(hidden.day, precision=DatePrecision.DAY, zone="Europe/Oslo")
        event = _event(event_id, hidden.city, Source(hidden.url), when=when, title=hidden.title, campaign=CAMPAIGN)
        event = event.changed(translations=(Translation("fa", f"{hidden.title} fa", hidden.title),))
        event = _with_secret(event, Secret(hidden.north, hidden.east))
        receipt = send_events(self.db, [event], idempotency_key=_key(), contact="someone@example.org")[0]
        change_own_picture(self.db, receipt.edit_token, GivenPicture(PIXEL, "A poster"), idempotency_key=_key())
        decision = {ReviewStatus.REJECTED: Decision.REJECT, ReviewStatus.WITHDRAWN: Decision.WITHDRAW}
        if hidden.review in decision:
            self._decide(event_id, decision[hidden.review])
        picture = self.db.read(get_event, event_id).picture
        self.picture_ids += [picture.id] if picture else []
        self.hidden_ids.append(event_id)

    def _decide(self, event_id: str, decision: Decision) -> None:
        revision = self.db.read(get_event, event_id).revision
        decide(
            self.db,
            event_id,
            decision,
            account=MIRA,
            expected_revision=revision,
            reason="A reason.",
            idempotency_key=_key(),
        )


def secrets() -> st.SearchStrategy[Secrets]:
    """Return everything that two worlds may differ in."""
    inside = st.floats(0.001, 0.099)
    secret = st.builds(
        Secret,
        north=inside,
        east=inside,
        venue=st.sampled_from(("", *WORDS)),
        words=st.sampled_from(("", *WORDS)),
        precision=st.sampled_from((LocationPrecision.VENUE, LocationPrecision.DISTRICT)),
        radius_m=st.floats(10, 3000),
        confidence=st.sampled_from((0.5, 0.97, 1.0)),
        method=st.sampled_from(("pin", "given", "landmark", "override", "service:nominatim")),
        names_quarter=st.booleans(),
        has_picture=st.booleans(),
        has_route=st.booleans(),
        moves=st.integers(0, 2),
        note=st.sampled_from(("", "Which corner?")),
        contact=st.sampled_from(("", "someone@example.org")),
        proposal=st.sampled_from(("", "A better title")),
        is_reported=st.booleans(),
        is_remembered=st.booleans(),
    )
    hidden = st.builds(
        Hidden,
        city=st.sampled_from(sorted(CELLS)),
        north=inside,
        east=inside,
        day=st.sampled_from((PAST, AHEAD, AHEAD + timedelta(days=1))),
        title=st.sampled_from(("Rally city", "Vigil")),
        url=st.sampled_from(("https://news.example/campaign", "https://other.example/x")),
        review=st.sampled_from((ReviewStatus.PENDING, ReviewStatus.REJECTED, ReviewStatus.WITHDRAWN)),
    )
    count = len(shown())
    return st.builds(
        Secrets,
        st.lists(secret, min_size=count, max_size=count).map(tuple),
        st.lists(hidden, max_size=3).map(tuple),
    )


def _event(event_id: str, city: str, *sources: Source, **said: Any) -> Event:
    south, west, country = CELLS[city]
    location = Location(south + 0.05, west + 0.05, LocationPrecision.CITY, 9_000, 0.95, "gazetteer", city, "", country)
    made = Event(
        event_id,
        "A rally",
        Kind.RALLY,
        EventDate.unknown(),
        Place(city, country_hint=country),
        location,
        organisers=(f"Friends in {city}", "A committee"),
        communities=("Iran",),
        sources=sources,
        review=ReviewStatus.PUBLISHED,
    )
    return made.changed(**said)


def _with_secret(event: Event, secret: Secret) -> Event:
    city, location = event.place.text, event.location
    # Of a place that nobody found nothing is shown, so there may as well be none.
    words = ", ".join(part for part in (secret.words, city) if part) if location else secret.words
    place = Place(words, secret.venue, event.place.country_hint)
    if location is not None:
        south, west, _ = CELLS[city]
        location = dataclasses.replace(
            location,
            lat=south + secret.north,
            lon=west + secret.east,
            precision=secret.precision,
            radius_m=secret.radius_m,
            confidence=secret.confidence,
            method=secret.method,
            name=QUARTERS.get(city, city) if secret.names_quarter else location.name,
        )
    route = (Waypoint("the usual corner", location), Waypoint("Youngstorget 3")) if secret.has_route else ()
    return event.changed(place=place, location=location, route=route)


def _point(event: Event) -> tuple[float, float]:
    return (event.location.lat, event.location.lon) if event.location else (59.93, 10.77)


def _key() -> str:
    return f"a-form-of-two-worlds-{next(_numbers):08}"
