"""Options named ``--country``: the parameter type, and the option for commands that limit an account."""

from __future__ import annotations

import click

from rallymap.countries import read_country_code


class _Country(click.ParamType[str]):
    """A country by name in any language or by code; converted to its alpha-2 code."""

    name = "country"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Parse a country."""
        code = read_country_code(value)
        if code is None:
            self.fail(f"“{value}” is not a country; write its two-letter code, such as NO, or its name.", param, ctx)
        return code


COUNTRY = _Country()
country_option = click.option(
    "--country",
    "countries",
    type=COUNTRY,
    multiple=True,
    metavar="CODE",
    help="Limit a moderator to a country, such as NO; repeat.",
)
