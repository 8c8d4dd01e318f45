"""Geocode again the events without a sure place, with an online service if the operator configures one.

Only this module sends the places of events to an online service; forms and imports never do. The quality of a service's
answers was not measured here. An answer therefore only sets a location if it is the only one and is in the country that
the event names, and even then it gets a place check; all other answers are candidates for a moderator. A place that is
withheld from the public is not sent to a service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from rallymap.errors import PlaceRefusedError, PlaceServiceError, StaleEventError
from rallymap.events import Event
from rallymap.moderation import Account, Permission, Role
from rallymap.places import Resolver, candidates_of, describe_candidate
from rallymap.query.public_view import embargo_ends_at
from rallymap.store import Database, PlaceCheck
from rallymap.store.audit import AuditEntry, list_audit
from rallymap.store.documents import to_document
from rallymap.store.events import get_event, get_events
from rallymap.store.place_checks import delete_place_check, get_place_checks, put_place_check
from rallymap.workflows.locations import Outcome, locate, resolve_place
from rallymap.workflows.place_problems import events_in_use
from rallymap.workflows.second_moderator import store_change

GEOCODER = Account("geocoder", Role.MODERATOR)
"""Actor name in the audit log."""
_SETTLED = "place settled"
_SERVICE = "service:"


@dataclass(slots=True)
class LocateSummary:
    """The result of geocoding the open places.

    Attributes
    ----------
    looked_up
        Number of events that were geocoded.
    located, unsure
        Events that now have a location: without, and with a place check.
    to_choose, not_found
        Events left to a moderator: with candidates, and without any.
    by_service
        Events with an answer from the service, whose source must be named.
    pending
        Events that are unchanged because the service did not answer.
    retry_after_s
        Seconds until the service may be asked again, if it did not answer.
    changed_meanwhile
        Events that changed while they were geocoded; they are skipped.
    left
        Events not processed, because the limit was reached or the service refused us.
    refusal
        The service's refusal as a message, or "".
    """

    looked_up: int = 0
    located: int = 0
    unsure: int = 0
    to_choose: int = 0
    not_found: int = 0
    by_service: int = 0
    pending: int = 0
    retry_after_s: float = 0.0
    changed_meanwhile: int = 0
    left: int = 0
    refusal: str = ""


def locate_events(
    db: Database,
    resolver: Resolver,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    *,
    online: Resolver | None = None,
    may_go_on: Callable[[], bool] = lambda: True,
) -> LocateSummary:
    """Geocode all events without a location, and those with a place check.

    An existing location is never changed. An event whose place a moderator marked as unknown is skipped.

    Parameters
    ----------
    db, resolver
        The database, and the offline resolver.
    online
        A resolver with a rate-limited online service; it replaces `resolver` for events whose place is not withheld.
    progress
        Called after each event with the number of processed events, and of all.
    may_go_on
        Called before each event; the run ends when it returns False.

    Raises
    ------
    StoreUnavailableError
        If the database cannot be read or written; earlier results are kept.
    """
    listed = db.read(get_place_checks)
    ids = [*listed, *(event_id for event_id in _without_location(db) if event_id not in listed)]
    summary, now_s = LocateSummary(left=len(ids)), datetime.now(UTC).timestamp()
    for number, event_id in enumerate(ids, start=1):
        if not may_go_on():
            break
        try:
            there = db.read(get_events, [event_id])
            if there and (event_id in listed or there[0].location is None):  # else a moderator confirmed it meanwhile
                is_secret = (embargo_ends_at(there[0]) or 0.0) > now_s
                asked = resolver if online is None or is_secret else online
                _look_up(db, asked, there[0], listed.get(event_id), summary)
        except PlaceServiceError as err:
            summary.pending += 1
            summary.retry_after_s = max(summary.retry_after_s, err.retry_after_s)
        except PlaceRefusedError as err:
            summary.refusal = err.user_message
            break
        summary.left -= 1
        progress(number, len(ids))
    return summary


def _look_up(db: Database, resolver: Resolver, event: Event, listed: PlaceCheck | None, summary: LocateSummary) -> None:
    after, check = _geocode_again(event, listed, resolver)
    summary.looked_up += 1
    candidates = check.candidates if check is not None else ()
    summary.by_service += any(str(found.get("method")).startswith(_SERVICE) for found in candidates)
    if after != event or check != listed:
        try:
            _store_look_up(db, after, check, expected_revision=event.revision)
        except StaleEventError:
            summary.changed_meanwhile += 1
            return
    if after.location is not None:
        summary.located += check is None
        summary.unsure += check is not None
    else:
        summary.to_choose += bool(candidates)
        summary.not_found += not candidates


def _store_look_up(db: Database, event: Event, check: PlaceCheck | None, *, expected_revision: int) -> None:
    """Store the result of geocoding a place again: the event's location and its place check."""
    with db.writing() as tx:
        before = get_event(tx, event.id, expected_revision)
        if to_document(event) != to_document(before):
            wanted = event.changed(review=before.review)
            entry = AuditEntry(GEOCODER.name, "place looked up")
            store_change(db, tx, Permission.SETTLE_PLACE, before, wanted, GEOCODER, entry)
        if check is not None:
            put_place_check(tx, event.id, check)
        else:
            delete_place_check(tx, event.id)


def _geocode_again(event: Event, listed: PlaceCheck | None, resolver: Resolver) -> tuple[Event, PlaceCheck | None]:
    if event.location is not None:
        # The event has a location with an open place check; the service can only add candidates.
        found = candidates_of(resolve_place(event.place, resolver))
        if listed is None or not any(candidate.method.startswith(_SERVICE) for candidate in found):
            return event, listed
        return event, PlaceCheck(listed.outcome, tuple(describe_candidate(candidate) for candidate in found))
    if listed is not None and listed.outcome == Outcome.POINT_ELSEWHERE:
        return event, listed  # the row's coordinates contradict its text: a moderator has to decide
    placed = locate(event, resolver)
    location = placed.event.location
    # A service's answer that a moderator chose before is an override, which needs no check.
    is_doubtful = placed.to_check is not None and location is not None and location.method.startswith(_SERVICE)
    if is_doubtful and not event.place.country_hint:
        return event, placed.to_check
    return placed.event, placed.to_check


def _without_location(db: Database) -> list[str]:
    """List events with a place text but no location, except those that a moderator could not place."""
    open_ones = [
        event.id
        for event in events_in_use(db)
        if event.location is None and not event.is_online and (event.place.text or event.place.venue)
    ]
    return [
        event_id for event_id in open_ones if all(entry.action != _SETTLED for entry in db.read(list_audit, event_id))
    ]
