"""Store a form as pending events with a receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from rallymap.errors import EventNotFoundError, InvalidEventError, RateLimitError
from rallymap.events import Event, ReviewStatus, clean_text
from rallymap.language import tr
from rallymap.moderation import VISITOR, Account, Permission, require
from rallymap.pictures import GivenPicture
from rallymap.places import Resolver
from rallymap.store import Database, PlaceCheck, Receipt
from rallymap.store.audit import AuditEntry
from rallymap.store.changes import add_event
from rallymap.store.drafts import delete_draft
from rallymap.store.idempotency import hash_key
from rallymap.store.pictures import put_picture
from rallymap.store.place_checks import put_place_check
from rallymap.store.submissions import add_submission, free_id, key_of_event, list_receipts
from rallymap.workflows.campaign_cities import campaign_of_form
from rallymap.workflows.form_events import MAX_CONTACT, draft_event
from rallymap.workflows.rate_limits import check_rate, looks_like_a_robot

_NOTHING_TO_CHECK: Mapping[str, PlaceCheck] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sent:
    """The result of sending a form.

    Attributes
    ----------
    receipts
        One per event; none if there are `errors`.
    errors
        One message per field with an error, by field name.
    was_sent_before
        Whether the same form was sent before; these are its receipts, and nothing was stored now.
    """

    receipts: tuple[Receipt, ...]
    errors: Mapping[str, str]
    was_sent_before: bool = False


def submit_event(
    db: Database,
    resolver: Resolver,
    fields: Mapping[str, str],
    *,
    idempotency_key: str,
    address: str = "",
    opened: datetime | None = None,
    account: Account = VISITOR,
    picture: GivenPicture | None = None,
    form: str = "",
    now: datetime,
) -> Sent:
    """Submit the form's event, or the events of all its dates and cities: all of them, or none.

    Parameters
    ----------
    idempotency_key
        The form's idempotency key, at least 16 random characters: the same form sent twice creates one event and
        returns the same receipt.
    address
        Network address of the sender, for the hourly limit; "" if unknown.
    opened
        When the form was opened, or None if unknown.
    account
        The signed-in account; VISITOR for none.
    picture
        The chosen picture; each event of a series gets it.
    form
        Token of the draft that is sent and deleted; "" for none.
    now
        Current time with its zone.

    Raises
    ------
    RateLimitError
        If this network sent too many within an hour, or a bot filled in the form.
    StoreUnavailableError
        If the database cannot be written; the form keeps its text.
    """
    known = db.read(list_receipts, idempotency_key)
    if known:
        return Sent(known, {}, was_sent_before=True)
    draft = draft_event(resolver, fields, now=now)
    if draft.event is None:
        return Sent((), draft.errors)
    if looks_like_a_robot(fields, opened, now):
        raise RateLimitError(tr("This was very quick. Please read the form once more, then send it."), retry_after_s=4)
    check_rate(db, "submission", address, now)
    try:
        made = campaign_of_form(resolver, draft.event, draft.to_check, fields, now=now)
    except InvalidEventError as err:
        return Sent((), {err.field: err.user_message})
    check_rate(db, "event", address, now, amount=len(made))
    receipts = send_events(
        db,
        [event for event, _ in made],
        idempotency_key=idempotency_key,
        contact=fields.get("contact", "").strip(),
        account=account,
        place_checks={event.id: check for event, check in made if check is not None},
        picture=picture,
        draft=form,
    )
    return Sent(receipts, {})


def send_events(
    db: Database,
    events: Iterable[Event],
    *,
    idempotency_key: str,
    contact: str = "",
    account: Account = VISITOR,
    place_checks: Mapping[str, PlaceCheck] = _NOTHING_TO_CHECK,
    picture: GivenPicture | None = None,
    draft: str = "",
) -> tuple[Receipt, ...]:
    """Store all events of one form as pending in one transaction; the same form returns the same receipts.

    Several events share one receipt and one edit link that opens all of them.

    Parameters
    ----------
    events
        One event, or each event of a repeated one, with the requested ids; if an id is taken, a number is appended.
        Their status becomes pending.
    idempotency_key
        The form's key, at least 16 random characters.
    contact
        How to reach the organiser; only moderators see it.
    place_checks
        Their place checks, by requested id.
    picture
        Each event gets its own copy.
    draft
        Token of the draft that is sent, deleted in the same transaction; "" for none.

    Raises
    ------
    InvalidEventError
        If the contact or the picture's description is too long.
    EventNotFoundError
        If the form was sent before, and all its events have been taken down since.
    """
    require(account, Permission.SUBMIT)
    contact = clean_text("contact", contact, max_length=MAX_CONTACT)
    with db.write_once(idempotency_key) as tx:
        if draft:
            delete_draft(tx, draft)
        if tx.was_done:
            known = list_receipts(tx, idempotency_key)
            if not known:
                raise EventNotFoundError(tx.done_to or "")
            return known
        made = list(events)
        for number, event in enumerate(made):
            key = key_of_event(tx.secret, idempotency_key, number)
            pending = event.changed(id=free_id(tx, event.id), review=ReviewStatus.PENDING)
            if picture is not None:
                pending = pending.changed(picture=put_picture(tx, pending.id, picture.clean, picture.description))
            added = add_event(tx, pending, AuditEntry(account.name, "submitted", key_hash=hash_key(tx.secret, key)))
            campaign_key = idempotency_key if len(made) > 1 else ""
            add_submission(tx, added.id, key, contact=contact, account=account, campaign_key=campaign_key)
            if event.id in place_checks:
                put_place_check(tx, added.id, place_checks[event.id])
        return list_receipts(tx, idempotency_key)
