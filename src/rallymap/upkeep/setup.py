"""Set up a new site: home folder, settings file and optionally the first administrator."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rallymap.errors import RallymapError, SettingsError
from rallymap.file_faults import file_fault
from rallymap.private_files import new_file, prepare_home
from rallymap.settings import Settings
from rallymap.settings_file import settings_text


def write_settings(home: Path, values: Mapping[str, str]) -> Settings:
    """Check settings and write them to a commented file; return the settings as later commands read them.

    Parameters
    ----------
    home
        Created if it does not exist.
    values
        Values by environment variable.

    Raises
    ------
    SettingsError
        If a value is invalid, or a settings file already exists.
    RallymapError
        If the folder cannot be written.
    """
    settings = Settings.from_env({**values, "RALLYMAP_HOME": str(home)})
    path = settings.file_path
    if path.exists():
        raise SettingsError(path.name, str(path), "a folder without one; to change settings, edit that file")
    try:
        prepare_home(home, settings.data_files)
        with new_file(path) as file:
            file.write(settings_text(values).encode())
    except OSError as err:
        raise RallymapError(f"The site cannot be set up: {file_fault(err, home)}.", detail=repr(err)) from err
    return settings
