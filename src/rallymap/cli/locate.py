"""``rallymap locate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rallymap.cli.online import ALSO_ASK, asked_service
from rallymap.cli.opened import opened_database
from rallymap.cli.output import count, note
from rallymap.cli.progress import progress_bar
from rallymap.own_command import own_command
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.workflows.open_places import LocateSummary


@click.command()
@click.option(
    "--service/--no-service",
    "with_service",
    default=False,
    show_default=True,
    help=ALSO_ASK,
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N requests to the service.")
def locate(with_service: bool, limit: int | None) -> None:
    """Look up the places of events without a place, or with an uncertain one.

    Certain places are written to the events. Uncertain ones are listed for moderators, with their candidates.

    An answer of the service is shown on the map only if it is the only one and the event names its country; a
    moderator still has to confirm it. Places that are not public yet are never sent. Answers are cached, so a second
    run only sends the remaining places. Exit code 1 if the service rejected our requests.

    \b
    Examples:
      rallymap locate
      rallymap locate --service --limit 50
    """
    from rallymap.places import default_resolver
    from rallymap.workflows.open_places import locate_events
    from rallymap.workflows.place_memory import open_places_of

    if limit is not None and not with_service:
        raise click.UsageError("--limit counts requests to the service; add --service.")
    settings = Settings.from_env()
    service = asked_service(settings) if with_service else None
    with opened_database(settings) as db, progress_bar("Looking up places") as advance:
        # Organisers see these places behind their edit links, so decisions about withheld places are not used.
        is_open = open_places_of(db)
        summary = locate_events(
            db,
            default_resolver(settings.overrides_path, is_open=is_open),
            advance,
            online=default_resolver(settings.overrides_path, service=service, is_open=is_open) if service else None,
            may_go_on=lambda: limit is None or service is None or service.asked < limit,
        )
    for line in describe_locating(summary, questions=service.asked if service else 0):
        click.echo(line)
    if service is not None and summary.by_service:
        click.echo(service.attribution)
    if summary.refusal:
        raise click.ClickException(summary.refusal)
    if summary.to_choose or summary.unsure or summary.not_found:
        check = own_command("check")
        note(f"Moderators find the open ones under “Places to check”; “{check}” lists those without a place.")


def describe_locating(summary: LocateSummary, *, questions: int) -> list[str]:
    """Summarise the results in a few lines."""
    asked = f", {count(questions, 'question')} asked" if questions else ""
    found = f"{summary.located} located, {summary.unsure} on the map but unsure"
    open_ones = f"{summary.to_choose} to choose, {summary.not_found} not found"
    lines = [f"{count(summary.looked_up, 'event')} looked up{asked}: {found}, {open_ones}."]
    if summary.pending:
        lines.append(
            f"{count(summary.pending, 'event')} left as it was, as the service did not answer; "
            f"try again in {summary.retry_after_s:.0f} s."
        )
    if summary.changed_meanwhile:
        lines.append(f"{count(summary.changed_meanwhile, 'event')} changed meanwhile, and left to the next run.")
    if summary.left:
        lines.append(f"{count(summary.left, 'event')} not looked up yet.")
    return lines
