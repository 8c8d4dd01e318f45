"""Apply a changed form to an event: fields that are unchanged in the form keep their exact values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rallymap.errors import InvalidEventError
from rallymap.events import Event, Location, Place
from rallymap.intake.fields import ZoneFinder, event_from_fields
from rallymap.intake.filled_form import CHOSEN_PLACE, fields_of_event
from rallymap.intake.groups import split_name
from rallymap.intake.names import split_names
from rallymap.intake.submission import MAX_FIELDS, filled_texts
from rallymap.language import tr

_FIELDS: Mapping[str, frozenset[str]] = {
    **{
        name: frozenset({name})
        for name in (
            *("title", "kind", "status", "attendance_mode", "about", "language"),
            *("organisers", "communities", "topics", "by_organiser"),
        )
    },
    "when": frozenset({"date", "start", "end", "precision", "start_time", "end_time", "zone", "approximate"}),
    "place": frozenset({"place_text", "region", "venue", "country"}),
    "location": frozenset({"coordinates", "lat", "lon"}),
    # Groups with numbered fields.
    "route": frozenset(),
    "translations": frozenset(),
}
_NUMBERED = {"route": "route", "translation": "translations"}
_REPORTS = ("sources", "claims", "crowd")
"""Attributes that are read together, because claims and estimates refer to sources by number."""
_OUTSIDE_THE_EVENT = (CHOSEN_PLACE, "disclosure", "disclosed_from")
"""Fields that workflows read, because they depend on the gazetteer or the time."""


@dataclass(frozen=True, slots=True)
class Change:
    """Changes that a form makes to an event.

    Attributes
    ----------
    event
        The event with changed parts read again and all others as before; None if any field has an error. A changed
        place text is not geocoded yet.
    changed
        Changed parts: attributes of an event, or ``reports`` for sources, claims and crowd estimates together.
    fields
        Names of the changed fields.
    errors
        All errors, each with its field.
    """

    event: Event | None
    changed: frozenset[str]
    fields: frozenset[str]
    errors: tuple[InvalidEventError, ...]


def read_change(before: Event, fields: Mapping[str, str], *, find_zone: ZoneFinder | None = None) -> Change:
    """Read a form that was filled with :func:`rallymap.intake.filled_form.fields_of_event` and then edited.

    Parameters
    ----------
    before
        The event that the form was filled with.
    fields
        All fields of the form; missing and empty fields are equivalent.
    find_zone
        Returns the time zone for a time of day without one.
    """
    if len(fields) > MAX_FIELDS:
        error = InvalidEventError("title", tr("This form has more than {max_fields} fields.", max_fields=MAX_FIELDS))
        return Change(None, frozenset(), frozenset(), (error,))
    filled = fields_of_event(before)
    said, texts = filled_texts(filled), filled_texts(fields)
    differing = frozenset(name for name in {*said, *texts} if said.get(name, "") != texts.get(name, ""))
    changed = frozenset(part for name in differing if (part := _part_of(name)) is not None)
    kept = _kept_parts(before, changed)
    if "reports" in changed and not any((split_name(name) or ("",))[0] == "source" for name in texts):
        kept["by_organiser"] = True
    read = {name: text for name, text in texts.items() if _part_of(name) in changed}
    if "location" in changed and "location_precision" in differing:
        read["location_precision"] = texts.get("location_precision", "")
    checked = event_from_fields(
        read,
        review=before.review,
        method="pin",
        split=split_names,
        find_zone=_zone_of(before, find_zone),
        when=None if "when" in changed else before.when,
        place=None if "place" in changed else before.place,
        kept=kept,
    )
    event = None if checked.event is None else before.changed(**_parts(checked.event))
    other = frozenset(
        name for name in _OUTSIDE_THE_EVENT if filled.get(name, "").strip() != fields.get(name, "").strip()
    )
    return Change(event, changed, differing | other, checked.errors)


def _part_of(field: str) -> str | None:
    numbered = split_name(field)
    if numbered is not None:
        return _NUMBERED.get(numbered[0], "reports")
    return next((part for part, names in _FIELDS.items() if field in names), None)


def _kept_parts(before: Event, changed: frozenset[str]) -> dict[str, object]:
    names = [name for name in _FIELDS if name not in changed] + ([] if "reports" in changed else list(_REPORTS))
    return {"id": before.id, **{name: getattr(before, name) for name in names}}


def _parts(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in (*_FIELDS, *_REPORTS)}


def _zone_of(before: Event, find_zone: ZoneFinder | None) -> Callable[[Place, Location | None], str]:
    """Return a zone finder that uses the event's previous location while its place text is unchanged."""

    def find(place: Place, location: Location | None) -> str:
        if place == before.place and location in (None, before.location):
            location = before.location
        return find_zone(place, location) if find_zone is not None else ""

    return find
