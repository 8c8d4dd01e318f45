"""``rallymap check``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from rallymap.cli.opened import opened_database
from rallymap.cli.output import count, note, print_table, printable
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.workflows.place_problems import PlaceProblem

MOST_CANDIDATES = 3


@click.command()
@click.option("--deploy", is_flag=True, help="Look at the server instead: TLS, proxy, files, backup, disk, clock.")
def check(deploy: bool) -> None:
    """List the events whose place needs a person.

    These are events without a place, with a name that several places have, with a place that is not certain, in
    another country than they say, or with coordinates that contradict their place. Lines of the overrides file that
    cannot be used are listed too. With --deploy the installation is checked, a line for each thing, with what to do.
    Exit code 1 if there is anything.

    \b
    Examples:
      rallymap check
      rallymap check --deploy
    """
    if deploy:
        _check_deployment()
        return
    from rallymap.places import default_resolver
    from rallymap.store.review_queue import count_reviews
    from rallymap.workflows.place_problems import check_places

    settings = Settings.from_env()
    resolver = default_resolver(settings.overrides_path)
    with opened_database(settings) as db:
        problems, total = list(check_places(db, resolver)), sum(db.read(count_reviews).values())
    unused = resolver.overrides.problems
    for line in unused:
        note(f"{settings.overrides_path.name}, line {line.line} is not used: {line.reason}.")
    if problems:
        _list_problems(problems)
    else:
        note("Every event has a place." if total else "There is no event yet.")
    if problems or unused:
        click.get_current_context().exit(1)


def _check_deployment() -> None:
    from datetime import UTC, datetime

    from rallymap.upkeep.deployment import look_at_machine
    from rallymap.upkeep.reached import look_from_outside

    settings, now = Settings.from_env(), datetime.now(UTC)
    marks = {True: "ok", False: "TO DO", None: "?"}
    found = [*look_at_machine(settings, now), *look_from_outside(settings, now)]
    for finding in found:
        click.echo(printable(f"{marks[finding.is_ok]:6}{finding.what}: {finding.said}"))
    to_do = sum(finding.is_ok is False for finding in found)
    note(f"{count(to_do, 'thing')} to do." if to_do else "Nothing to do.")
    if to_do:
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
