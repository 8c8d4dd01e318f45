"""``rallymap new-key``."""

from __future__ import annotations

import click

from rallymap.cli.opened import stopped_site
from rallymap.cli.output import note
from rallymap.settings import Settings


@click.command("new-key")
@click.option("--yes", is_flag=True, help="Do not ask.")
def new_key(yes: bool) -> None:
    """Create a new secret key if the key file is lost. Stop the site first.

    Organisers' edit links and drafts, invitations and second factors stop working permanently. If you have a copy of
    the old key file, restore it instead. Events, accounts and passwords stay.

    \b
    Examples:
      rallymap new-key
    """
    from rallymap.store import replace_key

    settings = Settings.from_env()
    if not yes:
        click.confirm("All edit links, drafts, invitations and second factors stop working. Go on?", abort=True)
    with stopped_site(settings):
        replace_key(settings.database_url, settings.key_file)
    note(f"{settings.key_file.name} is new. Moderators can set up their second factor again.")
