"""The option ``--country``, for commands that limit an account."""

from __future__ import annotations

import click

from rallymap.countries import is_country


def _known(_ctx: click.Context, _option: click.Parameter, codes: tuple[str, ...]) -> tuple[str, ...]:
    folded = tuple(code.strip().upper() for code in codes)
    for code in folded:
        if not is_country(code):
            raise click.BadParameter(f"“{code}” is not a country code; use two letters such as NO.")
    return folded


country_option = click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="CODE",
    callback=_known,
    help="Limit a moderator to a country, such as NO; repeat.",
)
