"""Remember what online services answered, and when each may be asked again, in a small SQLite file of its own.

The file can be deleted at any time; a damaged file is deleted. It holds no events.
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


class RememberedAnswers:
    """Answers of services by text and country, and the turns at which they may be asked.

    Answers with candidates are kept 180 days, empty ones 7 days, both give or take a fifth, so that a large import
    does not come up for renewal on one day. Errors are never kept. The turns are shared by all processes that use
    the same file.

    Parameters
    ----------
    path
        The SQLite file; made if missing, replaced if damaged. None keeps everything in this process.
    now
        Seconds since the epoch.
    """

    def __init__(self, path: Path | None, *, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        self._connection = self._open()

    def find(self, service: str, text: str, country: str) -> tuple[Candidate, ...] | None:
        """Give what the service answered, () if it knew nothing; None if it was not asked or the answer is old."""
        query = "SELECT candidates FROM answers WHERE service = ? AND key = ? AND country = ? AND expires_at > ?"
        with (
            self._lock,
            closing(self._connection.execute(query, (service, fold_key(text), country, self._now()))) as found,
        ):
            row = found.fetchone()
        return None if row is None else tuple(_read(item) for item in json.loads(row[0]))

    def keep(self, service: str, text: str, country: str, candidates: tuple[Candidate, ...]) -> None:
        """Keep an answer, which may be empty."""
        span = FOUND_FOR_S if candidates else NOT_FOUND_FOR_S
        expires = self._now() + span * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311  spreads, hides nothing
        row = (service, fold_key(text), country, expires, json.dumps([asdict(c) for c in candidates]))
        with self._lock, self._connection:
            self._connection.execute("DELETE FROM answers WHERE expires_at <= ?", (self._now(),))
            self._connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", row)

    def forget(self, texts: Iterable[str]) -> None:
        """Delete all answers to these texts, of every service and for every country."""
        keys = [(fold_key(text),) for text in texts]
        with self._lock, self._connection:
            self._connection.executemany("DELETE FROM answers WHERE key = ?", keys)

    def take_turn(self, service: str, delay_s: float, at_most_s: float) -> tuple[float, bool]:
        """Take the next turn to ask a service, `delay_s` after the one before it, in any process.

        Returns the seconds to wait, and whether the turn was taken: not if the wait is more than `at_most_s`.
        """
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                now = self._now()
                row = self._connection.execute("SELECT next_at FROM turns WHERE service = ?", (service,)).fetchone()
                # A clock that was set back must not close the queue for a day.
                turn = max(now, min(row[0], now + _DAY_S)) if row else now
                if turn - now > at_most_s:
                    return turn - now, False
                self._set_next(service, turn + delay_s)
        return turn - now, True

    def hold_back(self, service: str, seconds: float) -> None:
        """Let nobody ask the service for so many seconds."""
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
        # Another process may have found the same damage: what it made meanwhile is not thrown away.
        with locked(self._path):
            try:
                return self._connect()
            except sqlite3.DatabaseError as err:
                if not _is_damage(err):
                    raise
            for ending in ("", "-journal"):  # a journal of the old file would be taken for one of the new
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        connection = sqlite3.connect(
            self._path if self._path is not None else ":memory:", timeout=30, check_same_thread=False
        )
        try:
            # What is deleted is overwritten: a takedown must leave no place text in the file.
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(_SCHEMA)
            connection.execute("SELECT COUNT(*) FROM answers").fetchone()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        if self._path is not None:
            make_private(self._path)  # it says which places were looked up
        return connection


def forget_answers(path: Path, texts: Iterable[str]) -> None:
    """Delete all answers to these texts from a file; where that cannot be done, the file, which can be spared."""
    try:
        with closing(RememberedAnswers(path)) as answers:
            answers.forget(texts)
    except (OSError, sqlite3.Error):
        path.unlink(missing_ok=True)


def _is_damage(err: sqlite3.DatabaseError) -> bool:
    """Return whether a file is damaged or no database; one that is busy, read-only or on a full disk is whole."""
    return err.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _read(item: dict[str, Any]) -> Candidate:
    return Candidate(**{**item, "precision": LocationPrecision(item["precision"])})
