"""Copy a whole database for backups while others write; check and restore copies.

A copy of SQLite is one file, made by SQLite's backup in one step, so it is consistent. A copy of PostgreSQL is an
archive of ``pg_dump``; see :mod:`rallymap.store.dumps`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from rallymap.errors import SchemaVersionError, StoreUnavailableError
from rallymap.file_faults import can_be_read
from rallymap.store.damaged_events import walk_damaged
from rallymap.store.database_file import companion_file, require_readable, require_space, sqlite_path
from rallymap.store.dumps import count_dump, dump_facts, dump_server, is_filled, require_alone, restore_dump
from rallymap.store.engine import BUSY_S, make_engine, newest_sqlite
from rallymap.store.faults import DAMAGED, DISK_ERROR, in_plain_words
from rallymap.store.migrate import HEAD, VERSION_TABLE, migrate
from rallymap.store.schema import metadata
from rallymap.store.secret_key import KEY_CHECK, read_key

SQLITE_NAME: Final = "database.sqlite3"
DUMP_NAME: Final = "database.pgdump"
_NOT_COPIED: Final = "The database cannot be read or copied"
_CHECK_DISK: Final = " Check the disk, and keep all older backups until it is replaced."


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """Metadata of a copy.

    Attributes
    ----------
    schema
        Its migration, such as "0009".
    counts
        Number of rows by table.
    key_check
        The value by which the database verifies its key; "" if it has none.
    """

    schema: str
    counts: Mapping[str, int]
    key_check: str

    @property
    def holds_key(self) -> bool:
        """Whether the key is in the database itself, as in those of the first versions."""
        return not self.key_check

    def fits_key(self, key_file: Path) -> bool:
        """Return whether a key file exists and belongs to this database."""
        return key_file.is_file() and bool(self.key_check) and read_key(key_file).check == self.key_check


def copy_name(database_url: str) -> str:
    """Return the file name of this database's copy in a backup."""
    return DUMP_NAME if sqlite_path(sa.make_url(database_url)) is None else SQLITE_NAME


def copy_database(database_url: str, folder: Path) -> CopyFacts:
    """Copy a database of any schema version into a folder while others read and write it.

    Parameters
    ----------
    folder
        An existing folder; the file is named by :func:`copy_name`.

    Raises
    ------
    StoreUnavailableError
        If the database does not exist, cannot be read or is damaged, or the copy cannot be written.
    """
    url = sa.make_url(database_url)
    path = sqlite_path(url)
    if path is None:
        return CopyFacts(*dump_server(url, folder / DUMP_NAME))
    _require_file(path)
    target = folder / SQLITE_NAME
    driver = newest_sqlite()
    with _sqlite_errors(driver, path, target):
        with (
            contextlib.closing(driver.connect(str(path), timeout=BUSY_S)) as source,
            contextlib.closing(driver.connect(str(target), isolation_level=None)) as copy,
        ):
            source.backup(copy)  # all pages in one step, so no write comes between them
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()
        return read_copy(target)


def read_copy(path: Path) -> CopyFacts:
    """Verify a copy and count its rows.

    Raises
    ------
    StoreUnavailableError
        If it is damaged, or not a copy of a rallymap database.
    """
    if path.name == DUMP_NAME:
        return CopyFacts(*count_dump(path))
    driver = newest_sqlite()
    with _sqlite_errors(driver, path), contextlib.closing(driver.connect(str(path), isolation_level=None)) as conn:
        problems = [row[0] for row in conn.execute("PRAGMA integrity_check(3)")]
        if problems != ["ok"] or conn.execute("PRAGMA foreign_key_check").fetchone():
            sentence = DAMAGED if can_be_read(path) else f"{_NOT_COPIED}: {DISK_ERROR}.{_CHECK_DISK}"
            raise StoreUnavailableError(sentence, detail="; ".join(map(str, problems))[:300])
        return _sqlite_facts(conn)


def database_facts(database_url: str) -> CopyFacts | None:
    """Return the metadata of a database, without migrating or verifying it; None if it does not exist.

    Raises
    ------
    StoreUnavailableError
        If it cannot be read.
    """
    url = sa.make_url(database_url)
    path = sqlite_path(url)
    if path is None:
        return CopyFacts(*dump_facts(url)) if is_filled(url) else None
    if not path.exists():
        return None
    driver = newest_sqlite()
    with _sqlite_errors(driver, path), contextlib.closing(driver.connect(str(path), timeout=BUSY_S)) as conn:
        return _sqlite_facts(conn)


