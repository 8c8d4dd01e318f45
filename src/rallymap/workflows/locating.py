"""Looking again for the places of events that have none or no sure one, with an online service where one is wanted.

This is the one place where events meet an online service: never a form, never somebody who types. What a service
answers was never measured here, so it goes on the map only where it is the only answer and lies in the country that
the event names, and it waits for a moderator's look all the same; everything else is a choice for the moderator.
The place of an event that the public may not see yet is not shown to a service either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from rallymap.errors import PlaceRefusedError, PlaceServiceError, StaleEventError
from rallymap.events import Event
from rallymap.moderation import Account, Role
from rallymap.places import Resolver, candidates_of, describe_candidate
from rallymap.query.public_view import guarded_until
from rallymap.store import EventStore, PlaceToCheck
from rallymap.workflows.checking import events_in_use
from rallymap.workflows.geocoding import Outcome, locate, resolve_place

GEOCODER = Account("geocoder", Role.MODERATOR)
"""Who the audit log names."""
AT_ONCE = 500
_SETTLED = "place settled"
_SERVICE = "service:"


@dataclass(slots=True)
class LocateSummary:
    """What became of the events that were looked up.

    Attributes
    ----------
    looked_up
        Events that were gone through.
    located, unsure
        Events that have a location now: surely, and on the list of places to check.
    to_choose, not_found
        Events left to a moderator: with candidates, and without any.
    by_service
        Events with an answer of the service, whose source must be named.
    pending
        Events that stay as they are because the service did not answer.
    retry_after_s
        Seconds after which the service may be asked again, where it did not answer.
    changed_meanwhile
        Events that somebody changed while they were looked up; they stay as they are.
    left
        Events that were not gone through, as the limit was reached or the service refused us.
    refusal
        The service's refusal in a sentence, or "".
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
    store: EventStore,
    resolver: Resolver,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    *,
    online: Resolver | None = None,
    may_go_on: Callable[[], bool] = lambda: True,
) -> LocateSummary:
    """Look up the places of all events that have none, and of those on the list of places to check.

    A location that an event has is never moved. An event whose place a moderator settled as unknown stays so.

    Parameters
    ----------
    store, resolver
        Where the events are, and who is asked, offline.
    online
        A resolver with an online service, which waits for each of its turns; it is asked in place of `resolver` for
        events whose place is not withheld from the public.
    progress
        Is told after each event how many are done, and of how many.
    may_go_on
        Is asked before each event; the first no ends the run.

    Raises
    ------
    StoreUnavailableError
        If the database cannot be read or written; what was done before stays.
    """
    listed = _listed(store)
    ids = [*listed, *(event_id for event_id in _without_location(store) if event_id not in listed)]
    summary, now_s = LocateSummary(left=len(ids)), datetime.now(UTC).timestamp()
    for number, event_id in enumerate(ids, start=1):
        if not may_go_on():
            break
        try:
            there = store.get_many([event_id])
            if there and (event_id in listed or there[0].location is None):  # else somebody settled it meanwhile
                is_secret = (guarded_until(there[0]) or 0.0) > now_s
                asked = resolver if online is None or is_secret else online
                _look_up(store, asked, there[0], listed.get(event_id), summary)
        except PlaceServiceError as err:
            summary.pending += 1
            summary.retry_after_s = max(summary.retry_after_s, err.retry_after_s)
        except PlaceRefusedError as err:
            summary.refusal = err.user_message
            break
        summary.left -= 1
        progress(number, len(ids))
    return summary


def _look_up(
    store: EventStore, resolver: Resolver, event: Event, listed: PlaceToCheck | None, summary: LocateSummary
) -> None:
    after, check = _locate_anew(event, listed, resolver)
    summary.looked_up += 1
    candidates = check.candidates if check is not None else ()
    summary.by_service += any(str(found.get("method")).startswith(_SERVICE) for found in candidates)
    if after != event or check != listed:
        try:
            store.put_look_up(after, check, actor=GEOCODER, expected_revision=event.revision)
        except StaleEventError:
            summary.changed_meanwhile += 1
            return
    if after.location is not None:
        summary.located += check is None
        summary.unsure += check is not None
    else:
        summary.to_choose += bool(candidates)
        summary.not_found += not candidates


def _locate_anew(event: Event, listed: PlaceToCheck | None, resolver: Resolver) -> tuple[Event, PlaceToCheck | None]:
    if event.location is not None:
        # It is on the map with a doubt that a moderator settles; at most there is more to choose from.
        found = candidates_of(resolve_place(event.place, resolver))
        if listed is None or not any(candidate.method.startswith(_SERVICE) for candidate in found):
            return event, listed
        return event, PlaceToCheck(listed.outcome, tuple(describe_candidate(candidate) for candidate in found))
    if listed is not None and listed.outcome == Outcome.POINT_ELSEWHERE:
        return event, listed  # its row gave coordinates that contradict its words: a person decides between them
    placed = locate(event, resolver)
    location = placed.event.location
    # A service's answer that a moderator chose before comes without a doubt, as an override.
    is_doubtful = placed.to_check is not None and location is not None and location.method.startswith(_SERVICE)
    if is_doubtful and not event.place.country_hint:
        return event, placed.to_check
    return placed.event, placed.to_check


def _listed(store: EventStore) -> dict[str, PlaceToCheck]:
    listed: dict[str, PlaceToCheck] = {}
    while some := store.places_to_check(limit=AT_ONCE, offset=len(listed)):
        listed.update((entry.event.id, entry.check) for entry in some)
    return listed


def _without_location(store: EventStore) -> list[str]:
    """List events with a place in words and none on the map, but for those that a moderator could not place."""
    open_ones = [
        event.id for event in events_in_use(store) if event.location is None and (event.place.text or event.place.venue)
    ]
    return [event_id for event_id in open_ones if all(entry.verb != _SETTLED for entry in store.history(event_id))]
