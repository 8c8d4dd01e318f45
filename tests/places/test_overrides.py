"""The operator's decisions have priority, are stored in an editable file, and survive an invalid line."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from rallymap.errors import PlaceError
from rallymap.events import LocationPrecision
from rallymap.places import Ambiguous, Candidate, Located, NoMatch, Resolver, default_resolver
from rallymap.places.file_lock import locked
from rallymap.places.overrides import Overrides

SAVES = """
import sys
from pathlib import Path
from rallymap.events import LocationPrecision
from rallymap.places import Candidate
from rallymap.places.overrides import Overrides

overrides = Overrides(Path(sys.argv[1]))
for number in range(60):
    place = Candidate(1.0, 2.0, "", None, "NO", LocationPrecision.VENUE, 50, 1.0, method="override")
    overrides.save(f"{sys.argv[2]} {number}", "", place)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "place-overrides.csv"


def resolve(resolver: Resolver, text: str, country: str | None = None) -> Located:
    answer = resolver.resolve(text, country)
    assert isinstance(answer, Located)
    return answer


def test_remember_override_of_a_candidate_wins_from_then_on(path: Path) -> None:
    resolver = default_resolver(path)
    before = resolver.resolve("Hamilton")
    assert isinstance(before, Ambiguous)
    chosen = before.candidates[1]
    resolver.store_override("Hamilton", None, chosen, note="the organiser says so")
    after = resolve(resolver, "  HAMILTON ")
    assert (after.candidate.lat, after.candidate.lon) == (chosen.lat, chosen.lon)
    assert (after.candidate.method, after.candidate.confidence) == ("override", 1.0)
    assert resolve(default_resolver(path), "hamilton").candidate == after.candidate


def test_remember_override_of_a_service_keeps_its_name(path: Path) -> None:
    found = Candidate(59.9131, 10.7403, "Oslo", "Oslo", "NO", LocationPrecision.VENUE, 50.0, 0.7, None, "Xqzzyvkw Hall",
                      "service:nominatim")  # fmt: skip
    default_resolver(path).store_override("Xqzzyvkw Hall", "NO", found)
    again = resolve(default_resolver(path), "xqzzyvkw hall", "NO").candidate
    assert again == dataclasses.replace(found, confidence=1.0)


def test_override_with_an_invalid_service_is_reported(path: Path) -> None:
    path.write_text(
        "text,country,lat,lon,precision,radius_m,name,admin1,place_country,venue,note,found_by\n"
        "Oslo,,59.9,10.7,,,,,,,,me\n",
        "utf-8",
    )
    resolver = default_resolver(path)
    assert [problem.reason for problem in resolver.overrides.problems] == ["found_by is empty or service:NAME, not me"]


def test_remember_override_of_a_pin_keeps_name_and_region_of_its_town(path: Path) -> None:
    resolver = default_resolver(path)
    resolver.store_override("Kungsportsavenyn, Gothenburg", None, (57.6969, 11.9865))
    candidate = resolve(resolver, "Kungsportsavenyn, Gothenburg").candidate
    assert (candidate.lat, candidate.lon) == (57.6969, 11.9865)
    assert (candidate.name, candidate.admin1, candidate.country) == ("Gothenburg", "Västra Götaland", "SE")
    assert (candidate.precision, candidate.radius_m) == (LocationPrecision.VENUE, 150.0)


def test_remember_override_of_an_unknown_place(path: Path) -> None:
    resolver = default_resolver(path)
    assert isinstance(resolver.resolve("Xqzzyvkw"), NoMatch)
    resolver.store_override("Xqzzyvkw", "SE", (60.0, 15.0))
    assert resolve(resolver, "xqzzyvkw", "SE").candidate.country == "SE"
    assert isinstance(resolver.resolve("Xqzzyvkw"), NoMatch)


def test_remember_override_replaces_the_earlier_decision(path: Path) -> None:
    resolver = default_resolver(path)
    resolver.store_override("Hamilton", None, (1.0, 2.0))
    resolver.store_override("hamilton", None, (3.0, 4.0))
    assert resolve(resolver, "Hamilton").candidate.lat == 3.0
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2


def test_override_without_country_does_not_move_an_answer_out_of_the_hinted_country(path: Path) -> None:
    resolver = default_resolver(path)
    hamilton = resolver.resolve("Hamilton", "NZ")
    assert isinstance(hamilton, Located)
    resolver.store_override("Hamilton", None, hamilton.candidate)
    assert resolve(resolver, "Hamilton").candidate.country == "NZ"
    assert resolve(resolver, "Hamilton", "CA").candidate.country == "CA"


@pytest.mark.parametrize("point", [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0)])
def test_remember_override_refuses_impossible_coordinates(path: Path, point: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="not a latitude and longitude"):
        default_resolver(path).store_override("Oslo", None, point)
    assert not path.exists()


