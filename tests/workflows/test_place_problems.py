"""Which places need a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rallymap.dates import EventDate
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.places import default_resolver
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event
from rallymap.workflows import place_problems
from rallymap.workflows.locations import Outcome, locate
from rallymap.workflows.open_places import locate_events
from rallymap.workflows.place_problems import check_place, check_places

RESOLVER = default_resolver()


def event(event_id: str, place: Place, location: Location | None = None, review: str = "published") -> Event:
    return Event(
        event_id,
        "Rally",
        Kind.RALLY,
        EventDate.unknown(),
        place,
        location,
        sources=(Source(title="A notice"),),
        review=ReviewStatus(review),
    )


def at(lat: float, lon: float, country: str) -> Location:
    return Location(lat, lon, LocationPrecision.CITY, 10_000, 0.9, "gazetteer", country=country)


def test_no_problem() -> None:
    assert check_place(event("abc", Place("Oslo", "", "NO"), at(59.9, 10.7, "NO")), RESOLVER) is None
    assert check_place(event("abc", Place("Oslo"), at(59.9, 10.7, "NO")), RESOLVER) is None
    assert check_place(event("abc", Place("", "", "NO"), at(59.9, 10.7, "")), RESOLVER) is None


@pytest.mark.parametrize(
    ("place", "location", "outcome", "sentence"),
    [
        (Place(), None, Outcome.NO_PLACE, "No place is given."),
        (Place("Xyzzyqqburg"), None, Outcome.NO_MATCH, "No place of this name is known."),
        (Place("Springfield", "", "US"), None, Outcome.AMBIGUOUS, "Several places have this name."),
        (
            Place("Oslo", "", "SE"),
            at(59.9, 10.7, "NO"),
            Outcome.WRONG_COUNTRY,
            "It is in Norway, but the event says Sweden.",
        ),
        (
            Place("Jack London"),
            None,
            Outcome.LOW_CONFIDENCE,
            "It is too uncertain that this is the place meant; the event is not drawn.",
        ),
        (
            Place("Oslo", "", "NO"),
            Location(59.9, 10.7, LocationPrecision.CITY, 10_000, 0.6, "gazetteer", country="NO"),
            Outcome.LOW_CONFIDENCE,
            "It is drawn, but it is not certain that this is the place meant.",
        ),
        (
            Place("Oslo", "", "NO"),
            Location(10.7, 59.9, LocationPrecision.CITY, 10_000, 1.0, "given", country="NO"),
            Outcome.POINT_ELSEWHERE,
            "The coordinates given (10.7, 59.9) lie 6\u202f800 km from Oslo, Norway. Latitude and longitude swapped?",
        ),
        (
            Place("Oslo", "", "NO"),
            None,
            Outcome.LOCATED,
            "A place is known by now; “rallymap locate” sets it.",
        ),
    ],
)
def test_problem_is_said(place: Place, location: Location | None, outcome: Outcome, sentence: str) -> None:
    problem = check_place(event("abc", place, location), RESOLVER)
    assert problem is not None
    assert (problem.outcome, problem.sentence) == (outcome, sentence)


def test_ambiguous_name_comes_with_what_it_may_be() -> None:
    problem = check_place(event("abc", Place("Springfield", "", "US")), RESOLVER)
    assert problem is not None
    assert all(candidate.name == "Springfield" for candidate in problem.candidates)
    assert len(problem.candidates) >= 2


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield opened
    opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("batch_size", [1, 2, 500])
def test_published_and_waiting_events_are_checked_rejected_ones_not(
    db: Database, monkeypatch: pytest.MonkeyPatch, batch_size: int
) -> None:
    monkeypatch.setattr(place_problems, "BATCH_SIZE", batch_size)
    nowhere, oslo = Place("Xyzzyqqburg"), Place("Oslo", "", "NO")
    add_many(
        db,
        [
            event("public-1", nowhere),
            event("public-2", oslo, at(59.9, 10.7, "NO")),
            event("public-3", nowhere),
            event("pending-1", nowhere, review="pending"),
            event("draft-1", nowhere, review="draft"),
            event("rejected-1", nowhere, review="rejected"),
            event("withdrawn-1", nowhere, review="withdrawn"),
        ],
        actor="test",
    )
    assert sorted(problem.event.id for problem in check_places(db, RESOLVER)) == [
        "draft-1",
        "pending-1",
        "public-1",
        "public-3",
    ]


@pytest.mark.slow
def test_coordinates_that_an_import_refused_stay_listed(db: Database) -> None:
    row = event("given-1", Place("Oslo", "", "NO"), Location(10.7, 59.9, LocationPrecision.CITY, 9_000, 1.0, "given"))
    placed = locate(row, RESOLVER)
    assert placed.to_check is not None
    add_many(db, [placed.event], actor="test", place_checks={"given-1": placed.to_check})
    locate_events(db, RESOLVER)
    [problem] = check_places(db, RESOLVER)
    assert problem.sentence == "The coordinates given lie far from the place text; choose in Places to check."
    assert [candidate.label for candidate in problem.candidates] == [
        "Oslo, Norway (latitude and longitude swapped?)",
        "Oslo, Norway",
        "Oslo, Norway (as given)",
    ]
    assert db.read(get_event, "given-1").location is None


@pytest.mark.slow
def test_empty_store(db: Database) -> None:
    assert list(check_places(db, RESOLVER)) == []
