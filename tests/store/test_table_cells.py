"""The cells of a table, read from documents: the same as those of the events that the public may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import (
    AttendanceMode,
    Claim,
    ClaimKind,
    CrowdClaim,
    Event,
    EventStatus,
    Location,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
    Translation,
    Waypoint,
)
from rallymap.exports.table_columns import event_cells
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import read_events
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import get_public_events
from rallymap.store.table_cells import get_public_cells
from tests.store.conftest import NOW
from tests.store.test_damaged import spoil

Make = Callable[..., Event]
BUNDLED = Path(__file__).parents[2] / "data" / "rallies.csv"
DATES = [
    EventDate(),
    EventDate.year(2019),
    EventDate.year(2019, approximate=True),
    EventDate.month(2022, 6, approximate=True),
    EventDate(date(2019, 3, 1), date(2019, 5, 31), DatePrecision.MONTH),
    EventDate(date(2019, 3, 4), date(2019, 5, 30), DatePrecision.MONTH),
    EventDate(date(2020, 2, 1), date(2020, 2, 2), DatePrecision.WEEKEND),
    EventDate(date(2020, 2, 3), date(2020, 2, 9), DatePrecision.WEEK, zone="Europe/Oslo", approximate=True),
    EventDate(date(2020, 2, 1), None, DatePrecision.DAY),
    EventDate(date(2020, 2, 1), date(2020, 2, 2), DatePrecision.MINUTE, time(18), time(1, 30), "Europe/Oslo"),
    EventDate(date(2020, 2, 1), None, DatePrecision.MINUTE, time(18, 5), zone="Europe/Oslo"),
]


def assert_same(db: Database, ids: list[str], now: datetime) -> None:
    cells = list(db.read(get_public_cells, ids, now))
    assert cells == [event_cells(event) for event in db.read(get_public_events, ids, now)]
    assert len(cells) == len(ids)


@pytest.mark.slow
def test_cells_of_the_bundled_events_are_those_of_the_built_events(db: Database) -> None:
    found = read_events(BUNDLED.read_bytes(), ImportOptions()).events
    events = [event.changed(review=ReviewStatus.PUBLISHED) for event in found]
    add_many(db, events, actor="import")
    assert_same(db, [event.id for event in events], NOW)


@pytest.mark.slow
def test_cells_of_every_sort_of_value_are_those_of_the_built_event(db: Database, make_event: Make) -> None:
    region = Location(31.5, -106.2, LocationPrecision.REGION, 100_000.0, 0.5, "gazetteer", "Chihuahua", "", "MX")
    full = make_event(
        "full",
        place=Place("Oslo", "Stortinget", "NO"),
        location=region,
        route=(Waypoint("Stortinget", region), Waypoint("a corner"), Waypoint("", region)),
        organisers=("A", "انجمن"),
        topics=("one", "two"),
        language="en",
        translations=(Translation("fa", "تجمع", "درباره"), Translation("nb", about="Om")),
        crowd=(
            CrowdClaim(80, 120, "", "police", 0),
            CrowdClaim(None, 5_000, by="organisers"),
            CrowdClaim(words="many"),
        ),
        claims=(Claim(ClaimKind.SLOGAN, "Down with\nit", "the crowd", 0), Claim(ClaimKind.DEMAND, "Act")),
        sources=(
            Source("HTTPS://News.example/a", "A", "B", date(2020, 2, 4), "https://kept.example/1"),
            Source(title="L"),
        ),
        by_organiser=True,
        status=EventStatus.CANCELLED,
        attendance_mode=AttendanceMode.HYBRID,
    )
    bare = make_event("bare", location=None, place=Place(country_hint="SE"), sources=())
    dated = [make_event(f"dated-{number}", when=when) for number, when in enumerate(DATES)]
    events = [full, bare, *dated]
    add_many(db, events, actor="import")
    assert_same(db, [event.id for event in events], NOW)


@pytest.mark.slow
def test_cells_of_an_upcoming_event_have_no_venue_until_it_is_over(db: Database, future_rally: Event) -> None:
    crowd = (CrowdClaim(100, 200, "", "organisers"),)
    rally = future_rally.changed(review=ReviewStatus.PUBLISHED, crowd=crowd, status=EventStatus.ANNOUNCED)
    add_many(db, [rally], actor="import")
    assert_same(db, [rally.id], NOW)
    assert rally.place.venue not in repr(list(db.read(get_public_cells, [rally.id], NOW)))
    after = datetime(2030, 1, 1, tzinfo=UTC)
    assert_same(db, [rally.id], after)
    assert rally.place.venue in repr(list(db.read(get_public_cells, [rally.id], after)))


@pytest.mark.slow
def test_event_that_is_not_public_has_no_cells(db: Database, make_event: Make) -> None:
    events = [make_event(f"one-{status.value}".replace("_", "-"), review=status) for status in ReviewStatus]
    add_many(db, events, actor="import")
    cells = list(db.read(get_public_cells, [event.id for event in events], NOW))
    assert [one.fixed[0] for one in cells] == ["one-published"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "spoilt"),
    [
        ("https://news.example/a", "javascript:alert(1)"),
        ('"lat":59.9', '"lat":91.9'),
        ('"precision":"city"', '"precision":"street"'),
        ('"start":"2020-02-01"', '"start":"2020-02-31"'),
    ],
)
def test_value_that_no_event_can_have_is_left_out(db: Database, make_event: Make, written: str, spoilt: str) -> None:
    oslo = Location(59.91, 10.74, LocationPrecision.CITY, 9_000.0, 0.9, "given", "Oslo", "", "NO")
    event = make_event(
        "broken-one",
        when=EventDate(date(2020, 2, 1), date(2020, 2, 1), DatePrecision.DAY),
        location=oslo,
        sources=(Source("https://news.example/a"),),
    )
    add_many(db, [event], actor="import")
    assert len(list(db.read(get_public_cells, ["broken-one"], NOW))) == 1
    spoil(db, "UPDATE revisions SET document = REPLACE(document, ?, ?)", written, spoilt)
    assert list(db.read(get_public_cells, ["broken-one"], NOW)) == []
