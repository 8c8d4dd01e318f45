"""Sort order of names in the reader's language."""

from __future__ import annotations

import pytest

from rallymap.countries import country_names
from rallymap.language import find_language, languages, list_in_words, name_order, use_language


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", ["Ahvaz", "Évry", "Örebro", "Oslo", "Zürich"]),
        ("de", ["Aachen", "Ägypten", "Oman", "Österreich", "Pakistan"]),
        ("sv", ["Oslo", "Zürich", "Åbo", "Ängelholm", "Örebro"]),
        ("sv", ["Munka", "Myanmar", "München", "S:t Barthélemy", "Sverige"]),
        ("nb", ["Myanmar", "München", "Oslo", "Zürich", "Ærø", "Østerrike", "Ålesund"]),
        ("es", ["Canadá", "Guinea", "Guinea Ecuatorial", "Guinea-Bisáu", "Nueva York", "Ñuble", "Omán"]),
        ("tr", ["Cenevre", "Çin", "Isparta", "İran", "Japonya"]),
        ("ku", ["Cenevre", "Çîn", "Emerîka", "Êrîvan", "Îran", "Japon"]),
        ("uk", ["Азов", "Ґент", "Дніпро", "Європа", "Ізраїль", "Їжва", "Oslo"]),
        ("ru", ["Египет", "Ёлкино", "Ереван", "Жодино"]),
        ("fa", ["آبادان", "اهواز", "بوئنوس آیرس", "بوداپست", "بولیوی", "تهران", "گرگان", "وین", "هامبورگ", "یزد"]),
        # By strokes: 3, 4, 6, 8, 9, 10, 12 and 15; "国" is not a character of traditional Chinese.
        ("zh-Hant", ["Oslo", "土耳其", "丹麥", "日本", "伊朗", "法國", "美國", "挪威", "敘利亞", "德國", "国"]),
        ("ar", ["أوسلو", "إيران", "برلين", "كابول", "هامبورغ", "وارسو", "Oslo"]),
    ],
)
def test_names_are_sorted_by_the_language(code: str, names: list[str]) -> None:
    language = find_language(code, languages())
    assert language is not None
    with use_language(language):
        assert sorted(set(names), key=name_order) == names


def test_spaces_and_digits_precede_letters_and_case_does_not_matter() -> None:
    assert sorted(["Newark", "new york", "New York 2", "10 March", "New Delhi"], key=name_order) == [
        "10 March",
        "New Delhi",
        "new york",
        "New York 2",
        "Newark",
    ]


def test_countries_are_in_the_order_of_swedish() -> None:
    language = find_language("sv", languages())
    assert language is not None
    with use_language(language):
        assert list(country_names().values())[-2:] == ["Österrike", "Östtimor"]


@pytest.mark.parametrize(
    ("words", "last", "said"),
    [
        (["Ucrania", "Irán"], "and", "Ucrania e Irán"),
        (["Siria", "Hong Kong", "Hizbulá"], "and", "Siria, Hong Kong e Hizbulá"),
        (["Siria", "Yemen"], "and", "Siria y Yemen"),
        (["agua", "hielo"], "and", "agua y hielo"),
        (["Bergen", "Oslo"], "or", "Bergen u Oslo"),
        (["Bergen", "Malmö"], "or", "Bergen o Malmö"),
    ],
)
def test_spanish_and_and_or_give_way_to_their_own_sound(words: list[str], last: str, said: str) -> None:
    language = find_language("es", languages())
    assert language is not None
    with use_language(language):
        assert list_in_words(words, last=last) == said
