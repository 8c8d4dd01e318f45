"""``rallymap backup`` and ``rallymap verify``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rallymap.cli.output import count, note, size
from rallymap.cli.passphrase import asked_passphrase, passphrase_file_option, passphrase_to_open, read_passphrase
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.upkeep.manifest import Manifest


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A new file, or a folder; backups/ in the home folder when left out.",
)
@click.option("--encrypt", is_flag=True, help="Encrypt it with a passphrase, which is asked for.")
@passphrase_file_option
@click.option("--with-key", is_flag=True, help="Put the secret key into it too; it must be encrypted.")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Delete older backups of the folder, so that this many stay. [default: RALLYMAP_KEEP_BACKUPS in backups/]",
)
def backup(output: Path | None, encrypt: bool, passphrase_file: Path | None, with_key: bool, keep: int | None) -> None:
    """Make a backup of the whole site, also while it runs.

    One file holds the database with pictures and accounts, the places that moderators settled, your own tables and
    texts, and the settings without secrets. The secret key is in it only with --with-key; otherwise keep a copy of
    rallymap.key in another place. The passphrase comes from --passphrase-file, RALLYMAP_BACKUP_PASSPHRASE or a prompt.

    \b
    Examples:
      rallymap backup
      rallymap backup --encrypt --with-key -o /media/stick/
      rallymap backup --passphrase-file backup.pass -o /srv/backups/ --keep 30
    """
    from rallymap.upkeep.backup import make_backup

    settings = Settings.from_env()
    target = output or settings.backup_dir
    if output is None:
        keep = keep or settings.keep_backups
    elif keep is not None and not output.is_dir():
        raise click.UsageError("--keep needs a folder that exists as --output, in which backups are named by time.")
    elif not (output if output.is_dir() else output.absolute().parent).is_dir():
        raise click.UsageError(f"The folder {output.parent} does not exist; make it first.")
    passphrase = read_passphrase(settings, passphrase_file)
    if encrypt and not passphrase:
        passphrase = asked_passphrase(is_new=True)
    made = make_backup(settings, target, now=datetime.now(UTC), passphrase=passphrase, with_key=with_key, keep=keep)
    click.echo(str(made.path))
    _say_contents(made.manifest)
    note(f"{size(made.size)}, {'encrypted' if passphrase else 'not encrypted'}.")
    if not made.contains_key:
        note(f"The secret key is not in it: keep a copy of {settings.key_file.name} in another place.")
    if made.deleted:
        note(f"{count(len(made.deleted), 'older backup')} deleted.")


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@passphrase_file_option
@click.option(
    "--into",
    metavar="URL",
    default="",
    help="For a backup of PostgreSQL: an empty database to restore it into. It stays there.",
)
def verify(path: Path, passphrase_file: Path | None, into: str) -> None:
    """Verify a backup: unpack it elsewhere, compare hashes and numbers, open its database.

    The site is not touched. A backup of PostgreSQL is read to its end and its rows are counted; --into also restores it
    into an empty database.

    \b
    Examples:
      rallymap verify var/backups/rallymap-20261126T030000Z.tar.gz
    """
    from rallymap.upkeep.verify import verify_backup

    settings = Settings.from_env()
    passphrase = passphrase_to_open(path, settings, passphrase_file)
    found = verify_backup(path, settings, passphrase=passphrase, scratch_url=into)
    _say_contents(found.manifest)
    note(f"{count(len(found.manifest.files), 'file')} as the manifest says; the database is whole.")
    if not found.is_tried:
        note("The archive of PostgreSQL was read to its end, but not restored into a server; --into does that.")
    if found.damaged_events:
        note(f"{count(found.damaged_events, 'event')} cannot be read; the site leaves the same ones out.")
    if found.contains_key:
        note("The secret key is in it.")
    elif found.fits_key:
        note(f"The secret key is not in it; {settings.key_file.name} of this site is the right one.")
    else:
        note("The secret key is not in it, and there is none here that fits: look for your copy of rallymap.key.")
    click.echo("The backup can be restored.")


def _say_contents(manifest: Manifest) -> None:
    counts = manifest.counts
    note(
        f"{manifest.site}, {manifest.made_at:%Y-%m-%d %H:%M} UTC, rallymap {manifest.version}: "
        f"{count(counts.get('events', 0), 'event')}, {count(counts.get('pictures', 0), 'picture')}, "
        f"{count(counts.get('accounts', 0), 'account')}."
    )
