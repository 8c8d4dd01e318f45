"""Detect whether rallymap is running in a home folder, so that its files are not replaced meanwhile.

Each process that opens the database holds a shared lock until it closes it; a restore needs an exclusive lock. The lock
is that of an empty SQLite file, which works on every system and ends with the process, even if it is killed.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Self

from rallymap.errors import StoreUnavailableError
from rallymap.own_command import own_command

LOCK_FILE = "rallymap.lock"
IN_USE = (
    "A rallymap is running in {home}. Stop the site and every other rallymap command, then try again. Nothing was "
    "changed."
)
BEING_CHANGED = "The data of this site is being restored or upgraded; try again when that is done."
RESTORING_FILE = "rallymap.restoring"
"""Exists while files are being replaced; lists what is still to be moved."""
_WAIT_S = 2.0


class HomeLock:
    """The lock of one home folder, from its creation to :meth:`release`."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection

    @classmethod
    def shared(cls, home: Path) -> Self:
        """Take a shared lock, along with other users of the database.

        Parameters
        ----------
        home
            An existing folder.

        Raises
        ------
        StoreUnavailableError
            If the files are being replaced.
        """
        try:
            return cls(_locked(home, "BEGIN; SELECT 1 FROM sqlite_master", BEING_CHANGED))
        except _LockFileError:
            return cls(None)  # nobody can replace files in a read-only folder

    @classmethod
    def alone(cls, home: Path) -> Self:
        """Take the exclusive lock.

        Raises
        ------
        StoreUnavailableError
            If a server or a command is using this folder.
        """
        return cls(_locked(home, "BEGIN EXCLUSIVE", IN_USE.format(home=home)))

    def release(self) -> None:
        """Release the lock; a second call does nothing."""
        if self._connection is not None:
            self._connection.close()


def require_no_half_restore(home: Path) -> None:
    """Refuse to work with a mixture of old and new files.

    Raises
    ------
    StoreUnavailableError
        With instructions to finish the restore.
    """
    if (home / RESTORING_FILE).exists():
        resume = own_command("restore --resume")
        raise StoreUnavailableError(
            f"A restore of this site was interrupted. Finish it with: {resume}", detail=str(home / RESTORING_FILE)
        )


class _LockFileError(StoreUnavailableError):
    """The lock file does not exist and cannot be created."""


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
        raise _LockFileError(
            f"The file {path} cannot be written: its folder has to exist, and to belong to the user of this command.",
            detail=str(err),
        ) from err
    return connection
