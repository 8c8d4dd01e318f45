"""Options that select events: the filters of *Explore*, one option for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rallymap.cli.country_option import COUNTRY
from rallymap.dates import EARLIEST, LATEST, DatePrecision
from rallymap.events import AttendanceMode, CrowdGiver, EventStatus, Kind, LocationPrecision

if TYPE_CHECKING:
    from rallymap.query.filters import EventFilter

_Command = TypeVar("_Command", bound=Callable[..., object])


def _choice(values: Sequence[str]) -> click.Choice[str]:
    return click.Choice([str(value) for value in values])


_NAMES: dict[str, Any] = {"multiple": True, "metavar": "NAME"}
_OPTIONS = (
    click.option("--q", "text", metavar="WORDS", help="Events with all these words; a phrase in quotation marks."),
    click.option("--from", "first", metavar="DAY", help="Events on or after this day, month or year: 2020-01-31."),
    click.option("--to", "last", metavar="DAY", help="Events on or before this day, month or year: 2020-12."),
    click.option("--country", multiple=True, metavar="CODE", type=COUNTRY, help="Country, such as NO; repeat."),
    click.option("--city", **_NAMES, help="City: Oslo, or “Oslo, NO”; repeat."),
    click.option("--near", metavar="LAT,LON", help="Events around a point, such as 59.91,10.75; with --radius-km."),
    click.option("--radius-km", metavar="KM", help="Radius around --near."),
    click.option("--bbox", metavar="W,S,E,N", help="Events between these degrees, such as 4.1,57.9,31.2,71.2."),
    click.option("--area", metavar="LON,LAT;...", help="Events within an area of 3 to 100 corners."),
    click.option("--community", **_NAMES, help="Whose diaspora, such as Iran; repeat."),
    click.option("--organiser", **_NAMES, help="Name of an organiser; repeat."),
    click.option("--topic", **_NAMES, help="Topic; repeat."),
    click.option("--publisher", **_NAMES, help="Publisher of a source; repeat."),
    click.option("--kind", multiple=True, type=_choice(tuple(Kind)), help="Kind of event; repeat."),
    click.option("--status", multiple=True, type=_choice(tuple(EventStatus)), help="Life status; repeat."),
    click.option(
        "--attendance-mode",
        multiple=True,
        type=_choice(tuple(AttendanceMode)),
        help="How people take part; repeat.",
    ),
    click.option("--campaign", multiple=True, metavar="ID", help="Id of a campaign; repeat."),
    click.option("--crowd-min", metavar="PEOPLE", help="Events with an estimate of at least so many."),
    click.option("--crowd-max", metavar="PEOPLE", help="Events with an estimate of at most so many."),
    click.option(
        "--crowd-by",
        multiple=True,
        type=_choice(tuple(CrowdGiver)),
        help="Events with a number of people by them; repeat.",
    ),
    click.option("--crowd", type=_choice(("known", "none")), help="Events with a number of people, or without."),
    click.option(
        "--date-precision",
        multiple=True,
        type=_choice(tuple(DatePrecision)),
        help="How exactly the date is known; repeat.",
    ),
    click.option(
        "--place-precision",
        multiple=True,
        type=_choice((*LocationPrecision, "unknown")),
        help="How exactly the place is known; repeat.",
    ),
    click.option("--has-source", type=_choice(("yes", "no")), help="Events with a source, or without."),
)


def _day(text: str | None, option: str) -> date | None:
    from rallymap.query.filter_links import read_day

    if text is None:
        return None
    day = read_day(text, is_last=option == "--to")
    if day is None:
        raise click.UsageError(
            f"{option}: “{text}” is not a day; write 2020-02-01, 2020-02 or 2020, from {EARLIEST} to {LATEST}."
        )
    return day


def filter_options(command: _Command) -> _Command:
    """Add the options to a command, which passes them as keyword arguments to :func:`filter_of`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def filter_of(given: Mapping[str, Any]) -> EventFilter:
    """Build the filter from the options.

    Raises
    ------
    click.UsageError
        If a value is invalid; the sentence says which one and what is accepted.
    """
    from rallymap.query.filters import EventFilter

    given = dict(given)
    first, last = _day(given.pop("first"), "--from"), _day(given.pop("last"), "--to")
    if first and last and first > last:
        raise click.UsageError("--from is later than --to; swap them.")
    parameters = {name: [value] if isinstance(value, str) else list(value) for name, value in given.items() if value}
    parameters |= {name: [day.isoformat()] for name, day in (("from", first), ("to", last)) if day}
    if "text" in parameters:
        parameters["q"] = parameters.pop("text")
    event_filter, complaints = EventFilter.from_query_params(parameters)
    if complaints:
        raise click.UsageError(complaints[0].removesuffix("; it is left out.").removesuffix(".") + ".")
    return event_filter
