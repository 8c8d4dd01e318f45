"""Back up a site, also while it runs: database with pictures, the operator's own files, settings."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rallymap import __version__
from rallymap.errors import BackupError
from rallymap.file_faults import file_fault
from rallymap.private_files import FOLDER_MODE, prepare_home
from rallymap.query.guided_views import FILE_NAME as GUIDED_VIEWS
from rallymap.settings import Settings
from rallymap.settings_file import SETTINGS_FILE, settings_text, shareable
from rallymap.store.copies import copy_database, copy_name
from rallymap.store.home_lock import require_no_half_restore
from rallymap.upkeep.archive import write_archive
from rallymap.upkeep.encryption import check_passphrase
from rallymap.upkeep.manifest import Manifest, Stored

KEY_NAME: Final = "rallymap.key"
ENDING, ENCRYPTED_ENDING = ".tar.gz", ".tar.gz.enc"
_OURS = re.compile(r"rallymap-(\d{8}T\d{6}Z)\.tar\.gz(\.enc)?")
_WORK_FOLDER = ".backup-"
_LEFT_FOLDERS: Final = (f"{_WORK_FOLDER}*", ".verify-*", ".restore-*")
_LEFT_ARCHIVES: Final = ".rallymap-*.tar.gz*-*"
_LEFTOVER_S = 86_400
"""Age at which temporary files are leftovers of a killed command: no command takes a day."""


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """A completed backup.

    Attributes
    ----------
    size
        Size of its file in bytes.
    deleted
        Names of older backups that were deleted to keep the configured number.
    """

    path: Path
    size: int
    manifest: Manifest
    deleted: tuple[str, ...]

    @property
    def contains_key(self) -> bool:
        """Return whether the backup contains the secret key."""
        return KEY_NAME in self.manifest.files


def make_backup(
    settings: Settings,
    target: Path,
    *,
    now: datetime,
    passphrase: str = "",
    with_key: bool = False,
    keep: int | None = None,
) -> BackupSummary:
    """Back up everything that is needed to run the site elsewhere.

    Parameters
    ----------
    target
        A file that does not exist yet, or a folder, in which the backup is named after the time.
    passphrase
        Passphrase for encryption; "" for none.
    with_key
        Whether to include the secret key, which requires a passphrase.
    keep
        How many backups to keep in the folder; None keeps all.

    Raises
    ------
    BackupError
        If the backup cannot be written.
    StoreUnavailableError
        If the database cannot be read.
    """
    if passphrase:
        check_passphrase(passphrase)
    elif with_key:
        raise BackupError("A backup with the secret key in it must be encrypted; use --encrypt.")
    if not settings.home.is_dir():
        raise BackupError(f"There is nothing to back up: the folder {settings.home} does not exist.")
    require_no_half_restore(settings.home)
    try:
        prepare_home(settings.home, settings.data_files)
        _delete_leftovers(settings.home, target if target.is_dir() else target.parent)
        if target == settings.backup_dir:
            make_backup_folder(target)
        path = target / backup_name(now, is_encrypted=bool(passphrase)) if target.is_dir() else target
        # The temporary copy is in the home folder, like the database: the target can be a disk that others can read.
        with tempfile.TemporaryDirectory(dir=settings.home, prefix=_WORK_FOLDER) as folder:
            manifest, files = _collect(settings, Path(folder), now, with_key=with_key)
            write_archive(path, manifest, files, passphrase)
    except OSError as err:
        named = Path(err.filename) if isinstance(err.filename, str) else settings.home
        where = settings.home if any(part.startswith(_WORK_FOLDER) for part in named.parts) else named
        raise BackupError(f"The backup cannot be made: {file_fault(err, where)}.", detail=repr(err)) from err
    deleted = () if keep is None else _rotate(path.parent, keep)
    return BackupSummary(path, path.stat().st_size, manifest, deleted)


def make_backup_folder(folder: Path) -> None:
    """Create the backup folder of the settings if it does not exist.

    Raises
    ------
    BackupError
        If the folder cannot be created.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    except OSError as err:
        raise BackupError(
            f"The folder for backups cannot be made: {file_fault(err, folder)}.", detail=repr(err)
        ) from err


def backup_name(now: datetime, *, is_encrypted: bool, kind: str = "") -> str:
    """Return the file name of a backup made at this time; only backups without a kind are rotated."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"rallymap-{kind}{stamp}{ENCRYPTED_ENDING if is_encrypted else ENDING}"


def list_backups(folder: Path) -> list[tuple[datetime, Path]]:
    """Return a folder's backups that are named after their time, oldest first; [] if the folder does not exist."""
    if not folder.is_dir():
        return []
    found = ((match, path) for path in folder.iterdir() if (match := _OURS.fullmatch(path.name)))
    return sorted((datetime.strptime(f"{match[1]}+0000", "%Y%m%dT%H%M%SZ%z"), path) for match, path in found)


def _collect(settings: Settings, folder: Path, now: datetime, *, with_key: bool) -> tuple[Manifest, dict[str, Path]]:
    facts = copy_database(settings.database_url, folder)
    kept, left_out = shareable(settings.given)
    (folder / SETTINGS_FILE).write_text(settings_text(kept), "utf-8")
    files = {copy_name(settings.database_url): folder / copy_name(settings.database_url)}
    files[SETTINGS_FILE] = folder / SETTINGS_FILE
    for name, source in _other_files(settings, with_key=with_key):
        files[name] = folder / name
        files[name].parent.mkdir(exist_ok=True)
        shutil.copyfile(source, files[name])
    stored = {name: Stored.of(path) for name, path in files.items()}
    manifest = Manifest(now, __version__, settings.site_name, facts.schema, facts.counts, tuple(left_out), stored)
    return manifest, files


def _other_files(settings: Settings, *, with_key: bool) -> Iterator[tuple[str, Path]]:
    for path in (settings.overrides_path, settings.home / GUIDED_VIEWS):
        if path.is_file():
            yield path.name, path
    if settings.has_own_data:
        for path in sorted(settings.data_dir.glob("[A-Za-z0-9]*")):
            if path.suffix in (".csv", ".md") and path.is_file():
                yield f"data/{path.name}", path
    for path in sorted(settings.language_dir.glob("[A-Za-z0-9]*.po")):
        yield f"language/{path.name}", path
    for folder in settings.own_text_dirs:
        for path in sorted(folder.glob("[A-Za-z0-9]*.txt")):
            yield f"{folder.name}/{path.name}", path
    if with_key:
        if not settings.key_file.is_file():
            raise BackupError(f"The key file {settings.key_file.name} is missing, so it cannot be put into the backup.")
        yield KEY_NAME, settings.key_file


def _rotate(folder: Path, keep: int) -> tuple[str, ...]:
    old = [path for _, path in list_backups(folder)][:-keep]
    try:
        for path in old:
            path.unlink(missing_ok=True)
    except OSError as err:
        raise BackupError(
            f"The backup is made, but older ones cannot be deleted: {file_fault(err, folder)}.", detail=repr(err)
        ) from err
    return tuple(path.name for path in old)


def _delete_leftovers(home: Path, target: Path) -> None:
    """Delete files of commands that were killed: copies of the database, and incomplete archives."""
    folders = [path for pattern in _LEFT_FOLDERS for path in home.glob(pattern) if path.is_dir()]
    for path in [*folders, *(path for path in target.glob(_LEFT_ARCHIVES) if path.is_file())]:
        if time.time() - path.stat().st_mtime < _LEFTOVER_S:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
