"""Regular deletion, and the clock that it depends on."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from rallymap.attempts import AtMost, Claim
from rallymap.moderation import Account, Role
from rallymap.pictures import CleanPicture
from rallymap.store import EventStore, new_draft_token
from rallymap.store.schema import attempts, draft_pictures, invitations, meta, sessions
from tests.store.conftest import NOW, FakeClock

ADA = Account("ada", Role.ADMINISTRATOR)


@pytest.fixture
def fresh(store: EventStore) -> EventStore:
    """A store whose housekeeping has never run."""
    with store.writing() as tx:
        tx.conn.execute(sa.delete(meta).where(meta.c.name.in_(("clock_seen", "deletes_from"))))
    return store


def run_for(store: EventStore, clock: FakeClock, **duration: float) -> None:
    """Let the server run, with housekeeping every hour."""
    for _ in range(round(timedelta(**duration) / timedelta(hours=1))):
        clock.forward(hours=1)
        store.tidy()


def begin(store: EventStore) -> str:
    """Save a form as a draft, with a picture, and return its token."""
    token = new_draft_token()
    revision = store.save_draft(token, {"title": "Vigil"}, expected_revision=0)
    store.save_draft_picture(token, CleanPicture(b"banner", "image/webp", 40, 30), expected_revision=revision)
    return token


def count(store: EventStore, table: sa.Table) -> int:
    with store.reading() as conn:
        return int(conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_draft_is_deleted_after_thirty_days_of_running(fresh: EventStore, clock: FakeClock) -> None:
    token = begin(fresh)
    fresh.tidy()
    run_for(fresh, clock, days=30)
    assert fresh.draft(token) is not None
    run_for(fresh, clock, hours=1)
    assert fresh.draft(token) is None
    assert count(fresh, draft_pictures) == 0


def test_draft_that_was_touched_stays(fresh: EventStore, clock: FakeClock) -> None:
    token = begin(fresh)
    fresh.tidy()
    run_for(fresh, clock, days=20)
    fresh.save_draft(token, {"title": "Vigil, Oslo"}, expected_revision=2)
    run_for(fresh, clock, days=20)
    assert fresh.draft(token) is not None


@pytest.mark.parametrize("days", [31, 40, 4000])
def test_clock_that_jumps_ahead_deletes_nobodys_draft(fresh: EventStore, clock: FakeClock, days: int) -> None:
    fresh.tidy()
    tokens = [begin(fresh) for _ in range(3)]
    clock.forward(days=days)
    begin(fresh)
    for _ in range(3):  # starts and the housekeeping of some hours
        fresh.tidy()
        run_for(fresh, clock, hours=5)
    assert [fresh.draft(token) is None for token in tokens] == [False, False, False]
    clock.now = NOW
    fresh.tidy()
    run_for(fresh, clock, days=29)
    assert [fresh.draft(token) is None for token in tokens] == [False, False, False]


def test_site_that_was_off_for_long_deletes_old_drafts_a_day_later(fresh: EventStore, clock: FakeClock) -> None:
    fresh.tidy()
    token = begin(fresh)
    clock.forward(days=90)
    fresh.tidy()
    run_for(fresh, clock, hours=23)
    assert fresh.draft(token) is not None
    run_for(fresh, clock, hours=1)
    assert fresh.draft(token) is None


def test_deletion_goes_on_after_a_clock_that_was_ahead_is_right_again(fresh: EventStore, clock: FakeClock) -> None:
    token = begin(fresh)
    clock.forward(days=4000)
    fresh.tidy()
    clock.now = NOW
    fresh.tidy()
    run_for(fresh, clock, days=30, hours=1)
    assert fresh.draft(token) is None


def test_sessions_and_invitations_that_are_over_are_deleted(fresh: EventStore, clock: FakeClock) -> None:
    fresh.tidy()
    fresh.open_session(fresh.add_account("mina", "hash", Role.MODERATOR))
    fresh.invite(Role.MODERATOR, actor=ADA)
    run_for(fresh, clock, days=1)
    assert (count(fresh, sessions), count(fresh, invitations)) == (0, 1)
    run_for(fresh, clock, days=7)
    assert count(fresh, invitations) == 0


def test_hashes_are_deleted_after_an_hour_whatever_the_clock_did(fresh: EventStore, clock: FakeClock) -> None:
    for code in range(3):
        fresh.use_code("mina", str(code), NOW + timedelta(days=40 * (code - 1)))
    clock.forward(minutes=59)
    fresh.purge_attempts()
    assert count(fresh, attempts) == 1
    clock.forward(minutes=1)
    fresh.purge_attempts()
    assert count(fresh, attempts) == 0


def test_counts_in_memory_are_forgotten_with_the_same_run(fresh: EventStore, clock: FakeClock) -> None:
    fresh.attempts.take(Claim("report", "192.0.2.7", AtMost(3)), now_s=NOW.timestamp())
    fresh.purge_attempts()
    assert len(fresh.attempts) == 1
    clock.forward(hours=1)
    fresh.purge_attempts()
    assert len(fresh.attempts) == 0
