"""A new password for an account: from the terminal, or from standard input for scripts."""

from __future__ import annotations

import sys

import click

from rallymap.passwords import check_new_password


def new_password(name: str, *, from_stdin: bool) -> str:
    """Return a password that may be one for the account `name`.

    Raises
    ------
    UsageError
        If there is no terminal to ask at, and standard input is not to be read.
    WeakPasswordError
        If it is too short, too long or too plain.
    """
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask for the password; give it with --password-stdin.")
    else:
        password = str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again", err=True))
    check_new_password(password, name)
    return password
