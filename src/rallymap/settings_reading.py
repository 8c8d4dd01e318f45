"""Read the settings file; errors name the invalid line and the correct form."""

from __future__ import annotations

import difflib
import re
import shlex
import tomllib
from pathlib import Path

from rallymap.errors import SettingsError, SettingsFileError
from rallymap.settings_file import LINES, PREFIX

MAX_BYTES = 200_000
_LINE_NUMBER = re.compile(r"at line (\d+)")
_TWICE = "Cannot overwrite a value"
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
        if path.stat().st_size > MAX_BYTES:
            raise SettingsFileError(f"{path} has more than 200 kB, so it is no file of settings.")
        text = path.read_text("utf-8-sig")  # some editors write a byte order mark
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        return {}  # the home folder cannot be created; this is reported elsewhere
    except UnicodeDecodeError as err:
        raise SettingsFileError(f"{path} is not in UTF-8; save it again in this encoding.", detail=str(err)) from err
    except OSError as err:
        command = shlex.join(["chown", f"--reference={path.parent}", str(path)])
        raise SettingsFileError(
            f"{path} cannot be read: {err.strerror or 'unknown reason'}. Run this as the user of the site, or give "
            f"that user the file, as root: {command}",
            detail=repr(err),
        ) from err
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise SettingsFileError(_unreadable_line(path, text, str(err)), detail=str(err)) from err
    return {_variable(path, name, value): _as_text(path, name, value) for name, value in tree.items()}


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
