"""Exports of mobile survey forms such as ODK and Kobo."""

from __future__ import annotations

from collections.abc import Sequence

from rallymap.intake.lexicon import fold
from rallymap.intake.tables.headings import fields_of_heading

FILLED_IN = frozenset({"start", "end", "today", "starttime", "endtime"})
"""When a form was filled in, which is not the time of an event."""
_OF_FORMS = frozenset({"uuid", "submission time", "submission date", "meta instance id", "instance id", "formhub uuid"})


def is_of_form(header: Sequence[str]) -> bool:
    """Return whether a table is an export of such a form that asks for the day of the event."""
    asked = (fields_of_heading(name)[:1] for name in header if name.casefold() not in FILLED_IN)
    return not _OF_FORMS.isdisjoint(map(fold, header)) and any(
        field in ("date", "start") for fields in asked for field, _ in fields
    )
