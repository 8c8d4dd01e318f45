"""Faults of disks and folders: each command says what was refused, where, and what to do; nothing half done stays."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rallymap.errors import BackupError, RallymapError, StoreUnavailableError
from rallymap.events import Event
from rallymap.file_faults import file_fault
from rallymap.settings import Settings
from rallymap.upkeep.backup import make_backup
from rallymap.upkeep.setup import write_settings
from rallymap.upkeep.upgrade import upgrade_site
from rallymap.workflows.services import open_database
from tests.upkeep.conftest import NOW, fill

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

NewSettings = Callable[..., Settings]
FIRST_SCHEMA = Path(__file__).parents[1] / "store" / "schema_0001.sql"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk of /srv/site is full; make room on it, and try again"),
        (errno.EDQUOT, "the disk of /srv/site is full; make room on it, and try again"),
        (
            errno.EROFS,
            "the disk of /srv/site can only be read; mount it so that it can be written, and look for a fault of it",
        ),
        (
            errno.EACCES,
            "this user has no access to /srv/site; run the command as the user of the site, who has to own it",
        ),
        (
            errno.EIO,
            (
                "the disk failed to read or write /srv/site (Input/output error), so the content can be undamaged; "
                "look at the system's log (dmesg), copy what you need to another disk, and replace this disk"
            ),
        ),
        (errno.ENOTDIR, "Not a directory (/srv/site)"),
    ],
)
def test_refusal_of_the_system_is_said_with_place_and_remedy(number: int, said: str) -> None:
    assert file_fault(OSError(number, os.strerror(number)), Path("/srv/site")) == said


def test_folder_for_backups_that_cannot_be_made(
    new_settings: NewSettings, make_event: Callable[..., Event], tmp_path: Path
) -> None:
    (tmp_path / "disk").touch()
    folder = tmp_path / "disk" / "backups"
    said = f"The folder for backups cannot be made: Not a directory ({folder})."
    site = new_settings("site", RALLYMAP_BACKUP_DIR=str(folder))
    fill(site, make_event)
    with pytest.raises(BackupError) as caught:
        make_backup(site, site.backup_dir, now=NOW)
    assert caught.value.user_message == said

    old = new_settings("old", RALLYMAP_BACKUP_DIR=str(folder))
    old.home.mkdir()
    with closing(sqlite3.connect(old.home / "rallymap.db")) as raw:
        raw.executescript(FIRST_SCHEMA.read_text("utf-8"))
    with pytest.raises(BackupError) as caught:
        upgrade_site(old, now=NOW)
    assert caught.value.user_message == said


def test_file_of_the_operator_that_cannot_be_copied_is_named(
    new_settings: NewSettings, make_event: Callable[..., Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = new_settings("site")
    fill(site, make_event)
    site.language_dir.mkdir()
    (site.language_dir / "de.po").touch()

    def refuse(source: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(source))

    monkeypatch.setattr("shutil.copyfile", refuse)  # root may read every file, and tests may run as root
    with pytest.raises(BackupError) as caught:
        make_backup(site, site.backup_dir, now=NOW)
    assert caught.value.user_message == (
        f"The backup cannot be made: this user has no access to {site.language_dir / 'de.po'}; "
        "run the command as the user of the site, who has to own it."
    )


def test_backup_deletes_what_killed_commands_left(new_settings: NewSettings, make_event: Callable[..., Event]) -> None:
    site = new_settings("site")
    fill(site, make_event)
    make_backup(site, site.backup_dir, now=NOW)
    name = ".rallymap-20261125T030000Z.tar.gz.enc-x1"
    left = [site.home / ".backup-1", site.home / ".verify-1", site.home / ".restore-1", site.backup_dir / name]
    at_work = [site.home / ".verify-2", site.backup_dir / f"{name}2"]
    foreign = [site.home / ".other", site.backup_dir / ".notes"]
    for path in (*left, *at_work, *foreign):
        if path.parent == site.home:
            path.mkdir()
            (path / "database.sqlite3").touch()
        else:
            path.touch()
        if path not in at_work:
            os.utime(path, (time.time() - 90_000,) * 2)
    make_backup(site, site.backup_dir, now=NOW.replace(hour=4))
    assert [path.name for path in (*left, *at_work, *foreign) if path.exists()] == [
        ".verify-2",
        f"{name}2",
        ".other",
        ".notes",
    ]


def test_folder_in_which_no_site_can_be_set_up(tmp_path: Path) -> None:
    (tmp_path / "disk").touch()
    home = tmp_path / "disk" / "site"
    with pytest.raises(RallymapError) as caught:
        write_settings(home, {})
    assert caught.value.user_message == f"The site cannot be set up: Not a directory ({home})."


def test_database_of_another_user_is_named_with_the_remedy(
    new_settings: NewSettings, make_event: Callable[..., Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = new_settings("site")
    fill(site, make_event)
    path = site.home / "rallymap.db"
    said = (
        f"The database file {path} belongs to another user. Run this as the user of the site, or give that user "
        f"the file, as root: chown --reference={site.home} {path}"
    )
    monkeypatch.setattr("os.access", lambda named, _mode: Path(named) != path)  # root may read every file
    with pytest.raises(StoreUnavailableError) as caught:
        make_backup(site, site.backup_dir, now=NOW)
    assert caught.value.user_message == said
    with pytest.raises(StoreUnavailableError) as caught:
        open_database(site)
    assert caught.value.user_message == said
