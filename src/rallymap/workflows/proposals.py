"""Changes to published events that organisers propose, or visitors who know another source."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from rallymap.errors import EventNotFoundError, ModerationError, SettledError, StaleEventError
from rallymap.events import Event, ReviewStatus, Source
from rallymap.language import tr
from rallymap.mail.letters import MailKind
from rallymap.moderation import UNDO_WITHIN, VISITOR, Account, Permission, check_reason, require
from rallymap.store import Database, Proposal, moment
from rallymap.store import proposals as stored
from rallymap.store.audit import AuditEntry, list_audit, record
from rallymap.store.changes import change_event
from rallymap.store.documents import take_fields
from rallymap.store.event_mail import queue_organiser_mail
from rallymap.store.events import get_event
from rallymap.store.pictures import drop_unused
from rallymap.store.place_checks import put_changed_place_check
from rallymap.store.refused_proposals import REFUSAL_UNDONE, keep_refused, put_back
from rallymap.workflows.permissions import event_to_change, permitted_event
from rallymap.workflows.rate_limits import check_rate
from rallymap.workflows.review_queue import LIST_LIMIT
from rallymap.workflows.second_moderator import is_agreed, needs_second, store_change

_ABOUT_PROPOSALS = (
    stored.PROPOSED, "offered a source", stored.ACCEPTED, stored.ACCEPTED_IN_PART, stored.REFUSED, REFUSAL_UNDONE
)  # fmt: skip
_PLACE, _DISCLOSURE = ("place", "location"), ("disclosure", "disclosed_from")


def list_proposals(db: Database, account: Account, *, limit: int = LIST_LIMIT) -> list[Proposal]:
    """Return pending proposals for events of the account's countries, oldest first.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.EDIT)
    return db.read(stored.list_proposals, countries=account.countries, limit=limit)


def settle_proposal(
    db: Database,
    event_id: str,
    *,
    accept: bool,
    account: Account,
    expected_revision: int,
    fields: Collection[str] | None = None,
    proposed_at: datetime | None = None,
    reason: str = "",
    idempotency_key: str,
) -> Event:
    """Accept or refuse an organiser's proposal, or accept parts of it. What is refused is kept for the log.

    Accepting only changes the fields that the organiser changed: later changes by moderators to other fields are kept.

    Parameters
    ----------
    fields
        Names of the accepted fields, from :attr:`rallymap.store.Proposal.changes`; the others are refused. None accepts
        all.
    proposed_at
        When the proposal that the moderator saw was made; None for the current one.
    reason
        Required to refuse a proposal or parts of it; the organiser reads it.

    Raises
    ------
    RightsError
        If the account may not change this event.
    EventNotFoundError, StaleEventError
        If there is no such event, or the event or the proposal was changed since it was read.
    ModerationError
        If there is no pending proposal, none of the fields belongs to it, or a refusal has no reason.
    InvalidEventError
        If the proposal conflicts with what moderators changed meanwhile.
    """
    with db.write_once(idempotency_key) as tx:
        before = event_to_change(tx, event_id, Permission.EDIT, account, expected_revision)
        if tx.was_done:
            return before
        proposal = stored.get_proposal(tx, event_id)
        if proposal is None:
            raise SettledError(tr("No change is proposed to this event any more."), detail=event_id)
        if proposed_at is not None and proposal.at != proposed_at:
            raise StaleEventError(
                tr("The organiser proposes another change by now. Look at it and decide again."),
                detail=f"{event_id}: proposal of {proposal.at}, expected {proposed_at}",
            )
        proposed = proposal.proposed if fields is None else with_parts(proposal, fields)
        is_whole = proposed == proposal.proposed
        check_reason(reason, is_required=not (accept and is_whole))
        taken = stored.ACCEPTED if is_whole else stored.ACCEPTED_IN_PART
        entry = AuditEntry(account.name, taken if accept else stored.REFUSED, reason.strip())
        is_first = accept and needs_second(db, before, proposed, moment(tx.at))
        if is_first and not (is_whole and is_agreed(tx, before, account)):
            if not is_whole:
                stored.put_proposal(tx, before, proposed)
                record(tx, entry, before)
            return store_change(db, tx, Permission.EDIT, before, proposed, account, entry)
        if not (accept and is_whole):
            keep_refused(tx, event_id, is_whole=not accept)
        stored.delete_proposal(tx, event_id)
        if accept and proposed != before:
            require(account, Permission.EDIT, before, proposed)
            after = change_event(tx, before, proposed, entry)
            drop_unused(tx, after)
            put_changed_place_check(tx, before, after)
        else:
            after = before
            drop_unused(tx, before)
            record(tx, entry, before)
        queue_organiser_mail(tx, MailKind.DECISION, after, reason.strip())
        return after


