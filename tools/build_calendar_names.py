"""Write the names of months and weekdays of CLDR's rarer languages: ``python -m tools.build_calendar_names``.

The main languages are read from Babel when they are needed. All others would take half a second and 115 MB for months,
and half a second and 60 MB for weekdays, so their names are in ``src/rallymap/intake/lexicon/months.csv`` and
``weekdays.csv``. Run this after an update of Babel.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from babel.localedata import locale_identifiers

from rallymap.intake.cells.month_names import LANGUAGES, month_of
from rallymap.language.cldr import cldr_locale

FOLDER = Path(__file__).parents[1] / "src" / "rallymap" / "intake" / "lexicon"
OTHER_WEEKDAYS = (
    "el", "he", "sr", "ko", "ja", "cs", "sk", "hu", "fi", "ro", "hr", "sl", "lt", "lv", "et", "nn", "is", "ca", "be",
    "bg", "mk", "ka", "hy", "id",
)  # fmt: skip
"""The first language that has a word decides its meaning."""
_LONG_WORD = 5
_A_WEEK = "неделя"
"""Sunday in Bulgarian, and a week in Russian."""


def find_months() -> dict[str, int]:
    """Return names that the main languages lack, of five letters or more (three in other scripts than Latin)."""
    found: dict[str, int] = {}
    for language in locale_identifiers():
        if "_" in language or language in (*LANGUAGES, "root"):
            continue
        months = cldr_locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    word = name.casefold().strip(". ")
                    is_long = len(word) > (4 if word.isascii() else 2)
                    is_word = is_long and ";" not in word and not any(char.isdecimal() for char in word)
                    if is_word and month_of(word, in_all_languages=False) is None:
                        found.setdefault(word, number)
    return found


def find_weekdays() -> dict[str, int]:
    """Return the names in further languages; short Latin words can be months or other words of the main languages."""
    found: dict[str, int] = {}
    for language in OTHER_WEEKDAYS:
        days = cldr_locale(language).days
        for context, width in (("format", "wide"), ("format", "abbreviated"), ("stand-alone", "wide")):
            for number, name in days[context][width].items():
                word = name.casefold().strip(". ")
                is_long = len(word) >= (_LONG_WORD if word[0].isascii() else 2)
                if is_long and word != _A_WEEK:
                    found.setdefault(word, number)
    return found


def write_list(name: str, numbers: range, names: Mapping[str, int]) -> None:
    """Write one line per number to the list ``NAMEs.csv``."""
    with (FOLDER / f"{name}s.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([name, "names"])
        for number in numbers:
            writer.writerow([number, ";".join(sorted(name for name, of in names.items() if of == number))])


def main() -> None:
    """Write both lists."""
    write_list("month", range(1, 13), find_months())
    write_list("weekday", range(7), find_weekdays())


if __name__ == "__main__":
    main()
