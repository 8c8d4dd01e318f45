"""Cells that a spreadsheet program would run as formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.formulas import guard_cell, unguard_cell


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "@SUM(A1)", "-cmd", "\t=1", "\r=1", "\n=1", "＝1", "'=1"])
def test_formula_gets_a_guard(text: str) -> None:
    assert guard_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Oslo", "-33.86", "+12", "1=1", "'quoted'", "’til late"])
def test_plain_text_stays(text: str) -> None:
    assert guard_cell(text) == text


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("Vigil;=HYPERLINK(A1);", "Vigil;'=HYPERLINK(A1);"),
        ("Vigil\n  @SUM(A1)", "Vigil\n'  @SUM(A1)"),
        ('Vigil; "=cmd|x"; y', 'Vigil;\' "=cmd|x"; y'),
        ("a\t＝x|y!z\r\n+cmd|' /C calc'!A0", "a\t'＝x|y!z\r\n'+cmd|' /C calc'!A0"),
    ],
)
def test_formula_behind_a_character_that_may_begin_a_cell_gets_a_guard(text: str, guarded: str) -> None:
    assert guard_cell(text) == guarded


@pytest.mark.parametrize("text", ["Bring:\n- water\n- flags", "A; B; -2 degrees", "x (=1)", "a\n@mina", "1;2;+3"])
def test_list_or_number_behind_such_a_character_stays(text: str) -> None:
    assert guard_cell(text) == text


@pytest.mark.slow
@given(st.text() | st.text(alphabet="'\"=+-@1.\t;\n (|"))
def test_guard_comes_off_again(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text
