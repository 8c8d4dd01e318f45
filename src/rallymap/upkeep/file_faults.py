"""Say for the operator why the system refused a file, where, and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (errno.EACCES, errno.EPERM)


def file_fault(err: OSError, where: Path) -> str:
    """Return half a sentence, without a full stop, for after a colon.

    Parameters
    ----------
    where
        The folder or file that was to be read or written, as the operator named it.
    """
    if err.errno in _FULL:
        return f"the disk of {where} is full; make room on it, and try again"
    if err.errno == errno.EROFS:
        return f"the disk of {where} can only be read; mount it so that it can be written, and look for a fault of it"
    if err.errno in _REFUSED:
        return f"this user has no access to {where}; run the command as the user of the site, who has to own it"
    return f"{err.strerror or 'unknown reason'} ({where})"
