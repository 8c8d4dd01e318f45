"""Check a site's files: who can read and write them, and old copies that still contain deleted data."""

from __future__ import annotations

import os
import shlex
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rallymap.file_faults import file_fault
from rallymap.own_command import own_command
from rallymap.settings import Settings
from rallymap.upkeep.backup import ENCRYPTED_ENDING, list_backups
from rallymap.upkeep.finding import Finding

_OTHERS: Final = 0o077
_NAMED: Final = 5
OLD_COPIES: Final = ("before-restore-*", "rallymap-before-upgrade-*")
"""Not rotated: the person who restored or upgraded deletes them."""


def check_files(settings: Settings) -> Iterator[Finding]:
    """Check the home folder and the folder of backups."""
    home = settings.home
    if not home.is_dir():
        yield Finding("home folder", f"{home} does not exist; make it with: {own_command('init')}", False)
        return
    try:
        with tempfile.TemporaryFile(dir=home):
            yield Finding("home folder", f"{home} can be written")
    except OSError as err:
        yield Finding("home folder", f"It cannot be written: {file_fault(err, home)}.", False)
    files = sorted({home, *settings.data_files, settings.key_file})
    yield _permissions([*files, *_open_backups(settings)])
    yield from _owners(home, files)
    yield from _old_copies(settings)
    if settings.file_path.is_file():
        yield Finding("settings", str(settings.file_path))
    else:
        yield Finding("settings", "There is no rallymap.toml; the settings come from the environment alone.")


def _open_backups(settings: Settings) -> list[Path]:
    return [path for _, path in list_backups(settings.backup_dir) if not path.name.endswith(ENCRYPTED_ENDING)]


def _permissions(paths: list[Path]) -> Finding:
    shared = [path for path in paths if (found := _stat(path)) and stat.S_IMODE(found.st_mode) & _OTHERS]
    if not shared:
        return Finding("permissions", "nobody else can read the files")
    return Finding(
        "permissions",
        f"Others on this machine may read {_path_list(shared)}. Run: chmod go= {_in_shell(shared)}",
        False,
    )


def _owners(home: Path, paths: list[Path]) -> Iterator[Finding]:
    """Find files left by a command that another user ran, which the server cannot write."""
    owner = home.stat().st_uid
    foreign = [path for path in paths if (found := _stat(path)) and found.st_uid != owner]
    if foreign:
        command = f"chown --reference={_in_shell([home, *foreign])}"
        said = f"Of another user than {home}: {_path_list(foreign)}. Run as root: {command}"
        yield Finding("owner", said, False)
    elif hasattr(os, "geteuid") and os.geteuid() not in (0, owner):
        said = f"{home} belongs to another user than the one of this command; run it as the user of rallymap."
        yield Finding("owner", said, False)


def _old_copies(settings: Settings) -> Iterator[Finding]:
    folders = {settings.home, settings.backup_dir}
    found = sorted(path for folder in folders for pattern in OLD_COPIES for path in folder.glob(pattern))
    if found:
        said = "They hold what has been deleted in the site since. Delete them once you are sure that all is there."
        yield Finding("old copies", f"{_path_list(found)}. {said}", False)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _path_list(paths: list[Path]) -> str:
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(map(str, paths[:_NAMED])) + more


def _in_shell(paths: list[Path]) -> str:
    """Quote paths for a shell; only the first of many, so that repeated checks report the others."""
    return shlex.join(map(str, paths[:_NAMED]))