def undo_refusal(db: Database, event_id: str, *, account: Account, idempotency_key: str) -> Event:
    """Undo the account's own refusal of a proposal within an hour: the proposal waits again, as it was sent.

    Raises
    ------
    RightsError, EventNotFoundError
        If the account may not change this event, or there is none.
    ModerationError
        If the latest entry about the event's proposals is not a refusal by this account, or is more than an hour old.
    """
    with db.write_once(idempotency_key) as tx:
        event = permitted_event(tx, event_id, Permission.EDIT, account)
        if tx.was_done:
            return event
        settled = [entry for entry in list_audit(tx, event_id) if entry.action in _ABOUT_PROPOSALS]
        if not settled or (settled[-1].actor, settled[-1].action) != (account.name, stored.REFUSED):
            raise SettledError(
                tr("This refusal cannot be undone: more was proposed or decided since."), detail=event_id
            )
        if moment(tx.at) - settled[-1].at > UNDO_WITHIN:
            raise ModerationError(tr("This refusal is over an hour old. The organiser can propose the change again."))
        if not put_back(tx, event_id, settled[-1].at.timestamp()):
            raise SettledError(tr("No change is proposed to this event any more."), detail=event_id)
        record(tx, AuditEntry(account.name, REFUSAL_UNDONE), event)
        queue_organiser_mail(tx, MailKind.DECISION, event)
        return event


def offer_source(
    db: Database,
    event_id: str,
    source: Source,
    *,
    address: str,
    now: datetime,
    idempotency_key: str,
    account: Account = VISITOR,
) -> None:
    """Propose another source for a published event; a moderator decides.

    It is added to a pending proposal. If the event already has a source with this URL, nothing is stored.

    Parameters
    ----------
    address
        Network address of the visitor, "" if unknown. It counts as a report.

    Raises
    ------
    RateLimitError
        If this network sent too many within the hour.
    EventNotFoundError
        If the event is not public.
    InvalidEventError
        If the event has the maximum number of sources.
    """
    require(account, Permission.REPORT)
    check_rate(db, "report", address, now)
    with db.write_once(idempotency_key) as tx:
        event = get_event(tx, event_id)
        if event.review is not ReviewStatus.PUBLISHED:
            raise EventNotFoundError(event_id)
        if tx.was_done or (source.url and source.url in {known.url for known in event.sources}):
            return
        proposed = stored.proposed_event(tx, event)
        stored.put_proposal(tx, event, proposed.changed(sources=(*proposed.sources, source)))
        record(tx, AuditEntry(account.name, "offered a source"), event)


def parts_of(proposal: Proposal) -> list[tuple[str, ...]]:
    """Return the fields of a proposal, in the order of an event's fields, as parts that can be accepted separately.

    Fields that only make sense together, such as a place and its point, are one part.
    """
    parts: list[tuple[str, ...]] = [(name,) for name in proposal.changes]
    for together in _together(proposal):
        joined = [part for part in parts if not together.isdisjoint(part)]
        if len(joined) > 1:
            whole = tuple(name for part in joined for name in part)
            parts = [whole if part is joined[0] else part for part in parts if part not in joined[1:]]
    return parts


def _together(proposal: Proposal) -> list[frozenset[str]]:
    """Return the groups of fields of which none is right without the others."""
    before, after = proposal.event, proposal.proposed
    groups: list[tuple[str, ...]] = [_PLACE, _DISCLOSURE]
    if before.language != after.language:
        groups.append(("language", "translations", "title", "about"))
    if not proposal.changes.keys().isdisjoint(_DISCLOSURE):
        # What the organiser withholds or shows is this place, and no other.
        groups.append((*_DISCLOSURE, *_PLACE, "route", "picture"))
    if before.when.zone != after.when.zone:
        groups.append(("when", *_PLACE))  # a time of day is that of its place
    return [frozenset(group) for group in groups]


def with_parts(proposal: Proposal, fields: Collection[str]) -> Event:
    """Return the event with those parts of the proposal that contain one of these fields.

    Raises
    ------
    ModerationError
        If none of them belongs to the proposal.
    InvalidEventError
        If the parts conflict with the rest of the event.
    """
    chosen = [part for part in parts_of(proposal) if any(name in fields for name in part)]
    if not chosen:
        raise ModerationError(tr("Choose what you accept, or refuse the change."), field="fields")
    return take_fields(proposal.event, proposal.proposed, [name for part in chosen for name in part])
