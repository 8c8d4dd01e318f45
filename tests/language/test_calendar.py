from datetime import date

import pytest

from rallymap.countries import country_name, country_names, english_country_name
from rallymap.language import decimal, number, percent, say_date, say_span, use_language
from rallymap.language.calendar import month_names, weekday_names
from rallymap.language.languages import Language

FIRST, LATER, NEXT_YEAR = date(2020, 2, 1), date(2020, 3, 2), date(2021, 1, 1)


@pytest.mark.parametrize(
    ("language", "day", "days", "months", "years"),
    [
        (
            Language("fa", "فارسی", "rtl"),
            "۱ فوریهٔ ۲۰۲۰",
            "۱ فوریه تا ۲ مارس ۲۰۲۰",
            "فوریه تا مارس ۲۰۲۰",
            "۲۰۲۰ تا ۲۰۲۱",
        ),
        (
            Language("uk", "Українська", "ltr"),
            "1 лютого 2020\u202fр.",
            "1 лютого – 2 березня 2020\u202fр.",
            "лютий – березень 2020\u202fр.",
            "2020–2021",
        ),
        (
            Language("fr", "Français", "ltr"),
            "1er février 2020",
            "1er février – 2 mars 2020",
            "février – mars 2020",
            "2020–2021",
        ),
        (
            Language("es", "Español", "ltr"),
            "1 de febrero de 2020",
            "1 de febrero – 2 de marzo de 2020",
            "febrero–marzo de 2020",
            "2020–2021",
        ),
        (
            Language("zh-Hant", "繁體中文", "ltr"),
            "2020年2月1日",
            "2020年2月1日至3月2日",
            "2020年2月至3月",
            "2020至2021",
        ),
    ],
    ids=lambda value: value.code if isinstance(value, Language) else "",
)
def test_dates_are_written_as_the_language_does(
    language: Language, day: str, days: str, months: str, years: str
) -> None:
    with use_language(language):
        assert say_date(FIRST, "yMMMMd") == day
        assert say_span(FIRST, LATER, "yMMMMd") == days
        assert say_span(FIRST, LATER, "yMMMM") == months
        assert say_span(FIRST, NEXT_YEAR, "y") == years


def test_numbers_have_the_digits_of_the_language() -> None:
    with use_language(Language("fa", "فارسی", "rtl")):
        assert (number(1234.5), percent(0.3)) == ("۱٬۲۳۴٫۵", "۳۰٪")
        assert (number(-59.9), decimal(0.2, places=1, signed=True)) == ("\u200e-۵۹٫۹", "\u200e+۰٫۲")
    assert (number(1234.5), percent(0.3)) == ("1,234.5", "30%")


def test_countries_are_named_and_sorted_in_the_language() -> None:
    with use_language(Language("de", "Deutsch", "ltr")):
        assert (country_name("US"), country_name("QQ"), english_country_name("US")) == (
            "Vereinigte Staaten",
            "QQ",
            "United States",
        )
        names = list(country_names().values())
        assert names.index("Oman") < names.index("Österreich") < names.index("Pakistan")


def test_months_of_one_language_never_turn_up_in_another() -> None:
    said = {}
    for code in ("zh-Hant", "ar", "he", "uk", "en", "zh-Hant"):
        with use_language(Language(code, code, "ltr")):
            said[code] = month_names(short=True)[:2], weekday_names(short=True)[0]
    assert said == {
        "zh-Hant": (("1月", "2月"), "週一"),
        "ar": (("يناير", "فبراير"), "الاثنين"),
        "he": (("ינו׳", "פבר׳"), "יום ב׳"),
        "uk": (("січ.", "лют."), "пн"),
        "en": (("Jan", "Feb"), "Mon"),
    }
