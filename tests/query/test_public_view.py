"""What the public may see at any time."""

from __future__ import annotations

import dataclasses
import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import (
    Claim,
    ClaimKind,
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
from rallymap.query.public_view import (
    CITY_RADIUS_M,
    embargo_ends_at,
    has_future_venue,
    public_view,
    snap_to_grid,
    venue_mentions,
    view_changes_at,
)

BEFORE = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
MIDNIGHT_AFTER = datetime(2026, 6, 15, 22, 0, tzinfo=UTC)  # Oslo, summer time
EXACT = Location(59.91301, 10.73999, LocationPrecision.VENUE, 50, 0.9, "pin", "Oslo", "Oslo", "NO")
RALLY = Event(
    "oslo-2026",
    "Rally in Oslo",
    Kind.RALLY,
    EventDate(date(2026, 6, 15), precision=DatePrecision.DAY, zone="Europe/Oslo"),
    place=Place("Stortinget, Oslo", "Stortinget", "NO"),
    location=EXACT,
    status=EventStatus.ANNOUNCED,
    review=ReviewStatus.PUBLISHED,
)
AS_CITY = RALLY.changed(
    place=Place("Oslo", "", "NO"),
    location=Location(59.95, 10.75, LocationPrecision.CITY, CITY_RADIUS_M, 1.0, "withheld", "Oslo", "Oslo", "NO"),
)


@pytest.mark.parametrize("review", [status for status in ReviewStatus if status is not ReviewStatus.PUBLISHED])
def test_public_view_of_unpublished_event(review: ReviewStatus) -> None:
    assert public_view(RALLY.changed(review=review), BEFORE) is None
    assert view_changes_at(RALLY.changed(review=review), BEFORE) is None


def test_public_view_of_future_event_shows_the_city() -> None:
    assert public_view(RALLY, BEFORE) == AS_CITY


def test_public_view_changes_at_the_midnight_after() -> None:
    just_before = MIDNIGHT_AFTER - timedelta(microseconds=1)

    assert view_changes_at(RALLY, BEFORE) == MIDNIGHT_AFTER.timestamp()
    assert public_view(RALLY, just_before) == AS_CITY
    assert public_view(RALLY, MIDNIGHT_AFTER) == RALLY
    assert view_changes_at(RALLY, MIDNIGHT_AFTER) is None


def test_route_of_a_future_march_is_withheld_wholly() -> None:
    march = RALLY.changed(kind=Kind.MARCH, route=(Waypoint("Stortinget", EXACT), Waypoint("Slottet")))

    assert public_view(march, BEFORE) == AS_CITY.changed(kind=Kind.MARCH)
    assert public_view(march, MIDNIGHT_AFTER) == march
    assert public_view(march.changed(disclosure=Disclosure.PUBLIC), BEFORE) == march.changed(
        disclosure=Disclosure.PUBLIC
    )


def test_route_alone_is_a_future_venue_and_is_found_in_texts() -> None:
    town = dataclasses.replace(EXACT, precision=LocationPrecision.CITY)
    march = RALLY.changed(
        title="March to Slottet", place=Place("Oslo"), location=town, route=(Waypoint("Oslo"), Waypoint("Slottet"))
    )

    assert has_future_venue(march, BEFORE)
    assert not has_future_venue(march.changed(route=()), BEFORE)
    assert venue_mentions(march) == ("title",)


def test_public_view_of_announced_venue_shows_it() -> None:
    event = RALLY.changed(disclosure=Disclosure.PUBLIC)

    assert public_view(event, BEFORE) == event
    assert view_changes_at(event, BEFORE) is None


def test_public_view_discloses_from_the_time_chosen() -> None:
    chosen = datetime(2026, 6, 14, 18, 0, tzinfo=UTC)
    event = RALLY.changed(disclosure=Disclosure.FROM_TIME, disclosed_from=chosen)

    assert view_changes_at(event, BEFORE) == chosen.timestamp()
    assert public_view(event, chosen - timedelta(seconds=1)) != event
    assert public_view(event, chosen) == event


def test_public_view_from_time_without_a_time_keeps_the_city() -> None:
    event = RALLY.changed(disclosure=Disclosure.FROM_TIME)

    assert public_view(event, BEFORE) == AS_CITY.changed(disclosure=Disclosure.FROM_TIME)


def test_public_view_of_cancelled_future_event_still_hides_the_venue() -> None:
    cancelled = RALLY.changed(status=EventStatus.CANCELLED)

    assert public_view(cancelled, BEFORE) == AS_CITY.changed(status=EventStatus.CANCELLED)


def test_public_view_of_postponed_event_hides_the_venue_after_its_old_day() -> None:
    event = RALLY.changed(status=EventStatus.POSTPONED)

    assert public_view(event, MIDNIGHT_AFTER + timedelta(days=365)) == AS_CITY.changed(status=EventStatus.POSTPONED)
    assert view_changes_at(event, BEFORE) is None
    assert embargo_ends_at(event) == math.inf


@pytest.mark.parametrize(("status", "is_hidden"), [(EventStatus.ANNOUNCED, True), (EventStatus.HELD, False)])
def test_public_view_of_undated_event(status: EventStatus, is_hidden: bool) -> None:
    event = RALLY.changed(when=EventDate.unknown(), status=status)

    assert (public_view(event, BEFORE) != event) is is_hidden


def test_public_view_of_approximate_day_waits_a_week_longer() -> None:
    when = EventDate(date(2026, 6, 15), precision=DatePrecision.DAY, zone="Europe/Oslo", approximate=True)

    assert view_changes_at(RALLY.changed(when=when), BEFORE) == (MIDNIGHT_AFTER + timedelta(days=7)).timestamp()


def test_public_view_keeps_a_citys_own_point() -> None:
    city = Location(59.91273, 10.74609, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Oslo", "Oslo", "NO")
    event = RALLY.changed(location=city)

    assert public_view(event, BEFORE) == event.changed(place=Place("Oslo", "", "NO"))


QUARTERS = [
    ("Grünerløkka", "NO", (59.92, 10.76), 1_200, "Oslo", (59.91273, 10.74609), 10_700),
    ("Tensta", "SE", (59.39447, 17.90117), 1_300, "Stockholm", (59.32938, 18.06871), 12_700),
    ("Kreuzberg", "DE", (52.49973, 13.40338), 4_000, "Berlin", (52.52437, 13.41053), 19_100),
    ("Yongsan-gu", "KR", (37.53222, 126.99), 7_700, "Seoul", (37.566, 126.9784), 30_000),
]


@pytest.mark.parametrize(("quarter", "country", "point", "radius_m", "city", "middle", "city_radius_m"), QUARTERS)
def test_public_view_shows_the_city_of_a_quarter(
    quarter: str, country: str, point: tuple[float, float], radius_m: float, city: str, middle: tuple[float, float],
    city_radius_m: float,
) -> None:  # fmt: skip
    where = Location(*point, LocationPrecision.CITY, radius_m, 0.99, "gazetteer", quarter, city, country)
    event = RALLY.changed(place=Place(f"{quarter}, {city}", "", country), location=where)
    assert public_view(event, BEFORE) == event.changed(
        place=Place(city, "", country),
        location=Location(*middle, LocationPrecision.CITY, city_radius_m, 1.0, "withheld", city, city, country),
    )
    assert public_view(event, MIDNIGHT_AFTER) == event
    pinned = dataclasses.replace(where, precision=LocationPrecision.VENUE, radius_m=50, method="pin")
    seen = public_view(event.changed(location=pinned, place=Place(quarter, "A square", country)), BEFORE)
    assert seen is not None
    assert seen.location is not None
    assert (seen.location.name, seen.place.text) == (city, city)
    assert (seen.location.lat, seen.location.lon) == snap_to_grid(*point)


OWN_TOWNS = [
    ("Fürth", "DE", (49.47593, 10.98856)),
    ("Lund", "SE", (55.70584, 13.19321)),
    ("Potsdam", "DE", (52.39886, 13.06566)),
    ("Grünerløkka", "SE", (59.92, 10.76)),
    ("Tensta", "SE", (57.7, 11.97)),
]


@pytest.mark.parametrize(("town", "country", "point"), OWN_TOWNS)
def test_public_view_keeps_a_town_of_its_own(town: str, country: str, point: tuple[float, float]) -> None:
    where = Location(*point, LocationPrecision.CITY, 3_000, 0.99, "gazetteer", town, "", country)
    event = RALLY.changed(place=Place(town, "", country), location=where)
    assert public_view(event, BEFORE) == event


def test_public_view_snaps_a_pin_that_claims_to_be_a_city() -> None:
    pinned = Location(59.91301, 10.73999, LocationPrecision.CITY, 50, 0.9, "pin", "Oslo", "Oslo", "NO")
    seen = public_view(RALLY.changed(location=pinned), BEFORE)

    assert seen is not None
    assert seen.location == AS_CITY.location


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Stortinget, Oslo", "Stortinget"),
        ("in front of the Norwegian parliament, Oslo", "Stortinget"),
        ("Karl Johans gate 22, Oslo", ""),
        ("Oslo", "Stortinget"),
    ],
)
def test_public_view_says_the_city_in_our_own_words(text: str, venue: str) -> None:
    seen = public_view(RALLY.changed(place=Place(text, venue, "NO")), BEFORE)

    assert seen is not None
    assert seen.place == Place("Oslo", "", "NO")


