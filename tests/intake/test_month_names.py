"""Names of months and weekdays in all languages of Unicode CLDR."""

from __future__ import annotations

import pytest

from rallymap.intake.cells.month_names import month_of, weekdays_of
from rallymap.intake.lexicon import read_list
from tools.build_calendar_names import find_months, find_weekdays


@pytest.mark.slow
def test_the_list_of_rarer_names_equals_babels() -> None:
    listed = {name: int(number) for number, names in read_list("months") for name in names}

    assert listed == find_months()


@pytest.mark.slow
def test_the_list_of_weekdays_equals_babels() -> None:
    listed = {name: int(number) for number, names in read_list("weekdays") for name in names}

    assert listed == find_weekdays()


@pytest.mark.parametrize(("word", "number"), [("leden", 1), ("şubat", 2), ("մարտ", 3), ("kesäkuu", 6), ("ตุลาคม", 10)])
def test_months_of_any_language_are_known(word: str, number: int) -> None:
    assert month_of(word) == number


@pytest.mark.parametrize(
    ("word", "day"), [("pátek", 4), ("maanantaina", 0), ("vasárnap", 6), ("Σάββατο".casefold(), 5)]
)
def test_weekdays_of_further_languages_are_known(word: str, day: int) -> None:
    assert weekdays_of(word) == {day}
