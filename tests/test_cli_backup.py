"""``rallymap backup``, ``verify``, ``restore`` and ``upgrade``, as an operator uses them."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rallymap.cli import main
from rallymap.cli.output import size
from rallymap.settings import Settings
from rallymap.store.events import get_events
from rallymap.workflows.services import open_database

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

TABLE = "id,title,date,place,country,source_url\noslo-1,Rally,2020-02-01,Oslo,NO,https://example.org/a\n"
PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("RALLYMAP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(TABLE, "utf-8")
    (tmp_path / "pass").write_text(f"{PASSPHRASE}\n", "utf-8")
    assert call("import", "a.csv").exit_code == 0
    return tmp_path / "home"


def call(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def event_ids() -> list[str]:
    with closing(open_database(Settings.from_env())) as db:
        return [event.id for event in db.read(get_events, ["oslo-1", "oslo-2"])]


def test_backup_verify_restore(home: Path) -> None:
    made = call("backup")
    path = made.stdout.strip()
    assert (made.exit_code, Path(path).parent) == (0, home / "backups")
    said = made.stderr.splitlines()
    assert said[0].endswith(" UTC, rallymap 0.2.0: 1 event, 0 pictures, 0 accounts.")
    assert said[1].endswith(" kB, not encrypted.")
    assert said[2:] == ["The secret key is not in it: keep a copy of rallymap.key in another place."]

    found = call("verify", path)
    assert (found.exit_code, found.stdout) == (0, "The backup can be restored.\n")
    assert found.stderr.splitlines()[1:] == [
        "2 files as the manifest says; the database is whole.",
        "The secret key is not in it; rallymap.key of this site is the right one.",
    ]
    assert call("import", "--undo", call("import", "--list").stdout.splitlines()[1].split()[0]).exit_code == 0
    assert event_ids() == []

    refused = call("restore", path)
    assert (refused.exit_code, refused.stderr) == (
        1,
        (
            f"Error: There are data in {home} already. To put them aside and restore the backup: "
            f"rallymap restore --replace {path}\n"
        ),
    )
    done = call("restore", "--replace", path)
    assert done.exit_code == 0
    assert done.stdout.endswith(" UTC: 1 event.\n")
    assert done.stderr.startswith(f"What was here before is in {home / 'before-restore-'}")
    assert (
        "\nEvents taken down and accounts closed after that moment are back: take them down, and close" in done.stderr
    )
    assert event_ids() == ["oslo-1"]


def test_passphrase_comes_from_a_file_or_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = call("backup", "--passphrase-file", "pass", "--with-key", "-o", "copy")
    assert (made.exit_code, made.stdout) == (0, "copy\n")
    assert "encrypted." in made.stderr
    assert "The secret key is not in it" not in made.stderr

    assert call("verify", "copy").stderr.splitlines()[-1] == (
        "Error: There is no terminal to ask for the passphrase; use --passphrase-file or RALLYMAP_BACKUP_PASSPHRASE."
    )
    assert "The secret key is in it." in call("verify", "--passphrase-file", "pass", "copy").stderr
    monkeypatch.setenv("RALLYMAP_BACKUP_PASSPHRASE", PASSPHRASE)
    assert call("verify", "copy").exit_code == 0
    monkeypatch.setenv("RALLYMAP_HOME", "elsewhere")
    done = call("restore", "copy")
    back = "Events taken down and accounts closed after that moment are back: take them down, and close them, again.\n"
    assert (done.exit_code, done.stderr) == (0, back)
    assert event_ids() == ["oslo-1"]


def test_keep_deletes_older_backups_of_a_folder(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for hour in range(3):
        (folder / f"rallymap-20200101T0{hour}0000Z.tar.gz").touch()
    made = call("backup", "-o", "folder", "--keep", "2")
    assert made.stderr.splitlines()[-1] == "2 older backups deleted."
    assert sorted(path.name for path in folder.iterdir()) == [
        "rallymap-20200101T020000Z.tar.gz",
        Path(made.stdout.strip()).name,
    ]
    wrong = call("backup", "-o", "file", "--keep", "2")
    assert (wrong.exit_code, wrong.stderr.splitlines()[-1]) == (
        2,
        "Error: --keep needs a folder that exists as --output, in which backups are named by time.",
    )


def test_number_of_backups_is_a_setting(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "rallymap.toml").write_text("keep_backups = 1\n", "utf-8")
    (home / "backups").mkdir()
    (home / "backups" / "rallymap-20200101T000000Z.tar.gz").touch()
    assert "1 older backup deleted." in call("backup").stderr
    assert len(list((home / "backups").iterdir())) == 1


@pytest.mark.parametrize("command", [("restore", "--replace", "copy"), ("upgrade",), ("new-key", "--yes")])
def test_running_site_is_left_alone(home: Path, command: tuple[str, ...]) -> None:
    assert call("backup", "-o", "copy").exit_code == 0
    with closing(open_database(Settings.from_env())):
        result = call(*command)
    assert (result.exit_code, result.stderr) == (
        1,
        (
            f"Error: A rallymap is running in {home}. Stop the site and every other rallymap command, then try again. "
            "Nothing was changed.\n"
        ),
    )


def test_upgrade_says_the_way_back(home: Path) -> None:
    assert call("upgrade").stdout == "The database has the schema of this version already; nothing was changed.\n"
    for path in home.glob("rallymap.db*"):
        path.unlink()
    with closing(sqlite3.connect(home / "rallymap.db")) as raw:
        raw.executescript((Path(__file__).parent / "store" / "schema_0001.sql").read_text("utf-8"))
    (home / "rallymap.key").unlink()
    done = call("upgrade")
    assert done.exit_code == 0
    assert done.stdout.startswith("Upgraded from schema 0001 to 00")
    way_back = done.stderr.splitlines()
    assert way_back[3] == "The way back: install the version that you had, then run"
    assert call(*way_back[4].split()[1:]).exit_code == 0


def test_resume_without_an_interrupted_restore(home: Path) -> None:
    assert call("restore", "--resume").stderr == "No restore was interrupted.\n"
    assert call("restore").stderr.splitlines()[-1] == "Error: Name the file of the backup."


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (3_400_000, "3.4 MB"), (2e9, "2 GB")],
)
def test_sizes_in_words(number: int, text: str) -> None:
    assert size(number) == text
