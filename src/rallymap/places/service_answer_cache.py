"""Cache of answers from online services, and their rate limits, in a separate small SQLite file.

The file can be deleted at any time; a damaged file is deleted automatically. It contains no events.
"""

from __future__ import annotations

import json
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from rallymap.events import LocationPrecision
from rallymap.places.answers import Candidate
from rallymap.places.file_lock import locked
from rallymap.places.normalize import fold_key
from rallymap.private_files import FOLDER_MODE, make_private

_DAY_S: Final = 86_400.0
FOUND_FOR_S: Final = 180 * _DAY_S
NOT_FOUND_FOR_S: Final = 7 * _DAY_S
_JITTER: Final = 0.2
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answers (
    service TEXT, key TEXT, country TEXT, expires_at REAL NOT NULL, candidates TEXT NOT NULL,
    PRIMARY KEY (service, key, country)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS turns (service TEXT PRIMARY KEY, next_at REAL NOT NULL, is_off INTEGER NOT NULL DEFAULT 0);
"""


class ServiceAnswerCache:
    """Cached answers of services by text and country, and the time of the next allowed request.

    Answers with candidates are kept for 180 days, empty ones for 7 days, each varied by up to a fifth, so that the
    answers of a large import do not all expire on one day. Errors are not cached. All processes that use the file share
    the rate limits.

    Parameters
    ----------
    path
        The SQLite file; created if missing, replaced if damaged. None for a cache in memory.
    now
        Returns seconds since the epoch.
    """

    def __init__(self, path: Path | None, *, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        self._connection = self._open()

    def find(self, service: str, text: str, country: str) -> tuple[Candidate, ...] | None:
        """Return the cached candidates, () for a cached empty answer; None if there is no answer or it has expired."""
        query = "SELECT candidates FROM answers WHERE service = ? AND key = ? AND country = ? AND expires_at > ?"
        with (
            self._lock,
            closing(self._connection.execute(query, (service, fold_key(text), country, self._now()))) as found,
        ):
            row = found.fetchone()
        return None if row is None else tuple(_read(item) for item in json.loads(row[0]))

    def keep(self, service: str, text: str, country: str, candidates: tuple[Candidate, ...]) -> None:
        """Cache an answer, which can be empty."""
        span = FOUND_FOR_S if candidates else NOT_FOUND_FOR_S
        expires = self._now() + span * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311  spreads, hides nothing
        row = (service, fold_key(text), country, expires, json.dumps([asdict(c) for c in candidates]))
        with self._lock, self._connection:
            self._connection.execute("DELETE FROM answers WHERE expires_at <= ?", (self._now(),))
            self._connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", row)

    def delete(self, texts: Iterable[str]) -> None:
        """Delete all answers to these texts, of all services and for all countries."""
        keys = [(fold_key(text),) for text in texts]
        with self._lock, self._connection:
            self._connection.executemany("DELETE FROM answers WHERE key = ?", keys)

    def reserve_request(self, service: str, delay_s: float, at_most_s: float) -> tuple[float, bool]:
        """Reserve the next request to a service, `delay_s` after the previous one of any process.

        Returns the seconds to wait, and whether the request was reserved: not if the wait would exceed `at_most_s`.
        """
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                now = self._now()
                row = self._connection.execute("SELECT next_at FROM turns WHERE service = ?", (service,)).fetchone()
                # A clock that was set back must not block the queue for longer than a day.
                turn = max(now, min(row[0], now + _DAY_S)) if row else now
                if turn - now > at_most_s:
                    return turn - now, False
                self._set_next(service, turn + delay_s)
        return turn - now, True

    def block_requests(self, service: str, seconds: float) -> None:
        """Block requests to the service for a number of seconds."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                row = self._connection.execute("SELECT next_at FROM turns WHERE service = ?", (service,)).fetchone()
                self._set_next(service, max(row[0] if row else 0.0, self._now() + seconds))

    def is_off(self, service: str) -> bool:
        """Return whether the service is switched off."""
        with self._lock:
            row = self._connection.execute("SELECT is_off FROM turns WHERE service = ?", (service,)).fetchone()
        return bool(row and row[0])

    def switch(self, service: str, *, on: bool) -> None:
        """Switch the service on or off for all processes that use this file."""
        with self._lock, self._connection:
            self._connection.execute(
                "INSERT INTO turns VALUES (?, 0, ?) ON CONFLICT (service) DO UPDATE SET is_off = excluded.is_off",
                (service, not on),
            )

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _set_next(self, service: str, next_at: float) -> None:
        self._connection.execute(
            "INSERT INTO turns VALUES (?, ?, 0) ON CONFLICT (service) DO UPDATE SET next_at = excluded.next_at",
            (service, next_at),
        )

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError as err:
            if self._path is None or not _is_damage(err):
                raise
        # Another process may have replaced the damaged file already: then keep its new file.
        with locked(self._path):
            try:
                return self._connect()
            except sqlite3.DatabaseError as err:
                if not _is_damage(err):
                    raise
            for ending in ("", "-journal"):  # SQLite would apply a journal of the old file to the new one
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        connection = sqlite3.connect(
            self._path if self._path is not None else ":memory:", timeout=30, check_same_thread=False
        )
        try:
            # Overwrite deleted data: a takedown must leave no place text in the file.
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(_SCHEMA)
            connection.execute("SELECT COUNT(*) FROM answers").fetchone()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        if self._path is not None:
            make_private(self._path)  # the file reveals which places were looked up
        return connection


def delete_cached_answers(path: Path, texts: Iterable[str]) -> None:
    """Delete all answers to these texts from a file; if this fails, delete the file, which is only a cache."""
    try:
        with closing(ServiceAnswerCache(path)) as answers:
            answers.delete(texts)
    except (OSError, sqlite3.Error):
        path.unlink(missing_ok=True)


def _is_damage(err: sqlite3.DatabaseError) -> bool:
    """Return whether a file is damaged or not a database; not if it is busy, read-only or on a full disk."""
    return err.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _read(item: dict[str, Any]) -> Candidate:
    return Candidate(**{**item, "precision": LocationPrecision(item["precision"])})
