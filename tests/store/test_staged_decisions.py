"""Decisions that are prepared and carried out together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rallymap.errors import (
    ModerationError,
    RightsError,
    StaleEventError,
)
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision, Role
from rallymap.store import Database
from rallymap.workflows.decisions import (
    apply_staged_decisions,
    list_staged,
    list_staged_by_others,
    stage,
    unstage,
)
from rallymap.workflows.edits import store_edit
from rallymap.workflows.submissions import send_events

Make = Callable[..., Event]
NORA = Account("nora", Role.MODERATOR, ("NO",))
FLEUR = Account("fleur", Role.MODERATOR, ("FR",))


@pytest.mark.slow
def test_staged_decisions_are_carried_out_in_one_go(
    db: Database, make_event: Make, moderator: Account, clock: object
) -> None:
    for number in range(3):
        send_events(db, [make_event(f"event-{number}")], idempotency_key=f"form-{number}")[0]
        stage(db, f"event-{number}", Decision.PUBLISH, account=moderator, expected_revision=1)
        clock.forward(seconds=1)  # type: ignore[attr-defined]
    stage(db, "event-1", Decision.REJECT, account=moderator, expected_revision=1, reason="Spam.")
    clock.forward(seconds=1)  # type: ignore[attr-defined]
    assert [(item.event.id, item.decision, item.reason, item.is_stale) for item in list_staged(db, moderator)] == [
        ("event-0", Decision.PUBLISH, "", False),
        ("event-2", Decision.PUBLISH, "", False),
        ("event-1", Decision.REJECT, "Spam.", False),
    ]
    assert db.dataset_version() == 0

    done = apply_staged_decisions(db, account=moderator, idempotency_key="all")

    assert [(event.id, event.review) for event in done] == [
        ("event-0", ReviewStatus.PUBLISHED),
        ("event-2", ReviewStatus.PUBLISHED),
        ("event-1", ReviewStatus.REJECTED),
    ]
    assert db.dataset_version() == 1
    assert list_staged(db, moderator) == []
    assert apply_staged_decisions(db, account=moderator, idempotency_key="all") == []


@pytest.mark.slow
def test_staged_decision_on_a_changed_event_stops_all(db: Database, make_event: Make, moderator: Account) -> None:
    for number in range(2):
        send_events(db, [make_event(f"event-{number}", title=f"Rally {number}")], idempotency_key=f"form-{number}")[0]
        stage(db, f"event-{number}", Decision.PUBLISH, account=moderator, expected_revision=1)
    store_edit(
        db, make_event("event-1", title="Changed"), account=moderator, expected_revision=1, idempotency_key="edit"
    )

    with pytest.raises(StaleEventError, match="Someone changed “Changed” since you decided"):
        apply_staged_decisions(db, account=moderator, idempotency_key="all")
    assert db.dataset_version() == 0
    unstage(db, "event-1", account=moderator)
    assert [event.id for event in apply_staged_decisions(db, account=moderator, idempotency_key="all")] == ["event-0"]


@pytest.mark.slow
def test_staged_decisions_are_each_moderators_own(db: Database, make_event: Make, moderator: Account) -> None:
    send_events(db, [make_event()], idempotency_key="form")[0]
    stage(db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=1)
    unstage(db, "oslo-2020", account=NORA)

    assert list_staged(db, NORA) == []
    stage(db, "oslo-2020", Decision.REJECT, account=NORA, expected_revision=1, reason="No day.")
    [own], [noras] = list_staged(db, moderator), list_staged(db, NORA)
    assert [(one.decision, one.reason) for one in (own, noras)] == [
        (Decision.PUBLISH, ""),
        (Decision.REJECT, "No day."),
    ]
    assert list_staged_by_others(db, NORA, noras.event) == [(moderator.name, Decision.PUBLISH)]
    apply_staged_decisions(db, account=moderator, idempotency_key="all")
    assert (list_staged(db, moderator), [one.is_stale for one in list_staged(db, NORA)]) == ([], [True])


@pytest.mark.slow
def test_stage_refuses_what_could_not_be_carried_out(db: Database, make_event: Make, moderator: Account) -> None:
    send_events(db, [make_event()], idempotency_key="form")[0]

    with pytest.raises(RightsError):
        stage(db, "oslo-2020", Decision.PUBLISH, account=FLEUR, expected_revision=1)
    with pytest.raises(ModerationError):
        stage(db, "oslo-2020", Decision.REJECT, account=moderator, expected_revision=1)
    with pytest.raises(StaleEventError):
        stage(db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=2)
    assert list_staged(db, moderator) == []
