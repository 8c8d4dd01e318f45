"""Convert Iranian and Islamic dates, and years of Thai, Taiwanese and Japanese eras, to the Gregorian calendar."""

from __future__ import annotations

import re
from datetime import date

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

_BUDDHIST = range(2443, 2644)
"""1900 to 2100; too far in the future for any other calendar."""
_BEFORE_BUDDHIST = 543
_MINGUO = range(100, 150)
"""2011 to 2060 in Taiwan's calendar; earlier years have two digits and are ambiguous."""
_BEFORE_MINGUO = 1911
_BEFORE_ERA = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_ERA = re.compile(
    r"(令和|平成|昭和)\s?(\d{1,2}|元)(?=\s?年)|(?<!\w)([rhs])(\d{1,2})(?=[./]\d{1,2}[./]\d{1,2}(?![\d.]))"
)
_OF_NEPAL = re.compile(r"(?<!\d)20\d\d(?!\d).*(?<![^\W_])(?:b\.?\s?s\.?|[बव]ि\.?\s?सं\.?)$|bikram|vikram|samvat")
_THAI_MONTHS = "มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค".split()
_THAI_DAY = re.compile(
    r"(\d{1,2})\s?((?:" + "|".join(r"\.?".join(name) for name in _THAI_MONTHS) + r"))\.?\s?(?:พ\.?ศ\.?\s?)?(\d{4})"
)


_ETHIOPIAN = re.compile(
    "መስከረም|ጥቅምት|[ኅህሕኀ]ዳር|ታ[ኅህሕኀ][ሣሳ][ሥስ]|ጥር|ጥሪ|የካቲት|ለካቲት|መጋቢት|ሚያዝ[ያዪ]|ሚያዚያ|ግንቦት|ሰኔ|ሰነ|[ሐሀሓኀ]ም[ሌለ]|ነ[ሐሀሓኀ][ሴሰ]|ጳጉሜ|"
    r"ዓ[./]?\s?ም|(?<![^\W\d_])(?:meskerem|ti[kq]im?t|te[kq]emt|hidar|hedar|tahi?sas|yekatit|meg+abit|mi?yaz[iy]a|"
    r"g[ie]nbot|hamle|neh?as+i?e|pagu?em?en?|e\.\s?c\b|ethiop\w*(?:\s\w+)?\s+cal|calend\w*\s+[eé]th?[ií]op|"
    r"äthiop\w*\s+kal)"
)


def is_of_unread_calendar(folded: str) -> bool:
    """Return whether a folded text is, or could be, in the calendar of Ethiopia or Nepal, which are not converted.

    Tigrinya has the same names for the months of the Ethiopian and the Gregorian calendar. Years of Nepal are 56 or 57
    ahead.
    """
    return _ETHIOPIAN.search(folded) is not None or _OF_NEPAL.search(folded) is not None


def from_solar_hijri(year: int, month: int, day: int) -> date:
    """Convert an Iranian date to a Gregorian date; ValueError if the day does not exist."""
    found: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return found


def from_islamic(year: int, month: int, day: int) -> date:
    """Convert an Umm al-Qura date to a Gregorian date; ValueError if the day does not exist."""
    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except OverflowError as err:
        raise ValueError(str(err)) from err
    return date(gregorian.year, gregorian.month, gregorian.day)


def in_other_era(year: int) -> bool:
    """Return whether a year is in the Buddhist era or the Republic of China calendar."""
    return year in _BUDDHIST or year in _MINGUO


def from_other_era(year: int) -> int:
    """Convert a year for which :func:`in_other_era` is True to a Gregorian year."""
    return year - _BEFORE_BUDDHIST if year in _BUDDHIST else year + _BEFORE_MINGUO


def _with_thai_months(text: str) -> str:
    """Convert short names of Thai months in a folded text to numbers between periods: "19 ก.ย. 2563" to "19.9.2563"."""
    return _THAI_DAY.sub(
        lambda match: f"{match[1]}.{_THAI_MONTHS.index(match[2].replace('.', '')) + 1}.{match[3]}", text
    )


def without_era(text: str) -> str:
    """Convert years of Japanese eras in a folded text to Gregorian years, and Thai months to numbers.

    Examples: "令和4年10月15日", "r5.1.8" and "19 ก.ย. 2563".
    """

    def year(match: re.Match[str]) -> str:
        number = match[2] or match[4]
        return str(_BEFORE_ERA[match[1] or match[3]] + (1 if number == "元" else int(number)))

    return _ERA.sub(year, text if text.isascii() else _with_thai_months(text))
