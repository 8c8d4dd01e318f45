"""What moderators change: an event's words, proposals to it, two events that are one, one that is two, takedown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from rallymap.events import Event
from rallymap.intake.filled_form import fields_of_event
from rallymap.moderation import Account, Permission, TakedownReason, check_reason, require
from rallymap.places import Resolver
from rallymap.store import EventStore, Proposal
from rallymap.workflows.changing import changed_event
from rallymap.workflows.place_memory import forget_event
from rallymap.workflows.submitting import new_event_id

LIST_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a change.

    Attributes
    ----------
    event
        As it is now, or None where a field has a mistake; nothing was changed then.
    errors
        One sentence per field that has a mistake, by field name.
    """

    event: Event | None
    errors: Mapping[str, str]


def edit_event(
    store: EventStore,
    resolver: Resolver,
    event_id: str,
    fields: Mapping[str, str],
    *,
    account: Account,
    expected_revision: int,
    idempotency_key: str,
) -> Edited:
    """Change what an event says; its review status stays.

    See :func:`rallymap.workflows.changing.changed_event`.

    Parameters
    ----------
    fields
        The fields that change, named as :func:`rallymap.intake.filled_form.fields_of_event` names them; "" empties
        one. All others keep what they say.

    Raises
    ------
    RightsError
        If the account may not change this event.
    StaleEventError
        If someone changed it since `expected_revision` was read.
    """
    before = store.get(event_id)
    require(account, Permission.EDIT, before)
    texts = {**fields_of_event(before), **fields}
    changed = changed_event(resolver, before, texts, now=datetime.now(UTC), shows_point=False)
    if changed.event is None:
        return Edited(None, changed.errors)
    event = store.edit(
        changed.event,
        actor=account,
        expected_revision=expected_revision,
        idempotency_key=idempotency_key,
        place_to_check=changed.to_check,
    )
    return Edited(event, {})


def list_proposals(store: EventStore, account: Account) -> list[Proposal]:
    """Return changes that submitters propose to events of the account's countries, oldest first.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.EDIT)
    return store.list_proposals(countries=account.countries, limit=LIST_LIMIT)


def settle_proposal(
    store: EventStore,
    event_id: str,
    *,
    accept: bool,
    account: Account,
    expected_revision: int,
    proposed_at: datetime | None = None,
    reason: str,
    idempotency_key: str,
) -> Event:
    """Accept or refuse a change that the submitter proposes.

    Parameters
    ----------
    proposed_at
        When the change that the moderator has seen was proposed; None takes whichever waits now.

    Raises
    ------
    RightsError
        If the account may not change this event.
    ModerationError, InvalidEventError, StaleEventError
        If nothing is proposed any more, it no longer fits what the event says, or a refusal has no reason, which the
        organiser reads.
    """
    require(account, Permission.EDIT, store.get(event_id))
    check_reason(reason, is_required=not accept)
    return store.settle_proposal(
        event_id,
        accept=accept,
        actor=account,
        expected_revision=expected_revision,
        proposed_at=proposed_at,
        reason=reason,
        idempotency_key=idempotency_key,
    )


def merge_events(store: EventStore, kept: Event, gone: Event, *, account: Account, idempotency_key: str) -> Event:
    """Join two events, as they were read, into the first; the address of the second leads there from now on.

    Raises
    ------
    RightsError
        If the account may not merge both.
    ModerationError
        If the one that would stay is not public and the other one is.
    StaleEventError
        If someone changed one of them meanwhile.
    """
    for event in (kept, gone):
        require(account, Permission.MERGE, store.get(event.id))
    return store.merge(
        kept.id,
        gone.id,
        actor=account,
        expected_revision=kept.revision,
        gone_revision=gone.revision,
        idempotency_key=idempotency_key,
    )


def split_event(store: EventStore, event: Event, *, account: Account, idempotency_key: str) -> Event:
    """Make a pending copy of an event that is in fact two; both are then edited apart.

    Raises
    ------
    RightsError
        If the account may not split this event.
    StaleEventError
        If someone changed it meanwhile.
    """
    require(account, Permission.MERGE, store.get(event.id))
    city = event.location.name if event.location else ""
    return store.split(
        event.id, new_event_id(city), actor=account, expected_revision=event.revision, idempotency_key=idempotency_key
    )


def take_down(
    store: EventStore,
    resolver: Resolver,
    event_id: str,
    reason: TakedownReason,
    *,
    account: Account,
    expected_revision: int,
    idempotency_key: str,
) -> str:
    """Delete all that an event ever said, for good; only its id, the reason's code and who did what when stay.

    What was remembered of its places goes first: should the rest fail, nothing is left that nobody can find any more.

    Returns
    -------
    problem
        A sentence where something outside the database is left, else "".

    Raises
    ------
    RightsError
        If the account may not take this event down.
    StaleEventError
        If someone changed it meanwhile.
    """
    event = store.get(event_id)
    require(account, Permission.TAKE_DOWN, event)
    problem = forget_event(store, resolver, event_id) if event.revision == expected_revision else ""
    store.take_down(
        event_id, reason, actor=account, expected_revision=expected_revision, idempotency_key=idempotency_key
    )
    return problem


def list_follow_up(store: EventStore, account: Account, now: datetime) -> list[Event]:
    """Return events of the account's countries that are over and not yet said to be held or not, latest first.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.EDIT)
    return store.awaiting_follow_up(now, countries=account.countries, limit=LIST_LIMIT)
