"""Check that the file of a SQLite database is still the one that was opened.

SQLite continues to write into a file that was deleted or replaced, and acknowledges data that nobody can read again.
The file is therefore checked before and after every write.

It is opened once and stays open until the database is closed. On POSIX, a process that closes any handle of a file
gives up all its locks on it, also those of SQLite; another program that then opens the database, such as ``sqlite3``,
would take itself for the only one and delete the write-ahead log.
"""

from __future__ import annotations

import errno
import os
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from rallymap.errors import StoreUnavailableError
from rallymap.file_faults import can_be_read_by, is_failing
from rallymap.language import mark, tr
from rallymap.private_files import FOLDER_MODE, make_private, publish
from rallymap.store.faults import AWAY, CLOSED, DISK_FAILS, unavailable

GONE = mark(
    "The database file was deleted while the site was running; ask the operator to put it back. Nothing was saved."
)
REPLACED = mark(
    "The database file was replaced while the site was running; ask the operator to restart the site. "
    "Nothing was saved."
)
EMPTIED = mark(
    "The database file was emptied or overwritten while the site was running; ask the operator to restore it. "
    "Nothing was saved."
)
LOG_GONE = mark(
    "The write-ahead log of the database file was deleted while the site was running; ask the operator to "
    "restart the site. Nothing was saved."
)
ALMOST_FULL = mark("The disk of the database is nearly full; ask the operator to make room.")
LEAST_FREE_BYTES = 4_000_000
_BY_ERRNO = {
    errno.ENOENT: GONE,
    errno.ENOTDIR: GONE,
    errno.EISDIR: REPLACED,
    errno.ESTALE: REPLACED,
    errno.EACCES: CLOSED,
    errno.EPERM: CLOSED,
    errno.ENOMEM: AWAY,
}
_MAGIC = b"SQLite format 3\0"
_WAL_VERSION = 2
"""Bytes 18 and 19 of the header of a database with a write-ahead log."""


class OpenFile:
    """The file of a database for reading its bytes: opened when it is first read, and kept open until it is closed.

    Close it only after all connections of this process are closed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = -1

    def can_be_read(self) -> bool:
        """Return False if the disk fails while the file is read from beginning to end."""
        try:
            if self._handle < 0:
                self._handle = os.open(self.path, os.O_RDONLY)
        except OSError as err:
            return not is_failing(err)
        return can_be_read_by(self._handle)

    def close(self) -> None:
        """Give up the handle; a later read opens the file again."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


class DatabaseFile:
    """The file of an open database.

    Parameters
    ----------
    path
        Path of the existing SQLite file; None for a database server, for which nothing is checked.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._handle = -1 if path is None else os.open(path, os.O_RDONLY)
        self._identity = None if path is None else _identity(os.fstat(self._handle))

    def close(self) -> None:
        """Give up the handle; only after all connections of this process are closed."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def check(self) -> None:
        """Check that the file is the one that was opened.

        Raises
        ------
        StoreUnavailableError
            If it was deleted, replaced, emptied or overwritten.
        """
        if self._path is None:
            return
        with _in_plain_words():
            if _identity(self._path.stat()) != self._identity:
                raise unavailable(REPLACED, str(self._path))
            if not os.access(self._path, os.R_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self._path))
            header = os.pread(self._handle, 100, 0)
        if len(header) < 100 or not header.startswith(_MAGIC):
            raise unavailable(EMPTIED, str(self._path))

    def check_written(self) -> None:
        """Check after a commit that the written data can be found again.

        Raises
        ------
        StoreUnavailableError
            If the file or its write-ahead log was deleted or replaced meanwhile.
        """
        self.check()
        if self._path is None:
            return
        with _in_plain_words():
            is_log_gone = self._keeps_log() and not companion_file(self._path, "-wal").exists()
        if is_log_gone:
            raise unavailable(LOG_GONE, str(self._path))

    def check_space(self) -> None:
        """Check that the disk has free space.

        Raises
        ------
        StoreUnavailableError
            If less than 4 MB are free.
        """
        if self._path is not None:
            require_space(self._path.parent)

    def _keeps_log(self) -> bool:
        return os.pread(self._handle, 20, 0)[18:20] == bytes((_WAL_VERSION, _WAL_VERSION))


def require_space(folder: Path) -> None:
    """Check that the disk of a folder has free space.

    Raises
    ------
    StoreUnavailableError
        If less than 4 MB are free.
    """
    with _in_plain_words():
        free_bytes = shutil.disk_usage(folder).free
    if free_bytes < LEAST_FREE_BYTES:
        raise unavailable(ALMOST_FULL)


@contextmanager
def _in_plain_words() -> Iterator[None]:
    """Translate errors of the file system about an open database; raise StoreUnavailableError."""
    try:
        yield
    except OSError as err:
        raise unavailable(_BY_ERRNO.get(err.errno or 0, DISK_FAILS), repr(err)) from err


def prepare_file(path: Path, make: Callable[[Path], None]) -> None:
    """Create a database file if there is none, and make an existing one readable only by its owner.

    Parameters
    ----------
    path
        The file; its folder is created too.
    make
        Writes an empty database to the given path. The file gets its own name once it is complete, so that processes
        that start together, or one that is killed, never leave a file that looks empty.

    Raises
    ------
    StoreUnavailableError
        If folder or file cannot be created, or an empty database would silently replace existing data.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        if path.is_dir():
            raise StoreUnavailableError(tr(CLOSED), detail=f"{path} is a folder")
        if path.exists():
            if path.stat().st_size == 0:
                raise StoreUnavailableError(
                    f"The database file {path.name} is empty (0 bytes); restore it from a copy. "
                    "To begin with a new database, delete this file.",
                    detail=str(path),
                )
            require_readable(path)
        else:
            _make_new(path, make)
        for file in (path, *(companion_file(path, ending) for ending in ("-wal", "-shm", "-journal"))):
            make_private(file)
    except OSError as err:
        raise StoreUnavailableError(tr(DISK_FAILS if is_failing(err) else CLOSED), detail=str(err)) from err


def require_readable(path: Path) -> None:
    """Raise an error that names the database file if it belongs to another user.

    Raises
    ------
    StoreUnavailableError
        If this user may not read it.
    """
    if not os.access(path, os.R_OK):
        raise StoreUnavailableError(
            f"The database file {path} belongs to another user. Run this as the user of the site, or give that user "
            f"the file, as root: {shlex.join(['chown', f'--reference={path.parent}', str(path)])}",
            detail=str(path),
        )


def _make_new(path: Path, make: Callable[[Path], None]) -> None:
    log_file = companion_file(path, "-wal")
    if log_file.exists() and log_file.stat().st_size and not path.exists():
        raise StoreUnavailableError(
            f"The database file {path.name} is missing, but its write-ahead log is there; restore the file. "
            f"To begin with a new database, delete {log_file.name} too.",
            detail=str(path),
        )
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    os.close(handle)
    try:
        make(Path(name))
        publish(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def sqlite_path(url: sa.URL) -> Path | None:
    """Return the file in a database URL, or None if the URL names a server."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return Path(url.database.removeprefix("file:").partition("?")[0])


def companion_file(path: Path, ending: str) -> Path:
    """Return a companion file of a SQLite database: ``-wal``, ``-shm`` or ``-journal``."""
    return path.with_name(path.name + ending)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