def require_known_schema(schema: str) -> None:
    """Reject a schema that only a newer rallymap understands.

    Raises
    ------
    SchemaVersionError
        With the sentence that says so.
    """
    if schema > HEAD:
        raise SchemaVersionError(
            "This backup was made by a newer rallymap; install that version or a later one, then try again.",
            detail=f"schema {schema}, this version knows {HEAD}",
        )


def try_copy(path: Path) -> int:
    """Migrate a disposable SQLite copy, and read every event in it.

    Returns
    -------
    damaged
        Number of events that cannot be read.

    Raises
    ------
    SchemaVersionError, StoreUnavailableError
        If it cannot be migrated.
    """
    engine = make_engine(f"sqlite:///{path}")
    try:
        migrate(engine)
        with in_plain_words(), engine.connect() as conn:
            return sum(1 for _ in walk_damaged(conn))
    finally:
        engine.dispose()


def require_unused(database_url: str) -> None:
    """Check that nobody else is connected to a PostgreSQL database; SQLite files use the lock of the home folder.

    Raises
    ------
    StoreUnavailableError
        If anybody else is connected.
    """
    url = sa.make_url(database_url)
    if sqlite_path(url) is None:
        require_alone(url)


def restore_database(database_url: str, path: Path) -> None:
    """Replace the content of a PostgreSQL database by an archive of ``pg_dump``, in one transaction.

    Raises
    ------
    StoreUnavailableError
        If others are connected to this database, or it cannot be written.
    """
    restore_dump(sa.make_url(database_url), path)


def database_files(database_url: str) -> list[Path]:
    """Return the files of a SQLite database, including SQLite's companion files; [] for a server."""
    path = sqlite_path(sa.make_url(database_url))
    return [] if path is None else [path, *(companion_file(path, ending) for ending in ("-wal", "-shm", "-journal"))]


def _sqlite_facts(conn: Any) -> CopyFacts:
    names = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if VERSION_TABLE not in names:
        raise StoreUnavailableError("This file is no database of a rallymap.", detail=", ".join(sorted(names)[:10]))
    schema = conn.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()[0]  # noqa: S608 - our own name
    known = sorted(names & metadata.tables.keys())
    counts = {name: conn.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in known}  # noqa: S608
    check = conn.execute("SELECT value FROM meta WHERE name = ?", (KEY_CHECK,)).fetchone()
    return CopyFacts(schema, counts, check[0] if check else "")


def _require_file(path: Path) -> None:
    if not path.is_file() or os.stat(path).st_size == 0:  # noqa: PTH116
        raise StoreUnavailableError("There is no database yet, so there is nothing to copy.", detail=str(path))
    require_readable(path)


@contextlib.contextmanager
def _sqlite_errors(driver: Any, *paths: Path) -> Any:
    """Translate SQLite's errors; the paths are the database and, if one is made, its copy."""
    try:
        yield
    except driver.Error as err:
        name = getattr(err, "sqlite_errorname", "")
        is_io_error = name.startswith("SQLITE_IOERR") or str(err) == DISK_ERROR  # a copy's errors have no name
        if is_io_error:
            for path in paths:
                require_space(path.parent)  # or no room was left for the index of the write-ahead log
        # SQLite calls a file damaged if its disk fails while the search index is read.
        is_of_disk = is_io_error or (name == "SQLITE_CORRUPT" and not all(map(can_be_read, paths)))
        if name.startswith("SQLITE_CORRUPT") and not is_of_disk:
            raise StoreUnavailableError(DAMAGED, detail=repr(err)) from err
        if is_of_disk and len(paths) > 1 and can_be_read(paths[0]):
            where = paths[-1].parent.parent  # the folder of the copy is made for it and deleted afterwards
            raise StoreUnavailableError(
                f"The copy cannot be written into {where}: {DISK_ERROR}. Check that disk, and what limits the size of "
                "files there (a quota, ulimit -f).",
                detail=repr(err),
            ) from err
        reason, remedy = (DISK_ERROR, _CHECK_DISK) if is_of_disk else (str(err).rstrip("."), "")
        raise StoreUnavailableError(f"{_NOT_COPIED}: {reason}.{remedy}", detail=repr(err)) from err
