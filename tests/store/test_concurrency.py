"""Many at once: nothing lost, nothing doubled, and nobody is told of a locked database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from rallymap.errors import StaleEventError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event, public_rows, read_public_changes
from rallymap.store.review_queue import count_reviews, list_queue
from rallymap.store.schema import audit, revisions
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.submissions import send_events

Make = Callable[..., Event]
ORGANISERS = 32
EACH = 5


@pytest.mark.slow
def test_many_organisers_submit_while_a_moderator_publishes(db: Database, make_event: Make, moderator: Account) -> None:
    everyone_is_done = threading.Event()

    def submit(organiser: int) -> list[str]:
        # Every form is sent twice, and five ask for the same id.
        twice = [
            send_events(db, [make_event(f"rally-{organiser}")], idempotency_key=f"form-{organiser}-{n}-{0:016}")[0]
            for n in range(EACH)
            for _ in "ab"
        ]
        return [receipt.event_id for receipt in twice[::2]] if twice[::2] == twice[1::2] else []

    def publish() -> set[str]:
        published: set[str] = set()
        while True:
            finished = everyone_is_done.is_set()
            waiting = db.read(list_queue, limit=20)
            for item in waiting:
                decide(
                    db,
                    item.event.id,
                    Decision.PUBLISH,
                    account=moderator,
                    expected_revision=item.event.revision,
                    idempotency_key=f"publish-{item.event.id}",
                )
                published.add(item.event.id)
            if finished and not waiting:
                return published

    with ThreadPoolExecutor(ORGANISERS + 1) as pool:
        publishing = pool.submit(publish)
        submitted = [event_id for ids in pool.map(submit, range(ORGANISERS)) for event_id in ids]
        everyone_is_done.set()
        published = publishing.result()

    assert len(submitted) == len(set(submitted)) == ORGANISERS * EACH
    assert published == set(submitted)
    assert {row.id for some in public_rows(db) for row in some} == published
    assert db.dataset_version() == len(published)
    with db.reading() as tx:
        actions = tx.conn.execute(sa.select(audit.c.action, sa.func.count()).group_by(audit.c.action)).all()
        kept = tx.conn.scalar(sa.select(sa.func.count()).select_from(revisions))
    assert sorted(tuple(row) for row in actions) == [("published", len(submitted)), ("submitted", len(submitted))]
    assert kept == 2 * len(submitted)


@pytest.mark.slow
def test_edits_at_once_are_each_kept_or_refused_as_stale(db: Database, make_event: Make, moderator: Account) -> None:
    add_many(db, [make_event()], actor="import")
    tries = 12

    def add_topic(number: int) -> bool:
        event = db.read(get_event, "oslo-2020")
        try:
            store_edit(
                db,
                event.changed(topics=(*event.topics, f"topic {number}")),
                account=moderator,
                expected_revision=event.revision,
                idempotency_key=f"edit-{number}",
            )
        except StaleEventError:
            return False
        return True

    with ThreadPoolExecutor(tries) as pool:
        kept = list(pool.map(add_topic, range(tries)))
    event = db.read(get_event, "oslo-2020")

    assert any(kept)
    assert sorted(event.topics) == sorted(f"topic {number}" for number in range(tries) if kept[number])
    assert event.revision == 1 + sum(kept)
    assert db.dataset_version() == 1 + sum(kept)


@pytest.mark.slow
def test_changes_read_while_others_write_are_never_missed(db: Database, make_event: Make, moderator: Account) -> None:
    count = 60
    add_many(db, (make_event(f"event-{n}", review=ReviewStatus.PENDING) for n in range(count)), actor="import")
    seen: set[str] = set()
    stop = threading.Event()

    def follow() -> None:
        version = 0
        while True:
            finished = stop.is_set()
            changes = db.read(read_public_changes, version)
            version = changes.version
            seen.update(row.id for row in changes.rows)
            if finished:
                return

    def publish(number: int) -> None:
        decide(
            db,
            f"event-{number}",
            Decision.PUBLISH,
            account=moderator,
            expected_revision=1,
            idempotency_key=f"publish-{number}",
        )

    follower = threading.Thread(target=follow)
    follower.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(publish, range(count)))
    stop.set()
    follower.join()

    assert seen == {f"event-{n}" for n in range(count)}


@pytest.mark.slow
@pytest.mark.parametrize("times", [8])
def test_form_sent_from_many_windows_is_one_event(db: Database, make_event: Make, times: int) -> None:
    with ThreadPoolExecutor(times) as pool:
        receipts = list(
            pool.map(lambda _: send_events(db, [make_event()], idempotency_key="one-form")[0], range(times))
        )

    assert len(set(receipts)) == 1
    assert db.read(count_reviews) == {ReviewStatus.PENDING: 1}
