"""The online place service of the settings, for commands that may use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rallymap.cli.output import note
from rallymap.own_command import own_command
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.places.remote import RemotePlaceService

NONE_SET = "No online place service is set; RALLYMAP_GEOCODER names one (nominatim, photon or pelias)."
ALSO_ASK = "Also ask the online service that RALLYMAP_GEOCODER names, where nothing on this machine knows the place."
_PATIENCE_S = 60.0


def opened_service(settings: Settings) -> RemotePlaceService | None:
    """Open the service that the settings name; None if they name none (the default).

    A command waits for the rate limit and retries one short failure; if the service asks for a longer wait, the
    remaining places stay pending and the command ends.
    """
    from rallymap.places.remote import service_from_settings

    return service_from_settings(settings, longest_wait_s=_PATIENCE_S + 4 * settings.geocoder_delay_s)


def asked_service(settings: Settings) -> RemotePlaceService:
    """Open the service for a command with --service, and print what is sent to whom.

    Raises
    ------
    click.ClickException
        If the settings name no service, or the service is switched off.
    """
    service = opened_service(settings)
    if service is None:
        raise click.ClickException(NONE_SET)
    if not service.is_on:
        raise click.ClickException(f"The place service is switched off; “{own_command('service on')}” switches it on.")
    note(
        f"Asking {service.name} at {service.host}, one request in {service.delay_s:g} s; "
        "what is sent is the place text and the country."
    )
    return service
