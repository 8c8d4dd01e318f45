"""Output of commands is one line for a terminal, whatever the text."""

from __future__ import annotations

import pytest

from rallymap.cli.output import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Vigil in Göteborg, گردهمایی", "Vigil in Göteborg, گردهمایی"),
        ("a\x1b[2Jb\r\nc\x9bd\u2028e", "a [2Jb  c d e"),
        ("photo\u202egnp.exe\u2069", "photognp.exe"),
        ("می\u200cخواهیم", "می\u200cخواهیم"),  # joins no letters in Persian, and reorders nothing
    ],
)
def test_text_is_printed_without_characters_that_change_the_terminal_or_the_order(text: str, shown: str) -> None:
    assert printable(text) == shown
