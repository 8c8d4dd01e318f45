"""Connections to SQLite and PostgreSQL, configured so that no acknowledged write is lost."""

from __future__ import annotations

import importlib
import logging
import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any

import sqlalchemy as sa

from rallymap.errors import SettingsError, StoreUnavailableError
from rallymap.language import tr
from rallymap.setting_values import ACCEPTED_DATABASE_URLS
from rallymap.store.database_file import OpenFile, prepare_file, require_space
from rallymap.store.faults import CLOSED, DISK_ERROR, in_plain_words

log = logging.getLogger(__name__)

WRITES = "rallymap_writes"
"""Execution option of connections that start as the writer."""
BUSY_S = 15
"""How many seconds a writer waits for another before the database counts as busy."""
OLDEST_SQLITE = (3, 35, 0)
"""The first version with ``RETURNING``."""
WAL_SAFE_SQLITE = (3, 51, 3)
"""The first version in which two concurrent resets of the write-ahead log cannot damage the file."""
# One writer at a time, as in SQLite, so that dataset versions are committed in order.
_WRITER_LOCK = 0x72616C6C79


def make_engine(database_url: str) -> sa.Engine:
    """Return the engine for a database URL; create the folder of a SQLite file and choose its journal mode.

    Raises
    ------
    SettingsError
        If the URL cannot be parsed, or names no file.
    StoreUnavailableError
        If the file or server cannot be opened, or this machine's SQLite library is too old.
    SchemaVersionError
        If the file is not a database.
    """
    try:
        url = sa.make_url(database_url)
    except sa.exc.ArgumentError as err:
        raise SettingsError("RALLYMAP_DATABASE_URL", "…", ACCEPTED_DATABASE_URLS) from err
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    return _postgresql_engine(url)


def newest_sqlite() -> ModuleType:
    """Return the driver with the newest SQLite library: pysqlite3 if it is installed, or Python's own."""
    drivers: list[ModuleType] = [sqlite3]
    try:
        drivers.append(importlib.import_module("pysqlite3.dbapi2"))
    except ImportError:
        log.info("The package pysqlite3 is not installed; using Python's SQLite %s.", sqlite3.sqlite_version)
    return max(drivers, key=lambda driver: tuple(driver.sqlite_version_info))


def journal_mode(library: tuple[int, ...]) -> str:
    """Return the journal mode for a version of the SQLite library.

    The write-ahead log allows reading during a write. Up to 3.51.2 its reset has a bug that can damage the file, so
    older versions use the rollback journal: slower with many writes, but never wrong.
    """
    return "WAL" if library >= WAL_SAFE_SQLITE else "DELETE"


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    if not url.database or url.database == ":memory:":
        raise SettingsError("RALLYMAP_DATABASE_URL", str(url), "sqlite:///FILE; a database in memory forgets")
    driver = newest_sqlite()
    library = tuple(driver.sqlite_version_info)
    if library < OLDEST_SQLITE:
        raise StoreUnavailableError(
            f"SQLite {driver.sqlite_version} is too old for rallymap; install the Python package pysqlite3."
        )
    mode = journal_mode(library)
    if not url.database.startswith("file:"):
        prepare_file(Path(url.database), lambda path: _create_file(path, driver, mode))
    engine = sa.create_engine(
        url,
        module=driver,
        hide_parameters=True,  # error messages go to the log, and parameters may be typed by visitors
        connect_args={"timeout": BUSY_S},
        pool_size=8,
        max_overflow=8,
        pool_timeout=BUSY_S,
    )
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    file = OpenFile(Path(url.database))
    sa.event.listen(engine, "handle_error", lambda context: _find_cause(context, file))
    sa.event.listen(engine, "engine_disposed", lambda _engine: file.close())
    if mode != "WAL":
        log.warning("SQLite %s keeps a rollback journal; with pysqlite3 many can write faster.", driver.sqlite_version)
    with in_plain_words(), engine.connect() as conn:
        found = conn.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        conn.rollback()
        if str(found).upper() != mode:
            _change_journal(conn, mode)
    return engine


def _create_file(path: Path, driver: ModuleType, mode: str) -> None:
    """Write an empty database with its header into a file, so that a file of 0 bytes always means lost data."""
    raw = driver.connect(str(path), isolation_level=None)
    try:
        raw.execute(f"PRAGMA journal_mode={mode}")
        raw.execute("VACUUM")
    finally:
        raw.close()


def _change_journal(conn: sa.Connection, mode: str) -> None:
    # Not allowed within a transaction, and SQLAlchemy would begin one.
    raw: Any = conn.connection.driver_connection
    try:
        raw.execute(f"PRAGMA journal_mode={mode}")
    except (conn.dialect.loaded_dbapi.OperationalError, conn.dialect.loaded_dbapi.DatabaseError) as err:
        # Leave a read-only file as it is: reading works, and the first write reports the reason.
        if "readonly" not in str(err):
            raise StoreUnavailableError(tr(CLOSED), detail=str(err)) from err


def _set_up_sqlite(raw: Any, _record: object) -> None:
    raw.isolation_level = None  # we begin transactions, not the driver
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # overwrite deleted data, as takedowns require
        "temp_store=MEMORY",
        "cache_size=-16000",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _find_cause(context: sa.engine.ExceptionContext, file: OpenFile) -> None:
    """Raise the error that names the cause, if SQLite names another one.

    It says "malformed" if the disk fails in the search index, and "disk I/O error" if no room is left for its index of
    the write-ahead log.
    """
    err = context.original_exception
    if getattr(err, "sqlite_errorname", "").startswith("SQLITE_IOERR"):
        require_space(file.path.parent)
    if getattr(err, "sqlite_errorname", "") == "SQLITE_CORRUPT" and not file.can_be_read():
        driver: Any = context.dialect.loaded_dbapi
        raise sa.exc.OperationalError(context.statement, None, driver.OperationalError(DISK_ERROR)) from err


def _begin_sqlite(conn: sa.Connection) -> None:
    # A transaction that reads first and writes later fails instead of waiting, so writers begin with a write lock.
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get(WRITES) else "BEGIN")


def _postgresql_engine(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "options": f"-c lock_timeout={BUSY_S}s -c timezone=UTC"},
        pool_size=8,
        max_overflow=8,
        pool_timeout=BUSY_S,
        pool_pre_ping=True,
    )
    sa.event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(conn: sa.Connection) -> None:
    if conn.get_execution_options().get(WRITES):
        conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
