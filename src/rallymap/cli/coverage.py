"""``rallymap coverage``: places and periods that were searched for events."""

from __future__ import annotations

from datetime import datetime

import click

from rallymap.cli.country_option import COUNTRY
from rallymap.cli.opened import opened_database
from rallymap.cli.output import note, print_table
from rallymap.own_command import own_command
from rallymap.settings import Settings

_DAY = click.DateTime(["%Y-%m-%d"])
OPERATOR = "operator"
"""Author of command-line actions in the audit log."""


@click.group()
def coverage() -> None:
    """Record where and for which days somebody searched for events, even if none were found.

    The record is public: on Data quality and Compare, in the API and in releases. If nobody searched, the absence of
    events does not mean that nobody rallied.

    \b
    Examples:
      rallymap coverage add --country NO --city Oslo --from 2020-01-01 --to 2020-12-31 \\
          --by "Editors of this site" --sources "archives of two newspapers"
      rallymap coverage list
      rallymap coverage remove 3
    """


@coverage.command()
@click.option("--country", required=True, metavar="CODE", type=COUNTRY, help="Country, such as NO.")
@click.option("--city", default="", metavar="NAME", help="City; without it the whole country was searched.")
@click.option("--from", "first", required=True, type=_DAY, metavar="DAY", help="First day of the searched period.")
@click.option("--to", "last", required=True, type=_DAY, metavar="DAY", help="Last day of the searched period.")
@click.option("--on", "looked_on", type=_DAY, metavar="DAY", help="Day of the search. [default: today]")
@click.option("--by", required=True, metavar="NAME", help="Who searched; everybody can read it.")
@click.option("--sources", required=True, metavar="WORDS", help="Sources that were searched.")
def add(
    country: str, city: str, first: datetime, last: datetime, looked_on: datetime | None, by: str, sources: str
) -> None:
    """Record that a place and period was searched.

    \b
    Example:
      rallymap coverage add --country Norway --from 2020-01-01 --to 2020-12-31 --by Nora --sources "Aftenposten"
    """
    from rallymap.events import CoverageEntry
    from rallymap.moderation import Account, Role
    from rallymap.workflows.coverage import record_coverage

    with opened_database(Settings.from_env()) as db:
        looked = db.now().date() if looked_on is None else looked_on.date()
        entry = CoverageEntry(country, city, first.date(), last.date(), looked, by, sources)
        number = record_coverage(db, entry, account=Account(OPERATOR, Role.ADMINISTRATOR))
    note(f"Entry {number} of the coverage record.")


@coverage.command("list")
def list_all() -> None:
    """List the coverage record, newest search first.

    \b
    Example:
      rallymap coverage list
    """
    from rallymap.store.coverage import list_coverage

    with opened_database(Settings.from_env()) as db:
        entries = db.read(list_coverage)
    if not entries:
        note(f"Nothing is recorded yet. Use “{own_command('coverage add')}”.")
        return
    print_table(
        ("number", "country", "city", "from", "to", "looked on", "by", "sources"),
        (
            (
                str(number),
                entry.country,
                entry.city or "all",
                *(day.isoformat() for day in (entry.first, entry.last, entry.looked_on)),
                entry.by,
                entry.sources,
            )
            for number, entry in entries
        ),
    )


@coverage.command()
@click.argument("number", type=int)
def remove(number: int) -> None:
    """Remove a wrong entry; the audit log keeps its text.

    \b
    Example:
      rallymap coverage remove 3
    """
    from rallymap.moderation import Account, Role
    from rallymap.workflows.coverage import remove_coverage

    with opened_database(Settings.from_env()) as db:
        remove_coverage(db, number, account=Account(OPERATOR, Role.ADMINISTRATOR))
    note(f"Entry {number} is removed.")
