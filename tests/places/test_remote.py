"""Online services, with a server on this machine as test double."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb

import pytest

from rallymap.errors import PlaceRefusedError, PlaceServiceError
from rallymap.events import LocationPrecision
from rallymap.places import Ambiguous, Located, NoMatch, default_resolver
from rallymap.places.remote import RemotePlaceService, service_from_settings
from rallymap.places.service_answer_cache import ServiceAnswerCache
from rallymap.settings import Settings
from tests.places.service_double import HALL, Double, running_double


@pytest.fixture
def double() -> Iterator[Double]:
    with running_double() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def answer_cache(tmp_path: Path) -> Iterator[ServiceAnswerCache]:
    answers = ServiceAnswerCache(tmp_path / "answers.db")
    yield answers
    answers.close()


@pytest.fixture
def service(double: Double, waits: list[float], answer_cache: ServiceAnswerCache) -> RemotePlaceService:
    return RemotePlaceService(
        "nominatim",
        double.url,
        delay_s=15.0,
        answer_cache=answer_cache,
        contact="https://example.org",
        sleep=waits.append,
    )


def test_look_up_sends_text_and_country_and_says_who_we_are(service: RemotePlaceService, double: Double) -> None:
    double.body = [HALL]
    (found,) = service.look_up("Xqzzyvkw Hall", "NO")
    assert (found.name, found.venue, found.admin1, found.country) == ("Oslo", "Xqzzyvkw Hall", "Oslo", "NO")
    assert (found.precision, found.method) == (LocationPrecision.VENUE, "service:nominatim")
    assert found.radius_m == 50.0
    assert found.confidence < 0.8
    assert double.paths == ["/search"]
    assert double.queries[0]["q"] == "Xqzzyvkw Hall"
    assert double.queries[0]["countrycodes"] == "no"
    assert double.agents[0].startswith("rallymap/")
    assert "example.org" in double.agents[0]
    assert "OpenStreetMap" in service.attribution


def test_nominatim_village_is_a_town_and_a_house_has_its_street(service: RemotePlaceService, double: Double) -> None:
    village = {"name": "Nybyqvist", "addresstype": "village", "place_rank": 19}
    house = {"name": "", "addresstype": "place", "place_rank": 30}
    address = {"town": "Qvaerkeby", "road": "Storgata", "house_number": "9", "country_code": "no"}
    double.body = [HALL | village, HALL | house | {"address": address}]
    one, two = service.look_up("Storgata 9", "")
    assert (one.precision, one.name, one.venue) == (LocationPrecision.CITY, "Nybyqvist", None)
    assert (two.precision, two.name, two.venue) == (LocationPrecision.VENUE, "Qvaerkeby", "Storgata 9")


def test_look_up_caches_the_answer(service: RemotePlaceService, double: Double, waits: list[float]) -> None:
    begun = time.monotonic()
    double.body = [HALL]
    assert service.look_up("Xqzzyvkw Hall", "") == service.look_up("xqzzyvkw  hall", "")
    double.body = []
    assert service.look_up("Nowhere", "") == service.look_up("Nowhere", "") == ()
    assert len(double.queries) == 2
    assert len(waits) == 1  # the second request waited for its turn, cached answers did not
    assert 15 - (time.monotonic() - begun) <= waits[0] <= 15


def test_look_up_keeps_the_rate(service: RemotePlaceService, waits: list[float]) -> None:
    begun = time.monotonic()
    for number in range(4):
        service.look_up(f"Town {number}", "")
    spent = time.monotonic() - begun
    assert len(waits) == 3
    # The time of the requests themselves is part of the wait.
    assert all(15 * n - spent <= wait <= 15 * n for n, wait in enumerate(waits, 1)), (waits, spent)


def test_look_up_drops_answers_in_another_country(service: RemotePlaceService, double: Double) -> None:
    double.body = [HALL]
    assert service.look_up("Xqzzyvkw Hall", "SE") == ()


def test_rate_limit_is_obeyed_and_not_remembered(
    service: RemotePlaceService, double: Double, answer_cache: ServiceAnswerCache, waits: list[float]
) -> None:
    double.status, double.headers = 429, {"Retry-After": "120"}
    with pytest.raises(PlaceServiceError) as caught:
        service.look_up("Oslo", "")
    assert caught.value.retry_after_s == 120
    double.status, double.headers, double.body = 200, {}, [HALL]
    assert len(service.look_up("Oslo", "")) == 1
    assert 119 < waits[0] <= 120


@pytest.mark.parametrize(
    ("status", "headers", "retry"), [(503, {"Retry-After": "90"}, 90), (500, {}, 60), (502, {}, 60)]
)
def test_failing_server_is_a_passing_trouble(
    service: RemotePlaceService, double: Double, status: int, headers: dict[str, str], retry: int
) -> None:
    double.status, double.headers = status, headers
    with pytest.raises(PlaceServiceError) as caught:
        service.look_up("Oslo", "")
    assert caught.value.retry_after_s == retry
    assert "stays on the list" in caught.value.user_message


def test_failures_in_a_row_hold_the_queue_back_longer(service: RemotePlaceService, double: Double) -> None:
    double.status = 500
    delays = []
    for _ in range(3):
        with pytest.raises(PlaceServiceError) as caught:
            service.look_up("Oslo", "")
        delays.append(caught.value.retry_after_s)
    assert delays == [60, 120, 240]


def test_a_queue_too_long_is_refused_at_once(double: Double, answer_cache: ServiceAnswerCache) -> None:
    service = RemotePlaceService("nominatim", double.url, answer_cache=answer_cache, longest_wait_s=10.0)
    service.look_up("Oslo", "")
    with pytest.raises(PlaceServiceError) as caught:
        service.look_up("Malmo", "")
    assert 14 < caught.value.retry_after_s <= 15
    assert len(double.queries) == 1


def test_unreachable_server_is_a_temporary_failure(answer_cache: ServiceAnswerCache) -> None:
    service = RemotePlaceService("nominatim", "http://127.0.0.1:9", answer_cache=answer_cache)
    with pytest.raises(PlaceServiceError):
        service.look_up("Oslo", "")


def test_malformed_answer_is_a_temporary_failure(service: RemotePlaceService, double: Double) -> None:
    double.body = [{"lat": "north", "lon": "10"}]
    with pytest.raises(PlaceServiceError):
        service.look_up("Oslo", "")


@pytest.mark.parametrize("status", [401, 403])
def test_refusal_stops_all_requests_until_switched_on_again(
    service: RemotePlaceService, double: Double, status: int
) -> None:
    double.status = status
    refusals, frames = set(), set()
    for _ in range(4):
        with pytest.raises(PlaceRefusedError) as refused:
            service.look_up("Oslo", "")
        refusals.add(str(refused.value))
        frames.add(len(list(walk_tb(refused.value.__traceback__))))
    assert len(double.queries) == 1
    assert len(refusals) == 1
    # The first error comes from the service itself. A shared error would keep references to every call that raised it.
    assert len(frames) <= 2
    double.status = 200
    service.switch(on=True)
    assert service.look_up("Oslo", "") == ()


def test_refusal_switches_the_service_off_for_every_process(
    service: RemotePlaceService, double: Double, answer_cache: ServiceAnswerCache
) -> None:
    double.status = 403
    with pytest.raises(PlaceRefusedError):
        service.look_up("Oslo", "")
    other = RemotePlaceService("nominatim", double.url, answer_cache=answer_cache)
    assert (other.is_on, other.look_up("Malmo", "")) == (False, ())
    double.status = 200
    other.switch(on=True)
    assert service.look_up("Oslo", "") == ()
    assert (service.asked, other.asked, len(double.queries)) == (2, 0, 2)


def test_bad_request_gives_no_answer_to_this_text(service: RemotePlaceService, double: Double) -> None:
    double.status = 400
    assert service.look_up("???", "") == ()


def test_switched_off_service_is_not_asked_and_nothing_is_remembered(
    service: RemotePlaceService, double: Double
) -> None:
    service.switch(on=False)
    assert not service.is_on
    assert service.look_up("Xqzzyvkw Hall", "") == ()
    service.switch(on=True)
    double.body = [HALL]
    assert len(service.look_up("Xqzzyvkw Hall", "")) == 1


def test_resolver_uses_the_service_only_for_unknown_places(service: RemotePlaceService, double: Double) -> None:
    resolver = default_resolver(service=service)
    double.body = [HALL]
    assert isinstance(resolver.resolve("Oslo"), Located)
    assert isinstance(resolver.resolve("Hamilton"), Ambiguous)
    assert resolver.suggest("Xqzzyvkw") == []
    assert double.queries == []
    answer = resolver.resolve("Xqzzyvkw")
    assert isinstance(answer, Located)
    assert answer.candidate.method == "service:nominatim"
    assert isinstance(resolver.resolve("Xqzzyvkw", "SE"), NoMatch)


def test_resolver_gives_several_far_apart_answers_as_ambiguous(service: RemotePlaceService, double: Double) -> None:
    double.body = [HALL, {**HALL, "lat": "50.0"}, {**HALL, "lat": "59.9132"}]
    answer = default_resolver(service=service).resolve("Xqzzyvkw")
    assert isinstance(answer, Ambiguous)
    assert [round(candidate.lat) for candidate in answer.candidates] == [60, 50]


def test_photon_answer(double: Double, answer_cache: ServiceAnswerCache) -> None:
    properties = {"name": "Sergels torg", "city": "Stockholm", "countrycode": "SE", "type": "street"}
    feature = {"geometry": {"coordinates": [18.064, 59.332]}, "properties": properties}
    double.body = {"features": [feature]}
    service = RemotePlaceService("photon", double.url, answer_cache=answer_cache)
    (found,) = service.look_up("Sergels torg", "SE")
    assert (found.lat, found.lon, found.name, found.venue) == (59.332, 18.064, "Stockholm", "Sergels torg")
    assert double.paths == ["/api"]


def test_pelias_answer(double: Double, answer_cache: ServiceAnswerCache) -> None:
    properties = {"name": "Uppsala", "label": "Uppsala, Sweden", "layer": "locality", "country_a": "SWE"}
    feature = {"geometry": {"coordinates": [17.64, 59.86]}, "properties": {**properties, "region": "Uppsala"}}
    double.body = {"features": [feature]}
    service = RemotePlaceService("pelias", double.url, answer_cache=answer_cache)
    (found,) = service.look_up("Uppsala", "SE")
    assert (found.name, found.country, found.precision) == ("Uppsala", "SE", LocationPrecision.CITY)
    assert double.paths == ["/v1/search"]


def test_service_from_settings_is_none_by_default(tmp_path: Path) -> None:
    assert service_from_settings(Settings.from_env({"RALLYMAP_HOME": str(tmp_path)})) is None
    assert list(tmp_path.iterdir()) == []


def test_service_from_settings_names_the_operators_server(tmp_path: Path, double: Double) -> None:
    settings = Settings.from_env(
        {"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_GEOCODER": "nominatim", "RALLYMAP_GEOCODER_URL": double.url}
    )
    service = service_from_settings(settings)
    assert service is not None
    assert service.look_up("Oslo", "") == ()
    assert len(double.queries) == 1
    assert settings.answers_path.exists()


def test_service_from_invalid_settings_is_refused(tmp_path: Path) -> None:
    settings = Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_GEOCODER": "photon"})
    with pytest.raises(PlaceRefusedError, match="photon needs the address of a server"):
        service_from_settings(settings)
