"""Decisions of moderators: publish, send back, reject or withdraw; at once, or prepared and then all together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rallymap.errors import ModerationError, StaleEventError
from rallymap.events import Event, ReviewStatus
from rallymap.language import tr
from rallymap.mail.letters import MailKind
from rallymap.moderation import UNDO_WITHIN, Account, Decision, Permission, ReportOutcome, next_review, require
from rallymap.query.public_view import has_future_venue
from rallymap.store import Database, StagedDecision, Transaction, moment
from rallymap.store.approvals import add_approval, list_approvals
from rallymap.store.audit import AuditEntry, get_revision, list_audit, record
from rallymap.store.changes import change_event
from rallymap.store.decisions import DONE
from rallymap.store.event_mail import tell_organiser
from rallymap.store.messages import close_messages
from rallymap.store.reports import close_reports
from rallymap.store.staged_decisions import delete_staged, put_staged
from rallymap.store.staged_decisions import list_staged as stored_decisions
from rallymap.store.staged_decisions import list_staged_by_others as stored_by_others
from rallymap.workflows.permissions import event_to_change, permitted_event


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
    """Publish an event, send it back, reject or withdraw it; the same form sent again changes nothing more.

    Where the operator asks for two moderators, the first one to publish a future venue approves it: the event comes
    back unchanged, still pending. Open reports about the event are closed.

    Parameters
    ----------
    expected_revision
        The one that the moderator has seen.
    reason
        Needed for all decisions but publishing; the organiser sees it.
    seen_at
        When the moderator read what was written and reported about the event: that is settled, and what came in later
        stays open. None: all is settled.

    Raises
    ------
    RightsError
        If the account may not decide about this event.
    ModerationError
        If the decision is not possible now, or needs a reason.
    EventNotFoundError, StaleEventError
        If there is no such event, or someone changed it since `expected_revision` was read.
    """
    with db.write_once(idempotency_key) as tx:
        event = event_to_change(tx, event_id, Permission.DECIDE, account, expected_revision)
        return event if tx.was_done else carry_out(db, tx, event, decision, reason, account, seen_at)


def carry_out(
    db: Database,
    tx: Transaction,
    event: Event,
    decision: Decision,
    reason: str,
    account: Account,
    seen_at: datetime | None,
) -> Event:
    """Carry out a decision of an account that may decide, about an event as this transaction read it.

    Parameters
    ----------
    seen_at
        As for :func:`decide`.

    Raises
    ------
    ModerationError
        If the decision is not possible from the event's status, or the reason is missing.
    """
    after = event.changed(review=next_review(event.review, decision, reason))
    delete_staged(tx, event.id, account=account)
    if decision is Decision.PUBLISH and _is_first_of_two(db, tx, event, account):
        add_approval(tx, event.id, event.revision, account)
        record(tx, AuditEntry(account.name, "approved"), event)
        return event
    # A decision settles what was reported about the event and what its organiser wrote.
    outcome = ReportOutcome.SHOW if after.review is ReviewStatus.PUBLISHED else ReportOutcome.HIDE
    close_reports(tx, outcome, account, event_id=event.id, seen_at=seen_at)
    close_messages(tx, event.id, seen_at)
    changed = change_event(tx, event, after, AuditEntry(account.name, DONE[decision], reason.strip()))
    tell_organiser(tx, MailKind.DECISION, changed, reason.strip())
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
    """Decide the same about several events, such as the dates of a series: about all of them, or about none.

    Parameters
    ----------
    seen
        The revision of each event that the moderator has seen, by id.
    seen_at
        As for :func:`decide`.

    Returns
    -------
    events
        As they are now; it raises what :func:`decide` does.
    """
    require(account, Permission.DECIDE)
    with db.write_once(idempotency_key) as tx:
        found = _events_to_change(tx, seen, account)
        if tx.was_done:
            return found
        return [carry_out(db, tx, event, decision, reason, account, seen_at) for event in found]


def undo_decisions(db: Database, decided: Mapping[str, int], *, account: Account, idempotency_key: str) -> list[Event]:
    """Take back one's own latest decision about one or several events, within an hour and before anything else happens.

    The review status becomes what it was. Reports and messages that the decision closed stay closed.

    Parameters
    ----------
    decided
        The revision that the decision made of each event, by id.

    Raises
    ------
    ModerationError
        If the latest entry of an event's audit log is no decision of this account, or is over an hour old.
    RightsError, EventNotFoundError, StaleEventError
        As for :func:`decide`.
    """
    require(account, Permission.DECIDE)
    with db.write_once(idempotency_key) as tx:
        found = _events_to_change(tx, decided, account)
        return found if tx.was_done else [_undo(tx, event, account) for event in found]


def _undo(tx: Transaction, event: Event, account: Account) -> Event:
    latest = list_audit(tx, event.id)[-1]
    if latest.actor != account.name or latest.action not in DONE.values() or latest.revision != event.revision:
        raise ModerationError(tr("“{title}” was changed since; its decision cannot be undone.", title=event.title[:80]))
    if moment(tx.at) - latest.at > UNDO_WITHIN:
        raise ModerationError(
            tr("The decision about “{title}” is over an hour old; decide anew instead.", title=event.title[:80])
        )
    before = get_revision(tx, event.id, event.revision - 1).review
    undone = change_event(tx, event, event.changed(review=before), AuditEntry(account.name, "undone"))
    tell_organiser(tx, MailKind.DECISION, undone)
    return undone


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
    """Prepare a decision, to be carried out together with others; it raises what :func:`decide` would.

    An earlier one of this account about the same event is replaced; those of other moderators stay.
    """
    with db.writing() as tx:
        event = event_to_change(tx, event_id, Permission.DECIDE, account, expected_revision)
        next_review(event.review, decision, reason)
        at = seen_at or moment(tx.at)
        put_staged(tx, event_id, decision, reason, account=account, expected_revision=expected_revision, seen_at=at)


def unstage(db: Database, event_id: str, *, account: Account) -> None:
    """Drop a prepared decision of this account; where there is none, nothing happens.

    Raises
    ------
    RightsError
        If the account may not decide about this event.
    """
    with db.writing() as tx:
        permitted_event(tx, event_id, Permission.DECIDE, account)
        delete_staged(tx, event_id, account=account)


def list_staged(db: Database, account: Account) -> list[StagedDecision]:
    """Return the decisions that this account prepared, oldest first.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.DECIDE)
    return db.read(stored_decisions, account)


