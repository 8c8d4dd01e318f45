"""Find out whether a rallymap is running in a home folder, so that its files are not replaced meanwhile.

Each process that opens the database holds a shared lock until it is closed; a restore needs the lock for itself. The
lock is that of an empty SQLite file, which every system provides and which ends with the process, also when it is
killed.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Self

from rallymap.errors import StoreUnavailableError

LOCK_FILE = "rallymap.lock"
IN_USE = (
    "A rallymap is running in the folder RALLYMAP_HOME names. Stop the site and every other rallymap command, "
    "then try again. Nothing was changed."
)
BEING_CHANGED = "The data of this site is being restored or upgraded; try again when that is done."
RESTORING_FILE = "rallymap.restoring"
"""Is there while files are being replaced; holds what is still to be moved."""
HALF_RESTORED = "A restore of this site was interrupted. Finish it with: rallymap restore --resume"
_WAIT_S = 2.0


class HomeLock:
    """The lock of one home folder, from its making to :meth:`release`."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection

    @classmethod
    def shared(cls, home: Path) -> Self:
        """Take the lock together with others who work with the database.

        Parameters
        ----------
        home
            Exists.

        Raises
        ------
        StoreUnavailableError
            If the files are being replaced.
        """
        try:
            return cls(_locked(home, "BEGIN; SELECT 1 FROM sqlite_master", BEING_CHANGED))
        except _LockFileError:
            return cls(None)  # nobody can replace the files of a folder that cannot be written

    @classmethod
    def alone(cls, home: Path) -> Self:
        """Take the lock for oneself.

        Raises
        ------
        StoreUnavailableError
            If a server or a command is at work in this folder.
        """
        return cls(_locked(home, "BEGIN EXCLUSIVE", IN_USE))

    def release(self) -> None:
        """Give the lock back; a second time does nothing."""
        if self._connection is not None:
            self._connection.close()


def require_no_half_restore(home: Path) -> None:
    """Refuse to work with files of which some are old and some are new.

    Raises
    ------
    StoreUnavailableError
        With the sentence that says how to finish the restore.
    """
    if (home / RESTORING_FILE).exists():
        raise StoreUnavailableError(HALF_RESTORED, detail=str(home / RESTORING_FILE))


class _LockFileError(StoreUnavailableError):
    """The lock file is not there and cannot be made."""


def _locked(home: Path, statements: str, refusal: str) -> sqlite3.Connection:
    path = home / LOCK_FILE
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        for statement in statements.split("; "):
            connection.execute(statement).fetchall()
    except sqlite3.Error as err:
        if connection is not None:
            connection.close()
        if err.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise StoreUnavailableError(refusal, detail=f"{path}: {err}") from err
        raise _LockFileError(f"The file {LOCK_FILE} cannot be written.", detail=f"{path}: {err}") from err
    return connection
