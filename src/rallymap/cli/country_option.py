"""Options named ``--country``: the type of their values, and the option of commands that limit an account."""

from __future__ import annotations

import click

from rallymap.countries import read_country_code


class _Country(click.ParamType[str]):
    """A country, named in any language or by its code; its alpha-2 code is what the command gets."""

    name = "country"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a country that an operator wrote."""
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
