"""``rallymap export`` and ``rallymap.load``."""

from __future__ import annotations

import base64
import csv
import json
import os
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import frictionless
import pandas as pd
import pytest
import yaml
from click.testing import CliRunner, Result

import rallymap
from rallymap.cli import main
from rallymap.cli.opened import nothing_public
from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import ExportError
from rallymap.events import (
    CrowdClaim,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
)
from rallymap.moderation import Account, Decision, Role
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.workflows.decisions import decide
from tests.exports.test_references import read_bibtex, read_ris

VENUE = "before the embassy"
pytestmark = pytest.mark.slow


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    for name in [name for name in os.environ if name.startswith("RALLYMAP_")]:
        monkeypatch.delenv(name)
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    opened = Database.open(Settings.from_env().database_url)
    add_many(opened, [
            made("oslo-1", date(2020, 2, 1), "NO", "Iran", Kind.RALLY),
            made("oslo-2", date(2021, 5, 1), "NO", "Tibet", Kind.MARCH),
            made("paris-1", date(2020, 6, 1), "FR", "Iran", Kind.RALLY, title="=cmd", crowd=(CrowdClaim(5, 9),)),
            made("undated", None, "NO", "Iran", Kind.VIGIL),
            made("waiting", date(2020, 2, 1), "NO", "Iran", Kind.RALLY, review=ReviewStatus.PENDING),
            made(
                "upcoming", opened.now().date() + timedelta(days=30), "NO", "Iran", Kind.RALLY,
                place=Place("Oslo", VENUE, "NO"), status=EventStatus.ANNOUNCED,
            ),
        ], actor="test")  # fmt: skip
    yield opened
    opened.close()


def made(event_id: str, day: date | None, country: str, community: str, kind: Kind, **changes: object) -> Event:
    zone = "Europe/Paris" if country == "FR" else "Europe/Oslo"
    when = EventDate(day, day, DatePrecision.DAY, zone=zone) if day else EventDate.unknown()
    city, lat, lon = ("Paris", 48.85341, 2.3488) if country == "FR" else ("Oslo", 59.91273, 10.74609)
    point = Location(lat, lon, LocationPrecision.VENUE, 100.0, 1.0, "given", city, country=country)
    event = Event(
        event_id, "A rally", kind, when, Place(city, country_hint=country), point, communities=(community,),
        sources=(Source("https://news.example/a"),), review=ReviewStatus.PUBLISHED,
    )  # fmt: skip
    return event.changed(**changes)


