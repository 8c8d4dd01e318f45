"""Change the score of a heading by what the values of its column are."""

from __future__ import annotations

from collections.abc import Callable

from rallymap.intake.cells.month_names import weekdays_of
from rallymap.intake.fields import TownFinder
from rallymap.intake.tables.layout import Table, sampled_rows
from rallymap.intake.tables.profiles import Profile

MOSTLY_TOWNS = 0.6
_SAMPLE = 40
_LONGEST = 40
_FEW = 0.1
_CODE = 2
"""Length of codes such as "la" and "DE"."""
_TOWN_BONUS = {"city": 0.36, "place": 0.34}
_NO_TOWNS = frozenset({"title", "about", "kind"})
_LESS = 0.3
_COUNTRIES = 300


def share_of_towns(table: Table, position: int, looks: Profile, find_town: TownFinder | None) -> float:
    """Return the share of a column's distinct texts that are towns; 0 for numbers, sentences, dates and other words."""
    others = (looks.numbers, looks.dates, looks.kinds, looks.statuses, looks.modes, looks.flags, looks.urls)
    if find_town is None or max(others) > _FEW or not 1 < looks.length <= _LONGEST:
        return 0.0
    rows = sampled_rows(table)
    texts = {cells[position].strip() for _, cells in rows if position < len(cells)} - {""}
    some = sorted(texts)[:: max(1, len(texts) // _SAMPLE)][:_SAMPLE]
    if all(weekdays_of(text.strip(" .").casefold()) for text in some):
        return 0.0
    return sum(find_town(text) > 0 for text in some if len(text) > _CODE or not text.isascii()) / max(1, len(some))


def are_countries(table: Table, position: int, looks: Profile, is_country: Callable[[str], bool]) -> bool:
    """Return whether all texts of a column are countries, by name or by code."""
    if not looks.filled or looks.length > _LONGEST or looks.numbers or looks.flags >= MOSTLY_TOWNS:
        return False
    texts = {cells[position].strip() for _, cells in table.rows[:_COUNTRIES] if position < len(cells)} - {""}
    return all(map(is_country, texts)) and not all(weekdays_of(text.strip(" .").casefold()) for text in texts)


def adjusted(name: str, score: float, towns: float) -> float:
    """Return the score of an inexact heading for a field, considering its values.

    "What city are you in?" has words for a title and for a town; towns below it decide.
    """
    if towns >= MOSTLY_TOWNS:
        if name in _TOWN_BONUS:
            return score + _TOWN_BONUS[name] * towns
        if name in _NO_TOWNS:
            return score - _LESS
    return score
