"""Moderators' decisions: publish, send back, reject or withdraw; at once, or staged and applied together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from rallymap.errors import ModerationError, StaleEventError
from rallymap.events import Event, ReviewStatus
from rallymap.language import tr
from rallymap.mail.letters import MailKind
from rallymap.moderation import UNDO_WITHIN, Account, Decision, Permission, ReportOutcome, next_review, require
from rallymap.query.public_view import has_future_venue
from rallymap.store import Database, StagedDecision, Transaction, moment
from rallymap.store.approvals import add_approval
from rallymap.store.audit import AuditEntry, get_revision, list_audit, record
from rallymap.store.changes import change_event
from rallymap.store.decisions import DONE, STEPS, TAKEN_BACK
from rallymap.store.event_mail import queue_organiser_mail
from rallymap.store.messages import close_messages, reopen_messages
from rallymap.store.own_feed import ASKED
from rallymap.store.reports import close_reports, reopen_reports
from rallymap.store.staged_decisions import delete_staged, put_staged
from rallymap.store.staged_decisions import list_staged as stored_decisions
from rallymap.store.staged_decisions import list_staged_by_others as stored_by_others
from rallymap.store.values import HistoryEntry
from rallymap.workflows.permissions import event_to_change, permitted_event
from rallymap.workflows.second_moderator import APPROVED, is_agreed

_CLOSE_MESSAGES = (*DONE.values(), ASKED, "message read")


def decide(
    db: Database,
    event_id: str,
    decision: Decision,
    *,
    account: Account,
    expected_revision: int,
    reason: str = "",
    seen_at: datetime | None = None,
    idempotency_key: str,
) -> Event:
    """Publish, send back, reject or withdraw an event; the same form sent again has no further effect.

    If the operator requires two moderators, the first one to publish a future venue only approves it: the event is
    returned unchanged, still pending. Open reports about the event are closed.

    Parameters
    ----------
    expected_revision
        The revision that the moderator has seen.
    reason
        Required for all decisions except publishing; the organiser sees it.
    seen_at
        When the moderator read the messages and reports about the event: those are closed, and later ones stay open.
        None closes all.

    Raises
    ------
    RightsError
        If the account may not decide about this event.
    ModerationError
        If the event's status does not allow the decision, or it needs a reason.
    EventNotFoundError, StaleEventError
        If there is no such event, or it was changed since `expected_revision`.
    """
    with db.write_once(idempotency_key) as tx:
        event = event_to_change(tx, event_id, Permission.DECIDE, account, expected_revision)
        return event if tx.was_done else apply_decision(db, tx, event, decision, reason, account, seen_at)


def apply_decision(
    db: Database,
    tx: Transaction,
    event: Event,
    decision: Decision,
    reason: str,
    account: Account,
    seen_at: datetime | None,
) -> Event:
    """Apply a decision to an event that this transaction has read; the caller has checked the permission.

    Parameters
    ----------
    seen_at
        See :func:`decide`.

    Raises
    ------
    ModerationError
        If the event's status does not allow the decision, or the reason is missing.
    """
    after = event.changed(review=next_review(event.review, decision, reason))
    delete_staged(tx, event.id, account=account)
    if decision is Decision.PUBLISH and _is_first_of_two(db, tx, event, account):
        add_approval(tx, event.id, event.revision, account)
        record(tx, AuditEntry(account.name, APPROVED), event)
        return event
    # A decision closes the reports about the event and the messages from its organiser.
    outcome = ReportOutcome.SHOW if after.review is ReviewStatus.PUBLISHED else ReportOutcome.HIDE
    close_reports(tx, outcome, account, event_id=event.id, seen_at=seen_at)
    close_messages(tx, event.id, seen_at)
    changed = change_event(tx, event, after, AuditEntry(account.name, DONE[decision], reason.strip()))
    queue_organiser_mail(tx, MailKind.DECISION, changed, reason.strip())
    return changed


def decide_all(
    db: Database,
    seen: Mapping[str, int],
    decision: Decision,
    *,
    account: Account,
    reason: str = "",
    seen_at: datetime | None = None,
    idempotency_key: str,
) -> list[Event]:
    """Apply the same decision to several events, such as the dates of a series: to all or to none.

    Parameters
    ----------
    seen
        The revision of each event that the moderator has seen, by id.
    seen_at
        See :func:`decide`.

    Returns
    -------
    events
        The updated events. Raises the same errors as :func:`decide`.
    """
    require(account, Permission.DECIDE)
    with db.write_once(idempotency_key) as tx:
        found = _events_to_change(tx, seen, account)
        if tx.was_done:
            return found
        return [apply_decision(db, tx, event, decision, reason, account, seen_at) for event in found]


def undo_decisions(db: Database, decided: Mapping[str, int], *, account: Account, idempotency_key: str) -> list[Event]:
    """Undo the account's own latest decision on events, within an hour and if nothing has changed since.

    Restores the previous review status, and opens the reports and messages again that the decision closed.

    Parameters
    ----------
    decided
        The revision that the decision created for each event, by id.

    Raises
    ------
    ModerationError
        If an event's latest audit entry is not a decision of this account, or is more than an hour old.
    RightsError, EventNotFoundError, StaleEventError
        See :func:`decide`.
    """
    require(account, Permission.DECIDE)
    with db.write_once(idempotency_key) as tx:
        found = _events_to_change(tx, decided, account)
        return found if tx.was_done else [_undo(tx, event, account) for event in found]


def _undo(tx: Transaction, event: Event, account: Account) -> Event:
    entries = list_audit(tx, event.id)
    latest = entries[-1]
    if latest.actor != account.name or latest.action not in STEPS or latest.revision != event.revision:
        raise ModerationError(tr("“{title}” was changed since; its decision cannot be undone.", title=event.title[:80]))
    if moment(tx.at) - latest.at > UNDO_WITHIN:
        raise ModerationError(
            tr("The decision about “{title}” is over an hour old; decide anew instead.", title=event.title[:80])
        )
    before = get_revision(tx, event.id, event.revision - 1).review
    undone = change_event(tx, event, event.changed(review=before), AuditEntry(account.name, TAKEN_BACK))
    reopen_reports(tx, event.id, closed_at=latest.at, closed_by=account.name)
    if latest.action in DONE.values():
        reopen_messages(tx, event.id, after=_messages_closed_at(entries), until=latest.at)
    queue_organiser_mail(tx, MailKind.DECISION, undone)
    return undone


def _messages_closed_at(entries: Sequence[HistoryEntry]) -> datetime | None:
    """Return when messages were last closed before the latest entry, by what was not undone; None for never."""
    closed = [one.at for one, then in pairwise(entries) if one.action in _CLOSE_MESSAGES and then.action != TAKEN_BACK]
    return closed[-1] if closed else None


def stage(
    db: Database,
    event_id: str,
    decision: Decision,
    *,
    account: Account,
    expected_revision: int,
    reason: str = "",
    seen_at: datetime | None = None,
) -> None:
    """Stage a decision, to be applied together with others; raises the same errors as :func:`decide`.

    Replaces the account's earlier staged decision on the same event; those of other moderators are kept.
    """
    with db.writing() as tx:
        event = event_to_change(tx, event_id, Permission.DECIDE, account, expected_revision)
        next_review(event.review, decision, reason)
        at = seen_at or moment(tx.at)
        put_staged(tx, event_id, decision, reason, account=account, expected_revision=expected_revision, seen_at=at)


def unstage(db: Database, event_id: str, *, account: Account) -> None:
    """Delete a staged decision of this account, if there is one.

    Raises
    ------
    RightsError
        If the account may not decide about this event.
    """
    with db.writing() as tx:
        permitted_event(tx, event_id, Permission.DECIDE, account)
        delete_staged(tx, event_id, account=account)


def list_staged(db: Database, account: Account) -> list[StagedDecision]:
    """Return the account's staged decisions, oldest first.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.DECIDE)
    return db.read(stored_decisions, account)


