"""Files and folders that only their owner can read."""

from __future__ import annotations

import logging
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rallymap.errors import SettingsError

log = logging.getLogger(__name__)

FOLDER_MODE, FILE_MODE, UMASK = 0o700, 0o600, 0o077


def prepare_home(home: Path, files: Iterable[Path]) -> None:
    """Create the home folder with access for its owner only, or restrict an existing one.

    Also sets the umask: all files that this process writes later, in any folder, are private to their owner.

    Parameters
    ----------
    home
        The folder.
    files
        Files that earlier versions wrote there; existing ones become private. Other files in the folder are unchanged.

    Raises
    ------
    OSError
        If the folder cannot be created.
    SettingsError
        If everyone can write to the folder, such as the system's temporary folder.
    """
    os.umask(UMASK)
    home.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    if home.stat().st_mode & stat.S_ISVTX:
        raise SettingsError(
            "RALLYMAP_HOME", str(home), "a folder of its own; this one is shared with everybody on this machine"
        )
    make_private(home)
    for file in files:
        make_private(file)


def make_private(path: Path) -> None:
    """Remove all permissions of group and others from a file or folder, if it exists; symbolic links are unchanged."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or not mode & 0o077:
            return
        path.chmod(FOLDER_MODE if stat.S_ISDIR(mode) else FILE_MODE)
    except FileNotFoundError:
        return
    except OSError as err:
        log.warning("Others on this machine can read %s, and this cannot be changed: %s.", path, err)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Write a new file atomically: it gets its name after it is complete and flushed to disk.

    If two processes write the same file at once, the first one is kept (see :func:`publish`).

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        publish(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def publish(written: Path, path: Path) -> None:
    """Rename a complete file to its final name, unless another process has already created that file.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    try:
        path.hardlink_to(written)
    except FileExistsError:
        return
    except OSError:
        # The file system has no hard links; here two processes that start at the same moment are not detected.
        if not path.exists():
            written.replace(path)
