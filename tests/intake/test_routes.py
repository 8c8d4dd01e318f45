"""Routes of marches in tables, forms and our own exports."""

from __future__ import annotations

import pytest

from rallymap.events import Location, LocationPrecision, Waypoint
from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import read_events
from rallymap.intake.routes import point_text, read_route, split_route

PIN = Location(59.913, 10.7402, LocationPrecision.VENUE, 100.0, 1.0, "pin")


def test_points_are_places_in_words_or_coordinates_in_their_order() -> None:
    errors = FieldErrors()
    fields = {
        "route3_text": "Youngstorget",
        "route_text": "Stortinget",
        "route2_text": "59.9130, 10.7402",
        "route4_text": "",
    }
    points = read_route(fields, errors, method="pin")
    assert points == (Waypoint("Stortinget"), Waypoint("", PIN), Waypoint("Youngstorget"))
    assert [point_text(point) for point in points] == ["Stortinget", "59.91300, 10.74020", "Youngstorget"]
    assert errors.found == []


def test_coordinates_that_are_nowhere_are_an_error_at_their_field() -> None:
    errors = FieldErrors()
    assert read_route({"route_text": "Oslo", "route2_text": "95.0, 200.0"}, errors, method="pin") == (Waypoint("Oslo"),)
    assert [error.field for error in errors.found] == ["route2_text"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Stortinget – Karl Johans gate – Slottet", ["Stortinget", "Karl Johans gate", "Slottet"]),
        ("A -> B → C", ["A", "B", "C"]),
        ("Baden-Baden", ["Baden-Baden"]),
        ("", []),
    ],
)
def test_route_in_one_text_is_taken_apart(text: str, parts: list[str]) -> None:
    assert split_route(text) == parts


@pytest.mark.parametrize(
    ("head", "cells", "texts"),
    [
        ("start point,end point", "Stortinget,Slottet", ["Stortinget", "Slottet"]),
        ("Startpunkt,Strecke", "Dom,Dom – Rathaus – Markt", ["Dom", "Rathaus", "Markt"]),
        ("city,маршрут", "Київ,Хрещатик – Майдан", ["Хрещатик", "Майдан"]),
        ("city,route", "Oslo,along the river", []),
    ],
)
def test_columns_of_start_end_and_route_make_a_route(head: str, cells: str, texts: list[str]) -> None:
    table = f"date,title,{head}\n2020-02-01,March,{cells}\n2020-02-02,Rally,,\n"
    march, rally = read_events(table.encode(), ImportOptions()).events
    assert [point.text for point in march.route] == texts
    assert rally.route == ()
