"""Check a site on its own machine: settings, files, database, backups, disk, versions, clock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Final

from rallymap import __version__
from rallymap.errors import MailError, RallymapError
from rallymap.file_faults import can_be_read
from rallymap.mail.smtp import MailConnection
from rallymap.moderation import Role
from rallymap.networks import THIS_MACHINE
from rallymap.own_command import own_command
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.accounts import list_accounts
from rallymap.store.copies import database_facts, database_files
from rallymap.store.engine import WAL_SAFE_SQLITE, newest_sqlite
from rallymap.store.housekeeping import last_housekeeping
from rallymap.store.migrate import HEAD
from rallymap.store.outbox import read_outbox
from rallymap.upkeep.backup import list_backups
from rallymap.upkeep.finding import Finding
from rallymap.upkeep.home_files import check_files

BACKUP_AGE: Final = timedelta(days=2)
MAIL_AGE: Final = timedelta(hours=2)
_MAIL_ANSWER_S: Final = 10.0
_CLOCK_BEHIND: Final = timedelta(hours=1)
LEAST_FREE: Final = 1_000_000_000
_SHOWN_ON_ABOUT = {
    "RALLYMAP_OPERATOR": "who runs the site",
    "RALLYMAP_IMPRINT": "the imprint",
    "RALLYMAP_PRIVACY_CONTACT": "where people ask about their data",
    "RALLYMAP_TAKEDOWN_CONTACT": "where people ask to take an event down",
    "RALLYMAP_DATA_LICENCE": "the licence of the events that are sent in",
}


def check_machine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Check the machine without using the network."""
    yield _user()
    yield from check_files(settings)
    yield _legal(settings)
    yield from _database(settings, now)
    yield _backups(settings, now)
    yield from _disks(settings)
    yield from _versions()
    yield _clock()
    if settings.log_details:
        yield Finding(
            "log", "Messages of exceptions are logged, which may quote visitors: unset RALLYMAP_LOG_DETAILS.", False
        )


def _user() -> Finding:
    if sys.platform != "win32" and os.geteuid() == 0:
        return Finding("user", "This runs as root. Run rallymap as a user of its own (docs/deploy.md).", False)
    return Finding("user", "not root")


def _legal(settings: Settings) -> Finding:
    missing = [what for variable, what in _SHOWN_ON_ABOUT.items() if not settings.given.get(variable)]
    if missing:
        return Finding("About page", f"About does not say {', '.join(missing)}. Set it in rallymap.toml.", False)
    return Finding("About page", "says who runs the site, the contacts and the licence")


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    try:
        facts = database_facts(settings.database_url)
    except RallymapError as err:
        yield Finding("database", f"{err.user_message} {_advice_for_database(settings)}", False)
        return
    if facts is None:
        yield Finding("database", "There is none yet; it is made at the first start.", None)
        return
    if facts.schema != HEAD:
        newer = facts.schema > HEAD
        do = "Install that version." if newer else f"Stop the site and run: {own_command('upgrade')}"
        yield Finding("database", f"It has schema {facts.schema}, this version {HEAD}. {do}", False)
        return
    yield Finding("database", f"schema {facts.schema}, {facts.counts.get('events', 0)} events")
    try:
        fits = facts.fits_key(settings.key_file)
    except RallymapError as err:
        yield Finding("key", err.user_message, False)
        return
    if not fits:
        yield Finding("key", f"{settings.key_file} is missing or of another database; put your copy there.", False)
        return
    yield Finding("key", "fits the database; keep a copy of it in another place")
    yield from _time_of_database(settings, now)
    yield _accounts(settings)
    yield _mail(settings)


def _advice_for_database(settings: Settings) -> str:
    if settings.is_postgresql:
        return "Is PostgreSQL running, and is RALLYMAP_DATABASE_URL right?"
    files = [path for path in (settings.home, *database_files(settings.database_url)) if path.exists()]
    if not all(os.access(path, os.R_OK | os.W_OK) for path in files):
        return f"Give {settings.home} and the files in it to the user of rallymap."
    if not all(can_be_read(path) for path in files if path.is_file()):
        return f"Stop the site, and restore a backup on another disk: {own_command('restore FILE')}"
    return f"Stop the site and put a backup back: {own_command('restore --replace FILE')}"


