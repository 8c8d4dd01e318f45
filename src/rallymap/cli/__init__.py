"""The command ``rallymap``: options and output of each command; `workflows` and `upkeep` do the work.

Results go to standard output; progress, summaries and errors go to standard error, each error as one sentence. Exit
codes: 0 done, 1 failed, 2 wrong usage. Commands import their dependencies when they run, so that ``rallymap --help`` is
fast.
"""

from __future__ import annotations

import logging
from typing import Any

import click

from rallymap import __version__
from rallymap.cli.backup import backup, verify
from rallymap.cli.check import check
from rallymap.cli.coverage import coverage
from rallymap.cli.export_events import export_events
from rallymap.cli.geocode import geocode
from rallymap.cli.import_events import import_events
from rallymap.cli.init import init
from rallymap.cli.locate import locate
from rallymap.cli.mail import mail
from rallymap.cli.moderators import moderators
from rallymap.cli.new_key import new_key
from rallymap.cli.output import printable
from rallymap.cli.release import release
from rallymap.cli.restore import restore, upgrade
from rallymap.cli.seed import seed
from rallymap.cli.serve import serve
from rallymap.cli.service import service
from rallymap.errors import RallymapError, StoreUnavailableError
from rallymap.language import tr


class _Commands(click.Group):
    """Command group that prints each error of rallymap as one sentence, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        # Silence the store's log: the command prints the error itself.
        logging.getLogger("rallymap.store").addHandler(logging.NullHandler())
        try:
            return super().invoke(ctx)
        except RallymapError as err:
            raise click.ClickException(printable(f"{err.user_message}{_reason(err)}")) from err


def _reason(err: RallymapError) -> str:
    """Return why the database server cannot be reached, which visitors do not see but an operator needs."""
    if not (isinstance(err, StoreUnavailableError) and err.detail):
        return ""
    from rallymap.store.faults import AWAY  # loads the database's library

    reason = err.detail.removeprefix("connection failed: ").rstrip(".")
    return f" The reason: {reason}." if err.user_message == tr(AWAY) else ""


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """A self-hosted map of diaspora rallies: when, where and how surely.

    Settings come from the environment and from rallymap.toml in the folder that RALLYMAP_HOME names (default ./var),
    where everything is written. README.md lists them all.

    \b
    Examples:
      rallymap init                               set up a new site
      rallymap serve                              the map on http://localhost:8501
      rallymap import rallies.csv                 put a table of events on it
      rallymap export -o events.csv               take events away as a table, map or calendar
      rallymap release --single-file -o map.html  the whole map in one file
      rallymap seed                               add the bundled events that are not here yet
      rallymap geocode "Gothenburg, Sweden"       where is that?
      rallymap moderators add nora                who may publish
      rallymap coverage list                      which places and periods were looked at
      rallymap mail test you@example.org          does mail leave this site?
      rallymap check                              which events have no sure place
      rallymap locate                             look for those places again
      rallymap backup                             the whole site in one file
      rallymap restore FILE                       and back again
    """


main.add_command(init)
main.add_command(serve)
main.add_command(import_events)
main.add_command(export_events)
main.add_command(release)
main.add_command(seed)
main.add_command(geocode)
main.add_command(check)
main.add_command(coverage)
main.add_command(locate)
main.add_command(service)
main.add_command(mail)
main.add_command(moderators)
main.add_command(new_key)
main.add_command(backup)
main.add_command(verify)
main.add_command(restore)
main.add_command(upgrade)
