"""Archives of ``pg_dump``: copy, count and restore a PostgreSQL database."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa
from psycopg.conninfo import make_conninfo

from rallymap.errors import StoreUnavailableError
from rallymap.file_faults import can_be_read
from rallymap.store.engine import make_engine
from rallymap.store.faults import DISK_FAILS, in_plain_words, unavailable
from rallymap.store.migrate import VERSION_TABLE
from rallymap.store.schema import attempts, meta, metadata
from rallymap.store.secret_key import KEY_CHECK

_COPY = re.compile(rb'COPY (?:\S+\.)?"?(\w+)"? \((.*)\) FROM stdin;')
_Facts = tuple[str, dict[str, int], str]
_EXCLUDED_TABLE = attempts.name
"""Hashes of networks from the last hour, which no copy may keep longer."""
_SESSION_END_S = 3.0
"""How long to wait for sessions that are ending."""


def dump_server(url: sa.URL, target: Path) -> _Facts:
    """Write an archive of a database, and return its schema, its rows by table and its key check.

    Archive and counts are consistent with each other, even while others write.

    Raises
    ------
    StoreUnavailableError
        If the database cannot be read, or ``pg_dump`` is missing, older than the server, or fails.
    """
    with _transaction(url) as conn:
        facts = _facts(conn)
        snapshot = conn.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--exclude-table-data=*.{_EXCLUDED_TABLE}")
        _run(url, "pg_dump", *options, f"--snapshot={snapshot}", f"--file={target}")
    return facts


def dump_facts(url: sa.URL) -> _Facts:
    """Return the schema, the rows by table and the key check of a database."""
    with _transaction(url) as conn:
        return _facts(conn)


def is_filled(url: sa.URL) -> bool:
    """Return whether a database contains tables of rallymap."""
    with _transaction(url) as conn:
        return sa.inspect(conn).has_table(VERSION_TABLE)


def count_dump(path: Path) -> _Facts:
    """Read an archive completely without a server, and return its contents.

    Raises
    ------
    StoreUnavailableError
        If it cannot be read completely, or ``pg_restore`` is missing.
    """
    counts = dict.fromkeys(metadata.tables, 0)
    found: dict[str, list[bytes]] = {}
    table = ""
    with subprocess.Popen(  # noqa: S603 - our own arguments
        [_program("pg_restore"), "--data-only", "--file=-", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None  # noqa: S101 - asked for above
        assert process.stderr is not None  # noqa: S101
        for line in process.stdout:
            if not table and (begin := _COPY.match(line)):
                table = begin[1].decode()
                found[table] = []
            elif line == b"\\.\n":
                table = ""
            elif table:
                counts[table] = counts.get(table, 0) + 1
                if table in (VERSION_TABLE, meta.name):
                    found[table].append(line.rstrip(b"\n"))
        words = process.stderr.read().decode(errors="replace")
    if process.returncode or not found.get(VERSION_TABLE):
        if not can_be_read(path):
            raise unavailable(DISK_FAILS, detail=words[:300])
        raise StoreUnavailableError("The archive of the database is damaged.", detail=words[:300])
    values: Mapping[bytes, bytes] = dict(line.split(b"\t", 1) for line in found.get(meta.name, []))
    counts = {name: number for name, number in counts.items() if name in found and name in metadata.tables}
    return found[VERSION_TABLE][0].decode(), counts, values.get(KEY_CHECK.encode(), b"").decode()


def require_alone(url: sa.URL) -> list[str]:
    """Check that a database may be replaced, and return the names of its tables.

    Raises
    ------
    StoreUnavailableError
        If others are connected to it, or it contains tables of another program.
    """
    with _transaction(url) as conn:
        names = sa.inspect(conn).get_table_names()
        others = _others(conn)
    if names and VERSION_TABLE not in names:
        raise StoreUnavailableError("This database holds other tables than rallymap's; name an empty one.")
    if others:
        raise StoreUnavailableError(
            f"The database is in use by {others} other connection{'s' if others > 1 else ''}. Stop every rallymap "
            "that works with it, then try again. Nothing was changed."
        )
    return names


def _others(conn: sa.Connection) -> int:
    """Return the number of other connections to a database.

    The server ends a session some time after its client has gone, so this waits for a site that was just stopped.
    """
    until = time.monotonic() + _SESSION_END_S
    while True:
        conn.exec_driver_sql("SELECT pg_stat_clear_snapshot()")  # else the view stays as at its first use
        others = conn.exec_driver_sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        ).scalar_one()
        if not others or time.monotonic() > until:
            return int(others)
        time.sleep(0.1)


def restore_dump(url: sa.URL, path: Path) -> None:
    """Replace the content of a database by an archive, in one transaction.

    Raises
    ------
    StoreUnavailableError
        If others are connected to the database, or it cannot be written; its content is then unchanged.
    """
    names = require_alone(url)
    with tempfile.TemporaryDirectory(prefix="rallymap-pg-") as folder:
        drop, fill = Path(folder) / "drop.sql", Path(folder) / "fill.sql"
        # Also drop tables that an older archive does not have: migrations will recreate them.
        drop.write_text("".join(f'DROP TABLE IF EXISTS "{name}" CASCADE;\n' for name in names), "utf-8")
        _run(None, "pg_restore", "--no-owner", "--no-privileges", f"--file={fill}", str(path))
        stop = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _run(url, "psql", *stop, f"--file={drop}", f"--file={fill}")


@contextlib.contextmanager
def _transaction(url: sa.URL) -> Iterator[sa.Connection]:
    engine = make_engine(url.render_as_string(hide_password=False))
    try:
        with in_plain_words(), engine.connect().execution_options(isolation_level="REPEATABLE READ") as conn:
            yield conn
    finally:
        engine.dispose()


def _facts(conn: sa.Connection) -> _Facts:
    names = set(sa.inspect(conn).get_table_names())
    if VERSION_TABLE not in names:
        raise StoreUnavailableError("There is no database of a rallymap yet, so there is nothing to copy.")
    schema = conn.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar_one()  # noqa: S608 - our own name
    counts = {
        name: conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for name, table in metadata.tables.items()
        if name in names and name != _EXCLUDED_TABLE
    }
    check = conn.scalar(sa.select(meta.c.value).where(meta.c.name == KEY_CHECK))
    return str(schema), counts, check or ""


def _run(url: sa.URL | None, program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs; a file holds the password, because arguments are visible to everybody."""
    with tempfile.TemporaryDirectory(prefix="rallymap-pg-") as folder:
        where = () if url is None else (f"--dbname={_conninfo(url, Path(folder) / 'pgpass')}",)
        done = subprocess.run(  # noqa: S603 - our own arguments
            [_program(program), *where, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    if done.returncode:
        first = next((line for line in done.stderr.splitlines() if "error" in line.lower()), done.stderr[:200])
        raise StoreUnavailableError(f"{program} failed: {first.strip().rstrip('.')}.", detail=done.stderr[:1000])


def _conninfo(url: sa.URL, passfile: Path) -> str:
    given = {name: str(value) for name, value in url.query.items()}
    if url.password:
        password = str(url.password).replace("\\", "\\\\").replace(":", "\\:")
        passfile.touch(0o600)
        passfile.write_text(f"*:*:*:*:{password}\n", "utf-8")
        given["passfile"] = str(passfile)
    named = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    return make_conninfo("", **given, **{name: str(value) for name, value in named.items() if value is not None})


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise StoreUnavailableError(
            f"The program {name} is not installed; install PostgreSQL's client programs of the server's version."
        )
    return found
