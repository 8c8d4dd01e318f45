"""An open database: many readers, one writer at a time."""

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
from rallymap.store.secret_key import KEY_CHECK, SecretKey, load_key
from rallymap.store.shared_attempts import SharedAttempts
from rallymap.store.transaction import Reading, Transaction, put_meta, read_dataset_version, read_meta

CHECKPOINT_WAIT_MS = 200
_CLEAN_INDEX = (
    "SELECT gin_clean_pending_list(oid) FROM pg_class "
    "WHERE oid = to_regclass('ix_search_words') AND pg_has_role(relowner, 'USAGE')"
)
Clock = Callable[[], datetime]
P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """An open database, migrated to the newest schema; safe to share between threads.

    The functions of this room work on its transactions: `database.read(get_event, "oslo-2020")` calls one in a separate
    transaction; :meth:`reading`, :meth:`writing` and :meth:`write_once` open one for several calls.

    Attributes
    ----------
    two_moderators
        Whether publishing a future venue requires two moderators.
    limits
        Rate limits for visitors.
    attempts
        Attempts per network in the last hour: in memory, or on PostgreSQL in a table shared by all processes.
    secret
        The secret key, used to hash tokens.
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
        self._checkpointing = threading.Lock()  # an older checkpoint must not report last
        # SQLite waits by polling, which is not fair; threads of one process queue here instead.
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
        """Open a database; create or migrate it if needed.

        Parameters
        ----------
        database_url
            SQLAlchemy URL of a SQLite file or a PostgreSQL database.
        key_file
            File of the secret key, see :mod:`rallymap.store.secret_key`; created with a new database. By default next
            to a SQLite file, with the extension ``.key``; on PostgreSQL the default stores the secret in the database,
            which is only meant for tests.
        clock
            Returns the current time with its zone; by default the machine's clock, checked.
        two_moderators
            Whether publishing a future venue requires two moderators.
        limits
            Rate limits for visitors; None for the defaults.
        lock
            The lock of the home folder; released when the database is closed or cannot be opened.

        Raises
        ------
        StoreUnavailableError
            If the database or its key cannot be reached, opened or written, or they do not belong together.
        SchemaVersionError
            If the database was made by a newer rallymap or by another program.
        SettingsError
            If the URL cannot be parsed.
        """
        engine = None
        try:
            engine = connections.make_engine(database_url)
            migrate(engine)
            path = sqlite_path(engine.url)
            key = load_key(engine, key_file or (path and path.with_suffix(".key")))
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
        self._file.close()
        if self._lock is not None:
            self._lock.release()

    def now(self) -> datetime:
        """Return the current time by the database's clock, with its zone."""
        return self._clock()

    def dataset_version(self) -> int:
        """Return the dataset version, which increases with every public change."""
        return self.read(read_dataset_version)

    def read(self, function: Callable[Concatenate[Reading, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of this room in a separate reading transaction, and return its result."""
        with self.reading() as tx:
            return function(tx, *args, **kwargs)

    def write(self, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of this room in a separate write transaction, and return its result."""
        with self.writing() as tx:
            return function(tx, *args, **kwargs)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open a reading transaction; on SQLite it sees a consistent snapshot."""
        with in_plain_words(self._file.check_space), self._engine.connect() as conn:
            yield Reading(conn, self._clock().timestamp(), self.secret)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Open the write transaction: committed at the end of the block, rolled back on any error.

        Raises
        ------
        StoreUnavailableError
            If the database cannot be written or its file was replaced; nothing is saved then.
        """
        with self._writing(None) as tx:
            yield tx

    @contextmanager
    def write_once(self, idempotency_key: str) -> Iterator[Transaction]:
        """Open the write transaction of the form with this idempotency key.

        The caller checks ``was_done`` first: the same form sent again must not write a second time.

        Raises
        ------
        ValueError
            If the key is empty.
        StoreUnavailableError
            See :meth:`writing`.
        """
        with self._writing(hash_key(self.secret, idempotency_key)) as tx:
            yield tx

    @contextmanager
    def _writing(self, key_hash: str | None) -> Iterator[Transaction]:
        if not self._turn.acquire(timeout=connections.BUSY_S):
            raise unavailable(BUSY)
        try:
            self._file.check()
            with in_plain_words(self._file.check_space), self._writers.begin() as conn:
                reading = Reading(conn, self._clock().timestamp(), self.secret)
                if read_meta(reading, KEY_CHECK) != self.secret.check:
                    raise unavailable(EMPTIED, "key_check")
                was_done, done_to = find_done(reading, key_hash) if key_hash else (False, None)
                yield Transaction(conn, reading.at, self.secret, key_hash=key_hash, was_done=was_done, done_to=done_to)
            self._file.check_written()
        finally:
            self._turn.release()

    def refresh_statistics(self) -> None:
        """Update PostgreSQL's statistics and search index after a large import.

        Without them it scans all events to find one, and each search reads the words that are not in the index yet.
        Only the owner of the tables may do so; otherwise PostgreSQL does it by itself, some minutes later.
        """
        if self._engine.dialect.name == "postgresql":
            with self.writing() as tx:
                tx.conn.exec_driver_sql(_CLEAN_INDEX)
                tx.conn.exec_driver_sql("ANALYZE events, revisions, source_urls, search")

    def checkpoint_wal(self) -> bool:
        """Move all pages of the write-ahead log into the SQLite file and truncate the log.

        An active reader in any process prevents this. Waiting for it would block all writers, so this gives up soon and
        leaves the checkpoint to :meth:`finish_checkpoint`.

        Returns
        -------
        is_done
            Also True on PostgreSQL, where there is nothing to do.
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
        """Verify that the database can be read and written.

        Raises
        ------
        StoreUnavailableError
            With the reason.
        """
        self._file.check_space()
        with self.writing() as tx:
            put_meta(tx, "health_checked_at", repr(tx.at))
