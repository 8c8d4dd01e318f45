"""A new password for an account: from the terminal, or from standard input for scripts."""

from __future__ import annotations

import sys

import click

from rallymap.cli.output import note
from rallymap.errors import WeakPasswordError
from rallymap.passwords import check_new_password


def new_password(name: str, *, from_stdin: bool) -> str:
    """Prompt for or read a password that is acceptable for the account `name`.

    Raises
    ------
    UsageError
        If there is no terminal for a prompt and `from_stdin` is False.
    WeakPasswordError
        If a password from standard input is too short, too long or too plain; a prompt is repeated instead.
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
