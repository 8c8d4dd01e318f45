"""One opened database: reading, and writing one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from rallymap.attempts import Attempts
from rallymap.clock import SteadyClock
from rallymap.store import engine as connections
from rallymap.store.database_file import EMPTIED, DatabaseFile, sqlite_path
from rallymap.store.faults import BUSY, in_plain_words, unavailable
from rallymap.store.migrate import migrate
from rallymap.store.schema import meta
from rallymap.store.secret_key import KEY_CHECK, SecretKey, take_key

CHECKPOINT_WAIT_MS = 200
Clock = Callable[[], datetime]


class Transaction:
    """One write: all of it is kept, or nothing.

    Attributes
    ----------
    conn
        The connection, with the writer's lock held.
    at
        Unix time (s) of the write; the same for all it touches.
    """

    def __init__(self, conn: sa.Connection, at: float) -> None:
        self.conn = conn
        self.at = at
        self._version: int | None = None

    def public_version(self) -> int:
        """Return the dataset version that this write makes; asking for it is what raises the number."""
        if self._version is None:
            # Writers come one after another, so reading first is safe and versions are committed in their order.
            self._version = dataset_version(self.conn) + 1
            self.conn.execute(sa.update(meta).where(meta.c.name == "dataset_version").values(value=str(self._version)))
        return self._version


class Database:
    """An opened database, brought to the newest form; the base of the store's parts."""

    def __init__(
        self, engine: sa.Engine, key: SecretKey, file: DatabaseFile, clock: Clock, *, two_moderators: bool
    ) -> None:
        self.two_moderators = two_moderators
        self._engine = engine
        self._writers = engine.execution_options(**{connections.WRITES: True})
        self._clock = clock
        self.attempts = Attempts()
        self._checkpoint_is_due = False
        # SQLite's own waiting is by polling and not fair; threads of one process queue here instead.
        self._turn = threading.Lock()
        self._key = key
        self._file = file

    @classmethod
    def open(
        cls,
        database_url: str,
        *,
        key_file: Path | None = None,
        clock: Clock | None = None,
        two_moderators: bool = False,
    ) -> Self:
        """Open a database, making or migrating it where needed.

        Parameters
        ----------
        database_url
            SQLAlchemy URL of a SQLite file or a PostgreSQL database.
        key_file
            Holds the secret key, see :mod:`rallymap.store.secret_key`; made where the database is new. When left out:
            beside a SQLite file, with the ending ``.key``; on PostgreSQL the secret then stays in the database, which
            is for tests alone.
        clock
            Gives the present moment, with its zone; the machine's own, checked, when left out.
        two_moderators
            Whether a future venue is published only when two moderators want it.

        Raises
        ------
        StoreUnavailableError
            If it or its key cannot be reached, opened or written, or do not belong together.
        SchemaVersionError
            If a newer rallymap made it, or it is somebody else's.
        SettingsError
            If the URL cannot be read.
        """
        engine = connections.make_engine(database_url)
        try:
            migrate(engine)
            path = sqlite_path(engine.url)
            key = take_key(engine, key_file or (path and path.with_suffix(".key")))
            return cls(engine, key, DatabaseFile(path), clock or SteadyClock(), two_moderators=two_moderators)
        except BaseException:
            engine.dispose()
            raise

    def close(self) -> None:
        """Close all connections; the store cannot be used afterwards."""
        self._engine.dispose()

    def now(self) -> datetime:
        """Return the present moment by the store's clock, with its zone."""
        return self._clock()

    def dataset_version(self) -> int:
        """Return the number that rises with every change the public can notice."""
        with self.reading() as conn:
            return dataset_version(conn)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection for reading; on SQLite all that is read is of one moment."""
        with in_plain_words(), self._engine.connect() as conn:
            yield conn

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Give the one write transaction: it is committed at the end of the block, undone by any error in it.

        Raises
        ------
        StoreUnavailableError
            If the database cannot be written, or is not the one that was opened; nothing is then saved.
        """
        if not self._turn.acquire(timeout=connections.BUSY_S):
            raise unavailable(BUSY)
        try:
            self._file.check()
            with in_plain_words(), self._writers.begin() as conn:
                if read_meta(conn, KEY_CHECK) != self._key.check:
                    raise unavailable(EMPTIED, "key_check")
                yield Transaction(conn, self._clock().timestamp())
            self._file.check_written()
        finally:
            self._turn.release()

    def refresh_statistics(self) -> None:
        """Let PostgreSQL look at what a large import brought; until then it would read all events to find one."""
        if self._engine.dialect.name == "postgresql":
            with self.writing() as tx:
                tx.conn.exec_driver_sql("ANALYZE events, revisions, source_urls")

    def checkpoint_wal(self) -> bool:
        """Move what was written into the SQLite file itself and empty the write-ahead log beside it.

        A reader that is still at work, in any process, keeps the log from being emptied. Waiting for it would hold up
        all writers, so this gives up soon and notes that it is still to be done (:meth:`finish_checkpoint`).

        Returns
        -------
        is_done
            True also on PostgreSQL, which has nothing to empty.
        """
        if self._engine.dialect.name == "sqlite":
            with self.reading() as conn:
                raw: Any = conn.connection.driver_connection
                raw.execute(f"PRAGMA busy_timeout={CHECKPOINT_WAIT_MS}")
                try:
                    is_busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                finally:
                    raw.execute(f"PRAGMA busy_timeout={connections.BUSY_S * 1000}")
            self._checkpoint_is_due = bool(is_busy)
        return not self._checkpoint_is_due

    def finish_checkpoint(self) -> None:
        """Try again what :meth:`checkpoint_wal` could not do; run it every minute."""
        if self._checkpoint_is_due:
            self.checkpoint_wal()

    def keyed_hash(self, purpose: str, text: str) -> str:
        """Return a hash of a text that only this database can make; for tokens, idempotency keys and addresses.

        The same text for another purpose gives another hash.
        """
        return self._key.keyed_hash(purpose, text)

    def check_health(self) -> None:
        """Check that the database can be read and written.

        Raises
        ------
        StoreUnavailableError
            With the sentence that says why not.
        """
        self._file.check_space()
        with self.writing() as tx:
            put_meta(tx.conn, "health_checked_at", repr(tx.at))


def dataset_version(conn: sa.Connection) -> int:
    """Return the dataset version as a transaction sees it."""
    version = read_meta(conn, "dataset_version")
    if version is None:
        raise unavailable(EMPTIED, "no dataset_version")
    return int(version)


def read_meta(conn: sa.Connection, name: str) -> str | None:
    """Return one of the database's own values, or None where it is not set."""
    return conn.scalar(sa.select(meta.c.value).where(meta.c.name == name))


def put_meta(conn: sa.Connection, name: str, value: str) -> None:
    """Set one of the database's own values."""
    if not conn.execute(sa.update(meta).where(meta.c.name == name).values(value=value)).rowcount:
        conn.execute(sa.insert(meta).values(name=name, value=value))


def moment(at: float) -> datetime:
    """Return a stored Unix time (s) as a datetime in UTC."""
    return datetime.fromtimestamp(at, UTC)
