"""Lock a file that several processes change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

WAIT_S = 20.0


@contextmanager
def locked(path: Path, *, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the lock of a file until the end of the block; other processes wait.

    The lock is the write lock of an empty SQLite file next to it: SQLite supports this on every system, and the
    operating system releases the lock if a process is killed.

    Parameters
    ----------
    path
        The file to be changed; it may not exist, but its folder must.
    wait_s
        Maximum time to wait for the lock, in seconds.

    Raises
    ------
    OSError
        If the lock file cannot be created, or the lock is not released in time.
    """
    lock_file = path.with_name(f".{path.name}.lock")
    try:
        with closing(sqlite3.connect(lock_file, timeout=wait_s, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield
    except sqlite3.Error as err:
        raise OSError(f"{lock_file}: {err}") from err
