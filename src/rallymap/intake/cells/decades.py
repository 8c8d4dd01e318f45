"""Parse decades: "late 1990s", "80er Jahre", "198?", "دهه ۱۳۷۰"; and unspecified digits: "2019-02-XX" (EDTF)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from rallymap.dates import DatePrecision
from rallymap.intake.cells.calendars import from_solar_hijri
from rallymap.intake.cells.date_stamps import UNREADABLE, ReadDate
from rallymap.intake.cells.date_words import to_signs
from rallymap.language import phrase

_YEARS = r"(?P<{name}>(?:1[89]|20)\d0)"
_SUFFIX = (
    r"(?:-?['’]?(?:s|er[sn]?|ern|talet|tallet|erne|luku|luvulla|luvun|[lt][ae]r(?:da|de|in|ın)?|"
    r"ті|тих|их|ые|ых|е|х)(?![^\W\d_])|\s?(?:年代|년대))"
)
_YEARS_WORD = r"(?:\s(?:jahren?|год\w*|рок\w*|y[iı]llar\w*|years|гг\.?|рр\.?))?"
_YEARS_OF = (
    r"(?:years|jahren?|années|annees|años|anos|anys|anni|anii|jaren|lata|latach|годы|годов|роки|років|yıllar|yılları|"
    r"léta)"
)
_BEFORE = (
    rf"(?:{_YEARS_OF}|décennie|decennie|década de(?: los)?|decada de(?: los)?|década|decada|decennio|"
    r"decade of(?: the)?|jahrzehnt)"
)
_SHORT_DECADE = re.compile(
    rf"{_YEARS_OF}\s['’]?(?P<short>[3-9])0\.?|(?P<short2>[3-9])0(?:er|s) {_YEARS_OF}|(?P<cut>1[89]\d|20\d)(?:\?|-\??)"
)
"""A decade without its century, or with its last digit missing, as in archives: "80er Jahre", "198?", "197-"."""
_UNDATED = re.compile(r"^(?:(?:n|s|o|z|б)\.\s?(?:d|j|f|д|г|t)\.|ca?\.|undated|undatiert)[\s,;]*")
_DECADE = re.compile(
    rf"(?<!\d){_YEARS.format(name='year')}{_SUFFIX}{_YEARS_WORD}"
    rf"|(?<![^\W\d_]){_BEFORE}\s{_YEARS.format(name='year2')}(?!\d|\s?[-–/,.]\s?\d)"
    r"|(?<![^\W_])(?P<start>(?:1[89]|20)\d)x(?![^\W_])"
    r"|ده[هۀ]ٔ?(?:\s?[یي])?\s(?P<solar>1[34]\d0)(?!\d)"
)
_ARTICLE = re.compile(
    r"(?<![^\W\d_])(?:the|den|der|die|dem|les|los|las|gli|nel|negli|i|de|des|på|in|im|en|в|у)(?![^\W\d_])"
)
_UNSPECIFIED = re.compile(r"(\d{4})-(?:(\d{2})-(?:xx|uu|\?\?|00)|(?:xx|uu|\?\?|00)-(?:xx|uu|\?\?|00)|(?:xx|uu|\?\?))")


def without_unspecified(folded: str) -> str:
    """Shorten a date with unspecified digits, as EDTF and databases write it, to what is given: "2019-02-xx"."""
    match = _UNSPECIFIED.fullmatch(folded)
    if match is None:
        return folded
    return f"{match[1]}-{match[2]}" if match[2] and match[2] != "00" else match[1]


def decade_cell(folded: str) -> ReadDate | None:
    """Parse a cell whose only date is a decade, which is read as its ten years; None for anything else."""
    if short := _SHORT_DECADE.fullmatch(_UNDATED.sub("", folded).strip("[]() ")):
        return ReadDate(
            *_ten_years(int(f"{short['cut'] or '19' + (short['short'] or short['short2'])}0")), DatePrecision.YEAR
        )
    match = _DECADE.search(folded)
    if match is None:
        return None
    rest = f"{folded[: match.start()]} {folded[match.end() :]}"
    if any(char.isdecimal() for char in rest):
        return ReadDate(remark=UNREADABLE) if match["year"] else None  # "12 May 1990s"; "años 2010 y 2011"
    # A word such as "late" comes before a year, which gives it its meaning.
    signs = to_signs(f"{_ARTICLE.sub(' ', rest).strip()} 2000")
    if signs.is_before_or_after:
        return ReadDate(remark=phrase("This says only before or after."))
    if "⟦" in signs.text:
        return ReadDate(remark=UNREADABLE)  # "May 1990s"
    words = " ".join(signs.unknown)[:80]
    first, last = _days(match)
    return ReadDate(
        first,
        last,
        DatePrecision.YEAR,
        approximate="~" in signs.text,
        remark=phrase("These words are left out: {words}.", words=words) if words else "",
    )


def _days(match: re.Match[str]) -> tuple[date, date]:
    """Return the first and last day of a decade; the present one ends with this year."""
    if match["solar"]:
        year = int(match["solar"])
        return from_solar_hijri(year, 1, 1), from_solar_hijri(year + 10, 1, 1) - timedelta(days=1)
    return _ten_years(int(match["year"] or match["year2"] or f"{match['start']}0"))


def _ten_years(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(min(year + 9, max(year, datetime.now(UTC).year)), 12, 31)
