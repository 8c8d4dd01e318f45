"""Files and folders that nobody but their owner may read."""

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
    """Make the folder for everything that is written, for its owner alone, and repair one that is too open.

    What this process writes from now on is for its owner alone too, in any folder.

    Parameters
    ----------
    home
        The folder.
    files
        What earlier versions wrote there; those that exist are repaired. Other files in it are left alone.

    Raises
    ------
    OSError
        If the folder cannot be made.
    SettingsError
        If it is a folder that everybody can write to, such as the system's folder for temporary files.
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
    """Take all permissions of others from a file or folder, if it exists; a link is left as it is."""
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
    """Write a new file that gets its name once it is whole and on the disk, and never in part.

    Two processes may write the same one at once: the first stays (:func:`publish`).

    Raises
    ------
    OSError
        If it cannot be written.
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
    """Give a file that is complete its name; a file of this name that another process made meanwhile stays.

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
        # A file system without hard links; there two processes that start at once are not distinguished.
        if not path.exists():
            written.replace(path)