def list_staged_by_others(db: Database, account: Account, event: Event) -> list[tuple[str, Decision]]:
    """Return which other moderators have staged a decision on an event, and which one.

    Raises
    ------
    RightsError
        If the account may not decide about this event.
    """
    require(account, Permission.DECIDE, event)
    return db.read(stored_by_others, event.id, account)


def apply_staged_decisions(db: Database, *, account: Account, idempotency_key: str) -> list[Event]:
    """Apply all staged decisions of this account: all of them, or none.

    Returns
    -------
    events
        The updated events in the order of staging; empty if the same form was sent before.

    Raises
    ------
    StaleEventError
        If one of the events changed since its decision was staged; the message names it.
    RightsError, ModerationError
        If one of the decisions is no longer possible.
    """
    require(account, Permission.DECIDE)
    with db.write_once(idempotency_key) as tx:
        if tx.was_done:
            return []
        prepared = stored_decisions(tx, account)
        for item in prepared:
            if item.is_stale:
                raise _changed_since(item.event)
        for item in prepared:
            require(account, Permission.DECIDE, item.event)
        return [
            apply_decision(db, tx, item.event, item.decision, item.reason, account, item.seen_at) for item in prepared
        ]


def _events_to_change(tx: Transaction, seen: Mapping[str, int], account: Account) -> list[Event]:
    """Return several events to decide about together; if one of them changed, the error message names it."""
    found = [permitted_event(tx, event_id, Permission.DECIDE, account) for event_id in seen]
    for event in found:
        if not tx.was_done and event.revision != seen[event.id]:
            raise _changed_since(event)
    return found


def _changed_since(event: Event) -> StaleEventError:
    sentence = tr(
        "Someone changed “{title}” since you decided; look at it again. Nothing was carried out.",
        title=event.title[:80],
    )
    return StaleEventError(sentence, detail=event.id)


def _is_first_of_two(db: Database, tx: Transaction, event: Event, account: Account) -> bool:
    """Return whether another moderator still has to approve; an approval applies to the event's current content."""
    if not (db.two_moderators and has_future_venue(event, moment(tx.at))):
        return False
    return not is_agreed(tx, event, account)
