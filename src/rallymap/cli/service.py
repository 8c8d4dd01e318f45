"""``rallymap service``: the online place service, its state and its switch for all processes."""

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

    Without RALLYMAP_GEOCODER there is no service, and no place is ever sent over the network. With it, "rallymap
    locate" and "rallymap geocode --service" send requests to it; forms never do. The switch applies to all processes
    at once. A service that rejects our requests is switched off automatically.

    \b
    Examples:
      rallymap service status
      rallymap service off
    """


@service.command()
def status() -> None:
    """Print which service is set, and whether it is on.

    \b
    Example:
      rallymap service status
    """
    found = opened_service(Settings.from_env())
    if found is None:
        click.echo(NONE_SET)
        return
    click.echo(f"{found.name} at {found.host}: {'on' if found.is_on else 'off'}, one request in {found.delay_s:g} s.")
    click.echo(found.attribution)


@service.command()
def on() -> None:
    """Switch the service on.

    \b
    Example:
      rallymap service on
    """
    found = _set_service()
    found.switch(on=True)
    click.echo(f"{found.name} at {found.host} is on.")


@service.command()
def off() -> None:
    """Switch the service off for all processes.

    \b
    Example:
      rallymap service off
    """
    found = _set_service()
    found.switch(on=False)
    click.echo(f"{found.name} at {found.host} is off.")


def _set_service() -> RemotePlaceService:
    found = opened_service(Settings.from_env())
    if found is None:
        raise click.ClickException(NONE_SET)
    return found
