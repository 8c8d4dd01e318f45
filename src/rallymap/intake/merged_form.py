"""Merge a form with an event that somebody else changed while the form was open: keep what was typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rallymap.intake.filled_form import CHOSEN_PLACE
from rallymap.intake.groups import split_name

_TOGETHER = (
    ("precision", "start", "end", "start_time", "end_time", "zone"),
    ("place_text", "country", "venue", "coordinates", "lat", "lon", "location_precision", CHOSEN_PLACE),
    ("disclosure", "disclosed_from"),
)
"""Fields that mean something only together: half of one place and half of another would be no place at all."""
_Unit = tuple[str, int]


def merge_form(filled: Mapping[str, str], typed: Mapping[str, str], present: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a form with the changes of both: what was typed, and elsewhere what the event says now.

    Where both changed the same, what was typed stays. Where both added a source, an estimate and so on, both are kept.

    Parameters
    ----------
    filled
        What the form was filled with.
    typed
        What it says now.
    present
        What :func:`rallymap.intake.filled_form.fields_of_event` gives for the event as it is now.
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
    """Return the names of fields that are taken over together; a numbered item has its group and number."""
    units: dict[_Unit, list[str]] = {}
    for name in dict.fromkeys(name for form in forms for name in form):
        numbered = split_name(name)
        whole = next((part[0] for part in _TOGETHER if name in part), name)
        units.setdefault(numbered[:2] if numbered else (whole, 0), []).append(name)
    return units


def _name(group: str, number: int, part: str) -> str:
    return f"{group}{number if number > 1 else ''}_{part}"
