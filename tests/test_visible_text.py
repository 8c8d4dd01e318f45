"""A text that is required can be seen, and no letter carries more marks than its line has room for."""

from __future__ import annotations

import pytest

from rallymap.errors import InvalidEventError
from rallymap.events import clean_text


@pytest.mark.parametrize(
    "text",
    [
        *"\u200b\u2060\u00ad\u3164\u115f\u1160\uffa0\u2800\u200e\u0301\ufe0f\u202e\u180e\U000e0041",
        "\u200c \u200d",
        "\u00a0\u3000",
        "\u3164\u200b\u00ad" * 20,
    ],
)
def test_title_that_cannot_be_seen_is_empty(text: str) -> None:
    with pytest.raises(InvalidEventError, match="Give the event a title"):
        clean_text("title", text, most=200, required=True)


@pytest.mark.parametrize(
    "text", ["Rally", "می‌خواهم", "བོད་རང་བཙན", "Việt Nam", "שָׁלוֹם", "👩‍👩‍👧", "한국", "!", "7", "สวัสดี", "e\u0301" * 5]
)
def test_title_in_any_script_stays(text: str) -> None:
    assert clean_text("title", text, most=200, required=True) != ""


def test_marks_beyond_the_sixth_are_dropped() -> None:
    assert clean_text("title", "Z" + "\u0337" * 60 + "algo", most=200) == "Z" + "\u0337" * 6 + "algo"
