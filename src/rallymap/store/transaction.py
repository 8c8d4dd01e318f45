"""Transactions for reading and for writing; the functions of this room take one as their first parameter."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from rallymap.store.database_file import EMPTIED
from rallymap.store.faults import unavailable
from rallymap.store.schema import events, meta
from rallymap.store.secret_key import SecretKey


class Reading:
    """A reading transaction; on SQLite it sees a consistent snapshot.

    Attributes
    ----------
    conn
        The connection.
    at
        Unix time (s) at its start, by the database's clock.
    secret
        The database's secret key: hashes tokens and encrypts second factors.
    """

    def __init__(self, conn: sa.Connection, at: float, secret: SecretKey) -> None:
        self.conn = conn
        self.at = at
        self.secret = secret


class Transaction(Reading):
    """A write transaction: committed completely or not at all. Its connection holds the write lock.

    Attributes
    ----------
    key_hash
        Hash of the idempotency key of the form that requests this write, or None. The first audit row of the
        transaction takes it (:func:`rallymap.store.changes.record`).
    was_done
        Whether the same form was carried out before; then nothing must be written.
    done_to
        The event that it concerned then, or None.
    """

    def __init__(
        self,
        conn: sa.Connection,
        at: float,
        secret: SecretKey,
        *,
        key_hash: str | None = None,
        was_done: bool = False,
        done_to: str | None = None,
    ) -> None:
        super().__init__(conn, at, secret)
        self.key_hash = key_hash
        self.was_done = was_done
        self.done_to = done_to
        self._untaken = key_hash
        self._version: int | None = None
        self._search_id: int | None = None

    def take_key_hash(self) -> str | None:
        """Return the hash of the form's key the first time, then None: one audit row holds it."""
        taken, self._untaken = self._untaken, None
        return taken

    def new_search_id(self) -> int:
        """Return an unused id for the full-text index."""
        if self._search_id is None:
            self._search_id = self.conn.scalar(sa.select(sa.func.max(events.c.search_id))) or 0
        self._search_id += 1
        return self._search_id

    def public_version(self) -> int:
        """Increase the dataset version, once per transaction, and return it."""
        if self._version is None:
            # Writers run one after another, so reading first is safe and versions are committed in order.
            self._version = read_dataset_version(self) + 1
            self.conn.execute(sa.update(meta).where(meta.c.name == "dataset_version").values(value=str(self._version)))
        return self._version


def read_dataset_version(tx: Reading) -> int:
    """Return the dataset version, which increases with every public change."""
    version = read_meta(tx, "dataset_version")
    if version is None:
        raise unavailable(EMPTIED, "no dataset_version")
    return int(version)


def read_meta(tx: Reading, name: str) -> str | None:
    """Return one of the database's own values, or None if it is not set."""
    return tx.conn.scalar(sa.select(meta.c.value).where(meta.c.name == name))


def put_meta(tx: Transaction, name: str, value: str) -> None:
    """Set one of the database's own values."""
    if not tx.conn.execute(sa.update(meta).where(meta.c.name == name).values(value=value)).rowcount:
        tx.conn.execute(sa.insert(meta).values(name=name, value=value))


def moment(at: float) -> datetime:
    """Return a stored Unix time (s) as a datetime in UTC."""
    return datetime.fromtimestamp(at, UTC)
