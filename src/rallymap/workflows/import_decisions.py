"""Decide about all pending events of one import together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rallymap.errors import ModerationError, RightsError, StoreError, StoreUnavailableError
from rallymap.events import Event, ReviewStatus
from rallymap.language import tr
from rallymap.moderation import Account, Decision, Permission, has_permission, require
from rallymap.store import Database
from rallymap.store import imports as stored
from rallymap.store.events import get_events
from rallymap.store.idempotency import list_done
from rallymap.workflows.decisions import decide

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BatchDecision:
    """The result of a decision about a whole import.

    Attributes
    ----------
    decided
        Number of events with the new status.
    agreed
        Number of events that need a second approval.
    left
        Number of events that could not be decided, because they lack a detail or were changed meanwhile.
    reason
        Error message of the first undecided event, or "".
    """

    decided: int = 0
    agreed: int = 0
    left: int = 0
    reason: str = ""


def count_waiting(db: Database, batch_ids: Sequence[str], account: Account) -> dict[str, int]:
    """Return the number of pending events per import that the account may decide about; empty for organisers."""
    if not has_permission(account, Permission.SEE_QUEUE):
        return {}
    return db.read(stored.count_waiting, batch_ids, countries=account.countries)


def waiting_events(db: Database, batch_id: str, account: Account) -> list[Event]:
    """Return the pending events of an import that the account may decide about."""
    require(account, Permission.SEE_QUEUE)
    ids = db.read(stored.list_import_events, batch_id)
    found: list[Event] = []
    for start in range(0, len(ids), _AT_ONCE):
        found += [
            event
            for event in db.read(get_events, ids[start : start + _AT_ONCE])
            if event.review is ReviewStatus.PENDING and has_permission(account, Permission.DECIDE, event)
        ]
    return found


def decide_batch(
    db: Database,
    batch_id: str,
    decision: Decision,
    *,
    account: Account,
    reason: str,
    idempotency_key: str,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> BatchDecision:
    """Publish or reject all pending events of an import.

    Each event is decided in its own transaction with its own audit entry; events that cannot be decided are skipped.
    The same form sent again continues after an interruption, and counts the earlier decisions.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    ModerationError
        If the decision requires a reason and there is none.
    """
    if decision is not Decision.PUBLISH and not reason.strip():
        raise ModerationError(tr("Please give a reason; the organiser can read it."))
    require(account, Permission.SEE_QUEUE)
    keys = {event_id: f"{idempotency_key} {event_id}" for event_id in db.read(stored.list_import_events, batch_id)}
    before = db.read(list_done, keys.values())
    agreed = sum(review is ReviewStatus.PENDING for review in before.values())
    decided, left, first_reason = len(before) - agreed, 0, ""
    events = [event for event in waiting_events(db, batch_id, account) if event.id not in before]
    for number, event in enumerate(events, 1):
        try:
            now = decide(
                db, event.id, decision, account=account, expected_revision=event.revision, reason=reason,
                idempotency_key=keys[event.id],
            )  # fmt: skip
        except (ModerationError, RightsError, StoreError) as err:
            is_away = isinstance(err, StoreUnavailableError)  # decided events are kept; do not try the rest
            left += len(events) - number + 1 if is_away else 1
            first_reason = first_reason or err.user_message
            if is_away:
                break
        else:
            is_pending = now.review is ReviewStatus.PENDING
            decided, agreed = decided + (not is_pending), agreed + is_pending
        progress(number, len(events))
    return BatchDecision(decided, agreed, left, first_reason)
