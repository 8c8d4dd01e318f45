"""Common reasons: those of rallymap, or an administrator's own for each language."""

from __future__ import annotations

import pytest

from rallymap.errors import InvalidEventError
from rallymap.language import find_language, languages, use_language
from rallymap.workflows.reasons import list_reasons, set_reasons
from tests.workflows.moderated import ADA, MIRA, World


def test_reasons_of_an_administrator_take_the_place_of_ours_in_one_language(world: World) -> None:
    ours = list_reasons(world.db, MIRA)
    assert ours[2] == "Please check the date."
    set_reasons(world.db, "  Which square? \n\nWhich day?\nWhich square?\n", account=ADA)
    assert list_reasons(world.db, MIRA) == ["Which square?", "Which day?"]
    german = find_language("de", languages())
    assert german is not None
    with use_language(german):
        theirs = list_reasons(world.db, MIRA)
    assert len(theirs) == len(ours)
    assert theirs != ours
    set_reasons(world.db, " \n", account=ADA)
    assert list_reasons(world.db, MIRA) == ours


def test_list_of_reasons_has_limits(world: World) -> None:
    for text in ("\n".join(f"Reason {number}" for number in range(31)), "x" * 1001):
        with pytest.raises(InvalidEventError) as raised:
            set_reasons(world.db, text, account=ADA)
        assert raised.value.field == "reasons"
