"""A new password for an account: from the terminal, or from standard input for scripts."""

from __future__ import annotations

import sys

import click

from rallymap.cli.output import note
from rallymap.errors import WeakPasswordError
from rallymap.passwords import check_new_password


def new_password(name: str, *, from_stdin: bool) -> str:
    """Return a password that may be one for the account `name`.

    Raises
    ------
    UsageError
        If there is no terminal to ask at, and standard input is not to be read.
    WeakPasswordError
        If it is read from standard input and too short, too long or too plain; at a terminal it is asked for again.
    """
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
        check_new_password(password, name)
        return password
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask for the password; give it with --password-stdin.")
    while True:
        password = str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again", err=True))
        try:
            check_new_password(password, name)
        except WeakPasswordError as err:
            note(err.user_message)
        else:
            return password
