"""Split a cell such as "7 августа 2022 г., в 14 часов" or "um 15 Uhr am 22. Oktober 2022" into day and hours."""

from __future__ import annotations

import re
from datetime import time

from rallymap.intake.cells.day_parts import with_am_pm
from rallymap.intake.cells.month_names import weekdays_of
from rallymap.intake.cells.spoken_times import write_out
from rallymap.intake.cells.times import AS_CLOCK, HOURS_AND_MINUTES, ReadTime, read_times
from rallymap.language import phrase

_CJK_DAY = re.compile(
    r"((?:\d{4}\s?[年년]\s?)?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号號일]|(?:\d{3,4}[./-])?\d{1,2}[./-]\d{1,2}(?=[\s(a-z)]*(?:\d{1,2}\s?)?[一-鿿가-힣]))\s*"
    r"(?:\((?:星期|周|週|礼拜|禮拜)?.\)|\(?(?:mon|tue|wed|thu|fri|sat|sun)\)?|(?:星期|周|週|礼拜)[一二三四五六日天])?\s*(\D{0,4}(?:\d|"
    r"[一二三四五六七八九十两兩]{1,3}[時点點时]).*)"
)
_KOREAN_DAY = re.compile(r"(\d{4})\.\s?(\d{1,2})\.\s?(\d{1,2})\.?\s?(?=[^\d]*[가-힣])")
_YEAR = r"(?<!\d)(?:1[34]\d\d|19\d\d|20\d\d)(?!\d)"
_YEAR_ALONE = re.compile(rf"\D*{_YEAR}[年년]?\s*")
_DAY = r"(?<![\d./-])(?:\d{1,2}([./-])\d{1,2}\2\d{2}|(?:1[34]|19|20)\d\d([./-])\d{1,2}\3\d{1,2})(?![\d./-])"
_NO_YEAR = r"(?<![\d./-])\d{1,2}\.?\s[^\W\d_]{3,}\.?(?=,)"
_BEHIND = re.compile(
    rf"(?P<day>.*(?:{_DAY}|{_YEAR}|{_NO_YEAR})\)?(?:\s?(?:года?|г|року|рік|роки|р|roku|r)(?![^\W_])\.?)?)[\s,;·-]*(?P<rest>.*)"
)
_UNIT = r"(?:uhr|uur|h|час(?:ов|а|у)?|годин[иаіу]?|hodin[ay]?|godzin[aęy]?|heures?|horas?|[ap]\.?m\.?)(?![^\W_])"
_FIRST = re.compile(
    rf"((?:(?:um|ab|в|о|об|kl\.?|klo|klokken|klokka|klockan|saat|ساعت|الساعة|a las|à|às|alle(?: ore)?|"
    rf"o godz\.?|om|at)\s)"
    rf"\d{{1,2}}(?:[:.]\d{{2}})?(?:\s?{_UNIT})?)[\s,]+(.*{_YEAR}.*)"
)
_SIGN = re.compile(
    rf"\d{{1,2}}:\d{{2}}|(?<!\d)\d{{1,2}}\.(?:00|15|30|45)(?![\d.])|\d\s?{_UNIT}"
    r"|(?<![^\W_])об?\s\d{1,2}(?:[:.]\d{2})?\s?год(?![^\W_])"
    r"|(?<![^\W_])(?:um|kl|klo|klokken|klokka|klockan|saat|godz|godzinie|g\.|ساعت|الساعة|a las|às|"
    r"or[ae]|orele|alle)(?![^\W_])"
    r"|(?<![^\W_])(?:noon|midday|midi|mittags?|mezzogiorno|mediodía|mediodia|meio-dia)(?![^\W_])"
    r"|(?<![^\W_])(?:at|ab|from|desde|dès|dalle|fra|från|od|o|о|в|від|vanaf|à|às|om|klo)\s\d{1,2}(?![\d./]|\s?-\s?\d{3})"
)
"""Words that never occur next to the number of a day."""
_BARE = re.compile(r"(?<![\d:.])0?[1-6](?![\d:.])")
_GERMAN_HOUR = re.compile(r"\d\s?(?:uhr|uur|h)(?![^\W_])")
_HALF = re.compile(r"\d\s?[ap]m(?![^\W_])")


def split_clock(folded: str) -> tuple[str, ReadTime] | None:
    """Split a cell into the text of the day, and the hours after or before it; None if it contains no hours.

    If an hour from 1 to 6 can be in the morning or the afternoon, no time is returned, and the remark gives both.

    Parameters
    ----------
    folded
        A cell in lower case.
    """
    folded = _KOREAN_DAY.sub(r"\1-\2-\3 ", HOURS_AND_MINUTES.sub(AS_CLOCK, folded))
    cjk = _CJK_DAY.fullmatch(folded)
    if cjk is not None and (cjk[1][:4].isdecimal() or not _YEAR_ALONE.fullmatch(cjk[2])):
        return _read(cjk[1], cjk[2])
    if (behind := _BEHIND.fullmatch(folded)) is not None and behind["rest"]:
        first, _, rest = behind["rest"].partition(" ")
        if rest and weekdays_of(first.strip("., ")):
            return _read(f"{behind['day']} {first.strip(', ')}", rest) if _has_sign(rest) else None
        return _read(behind["day"], behind["rest"]) if _has_sign(behind["rest"]) else None
    ahead = _FIRST.fullmatch(folded)
    return _read(ahead[2], ahead[1]) if ahead is not None else None


def _has_sign(rest: str) -> bool:
    """Return whether a text contains an hour, also in words: "half acht 's avonds"."""
    return _SIGN.search(with_am_pm(write_out(rest)[0])) is not None


def _read(day: str, clock: str) -> tuple[str, ReadTime] | None:
    at = read_times(clock)
    if at.start is None or (at.remark and at.start != time.min):
        return None
    is_bare = _BARE.search(clock) and not _HALF.search(with_am_pm(clock)) and not _GERMAN_HOUR.search(clock)
    if is_bare and at.end is None and 1 <= at.start.hour <= 6:
        later = at.start.replace(hour=at.start.hour + 12)
        both = phrase("This may mean {first} or {second}.", first=f"{at.start:%H:%M}", second=f"{later:%H:%M}")
        return day, ReadTime(remark=both)
    return day, at
