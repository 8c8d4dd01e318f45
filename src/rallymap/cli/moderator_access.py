"""``rallymap moderators invite``, ``totp`` and ``link``: ways to sign in other than name and password."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO

import click

from rallymap.cli.country_option import country_option
from rallymap.cli.opened import opened_database
from rallymap.cli.output import note, printable
from rallymap.errors import SignInError
from rallymap.moderation import Account, Role
from rallymap.settings import Settings

_OPERATOR = Account("operator", Role.ADMINISTRATOR)
"""Anyone who can run commands on the server has the permissions of an administrator."""

_TRIES = 3


@click.command()
@click.option(
    "--role",
    type=click.Choice([Role.MODERATOR.value, Role.ADMINISTRATOR.value, Role.ORGANISER.value]),
    default=Role.MODERATOR.value,
    show_default=True,
    help="What the account may do.",
)
@country_option
def invite(role: str, countries: tuple[str, ...]) -> None:
    """Print a link that creates one account.

    The first person who opens it chooses a name and a password. It works once, within seven days.

    \b
    Examples:
      rallymap moderators invite
      rallymap moderators invite --country NO --country SE
    """
    from rallymap.workflows.invitations import invite as make_invitation

    settings = Settings.from_env()
    with opened_database(settings) as db:
        token = make_invitation(db, Role(role), countries, account=_OPERATOR)
    _print_link(f"invite/{token}", settings)


@click.command()
@click.argument("name")
@click.option("--off", is_flag=True, help="Remove the second factor.")
def totp(name: str, off: bool) -> None:
    """Set up a second factor for an account.

    Shows a code to scan with an authenticator app, and asks for a number that the app shows. From then on, signing in
    requires such a number. All sessions of the account end.

    \b
    Examples:
      rallymap moderators totp nora
      rallymap moderators totp nora --off
    """
    from rallymap.store.accounts import get_credentials, set_totp_secret
    from rallymap.store.recovery import make_recovery_codes

    settings = Settings.from_env()
    with opened_database(settings) as db:
        known = db.read(get_credentials, name)
        if known is None:
            raise SignInError(f"There is no open account named “{name}”.")
        account = known.account.name
        if off:
            db.write(set_totp_secret, account, "")
            note(f"{account} signs in with name and password alone now.")
            return
        secret = _shown_secret(account, settings.site_name)
        if known.totp_secret:
            note("This takes the place of the second factor that the account has; that one works until then.")
        if not any(_is_valid_code(secret, _ask_for_code()) for _ in range(_TRIES)):
            raise SignInError("No code was right, so nothing is changed. Are the clocks of both devices right?")
        with db.writing() as tx:
            set_totp_secret(tx, account, secret)
            codes = make_recovery_codes(tx, account, actor=_OPERATOR.name)
    click.echo("Recovery codes, for a lost phone; each works once, and they are shown only now:")
    for recovery_code in codes:
        click.echo(f"  {recovery_code}")
    note(f"{account} is asked for a code at each sign-in from now on.")


@click.command()
@click.argument("name")
def reset(name: str) -> None:
    """Print a link that sets another password for an account.

    It works once, within 24 hours, and ends all sessions of the account. An account with a second factor also has to
    enter a code.

    \b
    Example:
      rallymap moderators reset nora
    """
    from rallymap.store.recovery import make_reset

    settings = Settings.from_env()
    with opened_database(settings) as db:
        token = db.write(make_reset, name)
    _print_link(f"reset/{token}", settings)


@click.command()
@click.argument("name")
@click.option("--issuer", default="", metavar="URL", help="The provider's issuer, as in its tokens (“iss”).")
@click.option(
    "--subject", default="", metavar="ID", help="The person's id at the provider (“sub”), not an e-mail address."
)
@click.option("--off", is_flag=True, help="Remove all links of the account.")
def link(name: str, issuer: str, subject: str, off: bool) -> None:
    """Let somebody sign in through an OpenID Connect provider.

    A person who signs in without a link sees both values on the page Review. docs/sign-in.md explains how to set up a
    provider.

    \b
    Examples:
      rallymap moderators link nora --issuer https://login.example.org --subject 248289761001
      rallymap moderators link nora --off
    """
    from rallymap.store.identities import link_identity, unlink_identities

    if off:
        with opened_database(Settings.from_env()) as db:
            db.write(unlink_identities, name)
        note(f"{name} can no longer sign in through a provider.")
        return
    if not (issuer.strip() and subject.strip()):
        raise click.UsageError("Give both --issuer and --subject, or --off.")
    with opened_database(Settings.from_env()) as db:
        db.write(link_identity, name, issuer.strip(), subject.strip())
    note(f"Who {issuer.strip()} knows as {subject.strip()} signs in as {name} now.")


def _print_link(path: str, settings: Settings) -> None:
    if settings.address:
        click.echo(f"{settings.address}{path}")
        note("Send it by a way you trust. It is shown only now.")
    else:
        click.echo(f"/{path}")
        note("Put your site's address before it, and send it by a way you trust. It is shown only now.")


def _shown_secret(account: str, site_name: str) -> str:
    import pyotp
    import segno

    secret = pyotp.random_base32()
    drawn = StringIO()
    segno.make(pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=site_name)).terminal(drawn, compact=True)
    click.echo(drawn.getvalue())
    click.echo(f"Or type this secret into the app: {printable(secret)}")
    click.echo("Both are shown only now.")
    return secret


def _ask_for_code() -> str:
    code: str = click.prompt("Code that the app shows", err=True)
    return "".join(char for char in code if char.isdigit())


def _is_valid_code(secret: str, code: str) -> bool:
    import pyotp

    if pyotp.TOTP(secret).verify(code, for_time=datetime.now(UTC), valid_window=1):
        return True
    note("This code is not right.")
    return False
