"""Data deleted after their retention period are in no file of the home folder, and in no later backup.

The test searches for bytes: texts as typed and, for encrypted or hashed data, the stored values.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from rallymap.events import Event
from rallymap.moderation import Account, Decision, Role
from rallymap.pictures import CleanPicture
from rallymap.settings import Settings
from rallymap.store import Database, new_draft_token
from rallymap.store.accounts import add_account
from rallymap.store.audit import AuditEntry
from rallymap.store.changes import change_event
from rallymap.store.drafts import save_draft, save_draft_picture
from rallymap.store.events import get_event
from rallymap.store.housekeeping import run_housekeeping
from rallymap.store.pictures import put_picture
from rallymap.store.schema import metadata
from rallymap.store.sessions import open_session
from rallymap.store.transaction import Transaction, put_meta
from rallymap.upkeep.backup import make_backup
from rallymap.workflows.decisions import decide
from rallymap.workflows.event_mail import subscribe_own_mail
from rallymap.workflows.invitations import invite
from rallymap.workflows.submissions import send_events

pytestmark = pytest.mark.slow

BEGAN = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
WORDS = b"Behind the old mill"
LONG = "Behind the old mill, at the third gate. " * 400
"""Longer than a page of the database."""
PICTURE = b"a banner with faces " * 2_000
ADA = Account("ada", Role.ADMINISTRATOR)
DRAFTS_KEPT_DAYS, LONGEST_KEPT_DAYS = 30, 62
SEALED = {
    "event_mail": ("address",),
    "outbox": ("address", "facts"),
    "sessions": ("token_hash",),
    "invitations": ("token_hash",),
    "drafts": ("token_hash",),
}
"""Columns with data to be deleted that are not plain text."""


class MovedClock:
    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now


def fill(db: Database, make_event: Callable[..., Event]) -> None:
    """Add one of everything with a retention period to a database; save drafts several times, longer and shorter."""
    db.write(put_meta, "clock_seen", repr(BEGAN.timestamp()))
    db.write(open_session, db.write(add_account, "ada", "hash", Role.ADMINISTRATOR))
    invite(db, Role.MODERATOR, account=ADA)
    token, revision = new_draft_token(), 0
    for text in ("", LONG, LONG[:300], LONG * 2):
        fields = {"title": "Vigil", "venue": text, "contact": f"{text[:60]}@example.org"}
        revision = db.write(save_draft, token, fields, expected_revision=revision)
    db.write(save_draft_picture, token, CleanPicture(PICTURE, "image/webp", 40, 30), expected_revision=revision)
    [sent] = send_events(db, [make_event("rejected-1")], idempotency_key="form-rejected-1")
    db.write(show_picture, "rejected-1")
    subscribe_own_mail(db, [sent.edit_token], "nora@example.org", with_words=True, only_decision=False)
    # The mail about this is never sent.
    decide(
        db,
        "rejected-1",
        Decision.REJECT,
        reason="Not an event",
        account=ADA,
        expected_revision=2,
        idempotency_key="reject-it-0001",
    )


def show_picture(tx: Transaction, event_id: str) -> None:
    event = get_event(tx, event_id)
    picture = put_picture(tx, event_id, CleanPicture(PICTURE, "image/webp", 40, 30), "A banner")
    change_event(tx, event, event.changed(picture=picture), AuditEntry("ada", "edited"))


def stored(db: Database) -> list[bytes]:
    """Return the current values of the sealed columns."""
    found: list[bytes] = []
    with db.reading() as tx:
        for name, columns in SEALED.items():
            rows = tx.conn.execute(sa.select(*(metadata.tables[name].c[column] for column in columns))).all()
            assert rows, name
            found += [value.encode() if isinstance(value, str) else bytes(value) for row in rows for value in row]
    assert all(len(value) > 10 for value in found)
    return found


def files_with(folder: Path, wanted: list[bytes]) -> dict[str, list[bytes]]:
    """Return which files of a folder contain any of these bytes, and which ones; archives are unpacked."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            if held := [value[:40] for value in wanted if value in data]:
                found[path.name] = held
    return found


def test_data_deleted_by_retention_are_in_no_file(
    new_settings: Callable[..., Settings], make_event: Callable[..., Event]
) -> None:
    site, clock = new_settings("site"), MovedClock()
    site.home.mkdir(mode=0o700)
    url, key = site.database_url, site.key_file
    with closing(Database.open(url, clock=clock, key_file=key)) as db:
        fill(db, make_event)
        wanted = [WORDS, PICTURE[:200], b"nora@example.org", *stored(db)]
        make_backup(site, site.backup_dir, now=clock.now)
        before = files_with(site.home, wanted)
        # Plain texts are in the database and in that day's backup; the address is in neither, because it is encrypted.
        held = {value for values in before.values() for value in values}
        assert (WORDS in held, PICTURE[:40] in held, b"nora@example.org" in held) == (True, True, False)
        assert len(held) == len({value[:40] for value in wanted}) - 1

        for day in range(1, LONGEST_KEPT_DAYS + 1):
            clock.now = BEGAN + timedelta(days=day)
            with db.reading() as tx:
                if day > DRAFTS_KEPT_DAYS:
                    # An active reader prevents the log from being truncated with the deletion.
                    tx.conn.execute(sa.text("SELECT count(*) FROM drafts")).scalar_one()
                run_housekeeping(db, site.retention)
            db.finish_checkpoint()
        assert db.read(get_event, "rejected-1").picture is None
        (site.backup_dir / "rallymap-20260601T120000Z.tar.gz").unlink()
        make_backup(site, site.backup_dir, now=clock.now)
        assert files_with(site.home, wanted) == {}
