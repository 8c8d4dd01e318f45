"""Sentences that are stored and translated later, into another language."""

from __future__ import annotations

from datetime import date

import orjson

from rallymap.language import (
    find_language,
    from_json_value,
    in_turn,
    joined,
    languages,
    phrase,
    phrase_n,
    say,
    to_json_value,
    use_language,
)


def test_a_stored_phrase_is_translated_with_its_values() -> None:
    inner = phrase("The weekday is not that of {start}.", start=date(2020, 2, 1))
    kept = orjson.dumps(
        to_json_value(phrase("Left out. {reason}", reason=joined([inner, "", phrase("The year is missing.")])))
    )
    found = from_json_value(orjson.loads(kept))

    assert found == "Left out. The weekday is not that of 2020-02-01. The year is missing."
    german = find_language("de", languages())
    assert german is not None
    with use_language(german):
        assert say(found) == "Weggelassen. Der Wochentag ist nicht der von 2020-02-01. Das Jahr fehlt."


def test_a_count_and_a_plain_text_are_stored_too() -> None:
    counted = from_json_value(orjson.loads(orjson.dumps(to_json_value(phrase_n("{n} event", "{n} events", 3)))))
    arabic = find_language("ar", languages())
    assert arabic is not None
    with use_language(arabic):
        assert say(counted) == say(phrase_n("{n} event", "{n} events", 3))
        assert say(counted) != counted == "3 events"
    assert (from_json_value(to_json_value("{as it is}")), joined([])) == ("{as it is}", "")


def test_invalid_stored_phrase_is_empty() -> None:
    assert [from_json_value(None), from_json_value({"say": "{a}", "many": "", "n": 0, "values": {"b": 1}})] == ["", ""]


def test_remarks_follow_each_other_as_sentences_in_the_language_of_the_reader() -> None:
    empty, one = phrase("This row is empty."), phrase("{a}: {b}", a=1, b=2)

    assert in_turn(["", empty, one, one]) == "This row is empty. 1: 2; 1: 2"
    chinese = find_language("zh-Hant", languages())
    assert chinese is not None
    with use_language(chinese):
        assert in_turn([empty, one, empty]) == "此列是空的。1: 2；此列是空的。"
        assert say(joined([empty, empty])) == "此列是空的。此列是空的。"
    french = find_language("fr", languages())
    assert french is not None
    with use_language(french):
        assert in_turn([one, one]) == "1: 2\u00a0; 1: 2"


def test_what_people_wrote_is_isolated_in_text_from_right_to_left() -> None:
    remark = phrase(
        "{column}: “{text}”. {remark}", column="date", text="01/02/2020", remark=phrase("There is no such day.")
    )
    assert say(remark) == "date: “01/02/2020”. There is no such day."
    persian = find_language("fa", languages())
    assert persian is not None
    with use_language(persian):
        said = say(remark)
    assert "\u2068date\u2069" in said
    assert "\u206801/02/2020\u2069" in said
    assert said.count("\u2068") == 2  # not the sentence, which is translated
