"""A point and a place text that contradict each other are not taken together."""

from __future__ import annotations

import dataclasses

import pytest

from rallymap.intake.filled_form import fields_of_event
from rallymap.places import Candidate, default_resolver
from rallymap.workflows.form_events import draft_event
from rallymap.workflows.pin_check import contradiction_of_pin
from rallymap.workflows.place_answers import Suggested, candidates_of, find_place, name_choice

RESOLVER = default_resolver()
VIENNA, GOTHENBURG, OSLO = "48.2082, 16.3738", "57.7072, 11.9668", "59.9127, 10.7461"
FIELDS = {"title": "Rally", "precision": "day", "start": "2024-05-03"}


def said(text: str, coordinates: str, country: str = "", chosen: Candidate | None = None) -> str:
    fields = FIELDS | {"place_text": text, "coordinates": coordinates, "country": country}
    if chosen is not None:
        fields["place_chosen"] = name_choice(chosen, fields)
    errors = draft_event(RESOLVER, fields).errors
    assert set(errors) <= {"coordinates"}
    return errors.get("coordinates", "")


@pytest.mark.parametrize(
    ("text", "coordinates", "sentence"),
    [
        ("Göteborg, Sverige", VIENNA, "This point is 1\u202f100 km from Gothenburg, Västra Götaland, Sweden."),
        ("Oslo", GOTHENBURG, "This point is 260 km from Oslo, Norway."),
        ("Stortinget, Oslo", "59.5, 9.5", "This point is 83 km from Oslo, Norway."),
        ("Bavaria", OSLO, "This point is 1\u202f220 km from Bayern, Germany."),
    ],
)
def test_contradiction_is_shown_at_the_coordinates(text: str, coordinates: str, sentence: str) -> None:
    way_out = " Move the pin or clear the coordinates, or correct the place."
    assert said(text, coordinates) == sentence + way_out


@pytest.mark.parametrize(
    ("text", "coordinates"),
    [
        ("Oslo", OSLO),
        ("Oslo", "60.2, 11.1"),
        ("Hamilton", "43.2567, -79.8692"),
        ("Hamilton", "-37.787, 175.2793"),
        ("Bavaria", "47.5622, 13.0"),
        ("France", "43.2965, 5.3698"),
        ("United States", "21.3069, -157.8583"),
        ("Xqzzthorpe", VIENNA),
        ("", VIENNA),
    ],
)
def test_point_that_may_be_the_place_is_taken(text: str, coordinates: str) -> None:
    assert said(text, coordinates) == ""


@pytest.mark.parametrize(
    ("text", "coordinates", "country", "sentence"),
    [
        ("France", OSLO, "", "This point is 1\u202f520 km from France."),
        ("Oslo", OSLO, "FR", "This point is not in France."),
        ("", OSLO, "FR", "This point is not in France."),
        ("Xqzzthorpe", VIENNA, "DE", "This point is not in Germany."),
    ],
)
def test_point_outside_the_country_is_said(text: str, coordinates: str, country: str, sentence: str) -> None:
    assert said(text, coordinates, country).startswith(sentence)


@pytest.mark.parametrize(
    ("text", "coordinates", "country"),
    [
        ("", "18.4655, -66.1057", "US"),  # San Juan, Puerto Rico
        ("", "18.4655, -66.1057", "PR"),
        ("", "47.5553, 7.5896", "DE"),  # Basel, 2 km from the border
        ("", "55.0, 3.0", "NO"),  # the North Sea
        ("Hawaii", "21.3069, -157.8583", "US"),
    ],
)
def test_point_in_a_territory_at_a_border_or_at_sea_is_taken(text: str, coordinates: str, country: str) -> None:
    assert said(text, coordinates, country) == ""


def test_point_far_from_all_places_of_a_name_names_the_nearest() -> None:
    assert said("Hamilton", "45.5, -73.6").startswith("This point is 560 km from Hamilton, Ontario, Canada.")


def test_point_has_to_agree_with_the_place_that_was_chosen() -> None:
    candidates = candidates_of(find_place(RESOLVER, "Hamilton"))
    [chosen] = [one for one in candidates if one.label == "Hamilton, Waikato, New Zealand"]
    assert said("Hamilton", "-37.787, 175.2793", chosen=chosen) == ""
    assert "Hamilton, Waikato, New Zealand" in said("Hamilton", "43.2567, -79.8692", chosen=chosen)


def test_place_that_is_not_sure_contradicts_nothing() -> None:
    answer = RESOLVER.resolve("Oslo")
    [sure, *_] = candidates_of(answer)
    unsure = dataclasses.replace(answer, candidate=dataclasses.replace(sure, confidence=0.4))  # type: ignore[arg-type]
    assert contradiction_of_pin((48.2, 16.4), answer)
    assert contradiction_of_pin((48.2, 16.4), unsure) == ""


def test_name_that_is_still_being_typed_contradicts_nothing() -> None:
    assert isinstance(find_place(RESOLVER, "Gothenb"), Suggested)
    assert said("Gothenb", VIENNA) == ""


def test_event_that_contradicts_itself_already_can_be_changed_otherwise() -> None:
    before = draft_event(RESOLVER, FIELDS | {"coordinates": VIENNA}).event
    assert before is not None
    before = before.changed(place=dataclasses.replace(before.place, text="Göteborg"))
    fields = fields_of_event(before)
    assert draft_event(RESOLVER, fields | {"title": "A vigil"}, before=before).errors == {}
    for changes in ({"place_text": "Oslo"}, {"coordinates": "48.3, 16.3"}):
        assert set(draft_event(RESOLVER, fields | changes, before=before).errors) == {"coordinates"}
