import dataclasses
from datetime import date, time

import pytest

from rallymap.dates import DatePrecision, EventDate, parse_edtf
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
    Translation,
)
from rallymap.intake.filled_form import fields_of_event
from rallymap.intake.submission import read_submission

FULL = Event(
    "oslo-1",
    "Vigil, Oslo",
    Kind.VIGIL,
    EventDate(date(2024, 5, 3), date(2024, 5, 4), DatePrecision.MINUTE, time(18), time(2), "Europe/Oslo"),
    Place("Stortinget, Oslo", "Stortinget", "NO"),
    Location(59.913, 10.74, LocationPrecision.VENUE, 100.0, 1.0, "pin", "", "", "NO"),
    organisers=("Group A, B and C", "Group D"),
    communities=("Iran",),
    about="Two\nlines",
    language="en",
    translations=(Translation("fa", "شب‌زنده‌داری", "دو\nخط"), Translation("nb", about="Bare sammendrag")),
    topics=("Prisoners",),
    claims=(Claim(ClaimKind.SLOGAN, "Freedom; now", "the crowd", 1), Claim(ClaimKind.SPEECH, "Hello")),
    crowd=(CrowdClaim(200, 300, "some hundreds", "police", 0), CrowdClaim(words="many")),
    sources=(
        Source("https://example.org/1", "One", "Paper", date(2024, 5, 4), "https://archive.example/1"),
        Source(title="Two"),
    ),
    status=EventStatus.HELD,
    review=ReviewStatus.PENDING,
)


def refill(event: Event) -> Event:
    checked = read_submission(fields_of_event(event), event_id=event.id)
    assert checked.errors == ()
    assert checked.event is not None
    return checked.event


def test_form_filled_from_an_event_gives_the_same_event() -> None:
    assert refill(FULL) == FULL


@pytest.mark.parametrize(
    "when",
    [
        EventDate.unknown(),
        parse_edtf("2018-06-30"),
        parse_edtf("2020-02-01/2020-02-04"),
        parse_edtf("2020-02-01/2020-02-02", "weekend"),
        parse_edtf("2022-06~"),
        parse_edtf("2018"),
        EventDate(date(2020, 2, 3), date(2020, 2, 9), DatePrecision.WEEK),
    ],
    ids=lambda when: when.edtf or "unknown",
)
def test_every_precision_of_a_date_survives_the_form(when: EventDate) -> None:
    assert refill(dataclasses.replace(FULL, when=when)).when == when


def test_location_from_the_gazetteer_is_not_stored_in_the_form() -> None:
    found = dataclasses.replace(FULL.location, method="gazetteer") if FULL.location else None
    assert "coordinates" not in fields_of_event(dataclasses.replace(FULL, location=found))


@pytest.mark.parametrize("names", [(), ("Group A, B and C",), ("A",), ("A, B", "C"), ("A", "B")])
def test_names_with_commas_stay_one_name(names: tuple[str, ...]) -> None:
    assert refill(dataclasses.replace(FULL, organisers=names)).organisers == names
