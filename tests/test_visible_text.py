"""A required text must be visible, and no letter carries more marks than its line has room for."""

from __future__ import annotations

import pytest

from rallymap.errors import InvalidEventError
from rallymap.events import clean_text
from rallymap.intake.fields import event_from_fields
from rallymap.intake.names import split_names
from rallymap.mail_server import clean_address


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
        clean_text("title", text, max_length=200, required=True)


@pytest.mark.parametrize(
    "text", ["Rally", "می‌خواهم", "བོད་རང་བཙན", "Việt Nam", "שָׁלוֹם", "👩‍👩‍👧", "한국", "!", "7", "สวัสดี", "e\u0301" * 5]
)
def test_title_in_any_script_is_unchanged(text: str) -> None:
    assert clean_text("title", text, max_length=200, required=True) != ""


def test_marks_beyond_the_sixth_are_dropped() -> None:
    assert clean_text("title", "Z" + "\u0337" * 60 + "algo", max_length=200) == "Z" + "\u0337" * 6 + "algo"


def test_characters_copied_with_a_value_are_ignored() -> None:
    def pasted(text: str) -> str:
        return f"\u200f\u2066 {text}\u2069\u200b "

    fields = {
        "title": "Vigil",
        "start": pasted("2026-05-03"),
        "coordinates": pasted("59.91, 10.75"),
        "crowd_low": pasted("1 200"),
        "crowd_by": "police",
        "source_url": pasted("www.example.org/x"),
        "source2_url": pasted("https://example.org/y"),
    }
    read = event_from_fields(fields, split=split_names)
    assert read.event is not None, read.errors
    assert read.event.when.edtf == "2026-05-03"
    assert read.event.location is not None
    assert (read.event.location.lat, read.event.location.lon) == (59.91, 10.75)
    assert read.event.crowd[0].low == 1200
    assert [source.url for source in read.event.sources] == ["https://www.example.org/x", "https://example.org/y"]
    assert clean_address(pasted("name@example.org")) == "name@example.org"
