"""Build the event of a form, complete or not, with its place geocoded; nothing is stored."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from anyascii import anyascii

from rallymap.errors import InvalidEventError
from rallymap.events import MAX_WAYPOINTS, AttendanceMode, Event, Place, Waypoint
from rallymap.intake.filled_form import CHOSEN_PLACE
from rallymap.intake.routes import field_of_point
from rallymap.intake.submission import read_submission, shown_fields
from rallymap.language import digits, tr
from rallymap.places import Answer, Candidate, Resolver
from rallymap.query.city_parts import name_of_city
from rallymap.store import PlaceCheck
from rallymap.workflows.clock_changes import check_clock
from rallymap.workflows.disclosure import check_disclosed_from, check_status, with_disclosure
from rallymap.workflows.form_changes import changed_event
from rallymap.workflows.locations import locate, located_event
from rallymap.workflows.pin_check import contradiction_of_pin
from rallymap.workflows.place_answers import Suggested, candidates_of, chosen_of, find_place
from rallymap.workflows.rate_limits import HONEYPOT_FIELD
from rallymap.workflows.recurrence import Repeat, events_of_rule, rule_of_form
from rallymap.workflows.routes import with_route
from rallymap.workflows.seasons import check_season
from rallymap.workflows.zones import zone_finder

MAX_CONTACT = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """The event and errors of a form that may be incomplete.

    Attributes
    ----------
    event
        The event that the fields describe, geocoded; None if a field has an error.
    answer
        The resolver's answer to the place text; None without a text.
    errors
        One message per field with an error, by field name.
    to_check
        The place check, or None.
    """

    event: Event | None
    answer: Answer | Suggested | None
    errors: Mapping[str, str]
    to_check: PlaceCheck | None = None


def sketch_event(resolver: Resolver, fields: Mapping[str, str]) -> Event | None:
    """Return an event with the identifying fields that are valid so far.

    None without a place or a source to compare by. Used to find similar events while the form is incomplete.
    """
    names = ("kind", "precision", "start", "end", "place_text", "country", CHOSEN_PLACE, "source_url", "source_title")
    stated = {name: fields.get(name, "") for name in names} | {"title": fields.get("title") or "-"}
    draft = draft_event(resolver, stated)
    if draft.event is None:
        wrong = {"start", "end", "precision"} if {"start", "end"} & set(draft.errors) else set(draft.errors)
        draft = draft_event(resolver, {n: t for n, t in stated.items() if n not in wrong})
    event = draft.event
    return event if event is not None and (event.location is not None or event.sources) else None


def sketch_route(
    resolver: Resolver, fields: Mapping[str, str], before: tuple[Waypoint, ...] = ()
) -> Mapping[int, Waypoint]:
    """Return the located route points by field number, as far as they are known.

    {} for fewer than two points, and while one cannot be parsed.

    Parameters
    ----------
    resolver
        An offline resolver.
    fields
        Fields of the form; those that do not describe its points may be missing or invalid.
    before
        The route with which the form was filled.
    """
    fields = shown_fields(fields)
    points = {name: text for name, text in fields.items() if name.startswith("route") and text}
    if len(points) < 2:
        return {}
    names = ("kind", "place_text", "country", CHOSEN_PLACE)
    event = draft_event(resolver, {name: fields.get(name, "") for name in names} | points | {"title": "-"}).event
    if event is None:
        return {}
    numbers = [n for n in range(1, MAX_WAYPOINTS + 1) if fields.get(field_of_point(n))]
    return dict(zip(numbers, with_route(resolver, event, before).route, strict=True))


def draft_event(
    resolver: Resolver,
    fields: Mapping[str, str],
    *,
    now: datetime | None = None,
    before: Event | None = None,
) -> Draft:
    """Validate all fields of the form and geocode its place.

    Parameters
    ----------
    resolver
        An offline resolver; called once.
    fields
        Texts by field name, as for :func:`rallymap.intake.submission.read_submission`, ``contact``, and
        ``place_chosen`` (:func:`rallymap.workflows.place_answers.name_choice`).
    now
        Current time with its zone; None for now.
    before
        The event with which the form was filled; its unchanged fields are kept exactly. None for a new event.

    Returns
    -------
    draft
        The event, or all errors with their fields.
    """
    now, fields = now or datetime.now(UTC), shown_fields(fields)
    answer = find_place(resolver, fields.get("place_text", ""), fields.get("country", ""))
    if before is not None:
        changed = changed_event(resolver, before, fields, answer=answer, now=now, shows_point=True)
        return Draft(changed.event, answer, changed.errors, changed.to_check)
    known = None if isinstance(answer, Suggested) else answer
    picks, chosen = candidates_of(answer), chosen_of(answer, fields)
    picked = picks[chosen] if chosen is not None else None
    city = picked or (picks[0] if picks else None)
    checked = read_submission(
        {name: text for name, text in fields.items() if name not in ("contact", HONEYPOT_FIELD)},
        event_id=new_event_id(name_of_city(city.name, city.country, city.lat, city.lon) if city else ""),
        find_zone=zone_finder(resolver, picked, known),
        today=now.date(),
    )
    errors: dict[str, str] = {}
    for error in checked.errors:
        errors.setdefault(error.field, error.user_message)
    if len(fields.get("contact", "")) > MAX_CONTACT:
        errors["contact"] = tr("This contact is too long; at most {most} characters fit.", most=digits(MAX_CONTACT))
    if checked.event is None or errors:
        return Draft(None, answer, errors)
    contradiction = _contradiction(checked.event, known, picked)
    if contradiction:
        return Draft(None, answer, {"coordinates": contradiction})
    if picked is not None:
        event, to_check = with_route(resolver, located_event(checked.event, None, picked)), None
    else:
        placed = locate(checked.event, resolver, known)
        event, to_check = placed.event, placed.to_check
    try:
        check_season(event, fields)
        if fields.get("status"):
            check_status(event, now=now)
        event = with_disclosure(event, fields, now=now)
        dates = dates_of_form(event, fields)
        for one in dates:
            check_clock(one.when)
        # For a series that began in the past: its next date may have been disclosed already, but not its last one.
        check_disclosed_from(dates[-1], now)
        return Draft(event, answer, {}, to_check)
    except InvalidEventError as err:
        return Draft(None, answer, {err.field: err.user_message})


def _contradiction(event: Event, known: Answer | None, picked: Candidate | None) -> str:
    """Return how the point in a form contradicts its place text; "" if it does not."""
    if event.location is None:
        return ""
    point = (event.location.lat, event.location.lon)
    return contradiction_of_pin(point, known, picked, country=event.place.country_hint)


def has_own_place(event: Event) -> bool:
    """Return whether a form's own event names a place or is online; else only the rows of its table are events."""
    return event.place != Place() or event.location is not None or event.attendance_mode is not AttendanceMode.IN_PERSON


def dates_of_form(event: Event, fields: Mapping[str, str]) -> list[Event]:
    """Return the event, or one event for each date of the repetition.

    Raises
    ------
    InvalidEventError
        If the repetition is not valid.
    """
    rule = rule_of_form(fields)
    return [event] if rule.repeat is Repeat.NEVER else events_of_rule(event, rule)


def new_event_id(city: str) -> str:
    """Create an id from the city's name and a random part, never from venue or district, which may be withheld."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(city).casefold()).strip("-")[:32].strip("-")
    return f"{words or 'event'}-{secrets.token_hex(5)}"
