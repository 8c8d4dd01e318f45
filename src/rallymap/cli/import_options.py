"""Options of ``rallymap import`` that say how to read a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from rallymap.errors import IntakeError
from rallymap.file_faults import reason_of
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.coordinates import PointOrder
from rallymap.intake.options import ImportOptions, from_toml

F = TypeVar("F", bound=Callable[..., Any])

_DEFAULTS = (
    ("--place", "place", "TEXT", "Town of all rows; the file's own place column then names spots in it."),
    ("--country", "country", "CODE", "Country of all rows that name none."),
    ("--kind", "kind", "KIND", "Kind of rows that name none: rally, march, vigil ..."),
    ("--community", "communities", "TEXT", "Whose diaspora, for rows that say nothing; several with ;."),
    ("--topic", "topics", "TEXT", "Topic of rows that name none."),
    ("--organiser", "organisers", "TEXT", "Organiser of rows that name none."),
    ("--title", "title", "TEXT", "Title of rows that have none."),
    ("--date", "date", "DATE", "Date of rows that have none: a day, a month or a year."),
    ("--year", "year", "YEAR", "Year of dates that name none."),
    ("--zone", "zone", "ZONE", "Time zone where the place gives none, such as Europe/Oslo."),
    ("--status", "status", "STATUS", "Status of rows that name none: announced, held, cancelled ..."),
    ("--source-title", "source_title", "TEXT", "Title of the source of rows that name none."),
    ("--source-url", "source_url", "URL", "Its address."),
    ("--source-publisher", "source_publisher", "TEXT", "Its publisher."),
)


def mapping_options(command: F) -> F:
    """Add the options to a command, which passes them as a dictionary to :func:`read_options`."""
    for option, name, metavar, text in reversed(_DEFAULTS):
        command = click.option(option, f"default_{name}", metavar=metavar, default="", help=text)(command)
    for decorate in (
        click.option("--keep-repeated", is_flag=True, help="Also import rows that equal an earlier row in every cell."),
        click.option(
            "--points",
            type=click.Choice([choice.value for choice in PointOrder if choice is not PointOrder.FIND_OUT]),
            help="What to do with latitude and longitude. [default: take them as given, unless most look swapped]",
        ),
        click.option("--month-first", "order", flag_value="month first", help="In 03/04/2022 the month comes first."),
        click.option("--day-first", "order", flag_value="day first", help="In 03/04/2022 the day comes first."),
        click.option(
            "--missing", multiple=True, metavar="COLUMN=VALUE", help="A value that means “not known”; repeat."
        ),
        click.option("--column", multiple=True, metavar="HEADING=FIELD", help="What a column means; repeat."),
        click.option("--header-row", type=click.IntRange(min=0), metavar="N", help="Row with the headings; 0: none."),
        click.option("--sheet", multiple=True, metavar="NAME", help="Read this sheet only; repeat."),
        click.option(
            "--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A mapping file."
        ),
    ):
        command = decorate(command)
    return command


def read_options(values: dict[str, Any]) -> ImportOptions:
    """Build import options from the values of :func:`mapping_options`; they override the mapping file.

    Raises
    ------
    IntakeError
        If the mapping file cannot be read.
    click.BadParameter
        If a pair does not contain "=".
    """
    missing: dict[str, frozenset[str]] = {}
    for heading, value in _pairs("--missing", values["missing"]):
        missing[heading] = missing.get(heading, frozenset()) | {value.casefold()}
    options = ImportOptions(
        defaults={name: value for _, name, _, _ in _DEFAULTS if (value := values[f"default_{name}"].strip())},
        columns=dict(_pairs("--column", values["column"])),
        sheets=tuple(values["sheet"]),
        header_row=values["header_row"],
        missing=missing,
        order=Order(values["order"]) if values["order"] else Order.UNKNOWN,
        points=PointOrder(values["points"] or PointOrder.FIND_OUT),
        skip_repeated=not values["keep_repeated"],
    )
    path: Path | None = values["map_file"]
    if path is None:
        return options
    try:
        return options.with_defaults(from_toml(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as err:
        raise IntakeError(
            1, "", f"The mapping file {path.name} cannot be read: {reason_of(err, path)}.", value=str(err)
        ) from err


def _pairs(option: str, texts: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(f"“{text}” is not of the form NAME=VALUE.", param_hint=f"'{option}'")
        pairs.append((name.strip(), value.strip()))
    return pairs
