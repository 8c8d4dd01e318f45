"""``rallymap check``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from rallymap.cli.opened import opened_database
from rallymap.cli.output import count, note, print_table
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.workflows.place_problems import PlaceProblem

MOST_CANDIDATES = 3


@click.command()
def check() -> None:
    """List the events whose place needs a person.

    These are events without a place, with a name that several places have, with a place that is not certain, in
    another country than they say, or with coordinates that contradict their place. Lines of the overrides file that
    cannot be used are listed too. Exit code 1 if there is anything.

    \b
    Example:
      rallymap check
    """
    from rallymap.places import default_resolver
    from rallymap.workflows.place_problems import check_places

    settings = Settings.from_env()
    resolver = default_resolver(settings.overrides_path)
    with opened_database(settings) as db:
        problems = list(check_places(db, resolver))
    unused = resolver.overrides.problems
    for line in unused:
        note(f"{settings.overrides_path.name}, line {line.line} is not used: {line.reason}.")
    if problems:
        _list_problems(problems)
    else:
        note("Every event has a place.")
    if problems or unused:
        click.get_current_context().exit(1)


def _list_problems(problems: Sequence[PlaceProblem]) -> None:
    print_table(
        ("event", "place as written", "what is wrong", "it may be"),
        (
            (
                problem.event.id,
                problem.event.place.text,
                problem.sentence,
                "; ".join(candidate.label for candidate in problem.candidates[:MOST_CANDIDATES]),
            )
            for problem in problems
        ),
    )
    note(f"{count(len(problems), 'event')} without a sure place.")
