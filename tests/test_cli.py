"""The command line, as people and scripts use it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
import openpyxl
import pyotp
import pytest
from click.testing import CliRunner, Result

from rallymap import __version__
from rallymap.cli import main
from rallymap.moderation import Account, Role
from rallymap.passwords import verify_password
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.accounts import add_account, get_credentials, list_accounts, set_totp_secret
from rallymap.store.events import get_event, get_events
from rallymap.store.identities import get_identity_account
from rallymap.store.imports import list_import_events, list_imported_notes, list_imports
from rallymap.store.invitations import get_invitation
from rallymap.store.recovery import count_recovery_codes, get_reset
from rallymap.store.sessions import get_session_account, open_session
from tests.store.acts import account_named

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HEADER = "id,title,date,place,country,source_url\n"
GOOD = HEADER + "oslo-1,Rally,2020-02-01,Oslo,NO,https://example.org/a\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("RALLYMAP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def db(home: Path) -> Iterator[Database]:
    home.mkdir(exist_ok=True)
    opened = Database.open(Settings.from_env().database_url)
    yield opened
    opened.close()


def call(*words: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, words, input=given)


def command(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command in a separate process."""
    return subprocess.run(
        [sys.executable, "-m", "rallymap.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **options,
    )


def all_commands() -> list[tuple[str, ...]]:
    def below(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for name, found in group.commands.items():
            yield (*path, name)
            if isinstance(found, click.Group):
                yield from below(found, (*path, name))

    return [(), *below(main, ())]


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_help_explains_with_an_example(words: tuple[str, ...]) -> None:
    result = call(*words, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: main {' '.join(words)}".rstrip())
    assert "rallymap " + " ".join(words) in result.output


def test_all_verbs_are_there() -> None:
    assert set(main.commands) >= {"serve", "import", "geocode", "check", "locate", "service", "moderators"}


def test_unknown_command_is_a_usage_error() -> None:
    result = call("fly")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No such command 'fly'" in result.stderr


def test_invalid_setting_gives_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RALLYMAP_DATABASE_URL", "mysql://nora:secret@db")
    result = call("check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "Error: RALLYMAP_DATABASE_URL is 'mysql:…'; accepted: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.\n"
    )


def test_home_that_cannot_be_created_gives_one_sentence(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "file" / "home"))
    result = call("moderators", "list")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: The folder RALLYMAP_HOME names cannot be made: Not a directory.\n",
    )


@pytest.mark.slow
def test_site_that_is_made_because_no_home_was_named_is_said(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RALLYMAP_HOME")
    monkeypatch.chdir(tmp_path)
    made = (
        f"There was no site in {tmp_path / 'var'}, so an empty one was made there. "
        "If yours is elsewhere, say where with RALLYMAP_HOME."
    )
    none = "There is no account yet. “rallymap moderators add NAME” creates one."
    assert [call("moderators", "list").stderr.splitlines() for _ in range(2)] == [[made, none], [none]]


class TestImport:
    def test_good_table(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(GOOD, "utf-8")
        first, second = call("import", "a.csv"), call("import", "a.csv")
        batch = call("import", "--list").stdout.splitlines()[1].split()[0]
        assert (first.exit_code, first.output.splitlines()) == (
            0,
            [
                "CSV, 1 row read: 1 new.",
                f"1 event imported as {batch}.",
                f"Undo it with: rallymap import --undo {batch}",
            ],
        )
        assert (second.exit_code, second.output.splitlines()) == (
            0,
            ["CSV, 1 row read: 1 unchanged.", "Nothing to import: no row is new or changed."],
        )

    def test_undo(self, home: Path, tmp_path: Path, db: Database) -> None:
        (tmp_path / "a.csv").write_text(GOOD, "utf-8")
        call("import", "a.csv")
        batch = call("import", "--list").stdout.splitlines()[1].split()[0]
        result = call("import", "--undo", batch)
        assert (result.exit_code, result.output) == (0, "1 event removed, 0 restored.\n")
        assert db.read(get_events, ["oslo-1"]) == []
        assert call("import", "--undo", batch).stderr == f"Error: The import “{batch}” was undone already.\n"
        unknown = call("import", "--undo", "none")
        assert unknown.exit_code == 1
        assert re.fullmatch(r"Error: There is no import “none”\. “.*import --list” lists them\.\n", unknown.stderr)

    def test_same_file_with_other_values_for_all_rows_is_asked_about(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("date,place\n2020-02-01,Oslo\n", "utf-8")
        call("import", "a.csv", "--title", "Rally")
        batch = call("import", "--list").stdout.splitlines()[1].split()[0]
        result = call("import", "a.csv", "--title", "March")
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (
            1,
            f"Error: This file was imported already, as {batch}. Undo that import, or use --again.",
        )
        again = call("import", "a.csv", "--title", "March", "--again")
        assert (again.exit_code, again.stdout.splitlines()[0]) == (0, "CSV, 1 row read: 1 new.")

    def test_bundled_table(self, home: Path) -> None:
        result = call("import", str(Settings.from_env().data_dir / "events.csv"))
        assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "CSV, 9 rows read: 9 new.")

    def test_rows_with_notes(self, home: Path, tmp_path: Path, db: Database) -> None:
        (tmp_path / "a.csv").write_text(
            GOOD.replace(",source_url", ",source_url,colour").replace("/a\n", "/a,red\n")
            + "bad-1,,soon,Oslo,NO,javascript:x,\n"
            + "spring-1,Rally,2020,Springfield,,,\n",
            "utf-8",
        )
        result = call("import", "a.csv", "--report", "report.csv")
        assert result.exit_code == 0
        assert result.stderr.splitlines() == [
            "Written to report.csv.",
            "Kept as notes: colour.",
            "Row 3, date: “soon”. This is not a date that can be read.",
            "Row 3, source_url: “javascript:x”. This is not the address of a web page.",
        ]
        assert result.stdout.splitlines()[:3] == [
            "CSV, 3 rows read: 2 new, 1 place to check.",
            "1 row with notes on what was left out or not read word by word.",
            "Places to check are in the list of “rallymap check”, and under Review.",
        ]
        assert (
            (tmp_path / "report.csv")
            .read_text("utf-8-sig")
            .splitlines()[1]
            .startswith(",3,new,date: “soon”. This is not")
        )
        assert db.read(get_event, "bad-1").title == "Rally, Oslo"
        assert [(note.column, note.value) for note in db.read(list_imported_notes, "oslo-1")] == [("colour", "red")]

    def test_dry_run_changes_nothing(self, home: Path, tmp_path: Path, db: Database) -> None:
        (tmp_path / "a.csv").write_text(GOOD + ",,,,,\n,,,,,https://example.org\n", "utf-8")
        result = call("import", "a.csv", "--dry-run")
        assert (result.exit_code, result.stdout.splitlines()) == (
            0,
            ["CSV, 2 rows read: 1 new, 1 not an event.", "Dry run: nothing was changed."],
        )
        assert result.stderr == "Row 4: not an event. This row has no date, place or text.\n"
        assert db.read(get_events, ["oslo-1"]) == []

    def test_dry_run_explains_why_there_is_no_event(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("colour,size\nred,large\n", "utf-8")
        result = call("import", "a.csv", "--dry-run")
        assert (result.exit_code, result.stdout.splitlines()[0]) == (1, "CSV, 0 rows read: none.")
        assert "Nothing can be imported, because no column is known as a date, a place or a title." in result.stderr

    def test_json(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("Datum;Thema;Ort;Farbe\n5.3.2022;Rally;Kiel;red\n;;;blue\n", "utf-8")
        told = json.loads(call("import", "a.csv", "--dry-run", "--json").stdout)
        assert (told["format"], told["import"], told["remarks"]) == ("CSV", None, ["Kept as notes: Farbe."])
        assert {fate: number for fate, number in told["counts"].items() if number} == {"new": 1, "not an event": 1}
        assert [(column["heading"], column["field"]) for column in told["columns"]] == [
            ("Datum", "date"),
            ("Thema", "title"),
            ("Ort", "place"),
            ("Farbe", "note"),
        ]
        first, second = told["rows"]
        assert (first["row"], first["outcome"], first["date"], first["notes"]) == (
            2,
            "new",
            "2022-03-05",
            ["Farbe: red"],
        )
        assert (second["outcome"], second["reason"]) == ("not an event", "This row has no date, place or text.")

    def test_mapping_file_is_written_and_read(self, home: Path, tmp_path: Path, db: Database) -> None:
        (tmp_path / "a.csv").write_text("Was;Wann\nRally;05/03/2022\nOther;06/03/2022\n", "utf-8")
        words = ("--column", "Was=title", "--column", "Wann=date", "--month-first", "--place", "Kiel, Germany")
        assert call("import", "a.csv", *words, "--write-map", "map.toml", "--dry-run").exit_code == 0
        result = call("import", "a.csv", "--map", "map.toml")
        assert result.exit_code == 0
        dates = [
            event.when.edtf for event in db.read(get_events, db.read(list_import_events, db.read(list_imports)[0].id))
        ]
        assert sorted(dates) == ["2022-05-03", "2022-06-03"]

    def test_pending(self, home: Path, tmp_path: Path, db: Database) -> None:
        (tmp_path / "a.csv").write_text(GOOD, "utf-8")
        assert call("import", "a.csv", "--pending").exit_code == 0
        assert db.read(get_event, "oslo-1").review == "pending"

    def test_many_notes_are_summed_up(self, home: Path, tmp_path: Path) -> None:
        rows = "".join(f"Rally {number},soon\n" for number in range(25))
        (tmp_path / "a.csv").write_text("title,date\n" + rows, "utf-8")
        assert call("import", "a.csv").stderr.splitlines()[20:] == [
            "... and 5 more notes; --report FILE writes them all."
        ]

    def test_file_without_events(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("colour,weight\nred,12\n", "utf-8")
        result = call("import", "a.csv")
        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1] == (
            "Error: Nothing can be imported, because no column is known as a date, a place or a title. Name them with "
            "--column HEADING=FIELD or on the Import page. The columns are: colour, weight."
        )

    def test_file_that_is_not_there(self, home: Path) -> None:
        result = call("import", "none.csv")
        assert result.exit_code == 2
        assert "'none.csv' does not exist" in result.stderr

    def test_file_that_is_not_a_table(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04nothing")
        result = call("import", "a.xlsx")
        assert (result.exit_code, result.stderr) == (
            1,
            "Error: This spreadsheet is damaged; open it in a spreadsheet program and save it again, or as CSV.\n",
        )

    def test_database_that_cannot_be_opened(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(GOOD, "utf-8")
        home.mkdir()
        (home / "rallymap.db").write_bytes(b"This is not a database, and long enough to be seen as none." * 50)
        result = call("import", "a.csv")
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
        assert result.stderr.startswith("Error: ")

    def test_control_characters_of_a_table_do_not_reach_the_terminal(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("title,kind,\x1b[31mred\nA,\x1b]0;owned\x07,x\n", "utf-8")
        result = call("import", "a.csv")
        assert "\x1b" not in result.output
        assert "\x07" not in result.output


class TestGeocode:
    def test_one_place(self, home: Path) -> None:
        result = call("geocode", "Malmo")
        assert (result.exit_code, result.stderr) == (0, "")
        title, names, values = result.stdout.splitlines()
        assert (title, names.split()) == ("Found:", ["place", "lat", "lon", "precision", "radius", "confidence", "how"])
        assert values.startswith("Malmö, ")
        assert "  55.60587  13.00073  city " in values

    def test_several_places_of_one_name(self, home: Path) -> None:
        lines = call("geocode", "Springfield").stdout.splitlines()
        assert lines[0] == "Several places have this name; add a region or country:"
        assert all(line.startswith("Springfield, ") for line in lines[2:])
        assert len(lines) >= 4

    def test_country_settles_it(self, home: Path) -> None:
        assert "Hamilton, Waikato, New Zealand" in call("geocode", "Hamilton", "--country", "nz").stdout

    def test_place_nobody_knows(self, home: Path) -> None:
        result = call("geocode", "Xyzzyqqburg")
        assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
        assert "Xyzzyqqburg" in result.stdout

    def test_text_of_a_workbook_becomes_no_formula_in_a_table(self, home: Path, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        for cells in (["place", "note"], ["Oslo", "=HYPERLINK(1)"], ["Malmö", "-5"]):
            book.active.append(cells)
        book.active["B2"].data_type = "s"
        book.save(tmp_path / "in.xlsx")
        assert call("geocode", "in.xlsx", "-o", "out.csv").exit_code == 0
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
            assert [row["note"] for row in csv.DictReader(file)] == ["'=HYPERLINK(1)", "-5"]

    def test_text_file_has_a_place_in_each_line(self, home: Path, tmp_path: Path) -> None:
        lines = "Place de Luxembourg, Brussels\n\n Hamilton|NZ \nVictoria Park, Hong Kong|CN\n=Xyzzyqqburg|x\n"
        (tmp_path / "places.txt").write_text(lines, "utf-8")
        rows = list(csv.DictReader(io.StringIO(call("geocode", "places.txt").stdout)))
        found = [(row["place"], row["country"], row["matched_name"], row["geocoded_country"]) for row in rows]
        assert found == [
            ("Place de Luxembourg, Brussels", "", "Brussels", "BE"),
            ("Hamilton", "NZ", "Hamilton", "NZ"),
            ("Victoria Park, Hong Kong", "CN", "Victoria Park", "HK"),
            ("'=Xyzzyqqburg|x", "", "", ""),
        ]
        (tmp_path / "table.txt").write_text("Ort;Datum\nKiel, Rathausplatz;2022-03-05\n", "utf-8")
        rows = list(csv.DictReader(io.StringIO(call("geocode", "table.txt").stdout)))
        assert [(row["Datum"], row["matched_name"]) for row in rows] == [("2022-03-05", "Kiel")]

    def test_invalid_country(self, home: Path) -> None:
        result = call("geocode", "Oslo", "--country", "QQ")
        assert result.exit_code == 2
        assert "“QQ” is not a country; write its two-letter code, such as NO, or its name." in result.stderr

    def test_markup_in_output_is_printed_literally(self, home: Path) -> None:
        assert call("geocode", "Oslo [/nothing]").exit_code == 0

    def test_table(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text(
            "n,place,land\n1,Arhus,Denmark\n2,Springfield,\n3,,\n4,Qqqxyzzy,\n", "utf-8-sig"
        )
        result = call("geocode", "in.csv", "-o", "out.csv", "--country-column", "land")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.splitlines() == [
            "4 rows with 4 different places: 1 located (0 of them unsure), 1 ambiguous, 1 not found, 1 empty.",
            "Written to out.csv.",
        ]
        rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8"), newline="")))
        assert [(row["n"], row["outcome"], row["country"]) for row in rows] == [
            ("1", "located", "DK"),
            ("2", "ambiguous", "US"),
            ("3", "empty", ""),
            ("4", "no_match", ""),
        ]
        assert len(json.loads(rows[1]["candidates"])) >= 2

    def test_table_onto_itself(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text("place\nOslo\n", "utf-8")
        assert call("geocode", "in.csv", "-o", "in.csv").exit_code == 0
        assert (tmp_path / "in.csv").read_text("utf-8").splitlines()[1].startswith("Oslo,59.9")
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["in.csv"]

    def test_standard_input_to_standard_output(self, home: Path) -> None:
        result = call("geocode", "-", "--text-column", "city", given='city\n"Os\nlo"\nOslo\n')
        assert result.exit_code == 0
        assert [row["city"] for row in csv.DictReader(io.StringIO(result.stdout, newline=""))] == ["Os\nlo", "Oslo"]

    def test_column_that_is_not_there_leaves_no_file(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text("city\nOslo\n", "utf-8")
        result = call("geocode", "in.csv", "-o", "out.csv", "--text-column", "place")
        assert (result.exit_code, result.stderr) == (1, "Error: The table has no column 'place'; it has: 'city'.\n")
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["in.csv"]

    @pytest.mark.parametrize(
        ("words", "code", "sentence"),
        [
            (("none.csv",), 1, "The file none.csv cannot be read: No such file or directory."),
            (("in.csv", "-o", "no/out.csv"), 1, "The table no/out.csv cannot be written: No such file or directory."),
            (("Oslo", "-o", "out.csv"), 2, "Options for tables need a file, or - for standard input."),
            (
                ("in.csv", "--country", "NO"),
                2,
                "--country is for one TEXT; name the table's column with --country-column.",
            ),
        ],
    )
    def test_invalid_call(self, home: Path, tmp_path: Path, words: tuple[str, ...], code: int, sentence: str) -> None:
        (tmp_path / "in.csv").write_text("place\nOslo\n", "utf-8")
        result = call("geocode", *words)
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (code, f"Error: {sentence}")

    @pytest.mark.parametrize("name", ["latin.csv", "map.geojson", "book.xlsx", "mark.csv"])
    def test_table_of_another_format(self, home: Path, tmp_path: Path, name: str) -> None:
        (tmp_path / "latin.csv").write_text("Ort;Datum\nMalmö;5.3.2022\nGöteborg;6.3.2022\n", "latin-1")
        (tmp_path / "mark.csv").write_text("\ufeff\ufeffsep=;\nOrt;Datum\nMalmö;5.3.2022\n", "utf-8")
        feature = {"type": "Feature", "properties": {"city": "Malmö"}, "geometry": None}
        (tmp_path / "map.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
        book = openpyxl.Workbook()
        book.active.append(["List of towns"])
        book.active.append(["Ort", "Datum"])
        book.active.append(["Malmö", date(2022, 3, 5)])
        book.save(tmp_path / "book.xlsx")
        result = call("geocode", name)
        assert result.exit_code == 0
        row = next(iter(csv.DictReader(io.StringIO(result.stdout, newline=""))))
        assert (row["matched_name"], row["outcome"]) == ("Malmö", "located")

    @pytest.mark.slow
    def test_reader_that_leaves_early(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text("place\n" + "Oslo\n" * 50_000, "utf-8")
        line = f"{sys.executable} -m rallymap.cli geocode in.csv | head -n 1"
        done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False, timeout=60)  # noqa: S602
        assert done.stdout.startswith("place,lat,lon,")
        assert "Traceback" not in done.stderr


class TestCheck:
    def test_record_without_events_is_not_called_complete(self, home: Path) -> None:
        result = call("check")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "There is no event yet.\n")

    @pytest.mark.slow
    @pytest.mark.parametrize("options", [(), ("--pending",)], ids=["published", "pending"])
    def test_record_whose_events_all_have_a_place(self, home: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
        (tmp_path / "a.csv").write_text(GOOD, "utf-8")
        call("import", "a.csv", *options)
        result = call("check")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Every event has a place.\n")

    def test_events_whose_place_needs_a_person(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(
            GOOD
            + "spring-1,[red]Rally,2020,[b]Springfield[/b],US,https://e.org\n"
            + "none-1,Rally,2020,Xyzzyqqburg,,https://e.org\n"
            + "bare-1,Rally,2020,,,\n",
            "utf-8",
        )
        call("import", "a.csv")
        result = call("check")
        assert (result.exit_code, result.stderr) == (1, "3 events without a sure place.\n")
        names, *lines = result.stdout.splitlines()
        assert names.split()[:2] == ["event", "place"]
        said = {line.split()[0]: line for line in lines}
        assert said.keys() == {"spring-1", "none-1", "bare-1"}
        assert "[b]Springfield[/b]" in said["spring-1"]
        assert "No place of this name is known." in said["none-1"]
        assert "No place is given." in said["bare-1"]

    def test_events_that_cannot_be_read(self, home: Path, db: Database, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(GOOD, "utf-8")
        call("import", "a.csv")
        (tmp_path / "a.csv").write_text(GOOD.replace("Rally", "Vigil"), "utf-8")
        call("import", "a.csv")
        ids = [line.split(",")[0] for line in GOOD.splitlines()[1:]]
        with db.writing() as tx:
            tx.conn.exec_driver_sql("UPDATE revisions SET document = '{' WHERE revision = 2")
        result = call("check")
        names, *lines = result.stdout.splitlines()
        assert (result.exit_code, names.split()) == (
            1,
            ["event", "review", "status", "revision", "newest", "revision", "that", "can", "be", "read"],
        )
        assert [line.split() for line in lines] == [[event_id, "published", "2", "1"] for event_id in sorted(ids)]
        assert "cannot be read, so the site leaves" in result.stderr
        assert "There is no event yet." not in result.stderr


class TestModerators:
    def test_add_list_remove(self, home: Path, db: Database) -> None:
        added = call(
            "moderators", "add", "Nora", "--country", "no", "--country", "SE", "--password-stdin", given=PASSWORD + "\n"
        )
        assert (added.exit_code, added.stdout, added.stderr) == (
            0,
            "",
            "nora may now sign in as moderator for NO, SE.\n",
        )
        found = db.read(get_credentials, "nora")
        assert found is not None
        assert (found.account.role, found.account.countries) == (Role.MODERATOR, ("NO", "SE"))
        assert verify_password(found.password_hash, PASSWORD)
        assert call("moderators", "list").stdout.splitlines()[1].split()[:4] == ["nora", "moderator", "NO,", "SE"]
        removed = call("moderators", "remove", "nora")
        assert (removed.exit_code, removed.stderr.split(". ")[0]) == (0, "nora can no longer sign in")
        assert account_named(db, "nora") is None
        assert call("moderators", "list").stdout.splitlines()[1].split()[-1] == "closed"

    def test_administrator(self, home: Path, db: Database) -> None:
        call("moderators", "add", "ada", "--role", "administrator", "--password-stdin", given=PASSWORD)
        account = account_named(db, "ada")
        assert account is not None
        assert account.role is Role.ADMINISTRATOR

    @pytest.mark.parametrize(
        ("words", "given", "code", "sentence"),
        [
            (("nora",), "short\n", 1, "A password needs at least 12 characters; this one has 5."),
            (("nora",), "", 1, "A password needs at least 12 characters; this one has 0."),
            (("nora",), "a" * 20, 1, "This password repeats one character; choose another."),
            (("no ra",), PASSWORD, 1, "A name has 2 to 64 letters, digits and the signs . _ @ + - (no spaces)."),
            (
                ("nora", "--country", "QQ"),
                PASSWORD,
                2,
                (
                    "Invalid value for '--country': “QQ” is not a country; write its two-letter code, such as NO, or "
                    "its name."
                ),
            ),
        ],
    )
    def test_account_that_cannot_be_made(
        self, home: Path, db: Database, words: tuple[str, ...], given: str, code: int, sentence: str
    ) -> None:
        result = call("moderators", "add", *words, "--password-stdin", given=given)
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (code, f"Error: {sentence}")
        assert db.read(list_accounts) == []

    def test_name_that_is_taken(self, home: Path) -> None:
        words = ("moderators", "add", "nora", "--password-stdin")
        assert call(*words, given=PASSWORD).exit_code == 0
        assert call(*words, given=PASSWORD).stderr == "Error: There is already an account named “nora”.\n"

    def test_unknown_name(self, home: Path) -> None:
        result = call("moderators", "remove", "nora")
        assert (result.exit_code, result.stderr) == (1, "Error: There is no account named “nora”.\n")

    def test_no_account_yet(self, home: Path) -> None:
        assert call("moderators", "list").stderr == (
            "There is no account yet. “rallymap moderators add NAME” creates one.\n"
        )

    def test_password_without_a_terminal(self, home: Path) -> None:
        result = call("moderators", "add", "nora", given=f"{PASSWORD}\n{PASSWORD}\n")
        assert result.exit_code == 2
        assert "give it with --password-stdin" in result.stderr

    @pytest.mark.slow
    @pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("another password", None)])
    def test_password_typed_twice_is_never_shown(self, home: Path, db: Database, again: str, code: int | None) -> None:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "rallymap.cli", "moderators", "add", "nora"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        try:
            shown = _type_after(ours, b"Password: ", PASSWORD) + _type_after(ours, b"again: ", again)
            if code is None:
                shown += _read_until(ours, b"Password: ")
            else:
                assert process.wait(30) == code
                shown += _read_until(ours, b"moderator.")
        finally:
            process.kill()
            process.wait()
            os.close(ours)
            os.close(theirs)
        assert PASSWORD.encode() not in shown
        assert (account_named(db, "nora") is not None) == (code == 0)


class TestModeratorAccess:
    @pytest.fixture
    def nora(self, db: Database) -> Account:
        return db.write(add_account, "nora", "hash", Role.MODERATOR)

    def test_invitation_is_a_path_that_makes_an_account(self, db: Database) -> None:
        result = call("moderators", "invite", "--country", "no")
        path = result.stdout.removesuffix("\n")
        assert (result.exit_code, path[:8], "\n" in path) == (0, "/invite/", False)
        offer = db.read(get_invitation, path.removeprefix("/invite/"))
        assert offer is not None
        assert (offer.role, offer.countries) == (Role.MODERATOR, ("NO",))

    def test_invitation_is_a_complete_link_if_the_address_is_set(
        self, db: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("RALLYMAP_ADDRESS", "https://rallies.example.org")
        result = call("moderators", "invite")
        link = result.stdout.removesuffix("\n")
        assert link.startswith("https://rallies.example.org/invite/")
        assert db.read(get_invitation, link.rpartition("/")[2]) is not None

    def test_invitation_for_an_invalid_country(self, db: Database) -> None:
        result = call("moderators", "invite", "--country", "XX")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "“XX” is not a country; write its two-letter code, such as NO, or its name." in result.stderr

    def test_second_factor_is_set_after_a_valid_code(
        self, db: Database, nora: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pyotp, "random_base32", lambda: SECRET)
        token = db.write(open_session, nora)
        result = call("moderators", "totp", "Nora", given=f"000000\n{pyotp.TOTP(SECRET).now()}\n")
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (
            0,
            "nora is asked for a code at each sign-in from now on.",
        )
        assert f"Or type this secret into the app: {SECRET}\n" in result.stdout
        assert "▀" in result.stdout
        assert sum(line.count("-") == 3 for line in result.stdout.splitlines()) == 10
        assert db.read(count_recovery_codes, "nora") == 10
        known = db.read(get_credentials, "nora")
        assert known is not None
        assert (known.totp_secret, db.read(get_session_account, token, datetime.now(UTC))) == (SECRET, None)

        assert call("moderators", "totp", "nora", "--off").stderr == (
            "nora signs in with name and password alone now.\n"
        )
        known = db.read(get_credentials, "nora")
        assert known is not None
        assert known.totp_secret == ""

    def test_password_is_reset_by_a_link_and_a_closed_account_is_opened_again(
        self, db: Database, nora: Account
    ) -> None:
        result = call("moderators", "reset", "Nora")
        path = result.stdout.strip()
        assert (result.exit_code, path.startswith("/reset/")) == (0, True)
        known = db.read(get_reset, path.removeprefix("/reset/"))
        assert known is not None
        assert known.account == nora
        assert call("moderators", "remove", "nora").stderr == (
            "nora can no longer sign in. Within 30 days “rallymap moderators reopen nora” undoes this.\n"
        )
        assert call("moderators", "reset", "nora").exit_code == 1
        assert call("moderators", "reopen", "nora").stderr == "nora can sign in again.\n"

    def test_second_factor_without_a_right_code_changes_nothing(
        self, db: Database, nora: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        db.write(set_totp_secret, "nora", SECRET)
        monkeypatch.setattr(pyotp, "random_base32", lambda: SECRET[::-1])
        result = call("moderators", "totp", "nora", given="1\n2\n3\n")
        assert result.exit_code == 1
        assert result.stderr.endswith(
            "Error: No code was right, so nothing is changed. Are the clocks of both devices right?\n"
        )
        known = db.read(get_credentials, "nora")
        assert known is not None
        assert known.totp_secret == SECRET

    def test_identity_is_linked_and_unlinked(self, db: Database, nora: Account) -> None:
        words = ("--issuer", "https://login.example", "--subject", "1")
        assert call("moderators", "link", "nora", *words).stderr == (
            "Who https://login.example knows as 1 signs in as nora now.\n"
        )
        assert db.read(get_identity_account, "https://login.example", "1") == nora
        assert call("moderators", "link", "nora", "--off").exit_code == 0
        assert db.read(get_identity_account, "https://login.example", "1") is None

    @pytest.mark.parametrize(
        ("words", "code", "sentence"),
        [
            (("totp", "nobody"), 1, "Error: There is no open account named “nobody”."),
            (
                ("link", "nobody", "--issuer", "i", "--subject", "s"),
                1,
                "Error: There is no open account named “nobody”.",
            ),
            (("link", "nora", "--off"), 1, "Error: No identity is linked to an account named “nora”."),
            (("link", "nora", "--issuer", "i"), 2, "Error: Give both --issuer and --subject, or --off."),
        ],
    )
    def test_impossible_actions_are_refused(
        self, db: Database, nora: Account, words: tuple[str, ...], code: int, sentence: str
    ) -> None:
        result = call("moderators", *words)
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (code, sentence)


def _read_until(terminal: int, words: bytes) -> bytes:
    shown = b""
    until = time.monotonic() + 30
    while words not in shown and time.monotonic() < until:
        shown += os.read(terminal, 1024)
    return shown


def _type_after(terminal: int, prompt: bytes, text: str) -> bytes:
    shown = _read_until(terminal, prompt)
    os.write(terminal, f"{text}\n".encode())
    return shown


@pytest.mark.slow
def test_server_of_the_database_that_does_not_answer_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RALLYMAP_DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/x")
    result = call("check")
    assert (result.exit_code, result.stderr) == (
        1,
        (
            "Error: The database cannot be reached just now; please try again in a moment. The reason: "
            'connection to server at "127.0.0.1", port 1 failed: Connection refused.\n'
        ),
    )


@pytest.mark.parametrize("host", ["", " ", "[]", f"{'a' * 70}.invalid"])
def test_host_that_names_nothing_is_refused_before_anything_starts(home: Path, host: str) -> None:
    result = call("serve", "--host", host)
    assert result.exit_code == 1
    assert re.fullmatch(
        r"Error: (The host is empty; name an address to listen on, .*|Nothing can listen on a+\.invalid, port 8501: "
        r"this is no address or name of this machine\. Choose another with --host or --port\.)\n",
        result.stderr,
    )
    assert not home.exists()


class TestProcess:
    def test_help_is_quick(self, home: Path) -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = command("--help")
        assert (done.returncode, done.stderr) == (0, "")
        # Processor time, because wall time on a busy machine says nothing about the command.
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3
        loaded = command("--help", env={**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}).stderr
        modules = {line.rpartition("|")[2].strip() for line in loaded.splitlines()}
        assert "rallymap.cli.export_events" in modules
        assert modules.isdisjoint({"streamlit", "starlette", "sqlalchemy", "pandas", "openpyxl", "numpy"})

    @pytest.mark.slow
    def test_port_in_use_gives_one_sentence(self, home: Path) -> None:
        with socket.create_server(("::1", 0), family=socket.AF_INET6) as taken:
            port = taken.getsockname()[1]
            done = command("serve", "--host", "[::1]", "--port", str(port))
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1] == (
            f"Error: Nothing can listen on ::1, port {port}: Address already in use. "
            "Perhaps this site is running already. Choose another with --host or --port."
        )
        assert "Traceback" not in done.stderr

    def test_version(self) -> None:
        assert command("--version").stdout.endswith(f"version {__version__}\n")
