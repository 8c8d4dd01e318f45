"""Write the month names of Unicode CLDR's rarer languages: ``python -m tools.build_month_names``.

The main languages are read from Babel when they are needed; all others would take half a second and 115 MB, so their
names are in ``src/rallymap/intake/lexicon/months.csv``. Run this after an update of Babel.
"""

from __future__ import annotations

import csv
from pathlib import Path

from babel.localedata import locale_identifiers

from rallymap.intake.cells.month_names import LANGUAGES, month_of
from rallymap.language.cldr import cldr_locale

TARGET = Path(__file__).parents[1] / "src" / "rallymap" / "intake" / "lexicon" / "months.csv"


def find_names() -> dict[str, int]:
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


def main() -> None:
    """Write one line per month."""
    names = find_names()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["month", "names"])
        for month in range(1, 13):
            writer.writerow([month, ";".join(sorted(name for name, number in names.items() if number == month))])


if __name__ == "__main__":
    main()
