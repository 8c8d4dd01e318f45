"""Verify a backup: unpack and check it in a temporary folder, without touching the site."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from rallymap.errors import BackupError
from rallymap.file_faults import file_fault
from rallymap.settings import Settings
from rallymap.store.copies import (
    DUMP_NAME,
    SQLITE_NAME,
    CopyFacts,
    database_facts,
    read_copy,
    require_known_schema,
    restore_database,
    try_copy,
)
from rallymap.upkeep.archive import read_archive
from rallymap.upkeep.backup import KEY_NAME
from rallymap.upkeep.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Verified:
    """A backup whose files and row counts are correct.

    Attributes
    ----------
    is_tried
        Whether the database was opened and migrated; False for a PostgreSQL dump that was only read to its end, not
        restored to a server.
    damaged_events
        Number of unreadable events; the site cannot read them either.
    contains_key, fits_key
        Whether the backup contains the secret key, and whether the key file of the settings matches.
    """

    manifest: Manifest
    is_tried: bool
    damaged_events: int
    contains_key: bool
    fits_key: bool


def verify_backup(path: Path, settings: Settings, *, passphrase: str = "", scratch_url: str = "") -> Verified:
    """Unpack a backup, compare every file with its hash, and open the database separately from the site.

    Parameters
    ----------
    passphrase
        Required if the backup is encrypted.
    scratch_url
        An empty PostgreSQL database to restore a PostgreSQL dump into; "" only reads the dump.

    Raises
    ------
    BackupError
        If anything differs from the manifest.
    SchemaVersionError
        If a newer rallymap made the backup.
    StoreUnavailableError
        If the database in the backup is damaged.
    """
    # Not in the system's temporary folder: it can be too small, and the copy is not encrypted.
    where = settings.home if settings.home.is_dir() else None
    try:
        with tempfile.TemporaryDirectory(dir=where, prefix=".verify-") as name:
            folder = Path(name)
            manifest, facts = open_backup(path, folder, passphrase)
            damaged, is_tried = 0, True
            if (folder / SQLITE_NAME).exists():
                damaged = try_copy(folder / SQLITE_NAME)
            elif scratch_url:
                _try_dump(folder / DUMP_NAME, scratch_url, facts)
            else:
                is_tried = False
            contains_key = facts.holds_key or facts.fits_key(folder / KEY_NAME)
    except OSError as err:
        raise BackupError(
            f"The backup cannot be unpacked to verify it: {file_fault(err, where or Path(tempfile.gettempdir()))}.",
            detail=repr(err),
        ) from err
    return Verified(manifest, is_tried, damaged, contains_key, facts.fits_key(settings.key_file))


def open_backup(path: Path, folder: Path, passphrase: str) -> tuple[Manifest, CopyFacts]:
    """Unpack a backup into an empty folder and check hashes, the whole database, and row counts.

    Raises
    ------
    BackupError, SchemaVersionError, StoreUnavailableError
        See :func:`verify_backup`.
    """
    manifest = read_archive(path, folder, passphrase)
    require_known_schema(manifest.schema)
    copies = [folder / name for name in (SQLITE_NAME, DUMP_NAME) if (folder / name).exists()]
    if len(copies) != 1:
        raise BackupError("The backup holds no database.")
    facts = read_copy(copies[0])
    _compare(manifest.schema, manifest.counts, facts)
    if KEY_NAME in manifest.files and not facts.fits_key(folder / KEY_NAME):
        raise BackupError("The key in the backup is not the one of its database.")
    return manifest, facts


def _compare(schema: str, counts: object, facts: CopyFacts) -> None:
    if facts.schema != schema or dict(facts.counts) != counts:
        raise BackupError(
            "The database in the backup does not hold what the manifest says.",
            detail=f"{schema} {counts}, found {facts.schema} {dict(facts.counts)}",
        )


def _try_dump(path: Path, scratch_url: str, facts: CopyFacts) -> None:
    if database_facts(scratch_url) is not None:
        raise BackupError("The database for trying the backup is not empty; name an empty one.")
    restore_database(scratch_url, path)
    found = database_facts(scratch_url)
    if found is None or (found.schema, dict(found.counts)) != (facts.schema, dict(facts.counts)):
        raise BackupError("PostgreSQL does not hold what the backup says after restoring it.", detail=str(found))
