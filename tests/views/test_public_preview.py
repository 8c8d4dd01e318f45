"""The preview of organisers and moderators is what the public sees once the event is published."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import (
    Disclosure,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Picture,
    Place,
    ReviewStatus,
    Waypoint,
)
from rallymap.query.public_view import public_stages, public_view
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import get_public_event
from rallymap.views.cards import event_card
from rallymap.views.public_preview import hides_anything, public_card, public_sentences, public_summary

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
RALLY = Event(
    "oslo-2026",
    "Rally",
    Kind.RALLY,
    EventDate(date(2026, 6, 15), precision=DatePrecision.DAY, zone="Europe/Oslo"),
    place=Place("Stortinget, Oslo", "Stortinget", "NO"),
    location=Location(59.91301, 10.73999, LocationPrecision.VENUE, 50, 1.0, "pin", "Oslo", "Oslo", "NO"),
    status=EventStatus.ANNOUNCED,
    review=ReviewStatus.PENDING,
)
NUMBERS = itertools.count(1)
POSTER = Picture("0" * 32, "A poster", 40, 30)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("preview") / "rallymap.db"
    opened = Database.open(f"sqlite:///{path}", clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.mark.slow
@given(data=st.data(), hours=st.integers(-20_000, 20_000))
def test_preview_of_any_event_is_the_card_after_publication(
    db: Database, random_events: st.SearchStrategy[Event], data: st.DataObject, hours: int
) -> None:
    event, now = data.draw(random_events).changed(id=f"event-{next(NUMBERS)}"), NOW + timedelta(hours=hours)
    add_many(db, [event.changed(review=ReviewStatus.PUBLISHED)], actor="import")
    public = db.read(get_public_event, event.id, now)

    assert public_card(event, now, picture_url="p.png") == event_card(public, picture_url="p.png")
    assert hides_anything(event, now) is (
        public != event.changed(review=ReviewStatus.PUBLISHED, revision=public.revision)
    )


@pytest.mark.slow
@given(data=st.data(), hours=st.integers(-20_000, 20_000), later=st.integers(0, 40_000))
def test_stages_say_what_any_event_shows_at_any_later_time(
    random_events: st.SearchStrategy[Event], data: st.DataObject, hours: int, later: int
) -> None:
    event, now = data.draw(random_events), NOW + timedelta(hours=hours)
    at = now + timedelta(hours=later)
    stages = public_stages(event, now)
    shown = [stage.view for stage in stages if stage.starts_at is None or stage.starts_at <= at][-1]

    assert shown == public_view(event.changed(review=ReviewStatus.PUBLISHED), at)
    assert all(public_sentences(event, now))


def test_sentences_name_the_city_and_the_moment() -> None:
    assert public_sentences(RALLY.changed(picture=POSTER), NOW) == (
        "Once published, the public sees the city only (Oslo, Norway), without the exact location and the picture.",
        (
            "From 16 June 2026, 00:00 (Oslo time), when it is over: the exact location (Stortinget, Oslo, "
            "Norway) and the picture."
        ),
    )


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Göteborg", ""),
        ("گوتنبرگ، سوئد", ""),
        ("Gothenburg (Sweden)", ""),
        ("Goteborg, Västra Götaland, Schweden", ""),
        ("Göteborg, near the harbour", ", without the words “Göteborg, near the harbour”"),
        ("Götaplatsen", ", without the words “Götaplatsen”"),
        ("Göteborg, Norway", ", without the words “Göteborg, Norway”"),
    ],
)
def test_words_that_say_no_more_than_the_city_are_not_called_left_out(text: str, left_out: str) -> None:
    city = Location(57.7, 11.97, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Gothenburg", "Västra Götaland", "SE")
    sentence = public_sentences(RALLY.changed(place=Place(text), location=city), NOW)[0]

    assert sentence == f"Once published, the public sees the city only (Gothenburg, Sweden){left_out}."


def test_sentences_name_the_route_of_a_march_from_the_moment_it_is_public() -> None:
    city = Location(59.91273, 10.74609, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Oslo", "Oslo", "NO")
    march = RALLY.changed(place=Place("Oslo"), location=city, route=(Waypoint("Stortinget"), Waypoint("Slottet")))

    assert public_sentences(march, NOW) == (
        "Once published, the public sees the city only (Oslo, Norway), without the route.",
        "From 16 June 2026, 00:00 (Oslo time), when it is over: the place (Oslo, Norway), and the route.",
    )


def test_sentences_name_the_time_that_the_organiser_chose() -> None:
    at = datetime(2026, 6, 14, 16, 0, tzinfo=UTC)
    event = RALLY.changed(disclosure=Disclosure.FROM_TIME, disclosed_from=at, review=ReviewStatus.PUBLISHED)

    assert public_sentences(event, NOW) == (
        "The public sees the city only (Oslo, Norway), without the exact location.",
        (
            "From 14 June 2026, 18:00 (Oslo time), the time that its organiser chose: the exact location "
            "(Stortinget, Oslo, Norway)."
        ),
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"disclosure": Disclosure.PUBLIC}, "; its organiser says that it is already announced"),
        (
            {"disclosure": Disclosure.FROM_TIME, "disclosed_from": datetime(2020, 5, 3, tzinfo=UTC)},
            "; the time that its organiser chose has passed",
        ),
    ],
)
def test_exact_location_that_is_public_at_once_is_said_and_stands_out(changes: dict[str, object], why: str) -> None:
    event = RALLY.changed(**changes)
    sentence = (
        f"Once published, the public sees all of this at once, also the exact location (Stortinget, Oslo, Norway){why}."
    )

    assert public_sentences(event, NOW) == (sentence,)
    assert "rm-said-problem" in public_summary(event, NOW)


def test_past_event_says_that_all_is_public() -> None:
    past = RALLY.changed(when=EventDate(date(2020, 6, 15), precision=DatePrecision.DAY))

    assert public_sentences(past, NOW) == ("Once published, the public sees all of this at once.",)
    assert "rm-said-problem" not in public_summary(past, NOW)


def test_place_that_is_withheld_without_an_end_says_so() -> None:
    assert public_sentences(RALLY.changed(status=EventStatus.POSTPONED), NOW)[1] == (
        "This stays so until an edit gives its date or makes the exact location public."
    )


def test_place_that_nobody_found_is_not_shown_at_all() -> None:
    event = RALLY.changed(location=None, place=Place("<b>Karl Johans gate</b> 22"))

    assert public_sentences(event, NOW)[0] == "Once published, the public sees nothing of the place."
    assert "&lt;b&gt;Karl" in public_summary(event, NOW)
