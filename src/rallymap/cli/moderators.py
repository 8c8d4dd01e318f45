"""``rallymap moderators``: who may sign in and decide."""

from __future__ import annotations

import click

from rallymap.cli.country_option import country_option
from rallymap.cli.moderator_access import invite, link, reset, totp
from rallymap.cli.opened import opened_database
from rallymap.cli.output import note, print_table
from rallymap.moderation import Role
from rallymap.own_command import own_command
from rallymap.settings import Settings


@click.group()
def moderators() -> None:
    """Say who may sign in to review events.

    Accounts are in the database; passwords only as Argon2 hashes. There is no default account and no default password.

    \b
    Examples:
      rallymap moderators add nora
      rallymap moderators add nils --country NO --country SE
      rallymap moderators invite
      rallymap moderators totp nora
      rallymap moderators reset nora
      rallymap moderators list
    """


moderators.add_command(invite)
moderators.add_command(totp)
moderators.add_command(link)
moderators.add_command(reset)


@moderators.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([Role.MODERATOR.value, Role.ADMINISTRATOR.value]),
    default=Role.MODERATOR.value,
    show_default=True,
    help="An administrator may also import tables and manage accounts.",
)
@country_option
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def add(name: str, role: str, countries: tuple[str, ...], password_stdin: bool) -> None:
    """Create an account.

    NAME has no spaces. The password has at least 12 characters and is entered twice.

    \b
    Examples:
      rallymap moderators add nora
      rallymap moderators add ada --role administrator
      rallymap moderators add nils --country NO --password-stdin < password.txt
    """
    from rallymap.cli.password import new_password
    from rallymap.passwords import hash_password
    from rallymap.store.accounts import add_account

    password_hash = hash_password(new_password(name, from_stdin=password_stdin))
    with opened_database(Settings.from_env()) as db:
        account = db.write(add_account, name, password_hash, Role(role), countries)
    where = f" for {', '.join(account.countries)}" if account.countries else ""
    note(f"{account.name} may now sign in as {account.role}{where}.")


@moderators.command("list")
def list_all() -> None:
    """List all accounts, including closed ones.

    \b
    Example:
      rallymap moderators list
    """
    from rallymap.store.accounts import list_accounts

    with opened_database(Settings.from_env()) as db:
        entries = db.read(list_accounts)
    if not entries:
        note(f"There is no account yet. “{own_command('moderators add NAME')}” creates one.")
        return
    print_table(
        ("name", "role", "countries", "since", "state"),
        (
            (
                entry.account.name,
                entry.account.role,
                ", ".join(entry.account.countries) or "all",
                f"{entry.created_at:%Y-%m-%d}",
                "open" if entry.active else "closed",
            )
            for entry in entries
        ),
    )


@moderators.command()
@click.argument("name")
def remove(name: str) -> None:
    """Close an account.

    Its sessions end at once. Its name cannot be used again.

    \b
    Example:
      rallymap moderators remove nils
    """
    from rallymap.store.accounts import close_account

    with opened_database(Settings.from_env()) as db:
        db.write(close_account, name)
    note(f"{name} can no longer sign in. Within 30 days “{own_command(f'moderators reopen {name}')}” undoes this.")


@moderators.command()
@click.argument("name")
def reopen(name: str) -> None:
    """Reopen an account that was closed within the last 30 days.

    Its password and second factor are unchanged.

    \b
    Example:
      rallymap moderators reopen nils
    """
    from rallymap.store.accounts import reopen_account

    with opened_database(Settings.from_env()) as db:
        db.write(reopen_account, name)
    note(f"{name} can sign in again.")
