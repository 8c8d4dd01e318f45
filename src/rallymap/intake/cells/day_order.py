"""Order of day and month in a column of numeric dates: "25/12", "Sun 2/10-2022"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime

from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.cells.date_words import to_signs
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.cells.weekday_signs import write_weekdays

_FIGURES = re.compile(
    r"(?<![\d./-])(\d{1,2})\s?(?:/\s?(\d{1,2})(?:\s?[/-]\s?|\s)|-(\d{1,2})-)(\d{4}|\d{2}(?![\d:]))(?![\d/-])"
    r"|(?<![\d./-])(\d{1,2})\s?/\s?(\d{1,2})(?![\d./-])"
)
_DOTTED = re.compile(r"(?<![\d./-])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d{2})(?![\d./-])")
_TWO_DAYS = re.compile(r"(?<![\d./-])\d{1,2}\s?-\s?\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/-])")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_ENGLISH = "january february march april may june july august september october november december sept".split()
_OTHER_LANGUAGE = re.compile(
    r"[\u0370-\u04ff\u0590-\u06ff]|\d\s?(?:uhr|uur|heures?|hod|óra)(?![^\W_])|\dh\d\d(?!\d)"
    r"|(?<![^\W_])(?:um|om|à|às|a las|alle|ore|kl|klo|klokken|klockan|godz|saat|ora|den)[.:]?\s\d"
)
"""Words around times in languages in which the day comes first, and scripts of such languages."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
MONTH_FIRST_COUNTRIES = frozenset({"US", "PH"})
_D, _M, _GAP = r"(?:dd?|tt|jj|gg|дд?)", r"(?:mm?|мм?)", r"\s?[./-]?\s?"
_START = r"(?<![^\W_])(?<![yjaгå][./-])"
_DAY_THEN_MONTH = re.compile(rf"{_START}{_D}{_GAP}{_M}(?![^\W_ja-zг])|(?<![^\W_])dmy(?![^\W_])")
_MONTH_THEN_DAY = re.compile(rf"{_START}{_M}{_GAP}(?:dd?|tt)(?![^\W_y])|(?<![^\W_])mdy(?![^\W_])")


def order_of_heading(heading: str) -> Order:
    """Return the order that a heading states: "Date (DD/MM/YY)", "Datum (TT.MM.JJJJ)"."""
    folded = heading.casefold()
    is_day_first, is_month_first = (pattern.search(folded) for pattern in (_DAY_THEN_MONTH, _MONTH_THEN_DAY))
    if bool(is_day_first) == bool(is_month_first):
        return Order.UNKNOWN
    return Order.DAY_FIRST if is_day_first else Order.MONTH_FIRST


def find_order(texts: Sequence[str], country: str, year: int) -> Order:
    """Decide the order from dates with only one valid order, or only one that fits the weekday next to them.

    Parameters
    ----------
    texts
        All cells, folded.
    country
        ISO code for the whole file, or "": used if the column does not decide it.
    year
        Year of dates without one; 0 if unknown.
    """
    years = {int(found) for text in texts for found in _YEAR.findall(text)}
    year = year or (years.pop() if len(years) == 1 else 0)
    votes: Counter[Order] = Counter()
    ambiguous = 0
    for text in map(write_weekdays, texts):
        votes[Order.DAY_FIRST] += len(_DOTTED.findall(text))  # columns with 15.10.2022 also use 1/10/2022
        votes[Order.DAY_FIRST] += len(_TWO_DAYS.findall(text)) + _is_in_another_language(text)
        for match in _FIGURES.finditer(text):
            first, second = int(match[1] or match[5]), int(match[2] or match[3] or match[6])
            order = _order_of(first, second) or _order_by_weekday(first, second, _year(match[4]) or year, text)
            if order is not None:
                votes[order] += 1
            ambiguous += order is None
    votes = +votes
    if votes:
        (order, most), *others = votes.most_common()
        # One typo among many dates does not decide the column; a real mixture leaves the ambiguous cells undecided.
        return order if not others or most >= 20 * others[0][1] else Order.UNKNOWN
    if ambiguous and country:
        return Order.MONTH_FIRST if country in MONTH_FIRST_COUNTRIES else Order.DAY_FIRST
    return Order.UNKNOWN


def _is_in_another_language(text: str) -> bool:
    """Return whether a cell contains words of a language other than English, in which the day comes first."""
    if _OTHER_LANGUAGE.search(text.casefold()):
        return True
    words = _LETTERS.findall(text.casefold())
    return any(month_of(word) and not any(name.startswith(word) for name in _ENGLISH) for word in words)


def _order_of(first: int, second: int) -> Order | None:
    if first > 12 >= second:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if second > 12 >= first else None


def _order_by_weekday(first: int, second: int, year: int, text: str) -> Order | None:
    """Return the only order in which the date is on the weekday that the text names, or None."""
    if not year or first == second or not (0 < first <= 12 and 0 < second <= 12):
        return None
    weekdays = to_signs(text.casefold()).weekdays
    day_first = date(year, second, first).weekday() in weekdays
    month_first = date(year, first, second).weekday() in weekdays
    if day_first == month_first:
        return None
    return Order.DAY_FIRST if day_first else Order.MONTH_FIRST


def _year(text: str | None) -> int:
    if text is None or len(text) == 4:
        return int(text or 0)
    return int(text) + (2000 if int(text) <= datetime.now(UTC).year % 100 + 2 else 1900)
