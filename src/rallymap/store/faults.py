"""Translate errors of the database driver into errors of rallymap."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from rallymap.errors import RallymapError, SchemaVersionError, StoreUnavailableError, UnstorableTextError
from rallymap.language import mark, tr

log = logging.getLogger(__name__)

BUSY = mark("The database is busy with another change; please try again in a moment. Nothing was saved.")
READ_ONLY = mark("The database cannot be written to, it is read-only; ask the operator. Nothing was saved.")
FULL = mark("The disk of the database is full; ask the operator to make room. Nothing was saved.")
DISK_FAILS = mark(
    "The disk of the database cannot be read or written just now; ask the operator to check the disk. Your last change "
    "may not be saved."
)
CLOSED = mark("The database file cannot be opened; its folder must exist and be writable.")
NOT_OURS = mark("This file is not a database; RALLYMAP_DATABASE_URL must name another one, or a new file.")
DAMAGED = mark("The database file is damaged; restore it from a copy.")
OVERLOADED = mark("This site is very busy just now. Please try again in a moment.")
AWAY = mark("The database cannot be reached just now; please try again in a moment.")

LOST_TABLES = mark("The database has lost its tables; restore it from a copy.")

DISK_ERROR = "disk I/O error"
"""SQLite's words for a disk that cannot be read or written."""
# SQLite errors can only be distinguished by their messages, which are constants in its source.
_SQLITE = (
    ("readonly database", READ_ONLY),
    ("database or disk is full", FULL),
    (DISK_ERROR.lower(), DISK_FAILS),
    ("is locked", BUSY),
    ("unable to open database file", CLOSED),
    ("not a database", NOT_OURS),
    ("malformed", DAMAGED),
    ("vtable constructor failed", DAMAGED),
    ("no such table", LOST_TABLES),
)
_NUL = "NUL (0x00)"
# PostgreSQL's SQLSTATE, by its first two or all five characters.
_POSTGRESQL = {
    "25006": READ_ONLY,
    "42P01": LOST_TABLES,
    "42501": READ_ONLY,
    "53100": FULL,
    "55P03": BUSY,
    "57014": BUSY,
    "58030": DISK_FAILS,
    "58P01": DAMAGED,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
    "40": BUSY,
    "53": AWAY,
    "57": AWAY,
    "08": AWAY,
    "28": mark("The database refuses this name or password; check RALLYMAP_DATABASE_URL."),
    "3D": mark("The database server has no database of this name; check RALLYMAP_DATABASE_URL."),
}


def unavailable(sentence: str, detail: str = "") -> StoreUnavailableError:
    """Return the error for a database that cannot be used at the moment; it logs one line.

    Parameters
    ----------
    sentence
        A marked message, such as those above.
    detail
        Only for the log.
    """
    log.error("%s [%s]", sentence, detail)
    return StoreUnavailableError(tr(sentence), detail=detail)


@contextmanager
def in_plain_words(check_space: Callable[[], None] | None = None) -> Iterator[None]:
    """Translate database errors that a person can fix into ours; others, our bugs, pass through.

    Parameters
    ----------
    check_space
        Raises an error if the disk is nearly full. SQLite says "disk I/O error" both when a disk fails and when no room
        is left for its index of the write-ahead log.

    Raises
    ------
    StoreUnavailableError
        If the database cannot be reached, read or written at the moment.
    UnstorableTextError
        If a text contains characters that the database rejects.
    SchemaVersionError
        If the file is not a database.
    """
    try:
        yield
    except exc.TimeoutError as err:
        raise unavailable(OVERLOADED, detail="all connections to the database are in use") from err
    except UnicodeEncodeError as err:
        raise UnstorableTextError from err
    except exc.DBAPIError as err:
        if _NUL in str(err.orig):
            raise UnstorableTextError from err
        ours = _translated(err)
        if ours is None:
            raise
        if check_space is not None and _sentence(err) is DISK_FAILS:
            check_space()
        raise ours from err


def is_environment_fault(err: exc.DBAPIError) -> bool:
    """Return whether an error comes from disk, server or file, not from a statement that does not match the data."""
    return err.connection_invalidated or _sentence(err) not in (None, LOST_TABLES)


def _sentence(err: exc.DBAPIError) -> str | None:
    """Return the message for the reason that the database gives; None if the reason is unknown."""
    state = getattr(err.orig, "sqlstate", None) or ""
    if state:
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    words = str(err.orig).lower()
    return next((said for sign, said in _SQLITE if sign in words), None)


def _translated(err: exc.DBAPIError) -> RallymapError | None:
    state = getattr(err.orig, "sqlstate", None) or ""
    sentence = _sentence(err)
    if sentence is None and (err.connection_invalidated or (not state and isinstance(err, exc.OperationalError))):
        sentence = AWAY
    if sentence is None:
        return None
    # Driver messages name hosts and files, so they only go to the log. Their further lines may quote stored texts.
    detail = str(err.orig).partition("\n")[0][:500]
    return SchemaVersionError(tr(sentence), detail=detail) if sentence is NOT_OURS else unavailable(sentence, detail)
