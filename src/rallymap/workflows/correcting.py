"""What moderators change: an event's words, proposals to it, two events that are one, one that is two, takedown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from rallymap.errors import InvalidEventError
from rallymap.events import Event
from rallymap.intake.filled_form import fields_of_event
from rallymap.intake.submission import read_submission
from rallymap.moderation import Account, TakedownReason, Verb, check_reason, require
from rallymap.places import Resolver
from rallymap.store import EventStore, Proposal
from rallymap.workflows.disclosure import check_status, with_disclosure
from rallymap.workflows.geocoding import locate, located_event, zone_finder
from rallymap.workflows.place_memory import forget_event
from rallymap.workflows.submitting import new_event_id

LIST_LIMIT = 200
_EDITED = (
    *("title", "kind", "when", "place", "organisers", "communities", "about", "topics"),
    *("claims", "crowd", "sources", "by_organiser", "status"),
)


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
    nonce: str,
) -> Edited:
    """Change what an event says; its review status stays.

    A place in words that is changed is looked up anew; otherwise the event keeps its location.

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
    require(account, Verb.EDIT, before)
    texts = {**fields_of_event(before), **fields}
    for name in ("coordinates", "location_precision"):
        texts.pop(name, None)  # a point is settled apart from the words, see settling.py
    find_zone = zone_finder(resolver)
    checked = read_submission(texts, event_id=event_id, find_zone=find_zone)
    if checked.event is None:
        errors: dict[str, str] = {}
        for error in checked.errors:
            errors.setdefault(error.field, error.user_message)
        return Edited(None, errors)
    unchanged = read_submission(fields_of_event(before), event_id=event_id, find_zone=find_zone).event
    try:
        event, now = _changed(before, checked.event, unchanged, resolver), datetime.now(UTC)
        check_status(event, now=now, before=before)
        if texts.get("disclosure") != fields_of_event(before).get("disclosure") or "disclosed_from" in fields:
            event = with_disclosure(event, texts, now=now, before=before)
    except InvalidEventError as err:
        return Edited(None, {err.field: err.user_message})
    return Edited(store.edit(event, actor=account, expected_revision=expected_revision, nonce=nonce), {})


def list_proposals(store: EventStore, account: Account) -> list[Proposal]:
    """Return changes that submitters propose to events of the account's countries, oldest first.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Verb.EDIT)
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
    nonce: str,
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
    require(account, Verb.EDIT, store.get(event_id))
    check_reason(reason, is_required=not accept)
    return store.settle_proposal(
        event_id,
        accept=accept,
        actor=account,
        expected_revision=expected_revision,
        proposed_at=proposed_at,
        reason=reason,
        nonce=nonce,
    )


def merge_events(store: EventStore, kept: Event, gone: Event, *, account: Account, nonce: str) -> Event:
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
        require(account, Verb.MERGE, store.get(event.id))
    return store.merge(
        kept.id,
        gone.id,
        actor=account,
        expected_revision=kept.revision,
        gone_revision=gone.revision,
        nonce=nonce,
    )


def split_event(store: EventStore, event: Event, *, account: Account, nonce: str) -> Event:
    """Make a pending copy of an event that is in fact two; both are then edited apart.

    Raises
    ------
    RightsError
        If the account may not split this event.
    StaleEventError
        If someone changed it meanwhile.
    """
    require(account, Verb.MERGE, store.get(event.id))
    city = event.location.name if event.location else ""
    return store.split(event.id, new_event_id(city), actor=account, expected_revision=event.revision, nonce=nonce)


def take_down(
    store: EventStore,
    resolver: Resolver,
    event_id: str,
    reason: TakedownReason,
    *,
    account: Account,
    expected_revision: int,
    nonce: str,
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
    require(account, Verb.TAKE_DOWN, event)
    problem = forget_event(store, resolver, event_id) if event.revision == expected_revision else ""
    store.take_down(event_id, reason, actor=account, expected_revision=expected_revision, nonce=nonce)
    return problem


def list_follow_up(store: EventStore, account: Account, now: datetime) -> list[Event]:
    """Return events of the account's countries that are over and not yet said to be held or not, latest first.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Verb.EDIT)
    return store.awaiting_follow_up(now, countries=account.countries, limit=LIST_LIMIT)


def _changed(before: Event, after: Event, unchanged: Event | None, resolver: Resolver) -> Event:
    """Bring an event to what its fields say now.

    Parameters
    ----------
    after, unchanged
        What the changed fields say, and what the same fields said: where the two agree, the event keeps its own
        words, which may be finer than fields can say.
    """
    changes = {
        name: getattr(after, name)
        for name in _EDITED
        if unchanged is None or getattr(after, name) != getattr(unchanged, name)
    }
    if "sources" in changes:
        changes |= {"claims": after.claims, "crowd": after.crowd}  # they name sources by number
    if "place" in changes:
        return locate(before.changed(**changes, location=None), resolver).event
    return located_event(before.changed(**changes), None)
