"""Migrate a database to the schema of this version, or reject it with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from rallymap.errors import SchemaVersionError
from rallymap.store.engine import WRITES
from rallymap.store.faults import in_plain_words, is_environment_fault

VERSION_TABLE = "rallymap_schema"
HEAD = "0025"
"""The newest migration; a test compares it with the folder, so that Alembic is only loaded if there is work."""


def migrate(engine: sa.Engine) -> None:
    """Migrate a database to the newest schema in one transaction; an empty one gets all tables.

    Raises
    ------
    SchemaVersionError
        If it was made by a newer rallymap, contains tables of another program, or the migration fails.
    StoreUnavailableError
        If it cannot be read or written.
    """
    with in_plain_words():
        with engine.connect() as conn:
            if _version(conn) == HEAD:
                return
        with engine.execution_options(**{WRITES: True}).begin() as conn:
            # Checked again as the writer: another process may have migrated it meanwhile.
            if _version(conn) != HEAD:
                with _failing_whole():
                    _upgrade(conn)


@contextmanager
def _failing_whole() -> Iterator[None]:
    """Return the message that a migration does not match the data of this database."""
    try:
        yield
    except sa.exc.DBAPIError as err:
        if is_environment_fault(err):
            raise
        reason = str(err.orig).partition("\n")[0].rstrip(".")
        raise SchemaVersionError(
            f"The database cannot be migrated to the schema of this version ({reason}); it is as it was. "
            "Install the version that you had, and report this to the makers of rallymap.",
            detail=repr(err.orig),
        ) from err


def _version(conn: sa.Connection) -> str | None:
    """Return the migration of a database, or None for an empty one."""
    tables = set(sa.inspect(conn).get_table_names())
    if VERSION_TABLE not in tables:
        if tables:
            raise SchemaVersionError(
                "This database holds other tables than rallymap's; name an empty one in RALLYMAP_DATABASE_URL.",
                detail=", ".join(sorted(tables)[:10]),
            )
        return None
    version = str(conn.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar_one_or_none() or "")  # noqa: S608
    if version > HEAD:
        raise SchemaVersionError(
            "This database was made by a newer rallymap; start that version, or restore an older copy.",
            detail=f"schema {version}, this version knows {HEAD}",
        )
    return version


def _upgrade(conn: sa.Connection) -> None:
    # Loading Alembic takes longer than opening a database that is up to date, the usual case.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "rallymap.store:migrations")
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
