"""Build an event from named texts; used for tables and forms.

An event is a mapping from field names to texts; missing and empty fields are equivalent. Repeated groups are numbered:
``source_url`` (or ``source1_url``), ``source2_url`` ..., likewise ``claim_text`` and ``crowd_low``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from rallymap.dates import EventDate
from rallymap.errors import InvalidEventError
from rallymap.events import AttendanceMode, Event, EventStatus, Kind, Location, Place, ReviewStatus
from rallymap.intake.campaigns import read_campaign
from rallymap.intake.field_errors import FieldErrors, read_choice, read_yes_or_no
from rallymap.intake.groups import read_claims, read_crowd, read_sources, read_translations
from rallymap.intake.ids import readable_id
from rallymap.intake.routes import read_route
from rallymap.intake.when import has_time, read_when
from rallymap.intake.where import read_location, read_place

IN_PERSON = AttendanceMode.IN_PERSON
ZoneFinder = Callable[[Place, Location | None], str]
"""Returns the IANA time zone of a place, or "" if unknown."""
TownCountry = Callable[[Iterable[tuple[str, str]]], tuple[str, frozenset[str]]]
"""Takes the places of a column, each with the alpha-2 code of its row or "". Returns the country of towns that exist in
several countries, and the texts it applies to; ("", none) if the column does not decide it."""

TownFinder = Callable[[str], int]
"""Returns the population of the town that a text names, 0 if it names none."""

FIELD_NAMES = frozenset(
    {"id", "title", "kind", "status", "about", "organisers", "communities", "topics", "by_organiser"}
    | {"attendance_mode", "date", "start", "end", "precision", "start_time", "end_time", "zone", "approximate"}
    | {"campaign", "campaign_name", "language"}
    | {"place_text", "region", "venue", "country", "coordinates", "lat", "lon", "location_precision"}
)
"""Fields that are not repeated."""


@dataclass(frozen=True, slots=True)
class EventOrErrors:
    """An event, or all errors in its fields; exactly one of the two is given."""

    event: Event | None
    errors: tuple[InvalidEventError, ...]


def event_from_fields(
    fields: Mapping[str, str],
    *,
    event_id: str = "",
    review: ReviewStatus = ReviewStatus.DRAFT,
    method: str = "given",
    split: Callable[[str], tuple[str, ...]],
    find_zone: ZoneFinder | None = None,
    today: date | None = None,
    id_has_venue: bool = False,
    when: EventDate | None = None,
    place: Place | None = None,
    kept: Mapping[str, object] = MappingProxyType({}),
) -> EventOrErrors:
    """Build an event from named texts, collecting all errors.

    Parameters
    ----------
    fields
        :data:`FIELD_NAMES` and the numbered groups (:data:`rallymap.intake.groups.GROUP_PARTS`).
    event_id
        Used if ``id`` is empty; without either, an id is made from title, date and place.
    review
        The event's review status.
    method
        Method to record for given coordinates.
    split
        Splits a text into several names.
    find_zone
        Returns the time zone for a time of day without one.
    id_has_venue
        Whether generated ids distinguish events with the same title and day at two venues in a town.
    when, place
        Date and place text, if the caller has already read them.
    kept
        Parts of an existing event, by attribute name, that are not read from the fields.
    today
        An event after this day without ``status`` is announced; all others without it were held.
    """
    errors = FieldErrors()
    kind = errors.attempt(lambda: read_choice("kind", fields.get("kind", ""), Kind, Kind.RALLY), Kind.RALLY)
    place = place if place is not None else read_place(fields, errors)
    location = read_location(fields, place, errors, method=method)
    zone = find_zone(place, location) if find_zone and has_time(fields) and not fields.get("zone") else ""
    when = when if when is not None else read_when(fields, errors, zone)
    status = EventStatus.ANNOUNCED if today and when.start and when.start > today else EventStatus.HELD
    sources = read_sources(fields, errors)
    spot = ", ".join(filter(None, (place.venue, place.text))) if id_has_venue else place.text
    parts: dict[str, object] = {
        "id": fields.get("id") or event_id or readable_id(fields.get("title", ""), when, spot),
        "title": fields.get("title", ""),
        "kind": kind,
        "when": when,
        "place": place,
        "location": location,
        "route": read_route(fields, errors, method=method),
        "organisers": split(fields.get("organisers", "")),
        "communities": split(fields.get("communities", "")),
        "topics": split(fields.get("topics", "")),
        "about": fields.get("about", ""),
        "language": fields.get("language", ""),
        "translations": read_translations(fields, errors),
        "sources": tuple(sources.values()),
        "claims": read_claims(fields, sources, errors),
        "crowd": read_crowd(fields, sources, errors),
        "by_organiser": errors.attempt(lambda: read_yes_or_no("by_organiser", fields.get("by_organiser", "")), False),
        "campaign": errors.attempt(lambda: read_campaign(fields), None),
        "status": errors.attempt(lambda: read_choice("status", fields.get("status", ""), EventStatus, status), status),
        "attendance_mode": errors.attempt(
            lambda: read_choice("attendance_mode", fields.get("attendance_mode", ""), AttendanceMode, IN_PERSON),
            IN_PERSON,
        ),
        "review": review,
        **kept,
    }
    return _build(parts, errors)


def _build(parts: dict[str, object], errors: FieldErrors) -> EventOrErrors:
    if not errors.found:
        try:
            return EventOrErrors(Event(**parts), ())  # type: ignore[arg-type]
        except InvalidEventError:
            pass  # Event raises only its first error; the parts are built separately below to find the others.
    event = Event(id="draft", title="-", kind=Kind.OTHER, when=EventDate.unknown())
    for name in ("sources", *parts):
        event = _try_part(event, name, parts[name], errors)
    return EventOrErrors(None, tuple(errors.found))


def _try_part(event: Event, name: str, value: object, errors: FieldErrors) -> Event:
    return errors.attempt(lambda: event.changed(**{name: value}), event) if getattr(event, name) != value else event
