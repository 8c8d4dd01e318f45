"""Set up a new site: its home folder, settings file and, where wanted, first administrator."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rallymap.errors import SettingsError
from rallymap.private_files import new_file, prepare_home
from rallymap.settings import Settings
from rallymap.settings_file import settings_text


def write_settings(home: Path, values: Mapping[str, str]) -> Settings:
    """Check settings, and write the commented file that holds them; return them as later commands read them.

    Parameters
    ----------
    home
        Made where it is not there.
    values
        By environment variable.

    Raises
    ------
    SettingsError
        If a value cannot be used, there is a settings file already, or the folder cannot be written.
    """
    settings = Settings.from_env({**values, "RALLYMAP_HOME": str(home)})
    path = settings.file_path
    if path.exists():
        raise SettingsError(path.name, str(path), "a folder without one; to change settings, edit that file")
    try:
        prepare_home(home, settings.written_files)
        with new_file(path) as file:
            file.write(settings_text(values).encode())
    except OSError as err:
        raise SettingsError("RALLYMAP_HOME", str(home), f"a folder that can be written ({err.strerror})") from err
    return settings
