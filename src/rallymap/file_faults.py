"""Describe file errors for the operator: what, where, and what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
_REFUSED: Final = (errno.EACCES, errno.EPERM)
_FAILING: Final = (errno.EIO, errno.EUCLEAN, errno.EBADMSG, errno.ENODEV, errno.ENXIO)
"""A block that cannot be read or written, a damaged file system, a disk that was removed."""


def is_of_disk(err: BaseException) -> bool:
    """Return whether an error is about a disk that is full, read-only or failing, not about a file."""
    return isinstance(err, OSError) and err.errno in (*_FULL, *_FAILING, errno.EROFS)


def is_failing(err: BaseException) -> bool:
    """Return whether an error says that the disk cannot be read or written: the file itself can be undamaged."""
    return isinstance(err, OSError) and err.errno in _FAILING


def file_fault(err: OSError, where: Path) -> str:
    """Return a description without a full stop, to be used after a colon.

    Parameters
    ----------
    where
        Folder or file that could not be read or written, as given by the operator.
    """
    if err.errno in _FULL:
        return f"the disk of {where} is full; make room on it, and try again"
    if err.errno == errno.EROFS:
        return f"the disk of {where} can only be read; mount it so that it can be written, and look for a fault of it"
    if is_failing(err):
        return (
            f"the disk failed to read or write {where} ({err.strerror or 'input/output error'}), so the content can be "
            "undamaged; look at the system's log (dmesg), copy what you need to another disk, and replace this disk"
        )
    if err.errno in _REFUSED:
        return f"this user has no access to {where}; run the command as the user of the site, who has to own it"
    return f"{err.strerror or 'unknown reason'} ({where})"


def reason_of(err: Exception, where: Path) -> str:
    """Return why a file that need not belong to the site could not be read or written, for use after a colon."""
    if is_of_disk(err) and isinstance(err, OSError):
        return file_fault(err, where)
    if isinstance(err, UnicodeDecodeError):
        return "it is not a text in UTF-8"
    return getattr(err, "strerror", None) or "unknown reason"


def shipped_file_fault(what: str, err: Exception, path: Path) -> str:
    """Return the sentence for a file of rallymap itself that cannot be used.

    Parameters
    ----------
    what
        What it is, such as "The list of country names".
    path
        Only its name is in the sentence, which visitors can see.
    """
    if is_failing(err) and isinstance(err, OSError):
        return f"{what} that ships with rallymap cannot be read: {file_fault(err, Path(path.name))}."
    return f"{what} that ships with rallymap is missing or damaged; reinstall rallymap."


def can_be_read(path: Path) -> bool:
    """Return False if the disk fails while a file is read from beginning to end.

    Programs that read a failing disk often call the file damaged. The file is then read again to find the cause. Never
    use it for a database that this process has open; see :class:`rallymap.store.database_file.OpenFile`.
    """
    try:
        with path.open("rb", buffering=0) as file:
            return can_be_read_by(file.fileno())
    except OSError as err:
        return not is_failing(err)


def can_be_read_by(handle: int) -> bool:
    """Return False if the disk fails while the file of an open handle is read from beginning to end."""
    try:
        at = 0
        while block := os.pread(handle, 1 << 20, at):
            at += len(block)
    except OSError as err:
        return not is_failing(err)
    return True