def list_staged_by_others(db: Database, account: Account, event: Event) -> list[tuple[str, Decision]]:
    """Return which other moderators prepared a decision about an event, and which.

    Raises
    ------
    RightsError
        If the account may not decide about this event.
    """
    require(account, Permission.DECIDE, event)
    return db.read(stored_by_others, event.id, account)


def carry_out_staged(db: Database, *, account: Account, idempotency_key: str) -> list[Event]:
    """Carry out every decision that this account prepared: all of them, or none.

    Returns
    -------
    events
        As they are now, in the order in which they were prepared; empty if the same form was sent before.

    Raises
    ------
    StaleEventError
        If someone changed one of the events since its decision was prepared; the sentence names it.
    RightsError, ModerationError
        If one of them is not possible any more.
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
        return [carry_out(db, tx, item.event, item.decision, item.reason, account, item.seen_at) for item in prepared]


def _events_to_change(tx: Transaction, seen: Mapping[str, int], account: Account) -> list[Event]:
    """Return several events to decide about together; where one of them changed, the sentence names it."""
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
    """Return whether another moderator still has to agree; an approval is for what the event says now."""
    if not (db.two_moderators and has_future_venue(event, moment(tx.at))):
        return False
    return all(name == account.name for name in list_approvals(tx, event))
