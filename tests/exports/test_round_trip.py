"""What is exported comes in again: the same events with the same ids, field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rallymap.events import Event, Place
from rallymap.exports.provenance import Provenance
from rallymap.exports.record import country_of
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import read_events
from tests.exports.conftest import written


def _again(ending: str, events: list[Event], provenance: Provenance) -> list[Event]:
    return list(read_events(written(ending, events, provenance), ImportOptions()).events)


def _as_exported(event: Event, ending: str) -> Event:
    """Return an event as an export says it: the country of its location, no characters that XML cannot hold."""
    place = replace(event.place, country_hint=country_of(event))
    about, translations = event.about, event.translations
    if ending == "xlsx":
        about = about.replace("\ufffe", "").rstrip()
        translations = tuple(replace(one, about=one.about.replace("\ufffe", "")) for one in translations)
    return event.changed(place=place, about=about, translations=translations)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "geojson"])
def test_export_of_what_was_imported_from_an_export_is_the_same_bytes(
    ending: str, events: list[Event], provenance: Provenance
) -> None:
    first = written(ending, [event.changed(revision=1) for event in events], provenance)
    again = [event.changed(review="published") for event in read_events(first, ImportOptions()).events]

    assert written(ending, again, provenance) == first


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson"])
def test_exported_events_come_in_again_unchanged(ending: str, events: list[Event], provenance: Provenance) -> None:
    found = [event.changed(review="published", revision=1) for event in _again(ending, events, provenance)]

    assert found == [_as_exported(event, ending).changed(review="published", revision=1) for event in events]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson"])
def test_point_without_a_place_text_comes_in_again_without_one(
    ending: str, events: list[Event], provenance: Provenance
) -> None:
    [found] = _again(ending, [events[1].changed(place=Place(), route=())], provenance)
    assert found.place == Place(country_hint="NO")


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson"])
def test_names_that_hold_separators_come_in_again_whole(
    ending: str, events: list[Event], provenance: Provenance
) -> None:
    names = ("Women, Life, Freedom", "Peace &amp; Justice; free_speech", '"The" Group', '=1; "2"', "انجمن؛ شورا")
    for some in (names, names[:1], names[1:2], names[2:3]):
        said = events[1].changed(organisers=some, topics=some, communities=("Iran", "Sahel; Chad"))
        [found] = _again(ending, [said], provenance)
        assert (found.organisers, found.topics, found.communities) == (some, some, ("Iran", "Sahel; Chad"))


def test_middle_of_a_region_in_linked_data_is_no_venue(events: list[Event], provenance: Provenance) -> None:
    content = written("jsonld", events, provenance)
    found = read_events(content, ImportOptions())

    regional, exact, _ = found.events
    assert (regional.id, regional.location) == ("chihuahua-2018", None)
    assert exact.location is not None
    assert (exact.location.lat, exact.location.lon) == (59.913, 10.7403)
    assert "100000.0 m around 31.5 -106.2" in {cell for row in found.rows for cell in row.cells}
    assert len(found.tables) == 1
    close = content.replace(b'"geoRadius":100000.0', b'"geoRadius":"100"')
    nearby = read_events(close, ImportOptions()).events[0].location
    assert nearby is not None
    assert (nearby.lat, nearby.lon) == (31.5, -106.2)


def test_exported_map_keeps_ids_dates_and_places_and_cites_no_page_of_this_site(
    events: list[Event], provenance: Provenance
) -> None:
    found = _again("kml", events, provenance)

    assert [(event.id, event.when, event.location, event.sources, event.about) for event in found] == [
        (event.id, event.when, event.location, (), "") for event in events
    ]
