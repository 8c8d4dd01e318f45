"""``rallymap service``: the online place service, shown and switched for all processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rallymap.cli.online import NONE_SET, opened_service
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.places.remote import RemotePlaceService


@click.group()
def service() -> None:
    """Show the online place service, or switch it on and off.

    Without RALLYMAP_GEOCODER there is none, and no place is ever sent anywhere. With it, "rallymap locate" and
    "rallymap geocode --service" ask it; forms and typing never do. A switch holds for all processes at once, until it
    is set again. A service that refuses our requests is switched off by itself.

    \b
    Examples:
      rallymap service status
      rallymap service off
    """


@service.command()
def status() -> None:
    """Say which service is set, and whether it is on.

    \b
    Example:
      rallymap service status
    """
    found = opened_service(Settings.from_env())
    if found is None:
        click.echo(NONE_SET)
        return
    click.echo(f"{found.name} at {found.host}: {'on' if found.is_on else 'off'}, one question in {found.delay_s:g} s.")
    click.echo(found.attribution)


@service.command()
def on() -> None:
    """Let the service be asked again.

    \b
    Example:
      rallymap service on
    """
    found = _set_service()
    found.switch(on=True)
    click.echo(f"{found.name} at {found.host} may be asked.")


@service.command()
def off() -> None:
    """Let no process ask the service from now on.

    \b
    Example:
      rallymap service off
    """
    found = _set_service()
    found.switch(on=False)
    click.echo(f"{found.name} at {found.host} is not asked any more.")


def _set_service() -> RemotePlaceService:
    found = opened_service(Settings.from_env())
    if found is None:
        raise click.UsageError(NONE_SET)
    return found
