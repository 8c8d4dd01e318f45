"""The 665 collected rallies: consistent, neutral, with sources, and located in their country."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from rallymap.countries import country_names
from rallymap.distances import measure_km
from rallymap.events import ClaimKind, Event, EventStatus
from rallymap.intake.bundled_places import read_bundled_places
from rallymap.intake.table import read_table
from rallymap.places import Located, default_resolver
from rallymap.places.gazetteer import load_gazetteer
from rallymap.places.normalize import fold_key
from rallymap.workflows.locations import resolve_place

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def nine() -> list[Event]:
    return list(read_table(DATA / "events.csv").events)


@pytest.fixture(scope="module")
def rallies() -> list[Event]:
    result = read_table(DATA / "rallies.csv")
    assert (result.errors, result.not_read) == ((), ())
    return list(result.events)


@pytest.mark.slow
def test_ids_differ_and_say_no_day_that_the_date_does_not(rallies: list[Event], nine: list[Event]) -> None:
    assert len({event.id for event in (*rallies, *nine)}) == 665 + 9
    for event in rallies:
        said = re.search(r"-((?:19|20)\d\d(?:-\d\d)?(?:-\d\d)?)(?:-|$)", event.id)
        assert said is not None
        assert event.when.edtf.startswith(said[1]), event.id


def test_dates_agree_with_their_precision(rallies: list[Event]) -> None:
    for event in rallies:
        assert event.when.is_known
        if event.when.precision == "weekend":
            assert (event.when.start.weekday(), event.when.end.weekday()) == (5, 6), event.id


def test_no_event_is_reported_as_held_before_its_first_day(rallies: list[Event]) -> None:
    early = {
        event.id
        for event in rallies
        for source in event.sources
        if event.status is EventStatus.HELD
        and source.published
        and event.when.start
        and source.published < event.when.start
    }
    # Each has another source from a later day; this one is its announcement.
    assert early == {"stockholm-2021-08-10-iran", "toronto-2023-06-04-china", "london-2024-08-baloch"}


def test_every_rally_has_a_source_with_an_address(rallies: list[Event]) -> None:
    assert [event.id for event in rallies if not any(source.url for source in event.sources)] == []


def test_places_name_their_country(rallies: list[Event]) -> None:
    other_names = {"Turkey": "TR", "Bosnia and Herzegovina": "BA", "England": "GB"}
    codes = {name: code for code, name in country_names().items()} | other_names
    assert {
        event.id: event.place.text
        for event in rallies
        if codes.get(event.place.text.rpartition(", ")[2]) != event.place.country_hint
    } == {}


def test_locations_are_in_the_country_of_their_event(rallies: list[Event]) -> None:
    locations, complaints = read_bundled_places(DATA / "places.csv")
    assert complaints == ()
    assert [event.id for event in rallies if event.place not in locations] == []
    assert [place for place, location in locations.items() if location.country != place.country_hint] == []


def test_located_places_have_the_main_name_of_the_gazetteer() -> None:
    # Otherwise "Cologne" and "Köln" would be two cities in every count.
    locations, _ = read_bundled_places(DATA / "places.csv")
    gazetteer = load_gazetteer()

    def is_main_name(name: str, country: str) -> bool:
        postings = gazetteer.find(fold_key(name))
        return any((gazetteer.name(one.place), gazetteer.country(one.place)) == (name, country) for one in postings)

    named = {(location.name, location.country) for location in locations.values()}
    assert [one for one in named if not is_main_name(*one)] == []


@pytest.mark.slow
def test_located_places_agree_with_the_geocoder(rallies: list[Event]) -> None:
    locations, _ = read_bundled_places(DATA / "places.csv")
    resolver = default_resolver()
    apart = []
    for place, location in locations.items():
        answer = resolve_place(place, resolver)
        if isinstance(answer, Located):
            km = measure_km(location.lat, location.lon, answer.candidate.lat, answer.candidate.lon)
            apart += [(place.text, place.venue, round(km))] if km > 25 else []
    assert apart == [], "run `python -m tools.place_events` and look at what changed"


def test_quotations_are_in_quotation_marks(rallies: list[Event]) -> None:
    literal = (ClaimKind.SLOGAN, ClaimKind.BANNER, ClaimKind.SPEECH)
    assert [
        claim.text
        for event in rallies
        for claim in event.claims
        if claim.kind in literal and not claim.text.startswith("“")
    ] == []
    assert [claim for event in rallies for claim in event.claims if not claim.by or claim.source is None] == []


def test_numbers_of_a_crowd_are_no_more_exact_than_the_words(rallies: list[Event]) -> None:
    at_least = re.compile("(more than|over|at least|just over) ")
    at_most = re.compile("(nearly|almost|close to|up to|as many as) ")
    for event in rallies:
        for crowd in event.crowd:
            assert "" not in (crowd.words, crowd.by), event.id
            assert not (at_least.match(crowd.words) and crowd.high), event.id
            assert not (at_most.match(crowd.words) and crowd.low), event.id


def test_words_of_ours_are_neutral_and_plain(rallies: list[Event]) -> None:
    loaded = re.compile(r"\b(regime|terroris|heroic|brutal|massacre|tyran|dictator|martyr|so-called|puppet|thug)", re.I)
    for event in rallies:
        words = f"{event.title} {event.about}".replace("Martyrs’ Square", "")
        assert not loaded.search(words), event.id
        assert len(event.title) <= 100, event.id
        assert event.about.endswith("."), event.id
        for words in (event.title, event.about, *event.topics):
            assert not re.search("['\"]|  ", words), (event.id, words)


def test_titles_differ(rallies: list[Event], nine: list[Event]) -> None:
    titles = Counter(event.title for event in (*rallies, *nine))
    assert [title for title, count in titles.items() if count > 1] == []


def test_communities_are_those_of_the_vocabulary(rallies: list[Event]) -> None:
    with (DATA / "communities.csv").open(encoding="utf-8", newline="") as file:
        known = {row["name"] for row in csv.DictReader(file)}
    used = {name for event in rallies for name in event.communities}
    assert (used - known, known - used) == (set(), set())
