"""Value objects of an event: invalid values are rejected with a sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import EventDate
from rallymap.errors import InvalidEventError
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
    clean_text,
)

BASE = Event("oslo-1", "Rally", Kind.RALLY, EventDate.unknown())


def complaint(build: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(InvalidEventError) as caught:
        build()
    return caught.value.field, caught.value.user_message


def located(**parts: Any) -> Location:
    usual = {"lat": 59.9, "lon": 10.7, "precision": "city", "radius_m": 5000, "confidence": 0.9, "method": "gazetteer"}
    return Location(**{**usual, **parts})


def test_enums_are_read_from_their_texts() -> None:
    event = BASE.changed(kind="vigil", status="cancelled", review="pending")
    assert (event.kind, event.status, event.review) == (Kind.VIGIL, EventStatus.CANCELLED, ReviewStatus.PENDING)
    assert located(precision="venue").precision is LocationPrecision.VENUE


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Rally \n", "Rally"),
        ("A\u030arhus", "Århus"),
        ("a\x00b\x1bc\x7fd\u0085e\tf", "abcdef"),
        ("one\ntwo", "one\ntwo"),
        ("\u202eevil\u202c \u2066x\u2069 \ufeff", "evil x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("<img onerror=x>${`\\u", "<img onerror=x>${`\\u"),
        ("lone \ud800 surrogate", "lone  surrogate"),
    ],
)
def test_text_is_brought_to_one_form(text: str, kept: str) -> None:
    assert clean_text("title", text, max_length=100) == kept


def test_text_that_is_too_long_or_missing() -> None:
    assert complaint(lambda: clean_text("title", "x" * 11, max_length=10)) == (
        "title",
        "This text has 11 characters; at most 10 fit.",
    )
    assert complaint(lambda: clean_text("title", "x" * 10_000_000, max_length=10)) == (
        "title",
        "This text is too long; at most 10 characters fit.",
    )
    assert complaint(lambda: clean_text("title", " \u202e ", max_length=10, required=True)) == (
        "title",
        "Give the event a title.",
    )


@pytest.mark.slow
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text("title", text, max_length=10_000)
    assert clean_text("title", once, max_length=10_000) == once
    once.encode()


def test_country_code_is_written_large() -> None:
    assert Place("Oslo", country_hint=" no ").country_hint == "NO"
    assert located(country="no").country == "NO"


@pytest.mark.parametrize("code", ["Norway", "N", "N1", "نو"])
def test_invalid_country_code(code: str) -> None:
    sentence = "A country is its two-letter ISO 3166-1 code, such as NO."
    assert complaint(lambda: Place("Oslo", country_hint=code)) == ("country", sentence)


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"lat": 90.01}, "lat"),
        ({"lat": float("nan")}, "lat"),
        ({"lon": -180.01}, "lon"),
        ({"lon": float("inf")}, "lon"),
        ({"confidence": 1.01}, "confidence"),
        ({"confidence": -0.01}, "confidence"),
        ({"radius_m": -1}, "radius_m"),
        ({"radius_m": 20_040_001}, "radius_m"),
    ],
)
def test_location_off_the_earth(parts: dict[str, object], field: str) -> None:
    assert complaint(lambda: located(**parts))[0] == field


def test_location_at_the_antimeridian_and_the_poles() -> None:
    assert [located(lon=lon).lon for lon in (-180, 180)] == [-180, 180]
    assert [located(lat=lat).lat for lat in (-90, 90)] == [-90, 90]


def test_source_needs_an_address_a_title_or_a_publisher() -> None:
    assert complaint(Source) == ("source_url", "A source needs an address, a title or a publisher.")
    assert Source(title=" A notice ").title == "A notice"


@pytest.mark.parametrize("field", ["url", "archived_url"])
def test_source_link_that_would_run(field: str) -> None:
    changes: dict[str, Any] = {field: "javascript:alert(1)"}
    assert complaint(lambda: dataclasses.replace(Source(title="A"), **changes)) == (
        "source_url",
        "A source link starts with https:// or http:// and names a site.",
    )


def test_claim_needs_its_words() -> None:
    assert complaint(lambda: Claim(ClaimKind.SLOGAN, " ")) == ("claims", "Please fill this in; it cannot be empty.")


@pytest.mark.parametrize(
    ("low", "high", "words", "sentence"),
    [
        (None, None, "", "A crowd estimate needs a number or words."),
        (500, 50, "", "The lower estimate (500) is above the higher one (50); swap them."),
        (-1, None, "", "A crowd is a number from 0 to 100 000 000."),
        (None, 100_000_001, "", "A crowd is a number from 0 to 100 000 000."),
    ],
)
def test_invalid_crowd(low: int | None, high: int | None, words: str, sentence: str) -> None:
    assert complaint(lambda: CrowdClaim(low, high, words)) == ("crowd", sentence)


def test_crowd_of_none_is_an_estimate() -> None:
    assert (CrowdClaim(0, 0).low, CrowdClaim(words="hundreds").high) == (0, None)


@pytest.mark.parametrize("event_id", ["", "ab", "-ab", "Oslo-1", "oslo 1", "oslo_1", "a" * 65, "oslo\n1", "اسلو"])
def test_id_of_another_form(event_id: str) -> None:
    assert complaint(lambda: BASE.changed(id=event_id)) == (
        "id",
        "An id has 3 to 64 small letters, digits and hyphens.",
    )


def test_names_are_kept_once_and_in_order() -> None:
    assert BASE.changed(organisers=(" B ", "A", "B", "", "A")).organisers == ("B", "A")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisers", tuple(map(str, range(41)))),
        ("communities", ("x" * 201,)),
        ("topics", ("x" * 201,)),
        ("about", "x" * 4001),
        ("title", "x" * 201),
        ("title", ""),
        ("kind", "riot"),
        ("status", "over"),
        ("review", "secret"),
        ("sources", (Source(title="A"),) * 41),
        ("revision", 0),
        ("disclosed_from", datetime(2020, 1, 1)),  # noqa: DTZ001 - the missing zone is what is refused
    ],
)
def test_part_that_does_not_fit_names_its_field(field: str, value: object) -> None:
    assert complaint(lambda: BASE.changed(**{field: value}))[0] == field


@pytest.mark.parametrize("source", [-1, 1])
def test_claim_of_a_source_that_is_not_there(source: int) -> None:
    sentence = "A claim names a source that the event does not have."
    for claims in (
        {"claims": (Claim(ClaimKind.CLAIM, "x", source=source),)},
        {"crowd": (CrowdClaim(1, source=source),)},
    ):
        assert complaint(lambda claims=claims: BASE.changed(sources=(Source(title="A"),), **claims)) == (  # type: ignore[misc]
            "claims",
            sentence,
        )


def test_changed_leaves_the_original_unchanged() -> None:
    changed = BASE.changed(title="March", disclosed_from=datetime(2030, 1, 1, tzinfo=UTC))
    assert (BASE.title, changed.title, changed.id) == ("Rally", "March", "oslo-1")


@pytest.mark.slow
@given(st.text(max_size=250), st.text(max_size=250), st.lists(st.text(max_size=30), max_size=45))
def test_any_texts_make_an_event_or_a_sentence(title: str, about: str, organisers: list[str]) -> None:
    try:
        event = BASE.changed(title=title, about=about, organisers=tuple(organisers))
    except InvalidEventError as err:
        assert err.user_message.endswith(".")  # noqa: PT017 - the sentence is one of the two good ends
    else:
        assert event.changed() == event


def test_crowd_of_an_upcoming_event_is_expected_and_stays_so_once_it_was_held() -> None:
    ahead = Event(
        "abc", "Rally", Kind.RALLY, EventDate.unknown(), status=EventStatus.ANNOUNCED, crowd=(CrowdClaim(200),)
    )
    assert ahead.crowd == (CrowdClaim(200, is_expected=True),)
    assert ahead.changed(status=EventStatus.HELD).crowd == ahead.crowd
    assert ahead.changed(status=EventStatus.HELD, crowd=(CrowdClaim(200),)).crowd == (CrowdClaim(200),)
