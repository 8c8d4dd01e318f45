"""Parse seasons of a year: "spring 2019", "зима 2019/20", "2019年秋季", "بهار ۱۳۹۸"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from rallymap.dates import DatePrecision
from rallymap.intake.cells.calendars import from_solar_hijri
from rallymap.intake.cells.date_stamps import ReadDate
from rallymap.intake.cells.date_words import is_small, means_approximately
from rallymap.intake.lexicon import fold, meanings, without_accents
from rallymap.language import digits, mark, phrase, tr

SEASONS: Final = ("spring", "summer", "autumn", "winter")
_SAID: Final = {
    # Translators: {year} is “2019”. The form reads what you write here, if lexicon/seasons.csv has the word.
    "spring": mark("spring {year}"),
    "summer": mark("summer {year}"),
    "autumn": mark("autumn {year}"),
    # Translators: {year} is “2019/20”: a winter has two years.
    "winter": mark("winter {year}"),
}
_FIRST_MONTHS: Final = dict(zip(SEASONS, (3, 6, 9, 12), strict=True))
_SOLAR_HIJRI: Final = ("بهار", "تابستان", "پاییز", "زمستان")
"""Persian names; these seasons are the quarters of the Iranian year."""
_SOLAR_YEARS: Final = range(1300, 1411)
_EDTF = re.compile(r"(\d{4})-(2[1-4])([?~%]?)")
_FIRST_EDTF = 21
_WORD = re.compile(r"[^\W\d_]+")
_YEARS = re.compile(r"(?<!\d)([12]\d{3})(?:\s?[/-]\s?(\d{2}|\d{4})(?!\d))?(?:'?(?:an|ê)(?![^\W\d_]))?")
_BETWEEN = re.compile(r"[\s,.'’~年]*")
_HAN = re.compile("([春夏秋冬])[天季]?")
_YEAR_WORDS: Final = frozenset("year año année jahr jahres ano anno år jaar yılı yılının سال عام سنة sala ya l".split())


@dataclass(frozen=True, slots=True)
class WrittenSeason:
    """A season in a text.

    Attributes
    ----------
    name
        One of :data:`SEASONS`.
    year
        The year as written, or the first of two.
    second_year
        The second year of a winter as written; 0 if there is none.
    word
        The word for the season as written.
    approximate
        Whether the text contains "around".
    """

    name: str
    year: int
    second_year: int
    word: str
    approximate: bool = False

    @property
    def is_of_two_years(self) -> bool:
        """Whether it is a winter, which needs two years to be unambiguous."""
        return self.name == "winter" and not self.is_solar

    @property
    def is_solar(self) -> bool:
        """Whether it is a quarter of the Iranian year."""
        return self.year in _SOLAR_YEARS and self.word in _SOLAR_HIJRI

    @property
    def months(self) -> tuple[date, date] | None:
        """First and last day for the northern hemisphere; None if the years are ambiguous."""
        if self.is_solar:
            return None if self.second_year else _quarter(self.year, _SOLAR_HIJRI.index(self.word))
        follows = self.second_year % 100 == (self.year + 1) % 100 and self.second_year != 0
        if self.year in _SOLAR_YEARS or follows != (self.name == "winter") or (self.second_year and not follows):
            return None
        return three_months(self.year, _FIRST_MONTHS[self.name])


def season_in_words(name: str, year: int) -> str:
    """Format "spring 2019", or "winter 2019/20" with both years; forms can parse the result."""
    years = f"{year}/{(year + 1) % 100:02d}" if name == "winter" else year
    return tr(_SAID[name], year=digits(years))


def season_in(folded: str) -> WrittenSeason | None:
    """Return the season if the whole text names one, in any language supported for tables; otherwise None.

    Parameters
    ----------
    folded
        Lower-case result of :func:`rallymap.intake.cells.folding.fold_cell`.
    """
    years = _YEARS.findall(folded)
    if len(years) != 1:
        return None
    rest = _HAN.sub(r" \1 ", _YEARS.sub(" ", folded).replace("年", " "))
    words = [word for word in _WORD.findall(rest) if not is_small(word) and word not in _YEAR_WORDS]
    about = [word for word in words if means_approximately(word)]
    named = [word for word in words if word not in about]
    if len(named) != 1 or not _BETWEEN.fullmatch(_WORD.sub("", rest)) or fold(named[0]) not in _names():
        return None
    year, second = years[0]
    return WrittenSeason(_names()[fold(named[0])], int(year), int(second or 0), named[0], bool(about) or "~" in rest)


def season_cell(folded: str) -> ReadDate | None:
    """Parse a cell that names a season; None for anything else."""
    if (match := _EDTF.fullmatch(folded)) and int(match[2]) != (int(match[1]) + 1) % 100:  # "2021-22" is two years
        months = three_months(int(match[1]), _FIRST_MONTHS[SEASONS[int(match[2]) - _FIRST_EDTF]])
        return ReadDate(*months, DatePrecision.MONTH, approximate=bool(match[3]))
    season = season_in(folded)
    if season is None:
        return None
    if season.months is None:
        return ReadDate(remark=phrase("The year of this season is not clear."))
    remark = "" if season.is_solar else phrase("This is read as the season of the northern hemisphere.")
    return ReadDate(*season.months, DatePrecision.MONTH, approximate=season.approximate, remark=remark)


def three_months(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of the three months from `month` on; 13 is January of the next year."""
    first, last = ((year + (number - 1) // 12, (number - 1) % 12 + 1) for number in (month, month + 2))
    return date(*first, 1), date(*last, calendar.monthrange(*last)[1])


def _quarter(year: int, quarter: int) -> tuple[date, date]:
    after = from_solar_hijri(year + quarter // 3, (3 * quarter + 3) % 12 + 1, 1)
    return from_solar_hijri(year, 3 * quarter + 1, 1), date.fromordinal(after.toordinal() - 1)


@cache
def _names() -> dict[str, str]:
    return {word: found[0] for word, found in meanings("seasons").items()} | {
        without_accents(word): found[0] for word, found in meanings("seasons").items()
    }
