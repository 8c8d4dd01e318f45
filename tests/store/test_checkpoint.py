"""Emptying the write-ahead log while others read."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from rallymap.events import Event
from rallymap.moderation import Account, TakedownReason
from rallymap.store import Database, Reading
from rallymap.store.bulk import add_many
from rallymap.store.drafts import save_draft
from rallymap.store.engine import BUSY_S
from rallymap.store.schema import events
from rallymap.workflows.takedown import delete_event

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

SECRET = "The house with the blue door"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rallymap.db"


@pytest.fixture
def local(path: Path, make_event: Callable[..., Event]) -> Iterator[Database]:
    db = Database.open(f"sqlite:///{path}")
    add_many(db, [make_event(about=SECRET)], actor="import")
    yield db
    db.close()


def files_with_secret(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir() if SECRET.encode() in file.read_bytes())


def test_takedown_does_not_wait_for_another_process_that_reads(
    path: Path, local: Database, moderator: Account, new_key: Callable[[], str]
) -> None:
    other = Database.open(f"sqlite:///{path}")
    try:
        with other.reading() as tx:
            tx.conn.execute(sa.select(sa.func.count()).select_from(events)).scalar_one()
            begun = time.monotonic()
            delete_event(
                local,
                "oslo-2020",
                TakedownReason.RISK,
                account=moderator,
                expected_revision=1,
                idempotency_key=new_key(),
            )
            assert time.monotonic() - begun < BUSY_S
            local.finish_checkpoint()
            assert files_with_secret(path) != []
        local.finish_checkpoint()
    finally:
        other.close()
    assert files_with_secret(path) == []


def test_checkpoint_says_whether_it_is_done(path: Path, local: Database) -> None:
    other = Database.open(f"sqlite:///{path}")
    try:
        with other.reading() as tx:
            tx.conn.execute(sa.select(events.c.id)).all()
            local.write(save_draft, "a-token-of-a-draft", {"title": "Vigil"}, expected_revision=0)
            assert not local.checkpoint_wal()
        assert local.checkpoint_wal()
    finally:
        other.close()


def wait_until_over_or_held_up(thread: threading.Thread) -> None:
    """Wait for a thread that may be waiting for the checkpoint that goes on, longer than one of its own would last."""
    looks = 0
    while thread.is_alive() and looks < 100:
        frame = sys._current_frames().get(thread.ident or 0)
        looks = looks + 1 if frame is not None and frame.f_code is Database.checkpoint_wal.__code__ else 0
        thread.join(0.005)


def test_checkpoint_that_began_before_a_takedown_does_not_say_that_its_words_are_gone(
    path: Path,
    local: Database,
    moderator: Account,
    new_key: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other, reading, late = Database.open(f"sqlite:///{path}"), local.reading, list[threading.Thread]()

    def take_down_while_another_reads() -> None:
        with other.reading() as tx:
            tx.conn.execute(sa.select(sa.func.count()).select_from(events)).scalar_one()
            delete_event(
                local, "oslo-2020", TakedownReason.RISK, account=moderator, expected_revision=1,
                idempotency_key=new_key(),
            )  # fmt: skip

    @contextmanager
    def reading_that_ends_late() -> Iterator[Reading]:
        with reading() as tx:
            yield tx
        if not late:
            late.append(threading.Thread(target=take_down_while_another_reads))
            late[0].start()
            wait_until_over_or_held_up(late[0])

    monkeypatch.setattr(local, "reading", reading_that_ends_late)
    local.checkpoint_wal()
    late[0].join(20)
    other.close()
    local.finish_checkpoint()
    assert files_with_secret(path) == []
