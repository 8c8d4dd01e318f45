"""Two moderators for a future venue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from rallymap.events import Event, Place, ReviewStatus
from rallymap.moderation import Account, Decision, Role
from rallymap.store import Database
from rallymap.store.audit import list_audit
from rallymap.store.bulk import add_many
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.submissions import send_events
from tests.store.acts import list_approvals_of

Make = Callable[..., Event]
NORA = Account("nora", Role.MODERATOR, ("NO",))


@pytest.fixture
def careful(url: str, clock: Callable[[], datetime]) -> Iterator[Database]:
    """A store of an operator who asks for two moderators."""
    db = Database.open(url, clock=clock, two_moderators=True)
    yield db
    db.close()


@pytest.mark.slow
def test_future_venue_is_published_by_two(careful: Database, future_rally: Event, moderator: Account) -> None:
    send_events(careful, [future_rally], idempotency_key="form")[0]
    for key in ("one", "one", "one again"):
        event = decide(
            careful, "oslo-2026", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key=key
        )
        assert event.review is ReviewStatus.PENDING
    assert list_approvals_of(careful, "oslo-2026") == ("mina",)
    assert careful.dataset_version() == 0

    event = decide(careful, "oslo-2026", Decision.PUBLISH, account=NORA, expected_revision=1, idempotency_key="two")

    assert event.review is ReviewStatus.PUBLISHED
    assert [entry.action for entry in careful.read(list_audit, "oslo-2026")] == [
        "submitted",
        "approved",
        "approved",
        "published",
    ]


@pytest.mark.slow
def test_approval_ends_with_a_change(careful: Database, future_rally: Event, moderator: Account) -> None:
    send_events(careful, [future_rally], idempotency_key="form")[0]
    decide(careful, "oslo-2026", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="one")
    store_edit(
        careful, future_rally.changed(about="Changed."), account=NORA, expected_revision=1, idempotency_key="edit"
    )
    event = decide(careful, "oslo-2026", Decision.PUBLISH, account=NORA, expected_revision=2, idempotency_key="two")

    assert event.review is ReviewStatus.PENDING
    assert list_approvals_of(careful, "oslo-2026") == ("nora",)


@pytest.mark.slow
def test_one_moderator_is_enough_for_past_events_and_mere_cities(
    careful: Database, make_event: Make, future_rally: Event, moderator: Account
) -> None:
    past = make_event(place=Place("Oslo", "Stortinget"))
    city = future_rally.changed(place=Place("Oslo"), location=make_event().location)
    for event in (past, city):
        send_events(careful, [event], idempotency_key=event.id)[0]
        decided = decide(
            careful, event.id, Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key=f"p{event.id}"
        )
        assert decided.review is ReviewStatus.PUBLISHED


@pytest.mark.slow
def test_moving_a_published_future_venue_needs_the_second_one_again(
    careful: Database, future_rally: Event, moderator: Account
) -> None:
    add_many(careful, [future_rally.changed(review=ReviewStatus.PUBLISHED)], actor="import")
    moved = future_rally.changed(place=Place("Youngstorget, Oslo", "Youngstorget", "NO"))
    retitled = store_edit(
        careful,
        future_rally.changed(title="March in Oslo"),
        account=moderator,
        expected_revision=1,
        idempotency_key="title",
    )
    waiting = store_edit(careful, moved, account=moderator, expected_revision=2, idempotency_key="move")

    assert retitled.review is ReviewStatus.PUBLISHED
    assert waiting.review is ReviewStatus.PENDING
    again = decide(
        careful, "oslo-2026", Decision.PUBLISH, account=moderator, expected_revision=3, idempotency_key="alone"
    )
    assert again.review is ReviewStatus.PENDING
    agreed = decide(careful, "oslo-2026", Decision.PUBLISH, account=NORA, expected_revision=3, idempotency_key="both")
    assert agreed.review is ReviewStatus.PUBLISHED
