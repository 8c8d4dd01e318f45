"""What an organiser can do with the edit link: view, change, answer, follow up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from rallymap.errors import ModerationError, StaleEventError
from rallymap.events import Event, EventStatus, ReviewStatus
from rallymap.intake.filled_form import fields_of_event
from rallymap.language import mark, tr
from rallymap.pictures import GivenPicture
from rallymap.places import Resolver
from rallymap.query.public_view import embargo_ends_at
from rallymap.store import Database, PlaceCheck, Transaction, moment
from rallymap.store.audit import AuditEntry, record
from rallymap.store.case_values import ORGANISER, DirectChange
from rallymap.store.changes import change_event
from rallymap.store.documents import to_document
from rallymap.store.drafts import delete_draft
from rallymap.store.edit_links import get_own_event, read_own_event
from rallymap.store.events import check_revision
from rallymap.store.messages import add_direct_change_note, add_note
from rallymap.store.pictures import drop_unused, put_picture
from rallymap.store.place_checks import put_changed_place_check
from rallymap.store.proposals import PROPOSED, delete_proposal, proposed_event, put_proposal
from rallymap.workflows.form_events import Draft, draft_event
from rallymap.workflows.messages import clean_note
from rallymap.workflows.rate_limits import check_rate_of_link

_OPEN = (ReviewStatus.DRAFT, ReviewStatus.PENDING, ReviewStatus.SENT_BACK)
CLOSED = {
    ReviewStatus.REJECTED: mark("This event was rejected; it cannot be changed any more."),
    ReviewStatus.WITHDRAWN: mark("This event was withdrawn; it cannot be changed any more."),
}
"""Why an event cannot be changed, by review status."""


def change_own(
    db: Database,
    resolver: Resolver,
    edit_token: str,
    fields: Mapping[str, str],
    *,
    expected_revision: int,
    idempotency_key: str,
    filled: Mapping[str, str] | None = None,
    picture: GivenPicture | None = None,
    form: str = "",
) -> tuple[Event | None, Draft]:
    """Change an own event from the fields of a form; see :func:`store_own`.

    Parameters
    ----------
    filled
        The form's initial texts, from the event or from the pending proposal; None if unknown.
    picture
        A new picture; None keeps the picture.
    form
        Token of the draft that is sent and deleted; "" for none.

    Returns
    -------
    event, draft
        The event is None if the draft has errors; nothing is changed then.

    Raises
    ------
    EventNotFoundError, StaleEventError, ModerationError
        If the link does not work, the event or the pending proposal changed since the form was filled, or the event can
        no longer be changed.
    RateLimitError
        If there were too many changes through this link within an hour.
    """
    check_rate_of_link(db, "change", edit_token, db.now())
    own = db.read(read_own_event, edit_token)
    before = own.proposed or own.event
    draft = draft_event(resolver, fields, before=before)
    if draft.event is None:
        _check_filled(before, filled)  # the invalid value may come from somebody else's change
        return None, draft
    changed = store_own(
        db,
        edit_token,
        draft.event,
        expected_revision=expected_revision,
        idempotency_key=idempotency_key,
        filled=filled,
        place_check=draft.to_check,
        picture=picture,
        draft=form,
    )
    return changed, draft


def store_own(
    db: Database,
    edit_token: str,
    event: Event,
    *,
    expected_revision: int,
    idempotency_key: str,
    filled: Mapping[str, str] | None = None,
    place_check: PlaceCheck | None = None,
    picture: GivenPicture | None = None,
    draft: str = "",
) -> Event:
    """Store an organiser's change: directly while the event is under review, as a proposal if it is published.

    If the organiser withholds details of a published event (exact location, picture), this takes effect at once, and
    moderators see it among the messages. Without a difference nothing is stored.

    Parameters
    ----------
    filled
        See :func:`change_own`.
    place_check
        The place check, if the place was changed and is ambiguous or unsure.
    picture
        None keeps the picture of the event or proposal; :func:`change_own_picture` deletes it.
    draft
        Token of the draft that is sent, deleted in the same transaction; "" for none.

    Returns
    -------
    event
        The updated event, pending; or a published event as it would be if a moderator accepts the proposal.

    Raises
    ------
    EventNotFoundError
        If the link does not work.
    StaleEventError
        If the event or the pending proposal changed since it was read.
    ModerationError
        If the event was rejected or withdrawn.
    InvalidEventError
        If the picture's description is empty or too long.
    """
    with db.write_once(idempotency_key) as tx:
        before = get_own_event(tx, edit_token)
        if draft:
            delete_draft(tx, draft)
        proposed = proposed_event(tx, before)
        if tx.was_done:
            return proposed
        check_revision(before, expected_revision)
        _check_filled(proposed, filled)
        after = event.changed(id=before.id, review=before.review, revision=before.revision, picture=proposed.picture)
        if picture is not None:
            after = after.changed(picture=put_picture(tx, before.id, picture.clean, picture.description))
        elif to_document(after) == to_document(proposed):
            return proposed
        return _put_own(tx, before, after, place_check)


def change_own_picture(db: Database, edit_token: str, given: GivenPicture | None, *, idempotency_key: str) -> Event:
    """Set the picture of an own event, as a proposal if it is published; None deletes it at once.

    Returns
    -------
    event
        The updated event, pending; or a published event as it would be if a moderator accepts the proposal.

    Raises
    ------
    EventNotFoundError, ModerationError, InvalidEventError
        If the link does not work, the event can no longer be changed, or the description is empty or too long.
    RateLimitError
        If there were too many changes through this link within an hour.
    """
    check_rate_of_link(db, "change", edit_token, db.now())
    with db.write_once(idempotency_key) as tx:
        before = get_own_event(tx, edit_token)
        if tx.was_done:
            return before
        picture = put_picture(tx, before.id, given.clean, given.description) if given else None
        return _put_own(tx, before, proposed_event(tx, before).changed(picture=picture))


def answer_moderators(db: Database, edit_token: str, words: str, *, idempotency_key: str) -> None:
    """Send a message to the moderators about an own event; an event that was sent back becomes pending again.

    Raises
    ------
    EventNotFoundError, InvalidEventError
        If the link does not work, or the text is empty or longer than 2000 characters.
    RateLimitError
        If there were too many messages through this link within an hour.
    """
    check_rate_of_link(db, "message", edit_token, db.now())
    words = clean_note(words)
    with db.write_once(idempotency_key) as tx:
        event = get_own_event(tx, edit_token)
        if tx.was_done:
            return
        add_note(tx, event.id, ORGANISER, words, for_organiser=True)
        entry = AuditEntry(ORGANISER, "answered")
        if event.review is ReviewStatus.SENT_BACK:
            change_event(tx, event, event.changed(review=ReviewStatus.PENDING), entry)
        else:
            record(tx, entry, event)


def is_over_and_open(event: Event, now: datetime) -> bool:
    """Return whether the event should be over by now but has no outcome yet."""
    end = event.when.ends_at()
    return end is not None and end < now and event.status in (EventStatus.ANNOUNCED, EventStatus.CONFIRMED)


def _check_filled(event: Event, filled: Mapping[str, str] | None) -> None:
    # The revision does not show a proposal made meanwhile: from another tab, or a source from a visitor.
    if filled is not None and fields_of_event(event) != filled:
        raise StaleEventError(
            tr("Someone changed this event while you had it open. Look at the new version and decide again."),
            detail=f"{event.id}: another change waits",
        )


def _put_own(tx: Transaction, before: Event, after: Event, place_check: PlaceCheck | None = None) -> Event:
    if before.review in _OPEN:
        changed = change_event(tx, before, after.changed(review=ReviewStatus.PENDING), AuditEntry(ORGANISER, "changed"))
        put_changed_place_check(tx, before, changed, place_check)
        return changed
    if before.review is not ReviewStatus.PUBLISHED:
        raise ModerationError(tr(CLOSED[before.review]), detail=f"{before.id}: own")
    public = _withheld_at_once(before, after, moment(tx.at))
    if public != before:
        if public.picture != before.picture:
            add_direct_change_note(tx, before.id, DirectChange.PICTURE_REMOVED)
        if public.changed(picture=before.picture) != before:
            add_direct_change_note(tx, before.id, DirectChange.WITHHELD)
        public = change_event(tx, before, public, AuditEntry(ORGANISER, "changed"))
        after = after.changed(revision=public.revision)
        if to_document(after) == to_document(public):
            delete_proposal(tx, public.id)
            drop_unused(tx, public)
            return public
    put_proposal(tx, public, after)
    drop_unused(tx, public)
    record(tx, AuditEntry(ORGANISER, PROPOSED), public)
    return after


def _withheld_at_once(public: Event, wanted: Event, now: datetime) -> Event:
    """Return a published event without the details its organiser now withholds: exact location, picture.

    An organiser who withdraws these may be in danger, so it takes effect at once; showing more needs a moderator.
    """
    if wanted.picture is None:
        public = public.changed(picture=None)
    withheld = public.changed(disclosure=wanted.disclosure, disclosed_from=wanted.disclosed_from)
    until, before = (embargo_ends_at(one) or -math.inf for one in (withheld, public))
    return withheld if until > max(before, now.timestamp()) else public
