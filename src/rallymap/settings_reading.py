"""Read the settings file; errors name the invalid line and the correct form."""

from __future__ import annotations

import difflib
import errno
import re
import shlex
import stat
import tomllib
from pathlib import Path

from rallymap.errors import SettingsError, SettingsFileError
from rallymap.settings_file import LINES, PREFIX

MAX_BYTES = 200_000
_LINE_NUMBER = re.compile(r"at line (\d+)")
_TWICE = "Cannot overwrite a value"
_PATHS = ("key_file", "data", "backup_dir")
_SQLITE = "sqlite:///"
_UNCLOSED = ("Unterminated", "Unclosed")


def read_settings_file(path: Path) -> dict[str, str]:
    """Read the file; return values as text by environment variable, {} if the file does not exist.

    Raises
    ------
    SettingsFileError
        If the file cannot be read, or contains an unknown name.
    SettingsError
        If a value has a type that no setting uses.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait forever
            raise SettingsFileError(f"{path} is not a file; write the settings into a file of this name.")
        if status.st_size > MAX_BYTES:
            raise SettingsFileError(f"{path} has more than 200 kB, so it is no file of settings.")
        text = path.read_text("utf-8-sig")  # some editors write a byte order mark
    except FileNotFoundError as err:
        if not path.is_symlink():
            return {}
        raise SettingsFileError(
            f"{path} is a link to {path.readlink()}, which does not exist; put the file there, or delete the link.",
            detail=str(err),
        ) from err
    except NotADirectoryError:
        return {}  # the home folder cannot be created; this is reported elsewhere
    except UnicodeDecodeError as err:
        raise SettingsFileError(f"{path} is not in UTF-8; save it again in this encoding.", detail=str(err)) from err
    except OSError as err:
        raise SettingsFileError(
            f"{path} cannot be read: {err.strerror or 'unknown reason'}. {_remedy(err, path)}", detail=repr(err)
        ) from err
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise SettingsFileError(_unreadable_line(path, text, str(err)), detail=str(err)) from err
    return {
        _variable(path, name, value): _from_home(name, _as_text(path, name, value), path.parent)
        for name, value in tree.items()
    }


def _remedy(err: OSError, path: Path) -> str:
    if isinstance(err, PermissionError):
        command = shlex.join(["chown", f"--reference={path.parent}", str(path)])
        return f"Run this as the user of the site, or give that user the file, as root: {command}"
    if err.errno == errno.ELOOP:
        return "Delete this link, and put the file in its place."
    return "Check the disk that it is on."


def _from_home(name: str, value: str, home: Path) -> str:
    """Return a path as seen from the home folder: the server and a command may run in different folders."""
    if name in _PATHS and value:
        return str(home / Path(value).expanduser())
    if name == "database_url" and value.startswith(_SQLITE) and not value.startswith(f"{_SQLITE}file:"):
        return f"{_SQLITE}{home / value.removeprefix(_SQLITE)}" if value != _SQLITE else value
    return value


def _unreadable_line(path: Path, text: str, problem: str) -> str:
    """Describe an invalid TOML line and the correct form, without its value, which can be a password."""
    if problem.startswith(_UNCLOSED):
        return f"{path} ends within a value; close the quotation mark or bracket that is open."
    lines = text.rstrip().splitlines()
    found = _LINE_NUMBER.search(problem)
    number = min(int(found[1]), len(lines)) if found else len(lines)
    name = lines[number - 1].partition("=")[0].strip()
    where = f"{path}, line {number}{f' ({name})' if name in LINES else ''}"
    if problem.startswith(_TWICE):
        return f"{where}: this setting is in the file twice; delete one of the lines."
    return f'{where} cannot be read; write it like site_name = "Rallies", with straight quotation marks around a text.'


def _variable(path: Path, name: str, value: object) -> str:
    if name in LINES:
        return LINES[name].variable
    if isinstance(value, dict):
        raise SettingsFileError(f'{path} has a section [{name}]; write each setting whole, such as mail_host = "…".')
    plain = name.lower().replace("-", "_").removeprefix(PREFIX.lower())
    near = [plain] if plain in LINES else difflib.get_close_matches(plain, LINES, n=1)
    hint = f"perhaps you mean {near[0]}" if near else "README lists all settings"
    raise SettingsFileError(f"{path} has the line “{name}”, which is no setting; {hint}.")


def _as_text(path: Path, name: str, value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ",".join(value)
    shown = "…" if LINES[name].is_secret else str(value)[:80]
    raise SettingsError(f"{name} in {path}", shown, "a text, a number, true or false, or a list of texts")
