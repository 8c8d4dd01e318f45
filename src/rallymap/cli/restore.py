"""``rallymap restore`` and ``rallymap upgrade``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rallymap.cli.output import count, note
from rallymap.cli.passphrase import passphrase_file_option, passphrase_to_open, read_passphrase
from rallymap.own_command import own_command
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.upkeep.restore import Restored


@click.command()
@click.argument("path", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@passphrase_file_option
@click.option("--replace", is_flag=True, help="Put data that are here already aside.")
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy of the secret key, for a backup without it.",
)
@click.option("--resume", is_flag=True, help="Finish a restore that was interrupted.")
def restore(path: Path | None, passphrase_file: Path | None, replace: bool, key: Path | None, resume: bool) -> None:
    """Restore the site from a backup into RALLYMAP_HOME. Stop the site first.

    The backup is checked before anything is changed. The previous files are moved to a folder "before-restore-...";
    delete it when you no longer need it. Existing settings are not changed.

    \b
    Examples:
      rallymap restore rallymap-20261126T030000Z.tar.gz
      rallymap restore --replace --key rallymap.key rallymap-20261126T030000Z.tar.gz
      rallymap restore --resume
    """
    from rallymap.upkeep.restore import restore_backup, resume_restore

    settings = Settings.from_env()
    if resume:
        note("The restore is finished." if resume_restore(settings) else "No restore was interrupted.")
        return
    if path is None:
        raise click.UsageError("Name the file of the backup.")
    passphrase = passphrase_to_open(path, settings, passphrase_file)
    done = restore_backup(path, settings, now=datetime.now(UTC), passphrase=passphrase, replace=replace, key_file=key)
    _say_restored(done, settings)


@click.command()
@passphrase_file_option
def upgrade(passphrase_file: Path | None) -> None:
    """Upgrade the database after installing a new version. Stop the site first.

    Makes a backup, tries the migration on a copy (SQLite only), migrates, and compares the numbers of rows. If you do
    not use this command, the site migrates the database when it starts, without a backup.

    \b
    Examples:
      rallymap upgrade
    """
    from rallymap.upkeep.upgrade import upgrade_site

    settings = Settings.from_env()
    passphrase = read_passphrase(settings, passphrase_file)
    done = upgrade_site(settings, now=datetime.now(UTC), passphrase=passphrase, progress=note)
    if done is None:
        click.echo("The database has the schema of this version already; nothing was changed.")
        return
    click.echo(
        f"Upgraded from schema {done.before} to {done.after}: {count(done.counts['events'], 'event')}, as before."
    )
    note("The way back: install the version that you had, then run")
    note(f"  {own_command(f'restore --replace {done.backup}')}")
    if not passphrase:
        note("That backup is not encrypted. Delete it once you are sure.")


def _say_restored(done: Restored, settings: Settings) -> None:
    manifest = done.manifest
    events = count(manifest.counts.get("events", 0), "event")
    click.echo(f"Restored the state of {manifest.made_at:%Y-%m-%d %H:%M} UTC: {events}.")
    if done.aside is not None:
        note(f"What was here before is in {done.aside}; delete that folder once you are sure.")
    note("Events taken down and accounts closed after that moment are back: take them down, and close them, again.")
    if done.own_data is not None:
        note(f"Your own tables are in {done.own_data}; RALLYMAP_DATA must name that folder.")
    if not done.took_settings:
        note(f"{settings.file_path.name} was here already and stays as it is.")
    elif manifest.left_out:
        note(f"Set these again, which no backup holds: {', '.join(manifest.left_out)}.")
    if not done.has_key:
        note(
            f"The secret key is missing: put your copy at {settings.key_file}. If it is lost, run "
            f"“{own_command('new-key')}”: edit links, drafts and second factors then stop working."
        )
