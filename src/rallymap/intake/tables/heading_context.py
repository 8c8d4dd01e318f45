"""Decide the meaning of a heading from its values and the other headings, if its words are not sufficient."""

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
    for names in (
        *("y m d", "yr mo dy", "yy mm dd", "yyyy mm dd"),
        *("jj mm tt", "jjjj mm tt", "j m t", "aaaa mm jj", "aa mm jj", "aaaa mm dd", "jjjj mm dd"),
    )
)
"""Short headings that have a meaning if all three exist, also behind the same word: "datum_tt"."""
_LONGEST_SHORT = 4
_OF_EVENT = frozenset(
    {"event date", "eventdate", "event start", "event start date", "date of event", "date of the event"}
)
_SPOTS, _NAMES = frozenset({"place", "venue"}), frozenset({"name", "title", "label"})
_NAME = 40
"""Mean number of characters above which "physicalAddress.description" is no name of a venue."""
_DAYS = frozenset(
    "days tage jours días dias giorni dagen dagar dager dage dni dny дни дні günler päivät napok zile ημέρες أيام "
    "روزها 日 日期".split()
)
"""Headings of lists of days, "3, 10, 17"; single numbers below them can be how long something lasts."""
_SENTENCES = 6
"""Mean number of characters above which values are texts and not codes."""


def meanings_of_column(heading: str, looks: Profile, header: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Return possible fields of a column with scores, best first.

    A column whose heading only names kinds ("Kundgebung / Demonstration") contains titles, if its values are neither
    marks nor kinds. "by" means a town in Danish and Norwegian, and the source of a count in English.
    """
    if heading.strip().casefold() == "by" and not _ENGLISH.isdisjoint(map(fold, header)):
        return ()
    names = set(map(fold, header))
    before, _, short = fold(heading).rpartition(" ")
    alike = {name.rpartition(" ")[2] for name in names if name.rpartition(" ")[0] == before}
    for parts in _PARTS_OF_DATES if len(short) <= _LONGEST_SHORT else ():
        if short in parts and parts.keys() <= alike:
            return ((parts[short], 1.0),)
    if fold(heading) == "date" and any(fold(name.rpartition(".")[2]) in _OF_EVENT for name in header):
        return (("note", 1.0),)  # date of the record, next to "acf.event_date"
    if fold(heading) in _DAYS and looks.days >= MOST:
        return (("day", 1.0),)
    if heading.strip() == "#" and looks.crowds >= MOST and looks.numbers < LEAST:
        return (("crowd", 0.5),)  # "~400" is not a row number
    parent, _, last = heading.rpartition(".")
    if fold(last) == "description" and (of := fields_of_heading(parent)) and of[0][0] in _SPOTS:
        is_named = any(name.rpartition(".")[0] == parent and fold(name.rpartition(".")[2]) in _NAMES for name in header)
        return (("about" if is_named or looks.length > _NAME else "venue", 0.95),)
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