def call(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def ids_in(path: str) -> list[str]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


def test_export_writes_the_events_of_the_filter_by_day(db: Database) -> None:
    for words, ids in (
        ("", ["oslo-1", "paris-1", "oslo-2", "upcoming", "undated"]),
        ("--from 2020-02-02 --to 2021-05-01", ["paris-1", "oslo-2"]),
        ("--to 2020-03-01", ["oslo-1"]),
        ("--country NO --community Iran", ["oslo-1", "upcoming", "undated"]),
        ("--q rall --city Oslo", ["oslo-1", "oslo-2", "upcoming", "undated"]),
        ("--q PARIS", ["paris-1"]),
        ("--near 48.9,2.3 --radius-km 20", ["paris-1"]),
        ("--bbox 2,48,3,49 --crowd-min 7 --crowd known", ["paris-1"]),
        ("--area 10,59;11,59;11,60;10,60 --status announced", ["upcoming"]),
        ("--country Norway --kind march --kind vigil", ["oslo-2", "undated"]),
    ):
        result = call("export", *words.split(), "-o", "out.csv")
        noun = "event" if len(ids) == 1 else "events"
        assert (result.exit_code, result.stderr) == (0, f"{len(ids)} {noun} written to out.csv.\n")
        assert ids_in("out.csv") == ids
    described = json.loads(Path("out.csv-metadata.json").read_text("utf-8"))
    assert described["url"] == "out.csv"
    assert "kind march or vigil, in Norway" in described["dc:bibliographicCitation"]


def test_no_format_names_the_venue_of_an_upcoming_event(db: Database) -> None:
    for ending in ("csv", "geojson", "kml", "ics", "jsonld"):  # XLSX contains the rows of CSV, compressed
        assert call("export", "-o", f"out.{ending}").exit_code == 0
        content = Path(f"out.{ending}").read_bytes()
        assert b"upcoming" in content
        assert b"embassy" not in content
        assert b"waiting" not in content
        # Three past events have the point; the upcoming one has the centre of a grid cell.
        assert content.count(b"59.91273") <= 3 * 2


REFUSALS = (
    (
        ("-o", "out.pdf"),
        1,
        "“out.pdf” has no ending that is a format; write one of: .csv, .xlsx, .geojson, .parquet, .kml",
    ),
    (("-o", "nowhere/out.csv"), 1, "nowhere/out.csv cannot be written: No such file or directory."),
    (("-o", "out.csv", "--community", "Mars"), 1, "No event is of the community “Mars”. Communities here: Iran, T"),
    (("-o", "out.csv", "--country", "SE"), 1, "No event matches. Nothing was written."),
    (("-o", "out.csv", "--country", "Atlantis"), 2, "“Atlantis” is not a country; write its two-letter code"),
    (("-o", "out.csv", "--from", "2021-01-01", "--to", "2020-01-01"), 2, "--from is later than --to; swap them."),
    (("-o", "out.kml", "--bom"), 2, "--bom is for CSV files only."),
    (("-o", "out.csv", "--near", "59.9,10.7"), 2, "“near” needs “radius_km”, a number of kilometres from 0.001"),
    (("-o", "out.csv", "--q", "embassy"), 1, "No event matches. Nothing was written."),
    (
        ("-o", "out.csv", "--from", "soon"),
        2,
        "--from: “soon” is not a day; write 2020-02-01, 2020-02 or 2020, from 1800",
    ),
)


def test_impossible_export_gives_one_sentence_and_writes_nothing(db: Database) -> None:
    for words, code, sentence in REFUSALS:
        result = call("export", *words)
        assert result.exit_code == code
        assert sentence in " ".join(result.stderr.split())
        assert [path.name for path in Path().iterdir()] == ["home"]


def test_failed_export_leaves_the_earlier_file(db: Database) -> None:
    Path("out.csv").write_text("earlier")
    assert call("export", "--country", "SE", "-o", "out.csv").exit_code == 1
    assert Path("out.csv").read_text() == "earlier"


@pytest.mark.parametrize("words", [("export", "-o", "a.geojson"), ("release", "-o", "folder")])
def test_files_contain_the_sites_address_and_the_operators_licence_text(
    db: Database, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("RALLYMAP_ADDRESS", "https://example.org/rallies")
    monkeypatch.setenv("RALLYMAP_DATA_LICENCE_TEXT", "Nennt das Archiv.")
    Settings.from_env().licence_dir.mkdir()
    (Settings.from_env().licence_dir / "en.txt").write_text("Name the archive.", "utf-8")
    assert call(*words).exit_code == 0
    made_of = Path("a.geojson" if words[0] == "export" else "folder/events.geojson")
    said = json.loads(made_of.read_bytes())
    assert said["citation"].endswith(" https://example.org/rallies/")
    assert said["rights"] == "Name the archive."
    assert {feature["properties"]["url"].partition("/events/")[0] for feature in said["features"]} == {
        "https://example.org/rallies"
    }


def test_calendar_says_how_many_events_it_left_out(db: Database) -> None:
    result = call("export", "-o", "out.ics")
    assert result.stderr == (
        "5 events written to out.ics.\n1 event without a known date left out: a calendar needs a day.\n"
    )


def test_csv_with_bom_begins_with_the_mark(db: Database) -> None:
    assert call("export", "-o", "out.csv", "--bom").exit_code == 0
    assert Path("out.csv").read_bytes().startswith(b"\xef\xbb\xbfid,title,")


def test_load_gives_the_same_frame_from_table_and_database(db: Database) -> None:
    assert call("export", "-o", "out.csv", "--bom").exit_code == 0
    frame, same = rallymap.load("out.csv"), rallymap.load(Path("home/rallymap.db"))
    pd.testing.assert_frame_equal(frame, same)
    for name in ("out.parquet", "out.zip"):
        assert call("export", "-o", name).exit_code == 0
        pd.testing.assert_frame_equal(rallymap.load(name), same)
    assert frame["title"].tolist() == ["A rally", "=cmd", "A rally", "A rally", "A rally"]
    assert {name: str(frame[name].dtype) for name in ("id", "start", "lat", "crowd1_low", "approximate")} == {
        "id": "string", "start": "datetime64[s]", "lat": "Float64", "crowd1_low": "Int64", "approximate": "boolean",
    }  # fmt: skip
    assert frame["start"].isna().tolist() == [False, False, False, False, True]
    assert frame["venue"].isna().all()
    assert frame["crowd1_high"].tolist() == [pd.NA, 9, pd.NA, pd.NA, pd.NA]


def test_load_of_another_file_gives_one_sentence(db: Database) -> None:
    Path("other.csv").write_text("id,name\n1,x\n")
    for name in ("other.txt", "other.parquet", "other.zip"):
        Path(name).touch()
    for name, sentence in (
        ("none.csv", "There is no file “none.csv”."),
        ("https://[::1", "https://[::1 is not the address of a site."),
        ("other.csv", "“other.csv” is not a table that rallymap exported; bring it in with: rallymap import FILE"),
        (
            "other.parquet",
            "“other.parquet” is not a table that rallymap exported; bring it in with: rallymap import FILE",
        ),
        ("other.zip", "“other.zip” is not a table that rallymap exported; bring it in with: rallymap import FILE"),
        ("other.txt", "“other.txt” is neither a table nor a database; give one of .csv, .parquet, .zip or a .db file."),
    ):
        with pytest.raises(ExportError) as caught:
            rallymap.load(name)
        assert caught.value.user_message == sentence


def test_export_imported_into_an_empty_record_is_exported_as_the_same_bytes(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("export", "-o", "first.csv").exit_code == 0
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "empty"))
    imported = call("import", "first.csv")
    assert imported.stdout.splitlines()[0] == "CSV, 5 rows read: 5 new."
    assert call("export", "-o", "again.csv").exit_code == 0
    assert Path("again.csv").read_bytes() == Path("first.csv").read_bytes()


def test_release_writes_the_map_in_one_file_of_public_events_alone(db: Database) -> None:
    result = call("release", "--single-file", "-o", "map.html", "--address", "https://rallies.example")
    assert (result.exit_code, result.stderr) == (0, "5 events written to map.html.\n")
    page = Path("map.html").read_text("utf-8")
    assert "Cite as: rallymap: all events" in page
    assert "https://rallies.example/" in page
    packed = page.partition('id="data">')[2].partition("<")[0]
    data = zlib.decompress(base64.b64decode(packed))
    assert b"upcoming" in data
    assert b"embassy" not in data
    assert b"waiting" not in data


def test_release_in_a_language_is_one_file_in_a_language_of_the_site(db: Database) -> None:
    unknown = call("release", "--single-file", "--language", "xx", "-o", "map.html")
    assert unknown.exit_code == 2
    assert "there is no language 'xx' here; there are: en" in unknown.stderr
    folder = call("release", "--language", "fa", "-o", "folder")
    assert folder.exit_code == 2
    assert "--language is for --single-file" in folder.stderr
    assert not Path("map.html").exists()
    assert not Path("folder").exists()


def test_export_and_release_of_an_empty_record_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "home"))
    for command in (("release", "--single-file", "-o", "map.html"), ("export", "--country", "NO", "-o", "map.csv")):
        result = call(*command[:-1], str(tmp_path / command[-1]))
        assert (result.exit_code, result.stderr) == (1, f"Error: {nothing_public()}\n")
        assert not (tmp_path / command[-1]).exists()


