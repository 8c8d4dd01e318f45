"""Several names in one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.intake.names import join_names, split_names

NAME = st.text(st.sampled_from("ab ,;\"\n'é"), min_size=1, max_size=12).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        (" ; ,\n", (",",)),
        ("Group A", ("Group A",)),
        ("Group A, Group B", ("Group A", "Group B")),
        ("Group A; Women, Life", ("Group A", "Women, Life")),
        ("Group A\n\nWomen, Life\n", ("Group A", "Women, Life")),
        ('"Women, Life"', ("Women, Life",)),
        ('"Women, Life", Group B', ("Women, Life", "Group B")),
        ('"Women; Life"; Group B', ("Women; Life", "Group B")),
        ('"Voice" of Iran, Group B', ('"Voice" of Iran', "Group B")),
        ('5" banner', ('5" banner',)),
        ('"never closed, Group B', ('"never closed', "Group B")),
    ],
)
def test_split_names(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.slow
@given(st.lists(NAME, max_size=4))
def test_joined_names_are_split_into_the_same_names(names: list[str]) -> None:
    assert split_names(join_names(names)) == tuple(names)