def test_public_view_of_a_location_named_after_the_venue_shows_no_words() -> None:
    named = dataclasses.replace(EXACT, name="The Stortinget, Oslo")
    seen = public_view(RALLY.changed(location=named), BEFORE)

    assert seen is not None
    assert seen.place == Place("", "", "NO")
    assert seen.location is not None
    assert (seen.location.name, seen.location.admin1, seen.location.country) == ("", "Oslo", "NO")


def test_public_view_without_coordinates_shows_no_words() -> None:
    seen = public_view(RALLY.changed(location=None, place=Place("Karl Johans gate 22, Oslo", "", "NO")), BEFORE)

    assert seen is not None
    assert seen.place == Place("", "", "NO")


@pytest.mark.parametrize(
    ("point", "centre"),
    [
        ((59.91301, 10.73999), (59.95, 10.75)),
        ((0.0, 0.0), (0.05, 0.05)),
        ((-0.0001, -0.0001), (-0.05, -0.05)),
        ((90.0, 180.0), (89.95, 179.95)),
        ((-90.0, -180.0), (-89.95, -179.95)),
    ],
)
def test_snap_to_grid(point: tuple[float, float], centre: tuple[float, float]) -> None:
    assert snap_to_grid(*point) == centre


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_snap_to_grid_stays_within_the_stated_radius(lat: float, lon: float) -> None:
    seen_lat, seen_lon = snap_to_grid(lat, lon)
    metres = 111_320 * math.hypot(lat - seen_lat, (lon - seen_lon) * math.cos(math.radians(lat)))

    assert metres <= CITY_RADIUS_M
    assert snap_to_grid(seen_lat, seen_lon) == (seen_lat, seen_lon)


