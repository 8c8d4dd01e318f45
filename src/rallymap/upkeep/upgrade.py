"""Upgrade a site to this version: back up, try the migration on a copy, migrate, compare row counts.

The trial on a copy is for SQLite only. A copy of PostgreSQL would need a server, so its backup is read to the end
instead. With both, a migration is a single transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rallymap.errors import BackupError
from rallymap.file_faults import file_fault
from rallymap.own_command import own_command
from rallymap.private_files import prepare_home
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.copies import CopyFacts, database_facts, database_files, require_known_schema
from rallymap.store.home_lock import HomeLock, require_no_half_restore
from rallymap.store.migrate import HEAD
from rallymap.upkeep.backup import backup_name, make_backup, make_backup_folder
from rallymap.upkeep.verify import verify_backup

_CHANGES_BY_MIGRATION = {"meta"}


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A completed upgrade.

    Attributes
    ----------
    backup
        Backup made before the upgrade.
    before, after
        Migration of the database before and after the upgrade.
    counts
        Number of rows by table, equal before and after.
    """

    backup: Path
    before: str
    after: str
    counts: dict[str, int]


def upgrade_site(
    settings: Settings,
    *,
    now: datetime,
    passphrase: str = "",
    progress: Callable[[str], None] = lambda _line: None,
) -> Upgraded | None:
    """Migrate the database of a stopped site to this version; return None if it is already up to date.

    Parameters
    ----------
    passphrase
        Passphrase to encrypt the backup; "" for none.
    progress
        Called with one line of text before each step.

    Raises
    ------
    BackupError, StoreError
        If rallymap is running, the database does not exist, the backup cannot be made or read, or the migration fails.
        The database is then unchanged, or the sentence names the backup to restore.
    """
    if not settings.home.is_dir():
        raise BackupError(f"There is nothing to upgrade: the folder {settings.home} does not exist.")
    try:
        prepare_home(settings.home, settings.data_files)
    except OSError as err:
        raise BackupError(f"The site cannot be upgraded: {file_fault(err, settings.home)}.", detail=repr(err)) from err
    lock = HomeLock.alone(settings.home)
    try:
        require_no_half_restore(settings.home)
        before = database_facts(settings.database_url)
        if before is None:
            raise BackupError("There is nothing to upgrade: there is no database yet.")
        require_known_schema(before.schema)
        if before.schema == HEAD:
            return None
        progress("Making a backup ...")
        make_backup_folder(settings.backup_dir)
        target = settings.backup_dir / backup_name(
            now, is_encrypted=bool(passphrase), kind=f"before-upgrade-{before.schema}-"
        )
        backup = make_backup(settings, target, now=now, passphrase=passphrase).path
        is_sqlite = bool(database_files(settings.database_url))
        progress("Trying the migration on a copy ..." if is_sqlite else "Checking the backup ...")
        verify_backup(backup, settings, passphrase=passphrase)
        progress("Migrating ...")
        Database.open(settings.database_url, key_file=settings.key_file).close()
        return Upgraded(backup, before.schema, HEAD, _compare(before, settings, backup))
    finally:
        lock.release()


def _compare(before: CopyFacts, settings: Settings, backup: Path) -> dict[str, int]:
    after = database_facts(settings.database_url)
    was = {name: number for name, number in before.counts.items() if name not in _CHANGES_BY_MIGRATION}
    now = {name: after.counts.get(name) for name in was} if after else {}
    if now != was:
        lost = ", ".join(f"{name} {was[name]} -> {now.get(name)}" for name in was if now.get(name) != was[name])
        raise BackupError(
            "The numbers are not the same after the migration. Go back with: "
            f"{own_command(f'restore --replace {backup}')}",
            detail=lost,
        )
    return was
