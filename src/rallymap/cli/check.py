"""``rallymap check``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from rallymap.cli.opened import opened_database
from rallymap.cli.output import count, note, print_table, printable
from rallymap.own_command import own_command
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.store.damaged_events import DamagedEvent
    from rallymap.workflows.place_problems import PlaceProblem

MOST_CANDIDATES = 3


@click.command()
@click.option("--deploy", is_flag=True, help="Check the server instead: TLS, proxy, files, backup, disk, clock.")
def check(deploy: bool) -> None:
    """List events that a person has to look at.

    These are events without a place, with an ambiguous or uncertain place, with a place in another country than they
    name, or with coordinates that contradict their place; and events that cannot be read, because what is stored of
    them is damaged. Invalid lines of the overrides file are listed, too. With --deploy the installation is checked;
    each line of the result says what to do. Exit code 1 if anything is listed.

    \b
    Examples:
      rallymap check
      rallymap check --deploy
    """
    if deploy:
        _check_deployment()
        return
    from rallymap.places import default_resolver
    from rallymap.store.damaged_events import list_damaged
    from rallymap.workflows.place_problems import check_places, events_in_use

    settings = Settings.from_env()
    resolver = default_resolver(settings.overrides_path)
    with opened_database(settings) as db:
        problems = list(check_places(db, resolver))
        is_empty = next(events_in_use(db), None) is None
        damaged = db.read(list_damaged)
    unused = resolver.overrides.problems
    for line in unused:
        note(f"{settings.overrides_path.name}, line {line.line} is not used: {line.reason}.")
    if problems:
        _list_problems(problems)
    elif not is_empty:
        note("Every event that can be read has a place." if damaged else "Every event has a place.")
    elif not damaged:
        note("There is no event yet.")
    if damaged:
        _list_damaged(damaged)
    if problems or unused or damaged:
        click.get_current_context().exit(1)


def _check_deployment() -> None:
    from datetime import UTC, datetime

    from rallymap.upkeep.deployment import check_machine
    from rallymap.upkeep.reached import check_site_address

    settings, now = Settings.from_env(), datetime.now(UTC)
    marks = {True: "ok", False: "TO DO", None: "?"}
    found = [*check_machine(settings, now), *check_site_address(settings, now)]
    for finding in found:
        click.echo(printable(f"{marks[finding.is_ok]:6}{finding.what}: {finding.said}"))
    to_do = sum(finding.is_ok is False for finding in found)
    note(f"{count(to_do, 'thing')} to do." if to_do else "Nothing to do.")
    if to_do:
        click.get_current_context().exit(1)


def _list_damaged(damaged: Sequence[DamagedEvent]) -> None:
    print_table(
        ("event", "review status", "revision", "newest revision that can be read"),
        ((event.id, event.review, str(event.revision), str(event.readable_revision or "none")) for event in damaged),
    )
    them = "it" if len(damaged) == 1 else "them"
    note(
        f"{count(len(damaged), 'event')} cannot be read, so the site leaves {them} out. "
        "Open /review?event=ID to go back to the newest revision that can be read, or to take such an event down for "
        f"good. “{own_command('restore')} --replace FILE” brings back a backup from before the damage."
    )


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
