"""Merge two records of one event; split one record of two events."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from typing import TypeVar

from rallymap.errors import EventNotFoundError, ModerationError
from rallymap.events import Claim, CrowdClaim, Disclosure, Event, Place, ReviewStatus, Source, Translation
from rallymap.language import tr
from rallymap.moderation import Account, Permission, has_permission, require
from rallymap.query.city_parts import name_of_city
from rallymap.store import Database, Transaction
from rallymap.store.audit import AuditEntry, get_revision
from rallymap.store.changes import add_event
from rallymap.store.merges import MERGED, merge_revision, move_from_kept, move_to_kept, with_event
from rallymap.store.merges import list_merged as stored_merged
from rallymap.store.pictures import copy_picture
from rallymap.store.submissions import free_id
from rallymap.store.web_addresses import normalise_url
from rallymap.workflows.audit import restored_entry
from rallymap.workflows.form_events import new_event_id
from rallymap.workflows.permissions import event_to_change, permitted_event
from rallymap.workflows.second_moderator import store_change

T = TypeVar("T")
Quoted = TypeVar("Quoted", Claim, CrowdClaim)


def merge_events(db: Database, kept: Event, gone: Event, *, account: Account, idempotency_key: str) -> Event:
    """Merge two events, as they were read, into the first; the URL of the second redirects to the first.

    Sources, claims, crowd estimates, organisers, communities and topics are combined. Date, place, route, summary,
    picture, campaign and translations are taken from the second if the first has none. A place that is taken over
    is not disclosed earlier than either organiser chose. Notes and reports are moved; earlier revisions of both are
    kept. The edit link of the second opens the first if the first has no link of its own.

    Raises
    ------
    RightsError
        If the account may not merge both.
    EventNotFoundError, StaleEventError
        If one of them does not exist or was changed since it was read.
    ModerationError
        If both are the same event, or the second is public and the first is not.
    InvalidEventError
        If together they have too many sources or claims.
    """
    with db.write_once(idempotency_key) as tx:
        before = event_to_change(tx, kept.id, Permission.MERGE, account, kept.revision)
        if tx.was_done:
            return before
        if kept.id == gone.id:
            raise ModerationError(tr("An event cannot be merged with itself; choose another one."), detail=kept.id)
        other = event_to_change(tx, gone.id, Permission.MERGE, account, gone.revision)
        if other.review is ReviewStatus.PUBLISHED and before.review is not ReviewStatus.PUBLISHED:
            raise ModerationError(tr("The event that stays is not published yet; merge the other way round."))
        entry = AuditEntry(account.name, MERGED, with_event(gone.id))
        joined = join(before, other)
        after = store_change(db, tx, Permission.MERGE, before, joined, account, entry, in_parts=True)
        move_to_kept(tx, other, after, account)
        return after


def list_merged(db: Database, event: Event, account: Account) -> list[Event]:
    """Return the events that were merged into an event, as they were then, the latest merge first.

    Only those whose merge the account may undo.

    Raises
    ------
    RightsError
        If the account may not split this event.
    """
    require(account, Permission.MERGE, event)
    return [one for one in db.read(stored_merged, event.id) if has_permission(account, Permission.MERGE, event, one)]


def undo_merge(db: Database, kept: Event, gone: Event, *, account: Account, idempotency_key: str) -> Event:
    """Make a pending event of one that was merged, with its last content, under a new id.

    Its old address and its edit link lead to the new event. The event that was kept is as before the merge, unless it
    was changed since. A picture that it got with the merge is given back; if it was changed since, both have it. A
    picture that was not taken over was deleted by the merge. Notes and reports stay with the kept event.

    Raises
    ------
    RightsError
        If the account may not split these events.
    EventNotFoundError, StaleEventError
        If the first does not exist or was changed since it was read, or the second was not merged into it.
    """
    with db.write_once(idempotency_key) as tx:
        before = event_to_change(tx, kept.id, Permission.MERGE, account, kept.revision)
        if tx.done_to is not None:
            return permitted_event(tx, tx.done_to, Permission.MERGE, account)
        merged = next((one for one in stored_merged(tx, kept.id) if one.id == gone.id), None)
        if merged is None:
            raise EventNotFoundError(gone.id)
        copy = merged.changed(id=_copy_id(tx, merged), review=ReviewStatus.PENDING, picture=None)
        took_picture = merged.picture is not None and merged.picture == before.picture
        if took_picture:
            copy = copy.changed(picture=copy_picture(tx, before, copy.id))
        require(account, Permission.MERGE, before, copy)
        if before.revision > 1 and merge_revision(tx, kept.id, gone.id) == before.revision:
            earlier = get_revision(tx, kept.id, before.revision - 1)
            picture = earlier.picture if took_picture else before.picture
            wanted = earlier.changed(review=before.review, picture=picture)
            if picture != earlier.picture:
                # The picture may show what its organiser withholds.
                wanted = wanted.changed(disclosure=before.disclosure, disclosed_from=before.disclosed_from)
            entry = restored_entry(account.name, earlier.revision)
            store_change(db, tx, Permission.MERGE, before, wanted, account, entry)
        made = add_event(tx, copy, AuditEntry(account.name, "split off", f"From {kept.id}"))
        move_from_kept(tx, gone.id, kept.id, made.id)
        return made


def _copy_id(tx: Transaction, event: Event) -> str:
    where = event.location
    return free_id(tx, new_event_id(name_of_city(where.name, where.country, where.lat, where.lon) if where else ""))


def split_event(db: Database, event: Event, *, account: Account, idempotency_key: str) -> Event:
    """Create a pending copy of an event that is in fact two events, without its picture; both are then edited.

    Raises
    ------
    RightsError
        If the account may not split this event.
    EventNotFoundError, StaleEventError
        If it does not exist or was changed since it was read.
    """
    with db.write_once(idempotency_key) as tx:
        before = event_to_change(tx, event.id, Permission.MERGE, account, event.revision)
        if tx.done_to is not None:
            return permitted_event(tx, tx.done_to, Permission.MERGE, account)
        copy = before.changed(id=_copy_id(tx, before), review=ReviewStatus.PENDING, picture=None)
        require(account, Permission.MERGE, before, copy)
        return add_event(tx, copy, AuditEntry(account.name, "split off", f"From {event.id}"))


def join(kept: Event, gone: Event) -> Event:
    """Combine the content of two records of one event."""
    sources = list(kept.sources)
    known = {_identity(source): index for index, source in reversed(list(enumerate(sources)))}
    moved: dict[int | None, int | None] = {None: None}
    for index, source in enumerate(gone.sources):
        if _identity(source) not in known:
            known[_identity(source)] = len(sources)
            sources.append(source)
        moved[index] = known[_identity(source)]
    return kept.changed(
        when=kept.when if kept.when.is_known else gone.when,
        place=_joined_place(kept.place, gone.place),
        location=kept.location or gone.location,
        route=kept.route or gone.route,
        organisers=_once(kept.organisers + gone.organisers),
        communities=_once(kept.communities + gone.communities),
        about=kept.about or (gone.about if _shares_language(kept, gone) else ""),
        topics=_once(kept.topics + gone.topics),
        claims=_once(kept.claims + _renumbered(gone.claims, moved)),
        crowd=_once(kept.crowd + _renumbered(gone.crowd, moved)),
        sources=tuple(sources),
        picture=kept.picture or gone.picture,
        by_organiser=kept.by_organiser and gone.by_organiser,
        **_joined_disclosure(kept, gone),
        campaign=kept.campaign or gone.campaign,
        translations=_joined_translations(kept, gone),
    )


def _joined_place(kept: Place, gone: Place) -> Place:
    if kept.text:
        return kept
    return Place(gone.text, kept.venue or gone.venue, kept.country_hint or gone.country_hint)


def _joined_disclosure(kept: Event, gone: Event) -> dict[str, object]:
    """Return the longer embargo of both if place, route or picture come from the second; else that of the first."""
    takes_place = not kept.place.text and bool(gone.place.text or gone.place.venue)
    takes_point = kept.location is None and gone.location is not None
    takes_picture = kept.picture is None and gone.picture is not None
    takes_route = not kept.route and bool(gone.route)
    is_longer = _withheld_for(gone) > _withheld_for(kept)
    said = gone if (takes_place or takes_point or takes_route or takes_picture) and is_longer else kept
    return {"disclosure": said.disclosure, "disclosed_from": said.disclosed_from}


def _withheld_for(event: Event) -> float:
    """Return when the embargo of an event ends, as a Unix time in seconds or an infinity."""
    if event.disclosure is Disclosure.FROM_TIME and event.disclosed_from is not None:
        return event.disclosed_from.timestamp()
    return -math.inf if event.disclosure is Disclosure.PUBLIC else math.inf


def _shares_language(kept: Event, gone: Event) -> bool:
    """Return whether text of the second fits the first: both have the same language, or one is unknown."""
    return not kept.language or not gone.language or kept.language == gone.language


def _joined_translations(kept: Event, gone: Event) -> tuple[Translation, ...]:
    """Return the translations of both; the second's original counts as a translation if its language is known."""
    theirs = [Translation(gone.language, gone.title, gone.about)] if gone.language else []
    by_tag: dict[str, Translation] = {}
    for one in (*kept.translations, *theirs, *gone.translations):
        first = by_tag.setdefault(one.language, one)
        by_tag[one.language] = Translation(one.language, first.title or one.title, first.about or one.about)
    return tuple(one for tag, one in by_tag.items() if tag != kept.language)


def _identity(source: Source) -> tuple[str, ...]:
    return (normalise_url(source.url),) if source.url else (source.title, source.publisher)


def _renumbered(claims: tuple[Quoted, ...], moved: dict[int | None, int | None]) -> tuple[Quoted, ...]:
    return tuple(dataclasses.replace(claim, source=moved[claim.source]) for claim in claims)


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
