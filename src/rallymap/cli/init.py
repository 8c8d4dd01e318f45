"""``rallymap init``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Final

import click

from rallymap.cli.opened import opened_database
from rallymap.cli.output import note
from rallymap.errors import RallymapError, SettingsError
from rallymap.licences import KNOWN
from rallymap.own_command import own_command
from rallymap.settings import Settings
from rallymap.settings_file import LINES

QUESTIONS: Final = {
    "site_name": ("Name of the site", "rallymap"),
    "address": ("Its address, such as https://rallies.example.org/", ""),
    "operator": ("Who runs it: you, or your association", ""),
    "imprint": ("Imprint, in one line (more lines later in the file)", ""),
    "contact_url": ("Web page where visitors write to you", ""),
    "privacy_contact": ("E-mail address for questions about personal data", ""),
    "takedown_contact": ("E-mail address for requests to take an event down", ""),
    "data_licence": ("Licence of the events that are sent in", "CC BY 4.0"),
    "data_licence_url": (f"Web address of its text, for another licence than {', '.join(KNOWN)}", ""),
}
_LICENCE, _LICENCE_URL = "data_licence", "data_licence_url"


def _asked_options(command: Callable[..., None]) -> Callable[..., None]:
    for name, (question, _) in reversed(QUESTIONS.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, help=f"{question}.")(command)
    return command


@click.command()
@_asked_options
@click.option("--bundled/--empty", "bundled", default=None, help="Begin with the bundled events, or with none.")
@click.option("--administrator", metavar="NAME", help="Make the account of the first administrator.")
@click.option("--password-stdin", is_flag=True, help="Read their password from the first line of standard input.")
@click.option("--yes", is_flag=True, help="Ask nothing; what is not given stays as it is by default.")
def init(bundled: bool | None, administrator: str | None, password_stdin: bool, yes: bool, **given: str | None) -> None:
    """Set up a new site: write rallymap.toml into the home folder, create the database and the first account.

    Asks for what the options leave out, unless --yes is given or there is no terminal. All commands and the server
    read the file; it explains each setting.

    \b
    Examples:
      rallymap init
      rallymap init --yes --site-name "Rallies of the North" --address https://rallies.example.org/ --empty
      rallymap init --yes --administrator ada --password-stdin < password.txt
    """
    from rallymap.cli.password import new_password
    from rallymap.store.accounts import clean_name
    from rallymap.upkeep.setup import write_settings

    current = Settings.from_env()
    if current.file_path.exists():
        raise click.ClickException(f"There is {current.file_path} already; edit that file to change settings.")
    asks = not yes and not password_stdin and sys.stdin.isatty()
    if administrator:
        clean_name(administrator)  # before anything is written
    names = [name for name in QUESTIONS if name not in (_LICENCE, _LICENCE_URL)]
    answers = {name: _value(name, given[name], asks=asks) for name in names}
    answers |= _licence(given[_LICENCE], given[_LICENCE_URL], asks=asks)
    values = {LINES[name].variable: answer for name, answer in answers.items()}
    if bundled is None:
        bundled = _is_yes("Begin with the bundled events?") if asks else True
    values[LINES["bundled_events"].variable] = "1" if bundled else "0"
    if values[LINES["address"].variable].startswith("https://"):
        values[LINES["behind_tls"].variable] = "1"
    if asks and administrator is None:
        administrator = _ask("Name of the first administrator (empty: later)", "", clean_name)
    password = new_password(administrator, from_stdin=password_stdin) if administrator else ""
    settings = write_settings(current.home, values)
    click.echo(str(settings.file_path))
    if administrator:
        _add_administrator(administrator, password)
    note("The page docs/first_hour.md leads through the rest.")
    note(f"Next: start the site with {own_command('serve')} or its unit, then run: {own_command('check --deploy')}")


def _value(name: str, given: str | None, *, asks: bool) -> str:
    question, default = QUESTIONS[name]
    if given is None and asks:
        given = _ask(question, default, lambda text: Settings.from_env({LINES[name].variable: text}))
    text = (given or default).strip()
    return text if name != "site_name" or text != default else ""


def _licence(name: str | None, url: str | None, *, asks: bool) -> dict[str, str]:
    """Return name and address of the licence; the address is only asked for if rallymap does not know the licence."""
    question, default = QUESTIONS[_LICENCE]
    while True:
        chosen = name or (_ask(question, default, lambda _: None) if asks else default)
        is_known = chosen.strip().lower() in map(str.lower, KNOWN)
        if is_known or url or not asks:
            return {_LICENCE: chosen, _LICENCE_URL: url or ""}
        check = partial(_check_licence, chosen)
        found = _ask(QUESTIONS[_LICENCE_URL][0], "", check)
        if found:
            return {_LICENCE: chosen, _LICENCE_URL: found}
        name = None  # without an address: another licence


def _check_licence(name: str, url: str) -> None:
    Settings.from_env({LINES[_LICENCE].variable: name, LINES[_LICENCE_URL].variable: url})


def _is_yes(question: str) -> bool:
    answers = click.Choice(["y", "yes", "n", "no"], case_sensitive=False)
    answer = click.prompt(f"{question} (y/n)", default="y", type=answers, show_choices=False, err=True)
    return str(answer).startswith("y")


def _ask(question: str, default: str, check: Callable[[str], object]) -> str:
    """Prompt until the answer is valid, so that one wrong answer does not lose the previous answers."""
    while True:
        text = str(click.prompt(question, default=default, show_default=bool(default), err=True)).strip()
        try:
            if text:
                check(text)
        except SettingsError as err:
            note(f"“{text}” cannot be used here; accepted: {err.accepted}.")
        except RallymapError as err:
            note(err.user_message)
        else:
            return text


def _add_administrator(name: str, password: str) -> None:
    from rallymap.moderation import Role
    from rallymap.passwords import hash_password
    from rallymap.store.accounts import add_account

    password_hash = hash_password(password)
    with opened_database(Settings.from_env()) as db:
        account = db.write(add_account, name, password_hash, Role.ADMINISTRATOR, ())
    note(f"{account.name} may now sign in as {account.role}.")
