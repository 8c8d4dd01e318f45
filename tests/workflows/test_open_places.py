"""Geocode open places again: offline, and with a test double of an online service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Disclosure, Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.moderation import Account, Role
from rallymap.places import Resolver, default_resolver, describe_candidate
from rallymap.places.remote import RemotePlaceService
from rallymap.places.service_answer_cache import ServiceAnswerCache
from rallymap.store import Database, PlaceCheck
from rallymap.store.audit import list_audit
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event
from rallymap.store.place_checks import list_place_checks, put_place_check
from rallymap.workflows.edits import store_edit
from rallymap.workflows.open_places import locate_events
from rallymap.workflows.place_checks import set_location
from tests.places.service_double import HALL, Double, running_double

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

MIRA = Account("mira", Role.MODERATOR)
OFFLINE = default_resolver()
UNSURE = Location(59.9, 10.7, LocationPrecision.CITY, 9000, 0.2, "gazetteer", "Oslo", "Oslo", "NO")


def event(event_id: str, text: str, country: str = "", location: Location | None = None) -> Event:
    return Event(
        event_id,
        "Rally",
        Kind.RALLY,
        EventDate(date(2020, 2, 1), precision=DatePrecision.DAY),
        Place(text, "", country),
        location,
        sources=(Source(title="A notice"),),
        review=ReviewStatus.PUBLISHED,
    )


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield opened
    opened.close()


@pytest.fixture
def double() -> Iterator[Double]:
    with running_double() as server:
        yield server


@pytest.fixture
def service(double: Double, tmp_path: Path) -> Iterator[RemotePlaceService]:
    answer_cache = ServiceAnswerCache(tmp_path / "answers.db")
    yield RemotePlaceService(
        "nominatim", double.url, answer_cache=answer_cache, longest_wait_s=50.0, sleep=lambda _seconds: None
    )
    answer_cache.close()


@pytest.fixture
def online(service: RemotePlaceService) -> Resolver:
    return default_resolver(service=service)


def listed(db: Database) -> dict[str, PlaceCheck]:
    return {entry.event.id: entry.check for entry in db.read(list_place_checks)}


def test_place_that_is_known_by_now_is_written_with_its_zone_and_audit(db: Database) -> None:
    add_many(db, [event("malmo-1", "Malmo", "SE")], actor="test")
    summary = locate_events(db, OFFLINE)
    found = db.read(get_event, "malmo-1")
    assert (summary.looked_up, summary.located, summary.left) == (1, 1, 0)
    assert found.location is not None
    assert (found.location.name, found.location.method, found.when.zone) == ("Malmö", "gazetteer", "Europe/Stockholm")
    assert (found.review, found.revision) == (ReviewStatus.PUBLISHED, 2)
    last = db.read(list_audit, "malmo-1")[-1]
    assert (last.actor, last.action) == ("geocoder", "place looked up")
    assert listed(db) == {}


def test_what_stays_unknown_waits_for_a_moderator_once(db: Database) -> None:
    add_many(db, [event("spring-1", "Springfield", "US"), event("none-1", "Xyzzyqqburg")], actor="test")
    first, entries = locate_events(db, OFFLINE), listed(db)
    second = locate_events(db, OFFLINE)
    assert (first.to_choose, first.not_found) == (second.to_choose, second.not_found) == (1, 1)
    assert {event_id: check.outcome for event_id, check in entries.items()} == {
        "spring-1": "ambiguous",
        "none-1": "no-match",
    }
    assert listed(db) == entries
    assert [db.read(get_event, event_id).revision for event_id in entries] == [1, 1]


def test_one_answer_in_the_country_of_the_event_is_drawn_and_still_checked(
    db: Database, online: Resolver, double: Double
) -> None:
    double.body = [HALL]
    add_many(db, [event("hall-1", "Xqzzyvkw Hall", "NO")], actor="test")
    summary = locate_events(db, OFFLINE, online=online)
    found = db.read(get_event, "hall-1").location
    assert found is not None
    assert (found.lat, found.lon, found.method, found.country) == (59.9131, 10.7403, "service:nominatim", "NO")
    assert found.confidence == 0.7
    assert (summary.unsure, summary.by_service, double.asked) == (1, 1, ["Xqzzyvkw Hall"])
    assert listed(db)["hall-1"].outcome == "low-confidence"


def test_answer_to_an_event_without_a_country_is_only_a_choice(db: Database, online: Resolver, double: Double) -> None:
    double.body = [HALL]
    add_many(db, [event("hall-1", "Xqzzyvkw Hall")], actor="test")
    summary = locate_events(db, OFFLINE, online=online)
    assert db.read(get_event, "hall-1").location is None
    assert (summary.unsure, summary.to_choose, summary.by_service) == (0, 1, 1)
    (candidate,) = listed(db)["hall-1"].candidates
    assert (candidate["lat"], candidate["method"]) == (59.9131, "service:nominatim")


def test_several_answers_are_a_choice(db: Database, online: Resolver, double: Double) -> None:
    double.body = [HALL, {**HALL, "lat": "63.4"}]
    add_many(db, [event("hall-1", "Xqzzyvkw Hall", "NO")], actor="test")
    assert locate_events(db, OFFLINE, online=online).to_choose == 1
    check = listed(db)["hall-1"]
    assert (check.outcome, [candidate["lat"] for candidate in check.candidates]) == ("ambiguous", [59.9131, 63.4])


def test_second_run_asks_for_nothing_again(db: Database, online: Resolver, double: Double) -> None:
    double.body = [HALL]
    add_many(db, [event("hall-1", "Xqzzyvkw Hall"), event("hall-2", "xqzzyvkw  HALL")], actor="test")
    locate_events(db, OFFLINE, online=online)
    locate_events(db, OFFLINE, online=online)
    assert double.asked == ["Xqzzyvkw Hall"]


def test_doubtful_location_is_not_moved_but_gets_more_to_choose_from(
    db: Database, online: Resolver, double: Double
) -> None:
    double.body = [HALL]
    check = PlaceCheck("low-confidence", ({"label": "Oslo", "lat": 59.9, "lon": 10.7},))
    add_many(db, [event("hall-1", "Xqzzyvkw Hall", "NO", UNSURE)], actor="test", place_checks={"hall-1": check})
    locate_events(db, OFFLINE)
    assert listed(db) == {"hall-1": check}
    locate_events(db, OFFLINE, online=online)
    assert (db.read(get_event, "hall-1").location, db.read(get_event, "hall-1").revision) == (UNSURE, 1)
    (candidate,) = listed(db)["hall-1"].candidates
    assert candidate["method"] == "service:nominatim"


def test_place_that_the_public_may_not_see_yet_is_not_sent(db: Database, online: Resolver, double: Double) -> None:
    ahead = EventDate(datetime.now(UTC).date() + timedelta(days=30), precision=DatePrecision.DAY)
    secret = event("hall-1", "Xqzzyvkw Hall", "NO").changed(when=ahead)
    open_one = event("house-1", "Xqzzyvkw House", "NO").changed(when=ahead, disclosure=Disclosure.PUBLIC)
    add_many(db, [secret, open_one, event("malmo-1", "Malmo").changed(when=ahead)], actor="test")
    summary = locate_events(db, OFFLINE, online=online)
    assert (double.asked, summary.located, summary.not_found) == (["Xqzzyvkw House"], 1, 2)


def test_service_that_does_not_answer_leaves_events_as_they_are(db: Database, online: Resolver, double: Double) -> None:
    double.status, double.headers = 503, {"Retry-After": "90"}
    add_many(db, [event("hall-1", "Xqzzyvkw Hall"), event("oslo-1", "Oslo")], actor="test")
    summary = locate_events(db, OFFLINE, online=online)
    assert (summary.pending, summary.located, summary.left, summary.retry_after_s) == (1, 1, 0, 90)
    assert (db.read(get_event, "hall-1").revision, listed(db)) == (1, {})


def test_refusal_ends_the_run_and_what_was_done_stays(db: Database, online: Resolver, double: Double) -> None:
    double.status = 403
    add_many(db, [event("a-oslo", "Oslo"), event("b-hall", "Xqzzyvkw Hall"), event("c-malmo", "Malmo")], actor="test")
    told: list[tuple[int, int]] = []
    summary = locate_events(db, OFFLINE, lambda done, of: told.append((done, of)), online=online)
    assert summary.refusal.startswith("The place service refuses our requests")
    assert summary.located + summary.left == 3
    assert [done for done, _ in told] == list(range(1, summary.located + 1))
    assert len(double.asked) == 1


def test_limit_leaves_the_rest_for_the_next_run(
    db: Database, online: Resolver, service: RemotePlaceService, double: Double
) -> None:
    add_many(db, [event(f"hall-{number}", f"Xqzzyvkw {number}") for number in range(3)], actor="test")
    summary = locate_events(db, OFFLINE, online=online, may_go_on=lambda: service.asked < 2)
    assert (len(double.asked), summary.looked_up, summary.left) == (2, 2, 1)


def test_place_that_a_moderator_could_not_settle_stays_unknown(db: Database) -> None:
    check = PlaceCheck("no-match")
    add_many(db, [event("malmo-1", "Malmo")], actor="test", place_checks={"malmo-1": check})
    set_location(db, "malmo-1", None, account=MIRA, expected_revision=1, idempotency_key="a-form-of-the-tests-1")
    assert locate_events(db, OFFLINE).looked_up == 0
    assert db.read(get_event, "malmo-1").location is None


def test_event_that_somebody_changes_meanwhile_is_left_to_the_next_run(
    db: Database, service: RemotePlaceService, double: Double
) -> None:
    class Meddling:
        """Somebody edits the event while the service is asked."""

        def look_up(self, text: str, country: str) -> tuple[()]:
            now = db.read(get_event, "hall-1")
            store_edit(
                db,
                now.changed(title="Now"),
                account=MIRA,
                expected_revision=now.revision,
                idempotency_key="a-form-of-tests-2",
            )
            return ()

    add_many(db, [event("hall-1", "Xqzzyvkw Hall")], actor="test")
    summary = locate_events(db, OFFLINE, online=default_resolver(service=Meddling()))
    assert (summary.changed_meanwhile, db.read(get_event, "hall-1").title, listed(db)) == (1, "Now", {})


def test_list_of_places_that_moderators_change_while_it_is_read_is_read_once_and_whole(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read by pages, the entry that goes to its end would come again for ever, and another would be left out."""
    check = PlaceCheck("ambiguous", ())
    some = [event(f"spring-{n}", "Springfield", "US") for n in range(4)]
    add_many(db, some, actor="test", place_checks={one.id: check for one in some})
    read, times = db.read, Counter[str]()

    def read_then_meddle(function: Callable[..., Any], *given: Any, **named: Any) -> Any:
        found = read(function, *given, **named)
        times[function.__name__] += 1
        assert times[function.__name__] < 50
        if function.__module__.endswith("place_checks"):
            db.write(put_place_check, "spring-0", check)
        return found

    monkeypatch.setattr(db, "read", read_then_meddle)
    assert locate_events(db, OFFLINE).looked_up == 4


@pytest.mark.parametrize("number", [0, 1, 3])
def test_each_event_is_looked_up_once(db: Database, number: int) -> None:
    springfield = OFFLINE.resolve("Springfield", country="US")
    check = PlaceCheck("ambiguous", tuple(describe_candidate(c) for c in springfield.candidates))
    some = [event(f"spring-{n}", "Springfield", "US") for n in range(number)]
    add_many(db, some, actor="test", place_checks={one.id: check for one in some})
    assert locate_events(db, OFFLINE).looked_up == number
