"""``rallymap mail``: send a test mail, and show the status of the outbox."""

from __future__ import annotations

import click

from rallymap.cli.opened import opened_database
from rallymap.cli.output import count
from rallymap.settings import Settings

NONE_SET = "No mail server is set. Write mail_host and mail_from into {path}; docs/notices.md lists the lines."


@click.group()
def mail() -> None:
    """Try the mail server, or show what waits to be sent.

    Without RALLYMAP_MAIL_HOST no mail is ever sent. The server itself sends what is in the outbox.

    \b
    Examples:
      rallymap mail test you@example.org
      rallymap mail status
    """


@mail.command("test")
@click.argument("address")
def send_test(address: str) -> None:
    """Send a test mail to ADDRESS at once, without the outbox.

    \b
    Example:
      rallymap mail test you@example.org
    """
    import secrets
    from datetime import UTC, datetime

    from rallymap.mail.letters import MailKind, compose
    from rallymap.mail.smtp import MailConnection
    from rallymap.mail_server import clean_address

    settings = _with_server()
    recipient = clean_address(address)
    if not recipient:
        raise click.UsageError(f"“{address[:80]}” is not an e-mail address.")
    message = compose(
        MailKind.TEST,
        {},
        site=settings.site_name,
        address=settings.address,
        sender=settings.mail.sender,
        recipient=recipient,
        language="en",
        message_id=secrets.token_hex(16),
        at=datetime.now(UTC),
    )
    with MailConnection(settings.mail) as connection:
        connection.send(message)
    click.echo(f"The mail server {settings.mail.host}:{settings.mail.port} took the test mail.")


@mail.command()
def status() -> None:
    """Print how many mails are waiting and how many could not be sent.

    \b
    Example:
      rallymap mail status
    """
    from rallymap.store.outbox import read_outbox

    settings = _with_server()
    with opened_database(settings) as db:
        found = db.read(read_outbox)
    since = f", the oldest since {found.oldest:%Y-%m-%d %H:%M} UTC" if found.oldest else ""
    click.echo(f"{count(found.waiting, 'mail')} to send{since}; {found.given_up} given up.")
    if found.problem:
        click.echo(f"Last reason: {found.problem}")


def _with_server() -> Settings:
    settings = Settings.from_env()
    if not settings.mail.is_set:
        raise click.ClickException(NONE_SET.format(path=settings.file_path))
    return settings
