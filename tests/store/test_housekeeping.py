"""Regular deletion, and the clock that it depends on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from rallymap.attempts import AtMost, Claim
from rallymap.events import Event, ReviewStatus
from rallymap.hosting import Retention
from rallymap.moderation import Account, Role, TakedownReason
from rallymap.pictures import CleanPicture
from rallymap.store import Database, new_draft_token
from rallymap.store.accounts import add_account
from rallymap.store.audit import AuditEntry, record
from rallymap.store.bulk import add_many
from rallymap.store.changes import change_event
from rallymap.store.desk_tables import invitations
from rallymap.store.drafts import get_draft, save_draft, save_draft_picture
from rallymap.store.events import get_event
from rallymap.store.housekeeping import purge_attempts, run_housekeeping, tidy
from rallymap.store.pictures import put_picture
from rallymap.store.removal import remove_event
from rallymap.store.schema import attempts, draft_pictures, meta, pictures, sessions, tombstones
from rallymap.store.sessions import open_session, use_code
from rallymap.workflows.invitations import invite
from tests.store.conftest import NOW, FakeClock

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

ADA = Account("ada", Role.ADMINISTRATOR)


@pytest.fixture
def fresh(db: Database) -> Database:
    """A store whose housekeeping has never run."""
    with db.writing() as tx:
        tx.conn.execute(sa.delete(meta).where(meta.c.name.in_(("clock_seen", "deletes_from"))))
    return db


def run_for(db: Database, clock: FakeClock, **duration: float) -> None:
    """Let the server run, with housekeeping every six hours and at the end."""
    left = timedelta(**duration)
    while left:
        step = min(left, timedelta(hours=6))
        clock.forward(hours=step / timedelta(hours=1))
        db.write(tidy, Retention())
        left -= step


def begin(db: Database) -> str:
    """Save a form as a draft, with a picture, and return its token."""
    token = new_draft_token()
    revision = db.write(save_draft, token, {"title": "Vigil"}, expected_revision=0)
    db.write(save_draft_picture, token, CleanPicture(b"banner", "image/webp", 40, 30), expected_revision=revision)
    return token


def count(db: Database, table: sa.Table) -> int:
    with db.reading() as tx:
        return int(tx.conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_draft_is_deleted_after_thirty_days_of_running(fresh: Database, clock: FakeClock) -> None:
    token = begin(fresh)
    fresh.write(tidy, Retention())
    run_for(fresh, clock, days=30)
    assert fresh.read(get_draft, token) is not None
    run_for(fresh, clock, hours=1)
    assert fresh.read(get_draft, token) is None
    assert count(fresh, draft_pictures) == 0


def test_draft_that_was_touched_stays(fresh: Database, clock: FakeClock) -> None:
    token = begin(fresh)
    fresh.write(tidy, Retention())
    run_for(fresh, clock, days=20)
    fresh.write(save_draft, token, {"title": "Vigil, Oslo"}, expected_revision=2)
    run_for(fresh, clock, days=20)
    assert fresh.read(get_draft, token) is not None


@pytest.mark.parametrize("days", [31, 40, 4000])
def test_clock_that_jumps_ahead_deletes_no_draft(fresh: Database, clock: FakeClock, days: int) -> None:
    fresh.write(tidy, Retention())
    tokens = [begin(fresh) for _ in range(3)]
    clock.forward(days=days)
    begin(fresh)
    for _ in range(3):  # starts and the housekeeping of some hours
        fresh.write(tidy, Retention())
        run_for(fresh, clock, hours=5)
    assert [fresh.read(get_draft, token) is None for token in tokens] == [False, False, False]
    clock.now = NOW
    fresh.write(tidy, Retention())
    run_for(fresh, clock, days=29)
    assert [fresh.read(get_draft, token) is None for token in tokens] == [False, False, False]


def test_site_that_was_off_for_long_deletes_old_drafts_a_day_later(fresh: Database, clock: FakeClock) -> None:
    fresh.write(tidy, Retention())
    token = begin(fresh)
    clock.forward(days=90)
    fresh.write(tidy, Retention())
    run_for(fresh, clock, hours=23)
    assert fresh.read(get_draft, token) is not None
    run_for(fresh, clock, hours=1)
    assert fresh.read(get_draft, token) is None


def test_deletion_goes_on_after_a_clock_that_was_ahead_is_right_again(fresh: Database, clock: FakeClock) -> None:
    token = begin(fresh)
    clock.forward(days=4000)
    fresh.write(tidy, Retention())
    clock.now = NOW
    fresh.write(tidy, Retention())
    run_for(fresh, clock, days=30, hours=1)
    assert fresh.read(get_draft, token) is None


def test_sessions_and_invitations_that_are_over_are_deleted(fresh: Database, clock: FakeClock) -> None:
    fresh.write(tidy, Retention())
    fresh.write(open_session, fresh.write(add_account, "mina", "hash", Role.MODERATOR))
    invite(fresh, Role.MODERATOR, account=ADA)
    run_for(fresh, clock, days=1)
    assert (count(fresh, sessions), count(fresh, invitations)) == (0, 1)
    run_for(fresh, clock, days=7)
    assert count(fresh, invitations) == 0


def test_hashes_are_deleted_after_an_hour_whatever_the_clock_did(fresh: Database, clock: FakeClock) -> None:
    for code in range(3):
        fresh.write(use_code, "mina", str(code), NOW + timedelta(days=40 * (code - 1)))
    clock.forward(minutes=59)
    purge_attempts(fresh)
    assert count(fresh, attempts) == 1
    clock.forward(minutes=1)
    purge_attempts(fresh)
    assert count(fresh, attempts) == 0


def test_counts_in_memory_are_forgotten_with_the_same_run(fresh: Database, clock: FakeClock) -> None:
    fresh.attempts.take(Claim("report", "192.0.2.7", AtMost(3)), now_s=NOW.timestamp())
    purge_attempts(fresh)
    assert len(fresh.attempts) == 1
    clock.forward(hours=1)
    purge_attempts(fresh)
    assert len(fresh.attempts) == 0


def with_picture(db: Database, event: Event) -> None:
    """Store an event, and give it a picture as its second revision."""
    add_many(db, [event], actor="ada")
    with db.writing() as tx:
        before = get_event(tx, event.id)
        picture = put_picture(tx, event.id, CleanPicture(b"a face in the crowd" * 9, "image/webp", 40, 30), "Banner")
        change_event(tx, before, before.changed(picture=picture), AuditEntry("ada", "edited"))


def test_pictures_of_rejected_and_withdrawn_events_are_deleted(
    fresh: Database, clock: FakeClock, make_event: Callable[..., Event]
) -> None:
    for review in ReviewStatus:
        with_picture(fresh, make_event(f"event-{review.value.replace('_', '-')}", review=review))
    fresh.write(tidy, Retention(rejected_pictures=3))
    for days, left in ((3, len(ReviewStatus)), (1, len(ReviewStatus) - 2)):
        for _ in range(days):
            clock.forward(days=1)
            fresh.write(tidy, Retention(rejected_pictures=3))
        assert count(fresh, pictures) == left
    rejected = fresh.read(get_event, "event-rejected")
    assert (rejected.picture, rejected.revision, rejected.review) == (None, 3, ReviewStatus.REJECTED)
    assert fresh.read(get_event, "event-published").picture is not None
    assert fresh.dataset_version() == 2  # one publication with its picture; nothing that the public saw has changed


@pytest.mark.parametrize(("action", "days"), [("answered", 4), ("noted", 4), ("changed", 6)])
def test_messages_about_a_rejected_event_do_not_keep_its_picture(
    fresh: Database, clock: FakeClock, make_event: Callable[..., Event], action: str, days: int
) -> None:
    with_picture(fresh, make_event("rejected", review=ReviewStatus.REJECTED))
    fresh.write(tidy, Retention(rejected_pictures=3))
    for day in range(1, days + 1):
        assert count(fresh, pictures) == 1
        clock.forward(days=1)
        if day == 2:
            fresh.write(lambda tx: record(tx, AuditEntry("organiser", action), get_event(tx, "rejected")))
        fresh.write(tidy, Retention(rejected_pictures=3))
    assert count(fresh, pictures) == 0


def test_picture_that_only_a_proposed_change_names_is_deleted_too(
    fresh: Database, clock: FakeClock, make_event: Callable[..., Event]
) -> None:
    add_many(fresh, [make_event("gone", review=ReviewStatus.WITHDRAWN)], actor="ada")
    fresh.write(put_picture, "gone", CleanPicture(b"a face in the crowd" * 9, "image/webp", 40, 30), "Banner")
    fresh.write(tidy, Retention(rejected_pictures=1))
    for _ in range(2):
        clock.forward(days=1)
        fresh.write(tidy, Retention(rejected_pictures=1))
    assert (count(fresh, pictures), fresh.read(get_event, "gone").revision) == (0, 1)


def test_tombstones_stay_for_good_unless_a_limit_is_set(
    fresh: Database, clock: FakeClock, make_event: Callable[..., Event]
) -> None:
    add_many(fresh, [make_event("gone"), make_event("merged"), make_event("kept")], actor="ada")
    with fresh.writing() as tx:
        remove_event(tx, get_event(tx, "gone"), reason_code=next(iter(TakedownReason)).value)
        remove_event(tx, get_event(tx, "merged"), reason_code="merged", redirect_to="kept")
    fresh.write(tidy, Retention())
    for _ in range(40):
        clock.forward(days=1)
        fresh.write(tidy, Retention())
    assert count(fresh, tombstones) == 2
    fresh.write(tidy, Retention(tombstones=41))
    assert count(fresh, tombstones) == 2
    clock.forward(days=1, hours=1)
    fresh.write(tidy, Retention(tombstones=41))
    assert count(fresh, tombstones) == 1


def test_limit_of_drafts_is_a_setting(fresh: Database, clock: FakeClock) -> None:
    token = begin(fresh)
    fresh.write(tidy, Retention(drafts=2))
    for _ in range(3):
        assert fresh.read(get_draft, token) is not None
        clock.forward(days=1)
        fresh.write(tidy, Retention(drafts=2))
    assert fresh.read(get_draft, token) is None


def test_deleted_bytes_are_in_no_file(tmp_path: Path, clock: FakeClock) -> None:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}", clock=clock)
    token = new_draft_token()
    db.write(save_draft, token, {"title": "Vigil behind the mill"}, expected_revision=0)
    run_housekeeping(db, Retention())
    held = [path.name for path in tmp_path.iterdir() if b"behind the mill" in path.read_bytes()]
    assert held == ["rallymap.db-wal"] or held == ["rallymap.db"]
    for _ in range(31):
        clock.forward(days=1)
        run_housekeeping(db, Retention())
    assert [path.name for path in tmp_path.iterdir() if b"behind the mill" in path.read_bytes()] == []
    db.close()
