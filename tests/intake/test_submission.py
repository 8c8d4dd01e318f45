"""Fields of the form."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import (
    Claim,
    ClaimKind,
    CrowdClaim,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
)
from rallymap.intake.fields import FIELD_NAMES
from rallymap.intake.submission import read_submission

LONG_FIELDS = sorted(FIELD_NAMES - {"id"} | {"source_url", "claim_text", "crowd_words"})
SOLE_DATE = {"date": {"start": ""}}

FULL = {
    "title": "  Vigil at the embassy ",
    "kind": "Vigil",
    "precision": "minute",
    "start": "2031-05-01",
    "end": "2031-05-01",
    "start_time": "18:00",
    "end_time": "20:30",
    "zone": "Europe/Oslo",
    "place_text": "Oslo",
    "venue": "outside the embassy",
    "country": "Norway",
    "organisers": "Group A, Oslo; Group B\nGroup C",
    "communities": "Iran, Kurdistan",
    "topics": "women, rights",
    "about": "For the prisoners.",
    "source_url": "https://example.org/a",
    "source_title": "A notice",
    "source_publisher": "The Paper",
    "source_published": "28 April 2031",
    "source2_url": "https://example.org/b",
    "crowd_low": "1 500",
    "crowd_high": "2,000",
    "crowd_words": "about two thousand",
    "crowd_by": "police",
    "crowd_source": "2",
    "claim_kind": "demand",
    "claim_text": "Release them",
    "claim_by": "Group A",
    "claim_source": "1",
    "status": "confirmed",
}


def test_all_fields_filled() -> None:
    checked = read_submission(FULL, event_id="oslo-1")
    assert checked.errors == ()
    assert checked.event == Event(
        id="oslo-1",
        title="Vigil at the embassy",
        kind=Kind.VIGIL,
        when=EventDate(date(2031, 5, 1), date(2031, 5, 1), DatePrecision.MINUTE, time(18), time(20, 30), "Europe/Oslo"),
        place=Place("Oslo", "outside the embassy", "NO"),
        organisers=("Group A, Oslo", "Group B", "Group C"),
        communities=("Iran", "Kurdistan"),
        topics=("women", "rights"),
        about="For the prisoners.",
        claims=(Claim(ClaimKind.DEMAND, "Release them", "Group A", 0),),
        crowd=(CrowdClaim(1500, 2000, "about two thousand", "police", 1),),
        sources=(
            Source("https://example.org/a", "A notice", "The Paper", date(2031, 4, 28)),
            Source("https://example.org/b"),
        ),
        status=EventStatus.CONFIRMED,
        review=ReviewStatus.PENDING,
    )


def test_title_alone_is_an_event_reported_by_its_organiser() -> None:
    checked = read_submission({"title": "Rally"}, event_id="event-1")
    assert checked.event == Event(
        "event-1", "Rally", Kind.RALLY, EventDate.unknown(), by_organiser=True, review=ReviewStatus.PENDING
    )


@pytest.mark.parametrize(
    ("written", "people"),
    [("2 Tausend", 2000), ("1.5k", 1500), ("۲ هزار", 2000), ("2 тыс.", 2000), ("500 people", 500)],
)
def test_a_number_with_a_word_is_a_number_of_people(written: str, people: int) -> None:
    texts = {"title": "Vigil", "precision": "day", "start": "2024-05-03", "crowd_high": written, "crowd_by": "police"}
    event = read_submission(texts, event_id="event-1").event
    assert event is not None
    assert [(one.low, one.high) for one in event.crowd] == [(None, people)]


@pytest.mark.parametrize("written", ["2-3", "about 2000", "20 cars", "more than 500"])
def test_a_number_that_needs_more_than_its_field_is_refused(written: str) -> None:
    errors = read_submission({"title": "Vigil", "crowd_low": written}, event_id="event-1").errors
    assert "crowd_low" in {err.field for err in errors}


def test_every_error_is_reported_with_its_field() -> None:
    checked = read_submission(
        {
            "title": "",
            "kind": "riot",
            "start": "soon",
            "country": "Atlantis",
            "place_text": "x" * 300,
            "venue": "y" * 300,
            "organisers": "z" * 300,
            "communities": "c" * 300,
            "about": "a" * 5000,
            "source_url": "javascript:alert(1)",
            "source_published": "yesterday",
            "source2_url": "data:text/html,x",
            "crowd_low": "many",
            "crowd_high": "-3",
            "crowd_source": "7",
            "claim_kind": "song",
            "lat": "59.9",
            "status": "maybe",
            "by_organiser": "perhaps",
        },
        event_id="event-1",
    )
    assert checked.event is None
    assert {err.field: err.user_message for err in checked.errors} == {
        "kind": (
            "“riot” is not known here; one of: rally, march, vigil, exhibition, conference, picket, performance, other."
        ),
        "place_text": "This text has 300 characters; at most 200 fit.",
        "venue": "This text has 300 characters; at most 200 fit.",
        "country": "“Atlantis” is not a country we know; write its two-letter code, such as NO.",
        "lon": "There is a latitude but no longitude; give both, or neither.",
        "start": "“soon” is not a date that can be read here. Write it like 1 February 2020, June 2022 or 2018.",
        "source_published": "“yesterday” is not a date that can be read here. Write it like 1 February 2020, June 2022 "
        "or 2018.",
        "source_url": "A source link starts with https:// or http:// and names a site.",
        "source2_url": "A source link starts with https:// or http:// and names a site.",
        "claim_kind": "“song” is not known here; one of: slogan, banner, speech, demand, claim.",
        "claim_text": "Please fill this in; it cannot be empty.",
        "crowd_low": "“many” is not a number of people; write a number like 1500, and words in their own field.",
        "crowd_high": "“-3” is not a number of people; write a number like 1500, and words in their own field.",
        "crowd_source": "“7” is not the number of a source of this event (it has none).",
        "by_organiser": "“perhaps” is neither yes nor no.",
        "status": (
            "“maybe” is not known here; one of: announced, confirmed, held, cancelled, postponed, moved_online."
        ),
        "title": "Give the event a title.",
        "organisers": "This text has 300 characters; at most 200 fit.",
        "communities": "This text has 300 characters; at most 200 fit.",
        "about": "This text has 5000 characters; at most 4000 fit.",
    }


def test_crowd_upside_down() -> None:
    checked = read_submission({"title": "R", "crowd_low": "500", "crowd_high": "50"}, event_id="event-1")
    assert [(err.field, err.user_message) for err in checked.errors] == [
        ("crowd_low", "The lower estimate (500) is above the higher one (50); swap them.")
    ]


def test_source_without_address_and_title() -> None:
    checked = read_submission({"title": "R", "source_published": "2020-02-04"}, event_id="event-1")
    assert [(err.field, err.user_message) for err in checked.errors] == [
        ("source_url", "A source needs an address, a title or a publisher.")
    ]


def test_pin_set_by_the_organiser() -> None:
    checked = read_submission({"title": "R", "coordinates": "59°54'46\"N 10°44'46\"E"}, event_id="event-1")
    assert checked.event is not None
    assert checked.event.location == Location(
        59 + 54 / 60 + 46 / 3600, 10 + 44 / 60 + 46 / 3600, LocationPrecision.VENUE, 100.0, 1.0, "pin"
    )


@pytest.mark.parametrize(
    ("start", "status"),
    [("2020-02-01", EventStatus.HELD), ("2020-02-02", EventStatus.HELD), ("2020-02-03", EventStatus.ANNOUNCED)],
)
def test_missing_status_follows_from_the_day(start: str, status: EventStatus) -> None:
    checked = read_submission({"title": "R", "start": start}, event_id="event-1", today=date(2020, 2, 2))
    assert checked.event is not None
    assert checked.event.status is status


def test_time_zone_is_looked_up_only_if_a_time_lacks_it() -> None:
    asked = []

    def find_zone(place: Place, location: Location | None) -> str:
        asked.append((place, location))
        return "Asia/Tehran"

    fields = {"title": "R", "start": "2020-02-01", "place_text": "Tehran"}
    day = read_submission(fields, event_id="event-1", find_zone=find_zone)
    timed = read_submission({**fields, "start_time": "18:00"}, event_id="event-1", find_zone=find_zone)
    zoned = read_submission({**fields, "start_time": "18:00", "zone": "UTC"}, event_id="event-1", find_zone=find_zone)
    assert asked == [(Place("Tehran"), None)]
    assert [checked.event.when.zone for checked in (day, timed, zoned) if checked.event] == ["", "Asia/Tehran", "UTC"]


def test_id_and_unknown_names_are_not_the_visitors_to_choose() -> None:
    checked = read_submission(
        {"title": "R", "id": "paris-2018-06", "review": "published", "revision": "9", "colour": "red"},
        event_id="event-1",
    )
    assert checked.event is not None
    assert (checked.event.id, checked.event.review, checked.event.revision) == ("event-1", ReviewStatus.PENDING, 1)


def test_form_of_a_thousand_fields_is_refused() -> None:
    checked = read_submission({f"source{n}_url": "x" for n in range(1000)}, event_id="event-1")
    assert [err.user_message for err in checked.errors] == ["This form has more than 700 fields."]


@pytest.mark.slow
@pytest.mark.parametrize("field", LONG_FIELDS)
def test_10_mb_text_in_any_field_gets_a_sentence(field: str) -> None:
    checked = read_submission(
        {"title": "R", "start": "2020-02-01", **SOLE_DATE.get(field, {}), field: "Z" * 10_000_000}, event_id="event-1"
    )
    assert checked.event is None
    assert all(len(err.user_message) < 250 for err in checked.errors)


@pytest.mark.parametrize(
    "payload",
    ["<img src=x onerror=alert(1)>", "${alert(1)}", "\\x3cimg", "`", "C:\\users", "{{7*7}}", "=1+1", "اعتراض"],
)
def test_payload_is_kept_as_the_text_it_is(payload: str) -> None:
    fields = dict.fromkeys(
        ("title", "place_text", "venue", "organisers", "about", "source_title", "crowd_words"), payload
    )
    event = read_submission({**fields, "claim_text": payload, "claim_by": payload}, event_id="event-1").event
    assert event is not None
    kept = (
        event.title,
        event.place.text,
        event.place.venue,
        *event.organisers,
        event.about,
        event.sources[0].title,
        event.crowd[0].words,
        event.claims[0].text,
        event.claims[0].by,
    )
    assert set(kept) == {payload}


KEYS = st.sampled_from([*sorted(FIELD_NAMES), *FULL, "source3_url", "crowd2_low", "claim9_text", "x"])


@pytest.mark.slow
@given(st.dictionaries(KEYS, st.text(max_size=30) | st.sampled_from(["1", "2020-02-01", "NO", "yes", "https://a.b"])))
def test_any_fields_give_an_event_or_errors(fields: dict[str, str]) -> None:
    checked = read_submission(fields, event_id="event-1")
    assert (checked.event is None) == bool(checked.errors)
