"""Change an event through a form, by the same rules for organisers and moderators.

A form that is sent unchanged changes nothing. A changed place text is geocoded again; any other change keeps the
location.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from rallymap.countries import is_within
from rallymap.errors import InvalidEventError
from rallymap.events import Disclosure, Event, Location, LocationPrecision, Place
from rallymap.intake.changed_form import Change, read_change
from rallymap.intake.filled_form import CHOSEN_PLACE, POINT_METHODS
from rallymap.places import Answer, Candidate, Located, Resolver
from rallymap.store import PlaceCheck
from rallymap.workflows.clock_changes import check_clock
from rallymap.workflows.disclosure import check_status, with_disclosure
from rallymap.workflows.locations import locate, located_event, resolve_place
from rallymap.workflows.pin_check import contradiction_of_pin
from rallymap.workflows.place_answers import Suggested, candidates_of, chosen_of
from rallymap.workflows.routes import with_route
from rallymap.workflows.seasons import check_season
from rallymap.workflows.zones import zone_at, zone_finder

_FINE = (LocationPrecision.VENUE, LocationPrecision.DISTRICT, LocationPrecision.CITY)
_SPOTS = (LocationPrecision.VENUE, LocationPrecision.DISTRICT)


@dataclass(frozen=True, slots=True)
class Changed:
    """The event with a form's changes.

    Attributes
    ----------
    event
        None if a field has an error.
    errors
        One message per field with an error, by field name.
    to_check
        The place check for a changed place, or None.
    """

    event: Event | None
    errors: Mapping[str, str]
    to_check: PlaceCheck | None = None


def changed_event(
    resolver: Resolver,
    before: Event,
    fields: Mapping[str, str],
    *,
    answer: Answer | Suggested | None,
    now: datetime,
    shows_point: bool,
) -> Changed:
    """Apply the fields of a form to an event.

    Parameters
    ----------
    resolver
        An offline resolver.
    before
        The event with which the form was filled.
    fields
        All fields of the form.
    answer
        The result of :func:`~rallymap.workflows.place_answers.find_place` for the form's place text and country.
    now
        Current time with its zone.
    shows_point
        Whether the form shows the coordinates; if so, a point is kept even if the new place text is not found.
    """
    known = None if isinstance(answer, Suggested) else answer
    chosen = chosen_of(answer, fields)
    picked = candidates_of(answer)[chosen] if chosen is not None else None
    change = read_change(before, fields, find_zone=zone_finder(resolver, picked, known))
    errors: dict[str, str] = {}
    for error in change.errors:
        errors.setdefault(error.field, error.user_message)
    if change.event is None:
        return Changed(None, errors)
    if CHOSEN_PLACE not in change.fields:
        picked = None  # it was chosen for the earlier place text
    contradiction = _contradiction(change, known, picked, is_shown=shows_point)
    if contradiction:
        return Changed(None, {"coordinates": contradiction})
    event, to_check = _placed(resolver, before, change, picked, known, shows_point=shows_point)
    if "route" in change.changed:
        event = with_route(resolver, event, before.route)
    event = _in_zone_of_new_place(event, before, is_zone_given="zone" in change.fields)
    try:
        check_season(event, fields)
        check_status(event, now=now, before=before)
        if event.when != before.when:
            check_clock(event.when)
        event = _with_disclosure(event, before, change, fields, now)
    except InvalidEventError as err:
        return Changed(None, {err.field: err.user_message})
    return Changed(event, {}, to_check)


def _contradiction(change: Change, known: Answer | None, picked: Candidate | None, *, is_shown: bool) -> str:
    """Return how the form's point contradicts its place text; "" if neither was changed."""
    event = change.event
    is_point = event is not None and event.location is not None and event.location.method in POINT_METHODS
    if not is_shown or not is_point or not (change.changed & {"place", "location"} or picked is not None):
        return ""
    assert event is not None and event.location is not None  # noqa: S101, PT018 - narrows for the type checker
    point = (event.location.lat, event.location.lon)
    return contradiction_of_pin(point, known, picked, country=event.place.country_hint)


def _placed(
    resolver: Resolver,
    before: Event,
    change: Change,
    picked: Candidate | None,
    known: Answer | None,
    *,
    shows_point: bool,
) -> tuple[Event, PlaceCheck | None]:
    event = change.event
    assert event is not None  # noqa: S101 - the caller has looked at the errors
    if picked is not None:
        is_point = event.location is not None and event.location.method in POINT_METHODS
        return located_event(event if is_point else event.changed(location=None), None, picked), None
    if "location" in change.changed:
        placed = locate(event, resolver, known)
        return placed.event, placed.to_check
    if "place" not in change.changed:
        return (located_event(event, None) if "when" in change.changed else event), None
    kept = _kept_location(resolver, before, event.place, known, shows_point=shows_point)
    if kept is not None:
        return located_event(event.changed(location=kept), None), None
    placed = locate(event.changed(location=None), resolver, known)
    return placed.event, placed.to_check


def _kept_location(
    resolver: Resolver, before: Event, place: Place, known: Answer | None, *, shows_point: bool
) -> Location | None:
    """Return the location that an event keeps although its place text changed; None to geocode it again."""
    location = before.location
    if location is None:
        return None
    is_point = location.method in POINT_METHODS
    answer = resolve_place(place, resolver, known) if place.text or place.venue else None
    if place.text != before.place.text:
        if not is_point or answer is None:
            return None
        is_found = isinstance(answer, Located)
        agrees = not contradiction_of_pin((location.lat, location.lon), answer, country=place.country_hint)
        return location if agrees and (is_found or shows_point) else None
    hint = place.country_hint
    if hint and hint != before.place.country_hint and location.country and not is_within(location.country, hint):
        return None
    if place.venue == before.place.venue or is_point:
        return location
    finds_spot = isinstance(answer, Located) and answer.candidate.precision in _SPOTS
    return None if finds_spot or location.precision in _SPOTS else location


def _in_zone_of_new_place(event: Event, before: Event, *, is_zone_given: bool) -> Event:
    """Set the zone of a date to that of the new location if it had the zone of the old one."""
    location, old = event.location, before.location
    if is_zone_given or location == old or location is None or location.precision not in _FINE:
        return event
    if not event.when.zone or (old is not None and zone_at(old.lat, old.lon) != before.when.zone):
        return event
    zone = zone_at(location.lat, location.lon)
    return event.changed(when=replace(event.when, zone=zone)) if zone else event


def _with_disclosure(event: Event, before: Event, change: Change, fields: Mapping[str, str], now: datetime) -> Event:
    is_changed = bool({"disclosure", "disclosed_from"} & change.fields)
    needs_source = event.disclosure is Disclosure.PUBLIC and event.sources != before.sources
    return with_disclosure(event, fields, now=now, before=before) if is_changed or needs_source else event
