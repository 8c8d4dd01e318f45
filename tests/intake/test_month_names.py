"""Names of months in all languages of Unicode CLDR."""

from __future__ import annotations

import pytest

from rallymap.intake.cells.month_names import month_of
from rallymap.intake.lexicon import read_list
from tools.build_month_names import find_names


@pytest.mark.slow
def test_the_list_of_rarer_names_equals_babels() -> None:
    listed = {name: int(number) for number, names in read_list("months") for name in names}

    assert listed == find_names()


@pytest.mark.parametrize(("word", "number"), [("leden", 1), ("şubat", 2), ("մարտ", 3), ("kesäkuu", 6), ("ตุลาคม", 10)])
def test_months_of_any_language_are_known(word: str, number: int) -> None:
    assert month_of(word) == number
