"""Restore a backup into the home folder; the old files are kept in a separate folder.

First the backup is unpacked and checked next to the old files. Then a plan of file moves is written to disk and
executed. While the plan exists, rallymap does not start; if the process is killed, :func:`resume_restore` finishes the
moves.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rallymap.errors import BackupError
from rallymap.file_faults import file_fault
from rallymap.own_command import own_command
from rallymap.private_files import FOLDER_MODE, prepare_home
from rallymap.query.guided_views import FILE_NAME as GUIDED_VIEWS
from rallymap.settings import Settings
from rallymap.settings_file import SETTINGS_FILE
from rallymap.store.copies import (
    DUMP_NAME,
    SQLITE_NAME,
    CopyFacts,
    copy_database,
    copy_name,
    database_facts,
    database_files,
    require_unused,
    restore_database,
)
from rallymap.store.home_lock import RESTORING_FILE, HomeLock, require_no_half_restore
from rallymap.upkeep.backup import KEY_NAME
from rallymap.upkeep.manifest import Manifest
from rallymap.upkeep.verify import open_backup

_STAGE = ".restore-"


@dataclass(frozen=True, slots=True)
class Restored:
    """Result of a restore.

    Attributes
    ----------
    aside
        Folder with the previous files; None if there were none.
    has_key
        Whether the database's secret key is in place.
    own_data
        Folder with the restored tables of the operator, which the settings must name; None if there are none.
    took_settings
        Whether the settings file is from the backup; False if one already existed.
    """

    manifest: Manifest
    aside: Path | None
    has_key: bool
    own_data: Path | None
    took_settings: bool


def restore_backup(
    path: Path,
    settings: Settings,
    *,
    now: datetime,
    passphrase: str = "",
    replace: bool = False,
    key_file: Path | None = None,
) -> Restored:
    """Restore a site from a backup.

    Parameters
    ----------
    replace
        Whether existing data may be moved aside.
    key_file
        A copy of the secret key, for a backup that does not contain it.

    Raises
    ------
    BackupError
        If the backup is damaged or of another kind of database, data already exist, or files cannot be written.
    SchemaVersionError
        If a newer rallymap made the backup.
    StoreUnavailableError
        If rallymap is running here.
    """
    try:
        with _exclusive_home(settings):
            require_no_half_restore(settings.home)
            require_unused(settings.database_url)
            there = [file for file in _replaced_files(settings) if file.exists()]
            has_database = _has_database(settings)
            if (has_database or there) and not replace:
                raise BackupError(
                    f"There are data in {settings.home} already. To put them aside and restore the backup: "
                    f"{own_command(f'restore --replace {path}')}"
                )
            stage = settings.home / f"{_STAGE}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
            stage.mkdir(mode=FOLDER_MODE)
            try:
                manifest, facts = open_backup(path, stage, passphrase)
                _require_kind(stage, settings)
                _restore_key(stage, facts, settings, key_file)
                aside = f"before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
                result = _result(settings, manifest, facts, stage, aside if has_database or there else "")
                _begin(settings, stage, aside, there)
            except BaseException:
                shutil.rmtree(stage, ignore_errors=True)
                raise
            _apply_plan(settings)
            return result
    except OSError as err:
        raise BackupError(
            f"The backup cannot be restored: {file_fault(err, settings.home)}.", detail=repr(err)
        ) from err


def resume_restore(settings: Settings) -> bool:
    """Finish an interrupted restore; return False if there is none.

    Raises
    ------
    BackupError
        If files cannot be moved; the restore can then be finished later.
    StoreUnavailableError
        If a rallymap is running here.
    """
    try:
        if not (settings.home / RESTORING_FILE).exists():
            return False
        with _exclusive_home(settings):
            _apply_plan(settings)
    except OSError as err:
        raise BackupError(
            f"The restore cannot be finished yet: {file_fault(err, settings.home)}.", detail=repr(err)
        ) from err
    return True


@contextlib.contextmanager
def _exclusive_home(settings: Settings) -> Iterator[None]:
    prepare_home(settings.home, settings.data_files)
    lock = HomeLock.alone(settings.home)
    try:
        yield
    finally:
        lock.release()


def _replaced_files(settings: Settings) -> list[Path]:
    return [
        *database_files(settings.database_url),
        settings.overrides_path,
        settings.home / GUIDED_VIEWS,
        settings.home / "data",
        settings.language_dir,
        *settings.own_text_dirs,
    ]


def _has_database(settings: Settings) -> bool:
    files = database_files(settings.database_url)
    return files[0].exists() if files else database_facts(settings.database_url) is not None


def _require_kind(stage: Path, settings: Settings) -> None:
    if not (stage / copy_name(settings.database_url)).exists():
        is_dump = (stage / DUMP_NAME).exists()
        raise BackupError(
            f"This backup is of {'PostgreSQL' if is_dump else 'SQLite'}, and the settings name another kind of "
            "database; set RALLYMAP_DATABASE_URL to one of the same kind."
        )


def _restore_key(stage: Path, facts: CopyFacts, settings: Settings, key_file: Path | None) -> None:
    """Add the key to the staged files, unless it is already in place."""
    if key_file is not None:
        if not facts.fits_key(key_file):
            raise BackupError(f"{key_file.name} is not the key of the database in this backup.")
        shutil.copyfile(key_file, stage / KEY_NAME)
    if facts.fits_key(settings.key_file):
        (stage / KEY_NAME).unlink(missing_ok=True)  # already in place


def _result(settings: Settings, manifest: Manifest, facts: CopyFacts, stage: Path, aside: str) -> Restored:
    return Restored(
        manifest=manifest,
        aside=settings.home / aside if aside else None,
        has_key=facts.holds_key or (stage / KEY_NAME).exists() or facts.fits_key(settings.key_file),
        own_data=settings.home / "data" if (stage / "data").exists() else None,
        took_settings=not settings.file_path.exists(),
    )


def _begin(settings: Settings, stage: Path, aside: str, there: list[Path]) -> None:
    """Write the plan of file moves; from then on the restore can only be finished, not undone."""
    away = [(path, path.parent / aside / path.name) for path in there]
    if (stage / KEY_NAME).exists() and settings.key_file.exists():
        away.append((settings.key_file, settings.key_file.parent / aside / settings.key_file.name))
    database = database_files(settings.database_url)
    targets = {
        settings.overrides_path.name: settings.overrides_path,
        GUIDED_VIEWS: settings.home / GUIDED_VIEWS,
        KEY_NAME: settings.key_file,
        "data": settings.home / "data",
        "language": settings.language_dir,
        **{folder.name: folder for folder in settings.own_text_dirs},
    }
    if not settings.file_path.exists():
        targets[SETTINGS_FILE] = settings.file_path
    if database:
        targets[SQLITE_NAME] = database[0]
    elif database_facts(settings.database_url) is not None:
        folder = settings.home / aside
        folder.mkdir(mode=FOLDER_MODE)
        copy_database(settings.database_url, folder)
    into = [(stage / name, target) for name, target in targets.items() if (stage / name).exists()]
    plan = {
        "stage": str(stage),
        "dump": "" if database else str(stage / DUMP_NAME),
        "away": [[str(a), str(b)] for a, b in away],
        "into": [[str(a), str(b)] for a, b in into],
    }
    draft = stage / "plan"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(plan, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(settings.home / RESTORING_FILE)


def _apply_plan(settings: Settings) -> None:
    """Execute the moves of the plan that are not done yet; repeated calls have no further effect."""
    plan = json.loads((settings.home / RESTORING_FILE).read_text("utf-8"))
    if plan["dump"]:
        restore_database(settings.database_url, Path(plan["dump"]))
    for source, target in plan["away"]:
        # Both paths are in the same folder, so the rename is atomic; if the target exists, it is done.
        if Path(source).exists() and not Path(target).exists():
            Path(target).parent.mkdir(exist_ok=True, mode=FOLDER_MODE)
            Path(source).replace(target)
    for source, target in plan["into"]:
        if Path(source).exists():
            _put(Path(source), Path(target))
    (settings.home / RESTORING_FILE).unlink()
    shutil.rmtree(plan["stage"], ignore_errors=True)


def _put(source: Path, target: Path) -> None:
    """Move a file or folder, also between file systems, so that the target is never incomplete."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    if source.stat().st_dev == target.parent.stat().st_dev:
        source.replace(target)
        return
    draft = target.with_name(f".{target.name}.restored")
    if source.is_dir():
        shutil.copytree(source, draft, dirs_exist_ok=True)
    else:
        shutil.copyfile(source, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
    draft.replace(target)
    if source.is_dir():
        shutil.rmtree(source)
    else:
        source.unlink()
