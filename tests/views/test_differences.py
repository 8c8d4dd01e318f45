"""Differences of two versions, field by field, and never as markup."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import CrowdClaim, Event, Kind, Location, LocationPrecision, Place, Source, Translation
from rallymap.views.differences import FIELD_LABELS, differences, differences_table

PAYLOAD = '<img src=x onerror="alert(1)">'
EVENT = Event(
    "oslo", "Rally", Kind.RALLY, EventDate(date(2020, 2, 1), precision=DatePrecision.DAY), place=Place("Oslo")
)


def test_differences_of_equal_events_are_none() -> None:
    assert differences(EVENT, EVENT.changed(revision=7, review="published")) == []
    assert differences_table(EVENT, EVENT) == ""


def test_languages_differ_by_language() -> None:
    before = EVENT.changed(language="en", translations=(Translation("fa", "تجمع"), Translation("nb", about="Om")))
    after = before.changed(language="de", translations=(Translation("fa", "تجمع", PAYLOAD),))
    assert differences(before, after) == [
        ("Language of the original", "English", "German"),
        ("In other languages", "Persian: تجمع\nNorwegian Bokmål: Om", f"Persian: تجمع\n{PAYLOAD}"),
    ]
    assert "<img" not in differences_table(before, after)


def test_differences_are_in_words_and_in_reading_order() -> None:
    after = EVENT.changed(
        title="March",
        when=EventDate.month(2020, 2),
        crowd=(CrowdClaim(200, 300, by="police"),),
        location=Location(59.91273, 10.74609, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Oslo", "Oslo", "NO"),
        sources=(Source("https://a.example/1", "A report", "Paper", date(2020, 2, 4)),),
    )
    assert differences(EVENT, after) == [
        ("Title", "Rally", "March"),
        ("When", "1 February 2020", "February 2020"),
        (
            "Place on the map",
            "",
            "Oslo, Norway\n59.91273, 10.74609 within 9 km\ncity only · gazetteer",
        ),
        ("Crowd", "", "200–300 – police"),
        ("Sources", "", "A report · Paper · 4 February 2020 · https://a.example/1"),
    ]


def test_every_field_of_an_event_has_a_label() -> None:
    unsaid = {"id", "revision", "review"}
    assert {field.name for field in dataclasses.fields(Event)} - unsaid == set(FIELD_LABELS)


def test_texts_in_the_table_are_escaped() -> None:
    table = differences_table(EVENT, EVENT.changed(title=PAYLOAD, about=PAYLOAD), heads=("<b>", "After"))
    assert "<img" not in table
    assert "<b>" not in table
    assert table.count("&lt;img src=x onerror=&#34;alert(1)&#34;&gt;") == 2


@pytest.mark.slow
@settings(max_examples=60)
@given(data=st.data())
def test_any_two_versions_that_differ_have_differences(data: st.DataObject, random_events) -> None:
    before, after = data.draw(random_events), data.draw(random_events)
    same = after.changed(id=before.id, review=before.review, revision=before.revision)
    told = differences(before, same)
    assert bool(told) == bool(differences_table(before, same))
    if before.title != same.title or before.when.edtf != same.when.edtf:
        assert told
