"""Describe file errors for the operator: what, where, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (errno.EACCES, errno.EPERM)


def is_of_disk(err: OSError) -> bool:
    """Return whether an error is about a disk that is full, read-only or failing, not about a file."""
    return err.errno in (*_FULL, errno.EROFS, errno.EIO)


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
    if err.errno == errno.EIO:
        return f"the disk of {where} fails; copy what you need from it to another disk, and replace it"
    if err.errno in _REFUSED:
        return f"this user has no access to {where}; run the command as the user of the site, who has to own it"
    return f"{err.strerror or 'unknown reason'} ({where})"
