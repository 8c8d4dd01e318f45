"""An opened database: many readers, one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import sqlalchemy as sa

from rallymap.attempts import Attempts, Counting
from rallymap.clock import SteadyClock
from rallymap.limits import Limits
from rallymap.store import engine as connections
from rallymap.store.database_file import EMPTIED, DatabaseFile, sqlite_path
from rallymap.store.faults import BUSY, in_plain_words, unavailable
from rallymap.store.home_lock import HomeLock
from rallymap.store.idempotency import find_done, hash_key
from rallymap.store.migrate import migrate
from rallymap.store.secret_key import KEY_CHECK, SecretKey, take_key
from rallymap.store.shared_attempts import SharedAttempts
from rallymap.store.transaction import Reading, Transaction, put_meta, read_dataset_version, read_meta

CHECKPOINT_WAIT_MS = 200
Clock = Callable[[], datetime]
P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """An opened database, brought to the newest form; safe to share between threads.

    The functions of this room work on its transactions: `database.read(get_event, "oslo-2020")` calls one in
    a transaction of its own, :meth:`reading`, :meth:`writing` and :meth:`write_once` give one for several.

    Attributes
    ----------
    two_moderators
        Whether a future venue is published only when two moderators want it.
    limits
        How often visitors may do things.
    attempts
        What each network tried within the last hour: in memory, or on PostgreSQL in a table that all processes share.
    secret
        The secret key, which hashes tokens.
    """

    def __init__(
        self,
        engine: sa.Engine,
        key: SecretKey,
        file: DatabaseFile,
        clock: Clock,
        *,
        two_moderators: bool,
        limits: Limits,
        lock: HomeLock | None,
    ) -> None:
        self.two_moderators = two_moderators
        self.limits = limits
        self._engine = engine
        self._writers = engine.execution_options(**{connections.WRITES: True})
        self._clock = clock
        self.attempts: Counting = SharedAttempts(engine, key) if engine.dialect.name == "postgresql" else Attempts()
        self._checkpoint_is_due = False
        self._checkpointing = threading.Lock()  # or one that began before a deletion would say last that all is done
        # SQLite's own waiting is by polling and not fair; threads of one process queue here instead.
        self._turn = threading.Lock()
        self.secret = key
        self._file = file
        self._lock = lock

    @classmethod
    def open(
        cls,
        database_url: str,
        *,
        key_file: Path | None = None,
        clock: Clock | None = None,
        two_moderators: bool = False,
        limits: Limits | None = None,
        lock: HomeLock | None = None,
    ) -> Self:
        """Open a database, making or migrating it where needed.

        Parameters
        ----------
        database_url
            SQLAlchemy URL of a SQLite file or a PostgreSQL database.
        key_file
            Holds the secret key, see :mod:`rallymap.store.secret_key`; made where the database is new. When left out:
            next to a SQLite file, with the ending ``.key``; on PostgreSQL the secret then stays in the database, which
            is for tests alone.
        clock
            Gives the present moment, with its zone; the machine's own, checked, when left out.
        two_moderators
            Whether a future venue is published only when two moderators want it.
        limits
            How often visitors may do things; the usual numbers when left out.
        lock
            Of the home folder; released when the database is closed, or cannot be opened.

        Raises
        ------
        StoreUnavailableError
            If it or its key cannot be reached, opened or written, or do not belong together.
        SchemaVersionError
            If a newer rallymap made it, or it is somebody else's.
        SettingsError
            If the URL cannot be read.
        """
        engine = None
        try:
            engine = connections.make_engine(database_url)
            migrate(engine)
            path = sqlite_path(engine.url)
            key = take_key(engine, key_file or (path and path.with_suffix(".key")))
            parts = engine, key, DatabaseFile(path), clock or SteadyClock()
            return cls(*parts, two_moderators=two_moderators, limits=limits or Limits(), lock=lock)
        except BaseException:
            if engine is not None:
                engine.dispose()
            if lock is not None:
                lock.release()
            raise

    def close(self) -> None:
        """Close all connections; the database cannot be used afterwards."""
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def now(self) -> datetime:
        """Return the present time by the database's clock, with its zone."""
        return self._clock()

    def dataset_version(self) -> int:
        """Return the number that rises with every change the public can notice."""
        return self.read(read_dataset_version)

    def read(self, function: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of this room in a reading transaction of its own, and return what it returns."""
        with self.reading() as tx:
            return function(tx, *args, **kwargs)

    def write(self, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of this room in a write transaction of its own, and return what it returns."""
        with self.writing() as tx:
            return function(tx, *args, **kwargs)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open a reading transaction; on SQLite it sees one moment of the database."""
        with in_plain_words(), self._engine.connect() as conn:
            yield Reading(conn, self._clock().timestamp(), self.secret)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Open the write transaction: committed at the end of the block, rolled back by any error in it.

        Raises
        ------
        StoreUnavailableError
            If the database cannot be written, or is not the one that was opened; nothing is then saved.
        """
        with self._writing(None) as tx:
            yield tx

    @contextmanager
    def write_once(self, idempotency_key: str) -> Iterator[Transaction]:
        """Open the write transaction of the form with this idempotency key.

        The caller looks at ``was_done`` first: the same form sent again must not write a second time.

        Raises
        ------
        ValueError
            If the key is empty.
        StoreUnavailableError
            As for :meth:`writing`.
        """
        with self._writing(hash_key(self.secret, idempotency_key)) as tx:
            yield tx

    @contextmanager
    def _writing(self, key_hash: str | None) -> Iterator[Transaction]:
        if not self._turn.acquire(timeout=connections.BUSY_S):
            raise unavailable(BUSY)
        try:
            self._file.check()
            with in_plain_words(), self._writers.begin() as conn:
                reading = Reading(conn, self._clock().timestamp(), self.secret)
                if read_meta(reading, KEY_CHECK) != self.secret.check:
                    raise unavailable(EMPTIED, "key_check")
                was_done, done_to = find_done(reading, key_hash) if key_hash else (False, None)
                yield Transaction(conn, reading.at, self.secret, key_hash=key_hash, was_done=was_done, done_to=done_to)
            self._file.check_written()
        finally:
            self._turn.release()

    def refresh_statistics(self) -> None:
        """Update the statistics of PostgreSQL after a large import; without them it reads all events to find one."""
        if self._engine.dialect.name == "postgresql":
            with self.writing() as tx:
                tx.conn.exec_driver_sql("ANALYZE events, revisions, source_urls")

    def checkpoint_wal(self) -> bool:
        """Move all pages of the write-ahead log into the SQLite file and empty the log.

        A reader that is still at work, in any process, keeps the log from being emptied. Waiting for it would hold up
        all writers, so this gives up soon and notes that it is still to be done (:meth:`finish_checkpoint`).

        Returns
        -------
        is_done
            True also on PostgreSQL, which has nothing to empty.
        """
        if self._engine.dialect.name == "sqlite":
            with self._checkpointing, self.reading() as tx:
                raw: Any = tx.conn.connection.driver_connection
                raw.execute(f"PRAGMA busy_timeout={CHECKPOINT_WAIT_MS}")
                try:
                    is_busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                finally:
                    raw.execute(f"PRAGMA busy_timeout={connections.BUSY_S * 1000}")
                self._checkpoint_is_due = bool(is_busy)
        return not self._checkpoint_is_due

    def finish_checkpoint(self) -> None:
        """Repeat a checkpoint that :meth:`checkpoint_wal` could not finish; run it every minute."""
        if self._checkpoint_is_due:
            self.checkpoint_wal()

    def check_health(self) -> None:
        """Check that the database can be read and written.

        Raises
        ------
        StoreUnavailableError
            With the sentence that says why not.
        """
        self._file.check_space()
        with self.writing() as tx:
            put_meta(tx, "health_checked_at", repr(tx.at))
