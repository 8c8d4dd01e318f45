"""Passphrase of a backup: from a file, the settings or a prompt, but never an argument, which other users can see."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from rallymap.cli.output import note
from rallymap.file_faults import reason_of
from rallymap.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])


def passphrase_file_option(command: F) -> F:
    """Add the option ``--passphrase-file``."""
    return click.option(
        "--passphrase-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Read the passphrase from the first line of this file.",
    )(command)


def read_passphrase(settings: Settings, file: Path | None) -> str:
    """Return the passphrase from the file or the settings, "" if neither has one.

    Raises
    ------
    ClickException
        If the file cannot be read, or its first line is empty.
    """
    if file is None:
        return settings.backup_passphrase
    try:
        with file.open(encoding="utf-8") as lines:
            passphrase = lines.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as err:
        raise click.ClickException(f"{file.name} cannot be read as a text: {reason_of(err, file)}.") from err
    if not passphrase:
        raise click.ClickException(f"The first line of {file.name} is empty; write the passphrase there.")
    return passphrase


def asked_passphrase(*, is_new: bool) -> str:
    """Prompt for a passphrase in the terminal, twice for a new one.

    Raises
    ------
    UsageError
        If there is no terminal.
    """
    if not sys.stdin.isatty():
        raise click.UsageError(
            "There is no terminal to ask for the passphrase; use --passphrase-file or RALLYMAP_BACKUP_PASSPHRASE."
        )
    passphrase: str = click.prompt(
        "Passphrase", hide_input=True, confirmation_prompt="The same again" if is_new else False, err=True
    )
    if is_new:
        note("Keep the passphrase in a place apart from the backup. Without it nobody can read the backup.")
    return passphrase


def passphrase_to_open(path: Path, settings: Settings, file: Path | None) -> str:
    """Return the passphrase for an existing backup; "" if it is not encrypted."""
    from rallymap.upkeep.archive import needs_passphrase

    if not needs_passphrase(path):
        return ""
    return read_passphrase(settings, file) or asked_passphrase(is_new=False)
