"""Places to check: each way of settling one, and what is remembered of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rallymap.errors import InvalidEventError, StaleEventError
from rallymap.events import LocationPrecision, Place
from rallymap.places import Ambiguous, Located, Resolver, default_resolver
from rallymap.store import PlaceCheck
from rallymap.store.events import get_event
from rallymap.workflows.place_checks import list_place_checks, places_to_choose, read_point, settle_place, wording_of
from tests.workflows.moderated import HAMILTONS, MIRA, World, event, new_key, submit


@pytest.fixture
def resolver(tmp_path: Path) -> Resolver:
    return default_resolver(tmp_path / "overrides.csv")


def resolved(resolver: Resolver, text: str, country: str | None = None) -> tuple[float, float, str]:
    answer = resolver.resolve(text, country=country)
    assert isinstance(answer, Located)
    return answer.candidate.lat, answer.candidate.lon, answer.candidate.method


def put(world: World, event_id: str, place: Place, outcome: str = "ambiguous") -> None:
    submit(world.db, event(event_id, place=place, location=None), PlaceCheck(outcome, HAMILTONS))


def test_chosen_candidate_settles_the_place_and_the_wording(world: World, resolver: Resolver) -> None:
    put(world, "hamilton-2", Place("Hamilton"))
    waiting = world.db.read(get_event, "hamilton-2")
    assert isinstance(resolver.resolve("Hamilton"), Ambiguous)
    [entry] = [entry for entry in list_place_checks(world.db, MIRA) if entry.event.id == "hamilton-2"]
    choices = places_to_choose(waiting, entry.check, resolver)
    assert [choice.label for choice in choices] == ["Hamilton, Ontario, Canada", "Hamilton, Ohio, United States"]
    after, problem = settle_place(
        world.db, resolver, waiting, choices[0], account=MIRA, remember=True, idempotency_key=new_key()
    )
    assert problem == ""
    assert after.location is not None
    assert (after.location.lat, after.location.country, after.location.confidence) == (43.25, "CA", 0.99)
    assert [entry.event.id for entry in list_place_checks(world.db, MIRA)] == ["hamilton"]
    assert resolved(resolver, "Hamilton") == (43.25, -79.85, "override")


def test_dragged_pin_settles_the_spot_and_its_town_the_wording(world: World, resolver: Resolver) -> None:
    put(world, "hamilton-2", Place("Hamilton"))
    waiting = world.db.read(get_event, "hamilton-2")
    choices = places_to_choose(waiting, PlaceCheck("ambiguous", HAMILTONS), resolver)
    after, _ = settle_place(
        world.db,
        resolver,
        waiting,
        (43.2567, -79.8692),
        account=MIRA,
        nearby=choices,
        remember=True,
        idempotency_key=new_key(),
    )
    location = after.location
    assert location is not None
    assert (location.lat, location.lon, location.precision) == (43.2567, -79.8692, LocationPrecision.VENUE)
    assert (location.name, location.country, location.method) == ("Hamilton", "CA", "pin")
    assert resolved(resolver, "Hamilton") == (43.25, -79.85, "override")


def test_pin_of_a_named_venue_is_remembered_for_the_venue_alone(world: World, resolver: Resolver) -> None:
    put(world, "gore", Place("Hamilton", "Gore Park", "CA"))
    waiting, point = world.db.read(get_event, "gore"), (43.2567, -79.8692)
    assert wording_of(waiting, point) == "Gore Park, Hamilton"
    choices = places_to_choose(waiting, PlaceCheck("ambiguous", HAMILTONS), resolver)
    settle_place(
        world.db, resolver, waiting, point, account=MIRA, nearby=choices, remember=True, idempotency_key=new_key()
    )
    assert resolved(resolver, "Gore Park, Hamilton", "CA") == (*point, "override")
    assert resolved(resolver, "Hamilton", "CA")[2] == "gazetteer"


def test_typed_coordinates_settle_a_place_nobody_knows(world: World, resolver: Resolver) -> None:
    put(world, "thorpe", Place("Xqzzthorpe", country_hint="NO"), "no-match")
    point = read_point("59°54'46\"N 10°44'46\"E")
    after, _ = settle_place(
        world.db,
        resolver,
        world.db.read(get_event, "thorpe"),
        point,
        account=MIRA,
        remember=True,
        idempotency_key=new_key(),
    )
    assert after.location is not None
    assert (round(after.location.lat, 4), round(after.location.lon, 4), after.location.country) == (
        59.9128,
        10.7461,
        "NO",
    )
    assert resolved(resolver, "Xqzzthorpe", "NO") == (*point, "override")


def test_settling_without_remembering_changes_no_other_event(world: World, resolver: Resolver) -> None:
    waiting = world.db.read(get_event, world.doubtful)
    settle_place(world.db, resolver, waiting, (43.2, -79.8), account=MIRA, idempotency_key=new_key())
    assert resolver.overrides.find("Hamilton", "NO") is None


def test_left_without_a_place_is_off_the_list(world: World, resolver: Resolver) -> None:
    waiting = world.db.read(get_event, world.doubtful)
    after, _ = settle_place(world.db, resolver, waiting, None, account=MIRA, idempotency_key=new_key())
    assert after.location is None
    assert list_place_checks(world.db, MIRA) == []
    with pytest.raises(StaleEventError):
        settle_place(world.db, resolver, waiting, None, account=MIRA, idempotency_key=new_key())


def test_wording_that_cannot_be_written_is_said_and_the_place_is_settled(world: World, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    resolver = default_resolver(tmp_path / "blocked" / "overrides.csv")
    after, problem = settle_place(
        world.db,
        resolver,
        world.db.read(get_event, world.doubtful),
        (43.2, -79.8),
        account=MIRA,
        remember=True,
        idempotency_key=new_key(),
    )
    assert after.location is not None
    assert problem == ("The decision could not be written to the overrides file; the operator must make it writable.")


def test_other_words_can_be_looked_up(world: World, resolver: Resolver) -> None:
    choices = places_to_choose(world.db.read(get_event, world.doubtful), None, resolver, "Hamar")
    assert [(choice.name, choice.country) for choice in choices][:1] == [("Hamar", "NO")]


@pytest.mark.parametrize("text", ["", "here", "91, 10"])
def test_unreadable_coordinates_are_an_error(text: str) -> None:
    with pytest.raises(InvalidEventError):
        read_point(text)
