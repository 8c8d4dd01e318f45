"""The steps of the form for events, and the fields of each: where errors are shown, and where they can be fixed."""

from __future__ import annotations

from collections.abc import Mapping

STEPS = ("What", "When", "Where", "Who", "Sources", "Send")
FIELDS_OF_STEP = {
    "What": ("title", "kind", "status", "about", "language", "translation"),
    "When": (
        *("precision", "date", "start", "end", "start_time", "end_time", "zone"),
        *("repeat", "repeat_until", "repeat_times", "repeat_without"),
    ),
    "Where": (
        *("attendance_mode", "cities", "place_text", "place", "country", "venue", "coordinates", "route", "lat", "lon"),
        *("disclosure", "disclosed_from"),
    ),
    "Who": ("organisers", "communities", "crowd"),
    "Sources": ("source", "claim", "contact", "picture", "picture_description"),
}
SECOND_STEP = {"status": "When", "zone": "Where", "start_time": "Where", "end_time": "Where", "disclosure": "Sources"}
"""Fields of an earlier step that a later one may contradict or complete; their errors are shown at both."""
COMPLETED_BY = {"zone": "place_text", "disclosure": "source_url"}
"""For each field, the field of a later step that may still fix its error while it is empty."""
SHOWN_AT = {
    "date": "start",
    "lat": "coordinates",
    "lon": "coordinates",
    "place": "place_text",
    "translations": "translation_language",
}
"""Where errors of fields that the form does not show can be fixed."""


def names_in(step: str, errors: Mapping[str, str]) -> list[str]:
    """Return the errors that belong to a step; numbered groups match by prefix."""
    names = (*FIELDS_OF_STEP.get(step, ()), *(name for name, at in SECOND_STEP.items() if at == step))
    groups = tuple(name for name in names if name in ("crowd", "source", "claim", "route", "translation"))
    return [name for name in errors if name in names or (groups and name.startswith(groups))]