RELEASED = [
    "CHANGES.md", "CITATION.bib", "CITATION.cff", "CITATION.csl.json", "CITATION.ris",
    "CODEBOOK.md", "SHA256SUMS", "coverage.csv", "croissant.json", "datapackage.json",
    "events.csv",
    "events.csv-metadata.json", "events.geojson", "events.ics", "events.jsonld", "events.kml", "events.parquet",
    "events.xlsx", "map.html", "withdrawn.csv",
]  # fmt: skip


def contents(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def test_release_has_every_format_and_the_same_bytes_each_time(db: Database) -> None:
    result = call("release", "-o", "first")
    assert (result.exit_code, result.stderr) == (
        0, "20 files in first; check them with: sha256sum -c SHA256SUMS\n5 events written to first.\n",
    )  # fmt: skip
    assert call("release", "-o", "second").exit_code == 0
    first = contents("first")
    assert sorted(first) == RELEASED
    assert first == contents("second")
    sums = dict(line.split("  ")[::-1] for line in first["SHA256SUMS"].decode().splitlines())
    assert sums == {name: sha256(first[name]).hexdigest() for name in RELEASED if name != "SHA256SUMS"}
    citation = yaml.safe_load(first["CITATION.cff"])
    assert (citation["type"], citation["license"], citation["date-released"]) == (
        "dataset", "CC-BY-4.0", db.now().date(),
    )  # fmt: skip
    assert (
        read_bibtex(first["CITATION.bib"])["title"] == dict(read_ris(first["CITATION.ris"]))["TI"] == citation["title"]
    )
    assert json.loads(first["CITATION.csl.json"])[0]["type"] == "dataset"
    assert frictionless.validate("first/datapackage.json").valid
    assert b"| `kind` | `vigil` | Vigil |" in first["CODEBOOK.md"]
    for name, content in first.items():
        assert b"embassy" not in content, name
        assert b"waiting" not in content, name


def test_release_lists_changes_and_only_ids_of_removed_events(db: Database) -> None:
    assert call("release", "-o", "first").exit_code == 0
    withdraw(db, "paris-1")
    add_many(db, [made("oslo-3", date(2022, 5, 1), "NO", "Iran", Kind.RALLY)], actor="test")
    assert call("release", "-o", "second", "--since", "first").exit_code == 0
    changes = Path("second/CHANGES.md").read_text("utf-8")
    assert "\n1 added, 0 changed, 1 removed.\n\n## Added\n\n- oslo-3\n\n## Removed\n\n- paris-1\n" in changes
    assert Path("second/withdrawn.csv").read_bytes() == b"id\r\nparis-1\r\n"
    assert b"paris-1" not in Path("second/events.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("-o", "full"), 1, "“full” exists and is not empty; name a new folder for the release."),
        (("-o", "new", "--since", "full"), 1, "“full” is not a release: its events.csv cannot be read."),
        (("-o", "nowhere/new"), 1, "nowhere/new cannot be written: No such file or directory."),
        (("-o", "x.html", "--single-file", "--since", "full"), 2, "--since is for folders"),
    ],
)
def test_impossible_release_gives_the_reason_and_leaves_nothing(
    db: Database, words: tuple[str, ...], code: int, sentence: str
) -> None:
    Path("full").mkdir()
    Path("full/mine.txt").write_text("x")
    result = call("release", *words)
    assert result.exit_code == code
    assert sentence in result.stderr
    assert sorted(path.name for path in Path().iterdir()) == ["full", "home"]
    assert [path.name for path in Path("full").iterdir()] == ["mine.txt"]


def withdraw(db: Database, event_id: str) -> None:
    account = Account("mira", Role.MODERATOR)
    decide(
        db, event_id, Decision.WITHDRAW, account=account, expected_revision=1, reason="A mistake",
        idempotency_key="withdraw-0123456789",
    )  # fmt: skip