def _mail(settings: Settings) -> Finding:
    server = settings.mail
    if not server.is_set:
        return Finding("mail", "No mail server is set; people learn what is new on the pages and by feeds.")
    if server.security == "none" and server.host not in THIS_MACHINE:
        return Finding(
            "mail", f"Mail goes to {server.host} without encryption; set RALLYMAP_MAIL_SECURITY=starttls.", False
        )
    try:
        with closing(Database.open(settings.database_url, key_file=settings.key_file)) as db:
            outbox, now = db.read(read_outbox), db.now()
    except RallymapError as err:
        return Finding("mail", err.user_message, None)
    try_it = f"Mend it and try it with: {own_command('mail test ADDRESS')}"
    if outbox.given_up:
        return Finding("mail", f"{outbox.given_up} given up: {outbox.problem} {try_it}", False)
    if outbox.oldest is not None and now - outbox.oldest > MAIL_AGE:
        said = f"{outbox.waiting} wait, the oldest for {(now - outbox.oldest) // timedelta(hours=1)} hours. "
        return Finding("mail", f"{said}{try_it}", False)
    try:
        with MailConnection(server, timeout_s=_MAIL_ANSWER_S) as connection:
            connection.open()
    except MailError as err:
        return Finding("mail", f"{err.user_message} {try_it}", False)
    return Finding("mail", f"{server.host}:{server.port} answers; {outbox.waiting} to send")


def _time_of_database(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Compare the clock with the last time that the site stored, which it does at least once an hour."""
    try:
        with closing(Database.open(settings.database_url, key_file=settings.key_file)) as db:
            seen = db.read(last_housekeeping)
    except RallymapError:
        return  # reported by the check of accounts
    if seen is not None and seen - now > _CLOCK_BEHIND:
        said = f"It is {seen - now} behind the time that the site noted last ({seen:%Y-%m-%d %H:%M} UTC). "
        yield Finding("clock", f"{said}Venues and deletion depend on it; let a time server set it.", False)


def _accounts(settings: Settings) -> Finding:
    try:
        with closing(Database.open(settings.database_url, key_file=settings.key_file)) as db:
            entries = db.read(list_accounts)
    except RallymapError as err:
        return Finding("accounts", err.user_message, False)
    is_led = any(entry.active and entry.account.role is Role.ADMINISTRATOR for entry in entries)
    if not is_led:
        return Finding(
            "accounts",
            f"Nobody can administer the site: {own_command('moderators add NAME --role administrator')}",
            False,
        )
    return Finding("accounts", f"{sum(entry.active for entry in entries)} can sign in")


def _backups(settings: Settings, now: datetime) -> Finding:
    found = list_backups(settings.backup_dir)
    if not found:
        return Finding(
            "backup",
            f"There is none in {settings.backup_dir}. Run: {own_command('backup')}. Then set up its timer.",
            False,
        )
    made_at, path = found[-1]
    if now - made_at > BACKUP_AGE:
        days = (now - made_at).days
        return Finding(
            "backup", f"The newest, {path.name}, is {days} days old. Look at the timer of the backup.", False
        )
    return Finding("backup", f"{path.name}; now and then try: {own_command(f'verify {path}')}")


def _disks(settings: Settings) -> Iterator[Finding]:
    elsewhere = [path.parent for path in database_files(settings.database_url)[:1] if path.parent != settings.home]
    folders = [("disk", settings.home), *(("disk of the database", folder) for folder in elsewhere)]
    for what, folder in (*folders, ("disk of backups", settings.backup_dir)):
        if not folder.is_dir():
            continue
        free = shutil.disk_usage(folder).free
        said = f"{free / 1e9:.1f} GB free at {folder}"
        yield Finding(what, said if free >= LEAST_FREE else f"Only {said}; make room.", free >= LEAST_FREE)


def _versions() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("versions", f"rallymap {__version__}, Python {python}")
    sqlite = newest_sqlite()
    if tuple(sqlite.sqlite_version_info) < WAL_SAFE_SQLITE:
        yield Finding(
            "SQLite", f"{sqlite.sqlite_version} is older than 3.51.3; install the Python package pysqlite3.", False
        )
    else:
        yield Finding("SQLite", sqlite.sqlite_version)


def _clock() -> Finding:
    program = shutil.which("timedatectl")
    if program is None:
        return Finding("clock", "timedatectl is not here; make sure that a time server sets the clock.", None)
    done = subprocess.run(  # noqa: S603 - our own arguments
        [program, "show", "--property=NTPSynchronized,CanNTP"], capture_output=True, text=True, check=False
    )
    answer = set(done.stdout.split())
    if "NTPSynchronized=yes" in answer:
        return Finding("clock", "set by a time server")
    if "CanNTP=no" in answer:
        remedy = "Install a program for this, such as the package systemd-timesyncd."
        return Finding("clock", f"No time server sets it. {remedy}", False)
    if "NTPSynchronized=no" in answer:
        return Finding("clock", "No time server sets it. Run: timedatectl set-ntp true", False)
    return Finding("clock", "timedatectl does not answer; make sure that a time server sets the clock.", None)
