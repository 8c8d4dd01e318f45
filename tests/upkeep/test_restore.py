"""Restore: everything is restored, no existing data is lost, and a kill at any moment can be repaired."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from rallymap.errors import BackupError, StoreUnavailableError
from rallymap.events import Event
from rallymap.settings import Settings
from rallymap.store.edit_links import read_own_event
from rallymap.store.engine import make_engine
from rallymap.store.home_lock import RESTORING_FILE
from rallymap.store.migrate import VERSION_TABLE
from rallymap.upkeep.backup import make_backup
from rallymap.upkeep.restore import restore_backup, resume_restore
from rallymap.workflows.services import open_database
from rallymap.workflows.submissions import send_events
from tests.upkeep.conftest import NOW, OVERRIDE, PASSPHRASE, copy_home, fill, titles

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]
NewSettings = Callable[..., Settings]
LATER = NOW + timedelta(days=1)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in ("rallymap.lock", "backups"))


def test_site_can_be_restored_elsewhere(
    backend: str, new_settings: NewSettings, make_event: Make, nine_events: Path
) -> None:
    old = new_settings("old", backend, RALLYMAP_DATA=str(nine_events), RALLYMAP_SITE_NAME="Rallies")
    with closing(open_database(old)) as db:
        receipt = send_events(db, [make_event()], idempotency_key="form-1")[0]
    old.overrides_path.write_text(OVERRIDE)
    old.language_dir.mkdir()
    old.privacy_dir.mkdir()
    (old.privacy_dir / "nb.txt").write_text("Personvern", "utf-8")
    (old.home / "guided_views.csv").write_text('name,about,link\n"Oslo","",?city=Oslo\n', "utf-8")
    old.imprint_dir.mkdir()
    (old.imprint_dir / "nb.txt").write_text("Utgiver", "utf-8")
    old.licence_dir.mkdir()
    (old.licence_dir / "nb.txt").write_text("Oppgi arkivet.", "utf-8")
    (old.language_dir / "nb.po").write_text('msgid "Review"\nmsgstr "Gjennomgang"\n')
    made = make_backup(old, old.backup_dir, now=NOW, passphrase=PASSPHRASE, with_key=True)

    new = new_settings("new", backend)
    done = restore_backup(made.path, new, now=LATER, passphrase=PASSPHRASE)

    assert (done.aside, done.has_key, done.own_data, done.took_settings) == (None, True, new.home / "data", True)
    with closing(open_database(new)) as db:
        assert db.read(read_own_event, receipt.edit_token).event.title == "Rally in Oslo"
    assert new.overrides_path.read_text() == OVERRIDE
    assert [path.name for path in new.language_dir.iterdir()] == ["nb.po"]
    assert (new.privacy_dir / "nb.txt").read_text("utf-8") == "Personvern"
    assert (new.imprint_dir / "nb.txt").read_text("utf-8") == "Utgiver"
    assert (new.home / "guided_views.csv").read_text("utf-8") == 'name,about,link\n"Oslo","",?city=Oslo\n'
    assert (new.licence_dir / "nb.txt").read_text("utf-8") == "Oppgi arkivet."
    assert (new.home / "data" / "events.csv").read_bytes() == (nine_events / "events.csv").read_bytes()
    assert Settings.from_env({"RALLYMAP_HOME": str(new.home)}).site_name == "Rallies"
    assert [path for path in new.home.rglob("*") if path.is_file() and path.stat().st_mode & 0o077] == []
    assert not list(new.home.glob(".restore*"))


def test_previous_files_are_kept_aside(site: Settings, make_event: Make) -> None:
    made = make_backup(site, site.backup_dir, now=NOW)
    fill(site, make_event, "later")
    site.overrides_path.write_text(OVERRIDE + "more")

    with pytest.raises(BackupError, match="There are data in"):
        restore_backup(made.path, site, now=LATER)
    assert titles(site, "later") == ["Rally in Oslo"]
    assert files(site.home)[-1] == "rallymap.key"

    done = restore_backup(made.path, site, now=LATER, replace=True)
    assert (done.aside, done.has_key) == (site.home / "before-restore-20261127T030000Z", True)
    with closing(open_database(site)) as db:
        counts = db.read(lambda tx: tx.conn.exec_driver_sql("SELECT count(*) FROM events").scalar())
    assert counts == 2
    assert site.overrides_path.read_text() == OVERRIDE
    assert done.aside
    assert (done.aside / "place-overrides.csv").read_text() == OVERRIDE + "more"
    assert [name for name in files(done.aside) if name.endswith((".db", ".pgdump"))]


def test_set_aside_database_can_be_used_again(new_settings: NewSettings, make_event: Make, tmp_path: Path) -> None:
    site = new_settings("site")
    fill(site, make_event)
    made = make_backup(site, site.backup_dir, now=NOW)
    fill(site, make_event, "later")
    done = restore_backup(made.path, site, now=LATER, replace=True)

    assert done.aside
    shutil.copytree(done.aside, tmp_path / "again")
    shutil.copy(site.key_file, tmp_path / "again")
    assert titles(new_settings("again"), "oslo-1", "later") == ["Rally in Oslo"] * 2


def test_restore_over_a_running_site_is_refused(site: Settings) -> None:
    made = make_backup(site, site.backup_dir, now=NOW)
    with closing(open_database(site)), pytest.raises(StoreUnavailableError) as caught:
        restore_backup(made.path, site, now=LATER, replace=True)
    assert caught.value.user_message == (
        f"A rallymap is running in {site.home}. Stop the site and every other rallymap command, then try again. "
        "Nothing was changed."
    )
    assert restore_backup(made.path, site, now=LATER, replace=True).aside


def test_server_elsewhere_on_the_same_postgresql_is_noticed(
    new_settings: NewSettings, make_event: Make, tmp_path: Path
) -> None:
    site = new_settings("site", "postgresql")
    fill(site, make_event)
    made = make_backup(site, site.backup_dir, now=NOW)
    copy_home(site, tmp_path / "other")
    other = Settings.from_env({"RALLYMAP_HOME": str(tmp_path / "other"), "RALLYMAP_DATABASE_URL": site.database_url})
    with closing(open_database(other)) as db:
        assert db.dataset_version() == 0
        with pytest.raises(StoreUnavailableError, match="The database is in use by 1 other connection"):
            restore_backup(made.path, site, now=LATER, replace=True)
    assert not resume_restore(site)
    assert titles(site, "oslo-1") == ["Rally in Oslo"]


def test_connection_that_is_about_to_end_is_waited_for(new_settings: NewSettings, make_event: Make) -> None:
    site = new_settings("site", "postgresql")
    fill(site, make_event)
    made = make_backup(site, site.backup_dir, now=NOW)
    leaving = make_engine(site.database_url).connect()
    leaving.detach()  # closing it ends the session
    threading.Timer(1, leaving.close).start()
    assert restore_backup(made.path, site, now=LATER, replace=True).aside
    assert leaving.closed


def test_newer_schema_is_refused(new_settings: NewSettings, make_event: Make) -> None:
    site = new_settings("site")
    fill(site, make_event)
    with closing(sqlite3.connect(site.home / "rallymap.db")) as raw, raw:
        raw.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    made = make_backup(site, site.backup_dir, now=NOW)
    new = new_settings("new")

    with pytest.raises(Exception, match="made by a newer rallymap") as caught:
        restore_backup(made.path, new, now=LATER)
    assert "Traceback" not in str(caught.value)
    assert files(new.home) == []


def test_backup_of_another_kind_of_database_is_refused(new_settings: NewSettings, make_event: Make) -> None:
    site = new_settings("site", "postgresql")
    fill(site, make_event)
    made = make_backup(site, site.backup_dir, now=NOW)

    with pytest.raises(BackupError) as caught:
        restore_backup(made.path, new_settings("new"), now=LATER)
    assert caught.value.user_message == (
        "This backup is of PostgreSQL, and the settings name another kind of database; set RALLYMAP_DATABASE_URL to "
        "one of the same kind."
    )


def test_damaged_backup_changes_nothing(site: Settings, make_event: Make) -> None:
    made = make_backup(site, site.backup_dir, now=NOW)
    made.path.write_bytes(made.path.read_bytes()[:-200])
    before = files(site.home)

    with pytest.raises(BackupError, match="damaged"):
        restore_backup(made.path, site, now=LATER, replace=True)
    assert files(site.home) == before
    assert titles(site, "oslo-1") == ["Rally in Oslo"]


def test_key_comes_from_a_copy(new_settings: NewSettings, make_event: Make, tmp_path: Path) -> None:
    site = new_settings("site")
    fill(site, make_event)
    made = make_backup(site, site.backup_dir, now=NOW)
    other = new_settings("other")
    fill(other, make_event)

    without = restore_backup(made.path, new_settings("new"), now=LATER)
    assert not without.has_key
    with pytest.raises(BackupError) as caught:
        restore_backup(made.path, new_settings("new"), now=LATER, replace=True, key_file=other.key_file)
    assert caught.value.user_message == "rallymap.key is not the key of the database in this backup."
    assert restore_backup(made.path, other, now=LATER, replace=True, key_file=site.key_file).has_key
    assert titles(other, "oslo-1") == ["Rally in Oslo"]
    assert (other.home / "before-restore-20261127T030000Z" / "rallymap.key").exists()


class _KilledError(BaseException):
    pass


@pytest.mark.parametrize("steps", range(8))
def test_kill_at_any_step_is_repaired(
    site: Settings, make_event: Make, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """The process is killed before one of the moves; no site starts until the restore is finished."""
    made = make_backup(site, site.backup_dir, now=NOW)
    fill(site, make_event, "later")
    left = steps

    def count_down(*_args: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _KilledError

    with monkeypatch.context() as patch:
        real_replace, real_unlink = Path.replace, Path.unlink
        patch.setattr(Path, "replace", lambda self, to: count_down() or real_replace(self, to))
        patch.setattr(Path, "unlink", lambda self, missing_ok=False: count_down() or real_unlink(self, missing_ok))
        try:
            restore_backup(made.path, site, now=LATER, replace=True)
            was_killed = False
        except _KilledError:
            was_killed = True
    if (site.home / RESTORING_FILE).exists():
        assert was_killed
        with pytest.raises(StoreUnavailableError) as caught:
            open_database(site)
        assert caught.value.user_message == (
            "A restore of this site was interrupted. Finish it with: rallymap restore --resume"
        )
        with pytest.raises(StoreUnavailableError):
            restore_backup(made.path, site, now=LATER, replace=True)
        assert resume_restore(site)
        expected = 2
    else:
        expected = 3 if was_killed else 2
    assert not resume_restore(site)
    with closing(open_database(site)) as db:
        assert db.read(lambda tx: tx.conn.exec_driver_sql("SELECT count(*) FROM events").scalar()) == expected
    assert site.overrides_path.read_text() == OVERRIDE
    assert not list(site.home.glob(".restore*"))


def test_settings_that_are_here_stay(site: Settings, new_settings: NewSettings) -> None:
    made = make_backup(site, site.backup_dir, now=NOW)
    home = new_settings("new").home
    home.mkdir()
    (home / "rallymap.toml").write_text('site_name = "Here"\n')
    new = Settings.from_env({"RALLYMAP_HOME": str(home), "RALLYMAP_DATABASE_URL": site.database_url})
    if made.manifest.files.keys() & {"database.pgdump"}:
        done = restore_backup(made.path, new, now=LATER, replace=True)
    else:
        done = restore_backup(made.path, new_settings("new"), now=LATER)
    assert not done.took_settings
    assert (home / "rallymap.toml").read_text() == 'site_name = "Here"\n'
