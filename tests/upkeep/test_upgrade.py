"""Upgrades from the first schema and from the previous version, and the downgrade."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from rallymap.errors import BackupError, SchemaVersionError, StoreUnavailableError
from rallymap.settings import Settings
from rallymap.store.copies import database_facts
from rallymap.store.migrate import HEAD, VERSION_TABLE
from rallymap.upkeep.restore import restore_backup
from rallymap.upkeep.upgrade import upgrade_site
from rallymap.upkeep.verify import verify_backup
from rallymap.workflows.services import open_database
from tests.upkeep.conftest import NOW

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

NewSettings = Callable[..., Settings]
SCHEMAS = Path(__file__).parents[1] / "store"


def make_old(settings: Settings, name: str) -> None:
    settings.home.mkdir(parents=True)
    with closing(sqlite3.connect(settings.home / "rallymap.db")) as raw:
        raw.executescript((SCHEMAS / name).read_text("utf-8"))
    if name == "version_before.sql":
        settings.key_file.write_text("5a" * 32 + "\n")


@pytest.mark.parametrize("name", ["schema_0001.sql", "version_before.sql"])
def test_upgrade_keeps_all_rows_and_can_be_undone(new_settings: NewSettings, name: str) -> None:
    settings = new_settings("site")
    make_old(settings, name)
    before = database_facts(settings.database_url)
    assert before
    lines: list[str] = []
    done = upgrade_site(settings, now=NOW, progress=lines.append)

    assert done
    assert (done.before, done.after) == (before.schema, HEAD)
    after = database_facts(settings.database_url)
    assert after
    assert after.schema == HEAD
    assert done.counts == {name: number for name, number in before.counts.items() if name != "meta"}
    assert {name: after.counts[name] for name in done.counts} == done.counts
    assert lines == ["Making a backup ...", "Trying the migration on a copy ...", "Migrating ..."]
    assert done.backup.name == f"rallymap-before-upgrade-{before.schema}-20261126T030000Z.tar.gz"
    assert upgrade_site(settings, now=NOW) is None

    # The first versions kept the key in the database: a copy of the file is not needed, and a new key would lose links.
    assert verify_backup(done.backup, settings).contains_key == (name == "schema_0001.sql")
    assert restore_backup(done.backup, settings, now=NOW + timedelta(hours=1), replace=True).has_key
    back = database_facts(settings.database_url)
    assert back
    assert (back.schema, dict(back.counts)) == (before.schema, dict(before.counts))


def test_migration_that_fails_leaves_the_database_as_it_was(new_settings: NewSettings) -> None:
    settings = new_settings("site")
    make_old(settings, "schema_0001.sql")
    with closing(sqlite3.connect(settings.home / "rallymap.db")) as raw:
        raw.execute("CREATE TABLE drafts (in_the_way INTEGER)")  # a later migration creates this table
    before = database_facts(settings.database_url)

    with pytest.raises(SchemaVersionError) as caught:
        upgrade_site(settings, now=NOW)
    assert caught.value.user_message == (
        "The database cannot be migrated to the schema of this version (table drafts already exists); it is as it was. "
        "Install the version that you had, and report this to the makers of rallymap."
    )
    assert database_facts(settings.database_url) == before


@pytest.mark.postgres
def test_upgrade_of_postgresql_says_that_it_checks_the_backup_and_tries_no_migration(new_settings: NewSettings) -> None:
    settings = new_settings("site", "postgresql")
    open_database(settings).close()
    engine = sa.create_engine(settings.database_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        # Called the first schema, so that migrating it fails: the tables of later ones already exist.
        conn.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '0001'"))
    engine.dispose()
    lines: list[str] = []
    with pytest.raises(SchemaVersionError, match="already exists"):
        upgrade_site(settings, now=NOW, progress=lines.append)
    assert lines == ["Making a backup ...", "Checking the backup ...", "Migrating ..."]


def test_running_site_is_not_upgraded(new_settings: NewSettings) -> None:
    settings = new_settings("site")
    with closing(open_database(settings)), pytest.raises(StoreUnavailableError, match="A rallymap is running"):
        upgrade_site(settings, now=NOW)


def test_nothing_to_upgrade(new_settings: NewSettings) -> None:
    settings = new_settings("site")
    with pytest.raises(BackupError, match="There is nothing to upgrade"):
        upgrade_site(settings, now=NOW)
    settings.home.mkdir()
    with pytest.raises(BackupError, match="there is no database yet"):
        upgrade_site(settings, now=NOW)
