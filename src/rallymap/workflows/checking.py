"""Which events have no place, may be in several, or lie in another country than they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rallymap.countries import country_name
from rallymap.events import Event, ReviewStatus
from rallymap.places import Candidate, Resolver
from rallymap.store import EventStore
from rallymap.workflows.geocoding import Outcome, locate

AT_ONCE = 500
_UNDER_REVIEW = (ReviewStatus.DRAFT, ReviewStatus.PENDING, ReviewStatus.SENT_BACK)


@dataclass(frozen=True, slots=True)
class PlaceProblem:
    """An event whose place needs a person.

    Attributes
    ----------
    event
        As the store has it.
    outcome
        What is wrong; ``located`` where a place is known by now but was not when the event came in.
    sentence
        The same for people.
    candidates
        Places to choose from, best first.
    """

    event: Event
    outcome: Outcome
    sentence: str
    candidates: tuple[Candidate, ...] = ()


def check_places(store: EventStore, resolver: Resolver) -> Iterator[PlaceProblem]:
    """Give every published or waiting event without a sure place, published ones first.

    Raises
    ------
    StoreUnavailableError
        If the database cannot be read.
    """
    for event in events_in_use(store):
        problem = check_place(event, resolver)
        if problem is not None:
            yield problem


def check_place(event: Event, resolver: Resolver) -> PlaceProblem | None:
    """Tell what is wrong with the place of one event, or None where nothing is."""
    hint = event.place.country_hint
    if event.location is not None:
        if not hint or not event.location.country or event.location.country == hint:
            return None
        there, said = country_name(event.location.country), country_name(hint)
        return PlaceProblem(event, Outcome.WRONG_COUNTRY, f"It lies in {there}, but the event says {said}.")
    placed = locate(event, resolver)
    match placed.outcome:
        case Outcome.NO_PLACE:
            sentence = "No place is given."
        case Outcome.NO_MATCH:
            sentence = "No place of this name is known."
        case Outcome.AMBIGUOUS:
            sentence = "Several places have this name."
        case Outcome.WRONG_COUNTRY:
            found = country_name(placed.candidates[0].country)
            sentence = f"This name is known in {found}, but the event says {country_name(hint)}."
        case _:
            sentence = "A place is known by now; “rallymap locate” sets it."
    return PlaceProblem(event, placed.outcome, sentence, placed.candidates)


def events_in_use(store: EventStore) -> Iterator[Event]:
    """Give every published event, then those under review; not the rejected and withdrawn ones."""
    for rows in store.public_rows(AT_ONCE):
        yield from store.get_many(row.id for row in rows)
    offset = 0
    while some := store.review_queue(_UNDER_REVIEW, limit=AT_ONCE, offset=offset):
        yield from (item.event for item in some)
        offset += len(some)
