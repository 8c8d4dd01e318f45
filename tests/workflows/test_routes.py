"""The points of a route are looked up; what is not surely known stays words."""

from __future__ import annotations

import pytest

from rallymap.errors import InvalidEventError
from rallymap.events import Event, Kind, LocationPrecision, Place, Waypoint, line_of
from rallymap.intake.city_table import CityRow, write_cities
from rallymap.intake.filled_form import fields_of_event
from rallymap.workflows.campaign_cities import draft_cities
from rallymap.workflows.form_events import draft_event
from rallymap.workflows.locations import Outcome, locate
from rallymap.workflows.routes import with_route
from tests.workflows.moderated import NOW, RESOLVER, event

MARCH = {
    "title": "March",
    "kind": "march",
    "precision": "day",
    "start": "2020-02-01",
    "place_text": "Oslo",
    "country": "NO",
}


def march(place: str, *points: Waypoint, country: str = "") -> Event:
    return event("march", kind=Kind.MARCH, place=Place(place, country_hint=country), location=None, route=points)


def test_landmark_of_the_town_is_found_and_unknown_corner_stays_words() -> None:
    placed = locate(march("Oslo", Waypoint("Stortinget"), Waypoint("the blue kiosk"), country="NO"), RESOLVER)
    start, corner = placed.event.route
    assert start.location is not None
    assert (start.text, start.location.precision) == ("Stortinget", LocationPrecision.VENUE)
    assert corner == Waypoint("the blue kiosk")
    assert line_of(placed.event.route) == []


def test_town_of_the_same_name_far_away_is_no_point_of_the_route() -> None:
    placed = locate(march("Oslo", Waypoint("Drammen"), Waypoint("Paris"), country=""), RESOLVER)
    assert [point.location is not None for point in placed.event.route] == [True, False]


@pytest.mark.parametrize("text", ["from Cologne to Bonn", "between Cologne and Bonn", "Cologne – Bonn"])
def test_place_text_of_a_march_that_says_a_way_is_its_route(text: str) -> None:
    placed = locate(march(text), RESOLVER)
    assert (placed.outcome, placed.to_check) == (Outcome.LOCATED, None)
    assert [point.location.name for point in placed.event.route if point.location] == ["Köln", "Bonn"]
    assert placed.event.location == placed.event.route[0].location
    assert placed.event.place.text == text


def test_two_towns_that_are_no_way_and_rallies_stay_ambiguous() -> None:
    assert locate(march("Cologne and Bonn"), RESOLVER).outcome is Outcome.AMBIGUOUS
    rally = march("from Cologne to Bonn").changed(kind=Kind.RALLY)
    assert (locate(rally, RESOLVER).outcome, locate(rally, RESOLVER).event.route) == (Outcome.AMBIGUOUS, ())


def test_form_gives_a_march_its_route_and_a_change_keeps_the_other_points() -> None:
    fields = {**MARCH, "route_text": "Stortinget", "route2_text": "59.9167, 10.7276"}
    before = draft_event(RESOLVER, fields).event
    assert before is not None
    assert len(line_of(before.route)) == 2
    longer = {**fields_of_event(before), "route2_text": "Youngstorget", "route3_text": "59.91670, 10.72760"}
    after = draft_event(RESOLVER, longer, before=before).event
    assert after is not None
    assert (after.route[0], after.route[2]) == before.route
    assert after.changed(route=before.route) == before


def test_other_cities_of_a_campaign_do_not_take_over_the_route() -> None:
    fields = {
        **MARCH,
        "route_text": "Stortinget",
        "route2_text": "59.9167, 10.7276",
        "cities": write_cities([CityRow("Bergen")]),
    }
    [bergen] = draft_cities(RESOLVER, fields, now=NOW)
    assert bergen.draft.event is not None
    assert (bergen.draft.event.place.text, bergen.draft.event.route) == ("Bergen", ())


def test_route_of_one_point_is_an_error_at_its_field() -> None:
    draft = draft_event(RESOLVER, {**MARCH, "route2_text": "Stortinget"})
    assert draft.errors == {"route_text": "A route needs a start and an end; give both, or neither."}
    with pytest.raises(InvalidEventError):
        Waypoint()


def test_points_that_are_located_stay_as_they_are() -> None:
    placed = with_route(RESOLVER, march("Oslo", Waypoint("Stortinget"), Waypoint("Slottet"), country="NO"))
    assert with_route(RESOLVER, placed) == placed
