"""Find events whose place is missing, ambiguous, unsure, or in another country than stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rallymap.countries import country_name, is_within
from rallymap.events import Event, ReviewStatus
from rallymap.own_command import own_command
from rallymap.places import SURE_CONFIDENCE, Candidate, Resolver, candidates_of
from rallymap.store import Database
from rallymap.store.events import get_events, public_rows
from rallymap.store.place_checks import get_place_checks
from rallymap.store.review_queue import walk_queue
from rallymap.workflows.locations import Outcome, candidate_from_plain, contradiction_of, locate, resolve_place
from rallymap.workflows.zones import GIVEN

BATCH_SIZE = 500
_UNDER_REVIEW = (ReviewStatus.DRAFT, ReviewStatus.PENDING, ReviewStatus.SENT_BACK)


@dataclass(frozen=True, slots=True)
class PlaceProblem:
    """An event whose place needs a person's decision.

    Attributes
    ----------
    event
        The stored event.
    outcome
        What is wrong; ``located`` if the place is found now but was not when the event was added.
    sentence
        The same as a sentence for people.
    candidates
        Places to choose from, best first.
    """

    event: Event
    outcome: Outcome
    sentence: str
    candidates: tuple[Candidate, ...] = ()


def check_places(db: Database, resolver: Resolver) -> Iterator[PlaceProblem]:
    """Yield every published or pending event without a sure place, published ones first.

    Raises
    ------
    StoreUnavailableError
        If the database cannot be read.
    """
    listed = db.read(get_place_checks)
    for event in events_in_use(db):
        check = listed.get(event.id)
        if check is not None and check.outcome == Outcome.POINT_ELSEWHERE and event.location is None:
            candidates = tuple(candidate_from_plain(plain) for plain in check.candidates)
            sentence = "The coordinates given lie far from the place text; choose in Places to check."
            yield PlaceProblem(event, Outcome.POINT_ELSEWHERE, sentence, candidates)
            continue
        problem = check_place(event, resolver)
        if problem is not None:
            yield problem


def check_place(event: Event, resolver: Resolver) -> PlaceProblem | None:
    """Return what is wrong with the place of an event, or None."""
    hint = event.place.country_hint
    if event.location is not None:
        return _check_location(event, resolver)
    if event.is_online:
        return None  # it needs no place
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
        case Outcome.LOW_CONFIDENCE if placed.event.location is None:
            sentence = "It is too uncertain that this is the place meant; the event is not drawn."
        case _:
            sentence = f"A place is known by now; “{own_command('locate')}” sets it."
    return PlaceProblem(event, placed.outcome, sentence, placed.candidates)


def _check_location(event: Event, resolver: Resolver) -> PlaceProblem | None:
    location, hint = event.location, event.place.country_hint
    if location is None:
        return None
    if hint and location.country and not is_within(location.country, hint):
        there, said = country_name(location.country), country_name(hint)
        return PlaceProblem(event, Outcome.WRONG_COUNTRY, f"It is in {there}, but the event says {said}.")
    if location.method == GIVEN:
        has_words = event.place.text or event.place.venue
        contradiction = contradiction_of(event, resolve_place(event.place, resolver) if has_words else None, resolver)
        if contradiction is not None:
            return PlaceProblem(event, Outcome.POINT_ELSEWHERE, contradiction.sentence, contradiction.candidates)
    if location.confidence < SURE_CONFIDENCE:
        answer = resolve_place(event.place, resolver) if event.place.text or event.place.venue else None
        candidates = candidates_of(answer) if answer is not None else ()
        sentence = "It is drawn, but it is not certain that this is the place meant."
        return PlaceProblem(event, Outcome.LOW_CONFIDENCE, sentence, candidates)
    return None


def events_in_use(db: Database) -> Iterator[Event]:
    """Yield every published event, then those under review; rejected and withdrawn ones are skipped."""
    for rows in public_rows(db, BATCH_SIZE):
        yield from db.read(get_events, [row.id for row in rows])
    # One statement: while moderators shorten the list, paging would skip events.
    with db.reading() as tx:
        yield from (item.event for item in walk_queue(tx, _UNDER_REVIEW))
