"""One event with all data that a moderator needs to decide about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rallymap.errors import DamagedEventError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Permission, has_permission
from rallymap.moderation.text_flags import TextFlag, text_flags
from rallymap.query.public_view import embargo_ends_at, venue_mentions
from rallymap.store import (
    Database,
    Note,
    PlaceCheck,
    PossibleDuplicate,
    Proposal,
    QueueItem,
    Reading,
    Report,
)
from rallymap.store.approvals import list_approvals
from rallymap.store.audit import get_revision, last_published_revision
from rallymap.store.duplicates import list_possible_duplicates
from rallymap.store.messages import list_notes
from rallymap.store.place_checks import get_place_check
from rallymap.store.proposals import get_proposal
from rallymap.store.reports import list_open_reports
from rallymap.store.review_queue import get_queue_item
from rallymap.store.transaction import moment
from rallymap.store.venue_pattern import count_at_same_venue
from rallymap.workflows.permissions import permitted_event
from rallymap.workflows.review_queue import without_contact


@dataclass(frozen=True, slots=True)
class Case:
    """One event with all data that a moderator needs to decide about it.

    Attributes
    ----------
    event
        The event with its exact place.
    item
        Its queue entry; None for published events.
    last_public
        The last public revision, if the event is under review again with other content; None otherwise, and if that
        revision cannot be read.
    check
        Its place check, or None.
    mentions
        Free-text fields that name its venue while the venue may still be withheld from the public.
    flags
        What in its public text, or in that of the proposal, may identify a private person.
    at_same_venue
        While its exact location is withheld: how many similar events the public saw at the same place.
    approved_by
        Moderators who approved its publication, if two approvals are required.
    read_at
        When the data was read.
    """

    event: Event
    item: QueueItem | None
    duplicates: tuple[PossibleDuplicate, ...]
    notes: tuple[Note, ...]
    reports: tuple[Report, ...]
    proposal: Proposal | None
    last_public: Event | None
    check: PlaceCheck | None
    mentions: tuple[str, ...]
    flags: tuple[TextFlag, ...]
    at_same_venue: int
    approved_by: tuple[str, ...]
    read_at: datetime


def open_case(db: Database, account: Account, event_id: str) -> Case:
    """Return an event with all related data; each part is looked up by the event's id.

    Raises
    ------
    EventNotFoundError
        If there is no such event.
    RightsError
        If the account may not see it.
    """
    with db.reading() as tx:
        event = permitted_event(tx, event_id, Permission.SEE_QUEUE, account)
        item = get_queue_item(tx, event)
        duplicates, proposal = list_possible_duplicates(tx, event), get_proposal(tx, event_id)
        return Case(
            event,
            without_contact(item, account) if item else None,
            tuple(found for found in duplicates if has_permission(account, Permission.SEE_QUEUE, found.event)),
            tuple(list_notes(tx, event_id)) if has_permission(account, Permission.NOTE, event) else (),
            tuple(list_open_reports(tx, event_id=event_id)),
            proposal,
            _last_public(tx, event),
            get_place_check(tx, event_id),
            venue_mentions(event),
            text_flags(proposal.proposed if proposal else event),
            count_at_same_venue(tx, event) if (embargo_ends_at(event) or 0.0) > tx.at else 0,
            list_approvals(tx, event),
            moment(tx.at),
        )


def _last_public(tx: Reading, event: Event) -> Event | None:
    if event.review is ReviewStatus.PUBLISHED:
        return None
    revision = last_published_revision(tx, event.id)
    if revision is None:
        return None
    try:
        before = get_revision(tx, event.id, revision)
    except DamagedEventError:
        return None
    return None if before.changed(review=event.review, revision=event.revision) == event else before
