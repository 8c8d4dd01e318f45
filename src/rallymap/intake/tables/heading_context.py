"""Read a heading by the values below it and by the other headings, where its words alone do not say enough."""

from __future__ import annotations

from collections.abc import Sequence

from rallymap.intake.cells.kinds import names_kind
from rallymap.intake.lexicon import fold
from rallymap.intake.tables.fitting import LEAST, MOST
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.profiles import Profile

_ENGLISH = frozenset(
    "day date time place city town country title name people headcount location locality where when crowd venue size "
    "attendance source".split()
)
_PARTS_OF_DATES = tuple(
    dict(zip(names.split(), ("year", "month", "day"), strict=True))
    for names in ("y m d", "yr mo dy", "yy mm dd", "yyyy mm dd")
)
"""Short headings that mean something where all three of them are there."""
_OF_EVENT = frozenset(
    {"event date", "eventdate", "event start", "event start date", "date of event", "date of the event"}
)
_SENTENCES = 6
"""Mean number of characters from which texts are more than codes."""


def meanings_of_column(heading: str, looks: Profile, header: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Return the fields that a column may be, with a score, best first.

    A column that is headed by kinds alone ("Kundgebung / Demonstration") has the titles of its events, where its values
    are neither marks nor kinds. "by" is a town in Danish and Norwegian, and who counted in English.
    """
    if heading.strip().casefold() == "by" and not _ENGLISH.isdisjoint(map(fold, header)):
        return ()
    names = set(map(fold, header))
    for parts in _PARTS_OF_DATES:
        if fold(heading) in parts and parts.keys() <= names:
            return ((parts[fold(heading)], 1.0),)
    if fold(heading) == "date" and any(fold(name.rpartition(".")[2]) in _OF_EVENT for name in header):
        return (("note", 1.0),)  # of the record, as sites write it next to "acf.event_date"
    if heading.strip() == "#" and looks.crowds >= MOST and looks.numbers < LEAST:
        return (("crowd", 0.5),)  # "~400", which numbers no row
    found = fields_of_heading(heading)
    if found or not names_kind(heading):
        return found
    others = (
        looks.marks,
        looks.flags,
        looks.dates,
        looks.times,
        looks.figures,
        looks.kinds,
        looks.statuses,
        looks.urls,
    )
    is_text = looks.length >= _SENTENCES and looks.distinct > LEAST and max(others) < LEAST
    return (("title", 0.6),) if is_text else ()