def test_venue_mentions_in_free_text() -> None:
    event = RALLY.changed(
        title="Rally before STORTINGET",
        claims=(Claim(ClaimKind.SLOGAN, "To Stortinget!"),),
        sources=(Source("https://news.example/stortinget"),),
    )

    assert venue_mentions(event) == ("title", "claims", "sources")
    assert venue_mentions(RALLY) == ()
    assert venue_mentions(event.changed(place=Place("Oslo"))) == ()


def test_venue_named_in_another_language_is_found() -> None:
    event = RALLY.changed(place=Place("Oslo", "Stortinget"))
    assert venue_mentions(event) == ()
    said = (Translation("nb", about="Vi møtes ved Stortinget."),)
    assert venue_mentions(event.changed(translations=said)) == ("translations",)


@pytest.mark.slow
@given(data=st.data(), hours=st.integers(-20_000, 20_000))
def test_public_view_of_any_event(random_events: st.SearchStrategy[Event], data: st.DataObject, hours: int) -> None:
    event, now = data.draw(random_events), BEFORE + timedelta(hours=hours)
    seen = public_view(event, now)

    assert (seen is None) == (event.review is not ReviewStatus.PUBLISHED)
    if seen is None:
        return
    withheld = ("place", "location", "picture", "revision")
    assert seen.changed(**{name: getattr(event, name) for name in withheld}) == event
    end = event.when.ends_at()
    lies_ahead = end is not None and now < end
    told = event.disclosure is Disclosure.PUBLIC or (
        event.disclosure is Disclosure.FROM_TIME and event.disclosed_from is not None and event.disclosed_from <= now
    )
    if told:
        assert seen == event
    elif lies_ahead:
        fine = (LocationPrecision.VENUE, LocationPrecision.DISTRICT)
        assert (seen.place.venue, seen.picture) == ("", None)
        assert not event.place.venue or event.place.venue not in seen.place.text
        if seen.location is not None and event.location is not None:
            assert seen.location.precision not in fine
            if event.location.precision in fine:
                assert not event.place.venue or event.place.venue not in seen.location.name
                assert (seen.location.lat, seen.location.lon) == snap_to_grid(event.location.lat, event.location.lon)


@pytest.mark.slow
@given(data=st.data(), hours=st.integers(-20_000, 20_000))
def test_view_changes_at_says_when_any_view_changes(
    random_events: st.SearchStrategy[Event], data: st.DataObject, hours: int
) -> None:
    event, now = data.draw(random_events), BEFORE + timedelta(hours=hours)
    at = view_changes_at(event, now)

    if at is None:
        assert public_view(event, now + timedelta(days=10_000)) == public_view(event, now)
    else:
        change = datetime.fromtimestamp(at, UTC)
        assert change > now
        assert public_view(event, change - timedelta(milliseconds=1)) == public_view(event, now)
        assert public_view(event, change) == event
