"""The commands that geocode again and can use an online service."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rallymap.cli import main
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.events import get_event
from tests.places.service_double import HALL, Double, running_double

HEADER = "id,title,date,place,country,source_url\n"
HALLS = HEADER + "hall-1,Rally,2020-02-01,Xqzzyvkw Hall,NO,https://example.org/a\n"
CREDIT = "Places by Nominatim, © OpenStreetMap contributors (ODbL)"
SAID = "Asking nominatim at 127.0.0.1, one request in 0.01 s; what is sent is the place text and the country."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("RALLYMAP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def double(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Double]:
    with running_double() as server:
        monkeypatch.setenv("RALLYMAP_GEOCODER", "nominatim")
        monkeypatch.setenv("RALLYMAP_GEOCODER_URL", server.url)
        monkeypatch.setenv("RALLYMAP_GEOCODER_DELAY_S", "0.01")
        server.body = [HALL]
        yield server


def call(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def imported(text: str) -> None:
    Path("rallies.csv").write_text(text, "utf-8")
    assert call("import", "rallies.csv").exit_code == 0


class TestLocate:
    def test_empty_store(self, home: Path) -> None:
        result = call("locate")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == ("0 events looked up: 0 located, 0 on the map but unsure, 0 to choose, 0 not found.\n")

    def test_service_is_used_only_on_request(self, double: Double) -> None:
        imported(HALLS)
        assert call("locate").stdout.startswith("1 event looked up: 0 located")
        assert double.asked == []

    def test_service_finds_otherwise_unknown_places(self, double: Double) -> None:
        imported(HALLS)
        result = call("locate", "--service")
        assert (result.exit_code, result.stdout.splitlines()) == (
            0,
            [
                "1 event looked up, 1 question asked: 0 located, 1 on the map but unsure, 0 to choose, 0 not found.",
                CREDIT,
            ],
        )
        assert result.stderr.splitlines()[0] == SAID
        assert call("check").stderr == "1 event without a sure place.\n"

    def test_limit(self, double: Double) -> None:
        imported(HALLS + "hall-2,Rally,2020-02-01,Xqzzyvkw House,NO,https://example.org/b\n")
        result = call("locate", "--service", "--limit", "1")
        assert "1 event not looked up yet." in result.stdout.splitlines()
        assert len(double.asked) == 1

    def test_refusal_gives_one_sentence_after_the_summary(self, double: Double) -> None:
        imported(HALLS)
        double.status = 403
        result = call("locate", "--service")
        assert result.exit_code == 1
        assert result.stdout.splitlines()[-1] == "1 event not looked up yet."
        assert result.stderr.splitlines()[-1].startswith("Error: The place service refuses our requests")
        assert call("service", "status").stdout.startswith("nominatim at 127.0.0.1: off")

    def test_service_that_does_not_answer(self, double: Double) -> None:
        imported(HALLS)
        double.status, double.headers = 503, {"Retry-After": "600"}
        result = call("locate", "--service")
        assert result.exit_code == 0
        assert result.stdout.splitlines()[1] == (
            "1 event left as it was, as the service did not answer; try again in 600 s."
        )

    @pytest.mark.parametrize(
        ("words", "sentence", "code"),
        [
            (("locate", "--service"), "No online place service is set; RALLYMAP_GEOCODER names one", 1),
            (("locate", "--limit", "3"), "--limit counts requests to the service; add --service.", 2),
            (("geocode", "Oslo", "--service"), "No online place service is set; RALLYMAP_GEOCODER names one", 1),
            (("service", "off"), "No online place service is set; RALLYMAP_GEOCODER names one", 1),
        ],
    )
    def test_call_that_cannot_be_done(self, home: Path, words: tuple[str, ...], sentence: str, code: int) -> None:
        result = call(*words)
        assert result.exit_code == code
        assert result.stderr.splitlines()[-1].startswith(f"Error: {sentence}")


class TestService:
    def test_none_is_set(self, home: Path) -> None:
        result = call("service", "status")
        assert (result.exit_code, result.stdout) == (
            0,
            "No online place service is set; RALLYMAP_GEOCODER names one (nominatim, photon or pelias).\n",
        )
        assert not home.exists()

    def test_switching_off_and_on(self, double: Double) -> None:
        imported(HALLS)
        assert call("service", "status").stdout.splitlines() == [
            "nominatim at 127.0.0.1: on, one request in 0.01 s.",
            CREDIT,
        ]
        assert call("service", "off").stdout == "nominatim at 127.0.0.1 is off.\n"
        refused = call("locate", "--service")
        assert (refused.exit_code, refused.stderr) == (
            1,
            "Error: The place service is switched off; “rallymap service on” switches it on.\n",
        )
        assert double.asked == []
        assert call("service", "on").stdout == "nominatim at 127.0.0.1 is on.\n"
        assert call("locate", "--service").exit_code == 0
        assert double.asked == ["Xqzzyvkw Hall"]


class TestGeocode:
    def test_text(self, double: Double) -> None:
        offline, online = call("geocode", "Xqzzyvkw Hall"), call("geocode", "Xqzzyvkw Hall", "--service")
        assert "No place called" in offline.stdout
        assert "59.91310" in online.stdout
        assert online.stderr.splitlines() == [SAID, CREDIT]
        assert double.asked == ["Xqzzyvkw Hall"]

    def test_table(self, double: Double) -> None:
        Path("in.csv").write_text("place\nOslo\nXqzzyvkw Hall\nxqzzyvkw hall\n", "utf-8")
        result = call("geocode", "in.csv", "--service")
        rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
        assert [(row["outcome"], row["confidence"]) for row in rows[1:]] == [("located", "0.700")] * 2
        assert result.stderr.splitlines() == [
            SAID,
            "3 rows with 3 different places: 3 located (2 of them unsure), 0 ambiguous, 0 not found, 0 empty.",
            CREDIT,
        ]
        assert double.asked == ["Xqzzyvkw Hall"]

    def test_table_of_a_service_that_does_not_answer_can_be_finished_later(self, double: Double) -> None:
        double.status, double.headers = 503, {"Retry-After": "600"}
        Path("in.csv").write_text("place\nOslo\nXqzzyvkw Hall\n", "utf-8")
        result = call("geocode", "in.csv", "--service")
        assert [row["outcome"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["located", "pending"]
        assert result.stderr.splitlines()[-1] == (
            "1 row pending, as the service did not answer; run the same call again later."
        )

    def test_ambiguous_row_says_so_and_has_no_coordinates_if_asked(self, home: Path) -> None:
        Path("in.csv").write_text("place\nSpringfield\n", "utf-8")
        plain, likeliest = (
            next(csv.DictReader(io.StringIO(call("geocode", "in.csv", *words).stdout)))
            for words in (("--sure-only",), ())
        )
        assert [plain[name] for name in ("lat", "lon", "country", "outcome")] == ["", "", "", "ambiguous"]
        assert (likeliest["country"], likeliest["outcome"], likeliest["candidates"]) == (
            "US",
            "ambiguous",
            plain["candidates"],
        )


class TestCheck:
    def test_lines_of_the_overrides_file_that_are_not_used(self, home: Path) -> None:
        home.mkdir()
        (home / "place-overrides.csv").write_text("text,country,lat,lon\nOslo,NO,99,10\n", "utf-8")
        result = call("check")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.splitlines() == [
            "place-overrides.csv, line 2 is not used: 99.0, 10.0 is not a latitude and longitude.",
            "There is no event yet.",
        ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("places", "countries"),
    [
        (("Seattle, WA", "Tipton, IA", "Albany, CA", "Gary, IN", "Dover, DE"), ["US"] * 5),
        (("Toronto, CA", "Mumbai, IN", "Berlin, DE", "Tbilisi, GE"), ["CA", "IN", "DE", "GE"]),
        (("Curitiba, PR", "Vitória/ES", "Goiânia - GO", "Belém (PA)"), ["BR"] * 4),
        (("Torino, TO", "Cagliari (CA)", "Genova GE", "Bari, BA"), ["IT"] * 4),
    ],
)
def test_all_rows_decide_the_meaning_of_codes(home: Path, places: tuple[str, ...], countries: list[str]) -> None:
    rows = [f'code-{number},Rally {number},2020-02-0{number},"{place}"' for number, place in enumerate(places, 1)]
    Path("codes.csv").write_text("\n".join(["id,title,date,place", *rows]), "utf-8")
    located = list(csv.DictReader(io.StringIO(call("geocode", "codes.csv").stdout, newline="")))
    assert [row["country"] for row in located] == countries
    assert call("import", "codes.csv").exit_code == 0
    opened = Database.open(Settings.from_env().database_url)
    try:
        events = [opened.read(get_event, f"code-{number}") for number in range(1, len(places) + 1)]
    finally:
        opened.close()
    assert [event.location.country for event in events if event.location is not None] == countries