def test_remember_override_refuses_a_text_without_letters(path: Path) -> None:
    with pytest.raises(PlaceError, match="no letters"):
        default_resolver(path).store_override("!!!", None, (1.0, 2.0))


def test_remember_override_reports_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    with pytest.raises(PlaceError, match="could not be written"):
        default_resolver(blocker / "overrides.csv").store_override("Oslo", None, (1.0, 2.0))


def test_overrides_edited_by_hand_are_reloaded_and_invalid_lines_reported(path: Path) -> None:
    resolver = default_resolver(path)
    path.write_text(
        "\ufefftext,country,lat,lon,precision,radius_m,name,admin1,place_country,venue,note\n"
        "Our hall,,59.9,10.7,venue,80,Oslo,,NO,Our hall,\n"
        "Nowhere,,95,10.7\n"
        "Somewhere,,north,10.7\n"
        "Bare,SE,60,15\n",
        encoding="utf-8",
    )
    candidate = resolve(resolver, "our HALL").candidate
    assert (candidate.name, candidate.venue, candidate.radius_m) == ("Oslo", "Our hall", 80.0)
    assert resolve(resolver, "Bare", "SE").candidate.lat == 60.0
    assert [problem.line for problem in resolver.overrides.problems] == [3, 4]
    path.unlink()
    assert isinstance(resolver.resolve("Our hall, Xqzzyvkw"), NoMatch | Ambiguous | Located)
    assert resolver.overrides.problems == ()


def test_override_text_that_is_a_formula_is_escaped_in_the_file(path: Path) -> None:
    resolver = default_resolver(path)
    resolver.store_override('=HYPERLINK("x")', None, (-1.5, 2.0))
    assert "\"'=HYPERLINK" in path.read_text(encoding="utf-8")
    assert resolve(resolver, '=HYPERLINK("x")').candidate.lat == -1.5


def test_binary_overrides_file_keeps_the_last_valid_version(path: Path) -> None:
    resolver = default_resolver(path)
    resolver.store_override("Hamilton", None, (1.0, 2.0))
    path.write_bytes(b"\xff\xfe\x00binary\xff")
    assert resolve(resolver, "Hamilton").candidate.lat == 1.0
    assert len(resolver.overrides.problems) == 1


@pytest.mark.slow
def test_two_processes_that_save_at_once_lose_nothing(path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", SAVES, str(path), name]) for name in ("one", "two")]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    found = Overrides(path)
    assert all(found.find(f"{name} {number}", "") for name in ("one", "two") for number in range(60))
    assert len(path.read_text("utf-8").splitlines()) == 121
    assert sorted(file.name for file in path.parent.iterdir()) == [".place-overrides.csv.lock", "place-overrides.csv"]


def test_held_lock_times_out(path: Path) -> None:
    with locked(path), pytest.raises(OSError, match="locked"), locked(path, wait_s=0.05):
        pytest.fail("two hold the lock")
    with locked(path, wait_s=0.05):
        pass


def test_change_of_the_same_size_within_one_tick_is_seen(path: Path) -> None:
    one, other = Overrides(path), Overrides(path)
    place = Candidate(1.0, 2.0, "", None, "NO", LocationPrecision.VENUE, 50, 1.0, method="override")
    for number in range(50):
        one.save("Here", "", dataclasses.replace(place, lat=float(number % 10)))
        found = other.find("Here", "")
        assert found is not None
        assert found.lat == float(number % 10)


def test_override_named_after_its_venue_names_no_town(path: Path) -> None:
    path.write_text(
        "text,country,lat,lon,precision,radius_m,name,admin1,place_country,venue,note,found_by,event_id\n"
        "Gore Park,,43.2567,-79.8692,venue,80,Gore Park,,CA,,,,\n"
        "Our hall,,59.9,10.7,venue,80,Oslo,,,,,,\n",
        "utf-8",
    )
    park, hall = (resolve(default_resolver(path), text).candidate for text in ("Gore Park", "Our hall"))
    assert (park.name, park.venue, park.label) == ("", "Gore Park", "Gore Park, Canada")
    assert (hall.name, hall.venue) == ("Oslo", None)


def test_forgotten_events_are_gone_from_file_and_memory(path: Path) -> None:
    for resolver in (default_resolver(path), default_resolver()):
        for number in range(3):
            resolver.store_override(f"Corner {number}", None, (1.0, 2.0), event_id=f"event-{number}")
        resolver.delete_traces(["event-0", "event-2"], [])
        assert [resolver.overrides.find(f"Corner {number}", "") is None for number in range(3)] == [True, False, True]
        assert resolver.overrides.event_ids() == {"event-1"}
