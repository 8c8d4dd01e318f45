"""Merge a form with an event that someone else changed while the form was open; typed values are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rallymap.intake.filled_form import CHOSEN_PLACE
from rallymap.intake.groups import split_name

_TOGETHER = (
    ("precision", "start", "end", "start_time", "end_time", "zone"),
    ("place_text", "country", "venue", "coordinates", "lat", "lon", "location_precision", CHOSEN_PLACE),
    ("disclosure", "disclosed_from"),
)
"""Fields that only make sense together: half of one place and half of another would be no place."""
_Unit = tuple[str, int]


def merge_form(filled: Mapping[str, str], typed: Mapping[str, str], present: Mapping[str, str]) -> dict[str, str]:
    """Merge both changes: return the typed values, and the event's present values for fields that were not edited.

    If both changed the same field, the typed value is kept. If both added a source, an estimate and so on, both are
    kept.

    Parameters
    ----------
    filled
        Values that the form was filled with.
    typed
        Values in the form now.
    present
        Result of :func:`rallymap.intake.filled_form.fields_of_event` for the present event.
    """
    merged: dict[str, str] = {}
    added: list[tuple[_Unit, dict[str, str]]] = []
    for unit, names in _units([filled, typed, present]).items():
        was, mine, theirs = (
            {name: texts[name] for name in names if texts.get(name)} for texts in (filled, typed, present)
        )
        if mine == was:
            merged |= theirs
        elif unit[1] and not was and theirs and mine != theirs:
            merged |= theirs
            added.append((unit, mine))
        else:
            merged |= mine
    for (group, _), mine in added:
        number = 1 + max(split[1] for name in merged if (split := split_name(name)) and split[0] == group)
        merged |= {_name(group, number, part[2]): text for name, text in mine.items() if (part := split_name(name))}
    return merged


def _units(forms: Collection[Mapping[str, str]]) -> dict[_Unit, list[str]]:
    """Return names of fields that are merged together; a numbered item is identified by group and number."""
    units: dict[_Unit, list[str]] = {}
    for name in dict.fromkeys(name for form in forms for name in form):
        numbered = split_name(name)
        whole = next((part[0] for part in _TOGETHER if name in part), name)
        units.setdefault(numbered[:2] if numbered else (whole, 0), []).append(name)
    return units


def _name(group: str, number: int, part: str) -> str:
    return f"{group}{number if number > 1 else ''}_{part}"
