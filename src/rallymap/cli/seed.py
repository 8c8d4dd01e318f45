"""``rallymap seed``."""

from __future__ import annotations

import click

from rallymap.cli.opened import opened_database
from rallymap.cli.output import count, note, printable
from rallymap.settings import Settings


@click.command()
def seed() -> None:
    """Add bundled events that are missing in this database.

    A new database gets all bundled events at its first start. When a later version has more of them, an existing
    database does not change until you run this command. Existing events keep all corrections, and events that were
    taken down are not added again.

    \b
    Example:
      rallymap seed
    """
    from rallymap.places import default_resolver
    from rallymap.workflows.bundled_events import add_bundled_events

    settings = Settings.from_env()
    with opened_database(settings) as db:
        summary = add_bundled_events(db, settings, default_resolver(settings.overrides_path))
    for sentence in summary.complaints:
        note(printable(sentence))
    click.echo(
        f"{count(summary.added, 'bundled event')} added; {summary.known} here already, "
        f"{summary.withdrawn} taken down before."
    )
    if summary.complaints:
        raise click.ClickException("Some bundled data could not be read; see above.")
