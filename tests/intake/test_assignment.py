"""The assignment of fields to columns together, and headings that nobody has seen."""

from __future__ import annotations

from functools import lru_cache

import pytest

from rallymap.intake.reading import Reading, read_events
from rallymap.intake.tables.assignment import Offer, in_order
from rallymap.places import default_resolver
from rallymap.workflows.zones import zone_finder


@lru_cache
def _read(text: str) -> Reading:
    return read_events(text.encode(), find_zone=zone_finder(default_resolver()))


def _fields(text: str) -> list[str]:
    return [column.field for column in _read(text).tables[0].columns]


def test_a_column_gives_up_its_field_if_it_has_another_and_the_other_column_has_none() -> None:
    offers = [Offer(0.97, 0, "title"), Offer(0.95, 0, "about"), Offer(0.94, 1, "title")]

    assert [(one.position, one.field) for one in in_order(offers, ())[:2]] == [(0, "about"), (1, "title")]


def test_a_good_fit_is_not_given_up_for_a_poor_one() -> None:
    offers = [Offer(0.97, 0, "title"), Offer(0.95, 0, "about"), Offer(0.55, 1, "title")]

    assert [(one.position, one.field) for one in in_order(offers, ())[:1]] == [(0, "title")]


def test_several_columns_can_have_a_shared_field() -> None:
    offers = [Offer(0.9, 0, "topics"), Offer(0.8, 1, "topics")]

    assert [one.position for one in in_order(offers, {"topics"})] == [0, 1]


@pytest.mark.slow
def test_towns_below_a_question_are_towns_and_not_titles() -> None:
    header = "What city are you in?,When,Where do people meet?"
    table = f"{header}\nBerlin,2022-10-01,Pariser Platz\nToronto,2022-10-02,Mel Lastman Square\n"

    assert _fields(table) == ["city", "date", "place"]
    assert [event.place.text for event in _read(table).events] == ["Berlin", "Toronto"]


@pytest.mark.slow
def test_towns_below_an_unknown_heading_are_used_next_to_spots() -> None:
    table = "Tarehe,Mji,Venue\n2024-06-25,Nairobi,Uhuru Park\n2024-07-02,London,Kenya High Commission\n"

    assert [(event.place.text, event.place.venue) for event in _read(table).events] == [
        ("Nairobi", "Uhuru Park"),
        ("London", "Kenya High Commission"),
    ]


@pytest.mark.slow
def test_towns_below_an_unknown_heading_are_no_places_next_to_towns() -> None:
    table = "Date,Place,Xyzzy\n2024-06-25,Nairobi,Oslo\n2024-07-02,London,Bergen\n"

    assert _fields(table) == ["date", "place", "note"]


@pytest.mark.slow
def test_weekdays_and_kinds_below_an_unknown_heading_are_no_towns() -> None:
    assert "city" not in _fields("Pvm;Xyzzy;Venue\n26.2.2022;la;Park\n2.3.2022;ke;Square\n5.3.2022;su;Bridge\n")
