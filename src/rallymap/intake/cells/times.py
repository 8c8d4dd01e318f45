"""Parse times of day as registers and flyers write them: "14.00 - 18.00 Uhr", "ab 15 Uhr", "2130", "6-8 pm"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from rallymap.intake.cells.date_words import BETWEEN
from rallymap.intake.cells.day_parts import with_am_pm
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.cells.several_times import UNTIL_AND_WITH, joins_range, without_end_words
from rallymap.intake.cells.spoken_times import is_half_day_unclear, is_unclear, write_out
from rallymap.intake.lexicon import fold
from rallymap.language import phrase

_POINT = re.compile(
    r"(?<!\d)(?P<h>\d{1,2})(?!\d)(?:\s?[:.hu]\s?(?P<m>\d{2})(?!\d)(?::\d{2}(?!\d))?)?\s?(?P<half>[ap]\.?\s?m\b\.?|"
    r"(?<=\d)[ap](?![^\W_]))?"
)
_HYPHEN_MINUTES = re.compile(r"(?<=[-–])\s?(\d{1,2})-(\d{2})(?!\d)")
_OTHER_SIGNS = re.compile(r"(?<!\d)(\d{1,2})\s?[;_]\s?(\d{2})(?!\d)")
_COMMA_TIME = re.compile(r"(?<![\d,])(\d{1,2}),(00|15|30|45)(?![\d,])")
_LAST_COMMA = re.compile(r"(?<=-)(\s?\d{1,2}),(\d{2})$")
_HYPHEN_TIME = re.compile(r"(\d{1,2})-([0-5]\d)")
_ALL_DAY = frozenset(
    "ganztägig ganztags allday wholeday fullday ganzerTag toutelajournée todoeldía diatodo diainteiro tuttoilgiorno "
    "heledag heladagen heledagen całydzień весьдень увесьдень".casefold().split()
)
_OCLOCK = re.compile(r"(?<=\d)\s?o\s?'?\s?clock")
_ABOUT_ENGLISH = re.compile(r"(?:(?<=\d)|(?<=[ap]m))\s?-?ish(?![^\W_])")
_APOSTROPHE = re.compile(r"(?<=\d)['’′](?=[0-5]\d(?!\d))")
"""Separates hours and minutes in Spain: "12'30"."""
_BEFORE_NOON = (
    "from |around |about |c\\. ?|ca\\.? |circa |approx\\.? |ab |gegen |um |à partir de |vers |dès |desde el |hacia el |"
    "a partir del |dalle |dal |verso |a partire da |desde o |a partir do |vanaf |rond |från |fra |omkring |od |ok\\.? |"
    "с |со |з |около |від |از |من "
)
NOON = re.compile(
    r"(?:(?:(?:12|zwölf)(?:[:.]00)?\s?(?:uhr )?)?(?:at |zu |à |al |a |ao |w |v |в |عند |هنگام |u |la |di |"
    rf"{_BEFORE_NOON})?(?:noon|midday|"
    r"mittags|mittag|midi|"
    r"mediodía|mediodia|meio-dia|meio dia|mezzogiorno|middag|(?:klokken|klokka|kl\.?) tolv|"
    r"południe|poledne|podne|amiază|prânz|nîvro(?:yê)?(?: de)?|정오|полдень|полудень|полудня|południa|опівдні|"
    r"(?:ال)?ظهر[ًا]*|öğle(?:n|yin)?|中午|正午)|(?:中午|正午)\s?12(?::00)?)"
)
_FIVE_TO_TWELVE = re.compile(r"(?<!\w)(?:5|fünf) (?:minuten )?vor (?:12|zwölf)(?:\s?uhr)?(?![^\W_])(?![:.]\d)")
""""5 vor 12" is a usual beginning of rallies, which is not at night."""
_NOON_OF_RANGE = re.compile(r"(?<!\w)(?:12(?::00)?\s)?(?:noon|midday)(?=\s?(?:-|to|until|till)\s?\d)")
_MIDNIGHT_WORD = (
    r"(?:midnight|mitternacht|minuit|medianoche|meia-noite|mezzanotte|middernacht|midnatt|midnat|"
    r"północ[iy]?|полночь|полуночи|північ|півночі|опівночі|نیمه\W?شب|منتصف الليل|gece yarısı|nîv(?:ê|a)? ?ş[eê]v[eê]?|"
    r"午夜|半夜|子夜|자정)"
)
MIDNIGHT = re.compile(
    rf"(?:at |zu |à |a |la |ved |vid |kl\.? |в |о |об |عند |في |di |{_BEFORE_NOON})?(?:12\s?|24 uhr )?{_MIDNIGHT_WORD}"
    r"(?: de)?"
)
_MIDNIGHT_OF_RANGE = re.compile(
    rf"(?<=[\dhmr.])\s?(?:-|to|until|till?|bis|à|jusqu['’]à|tot|do|до|hasta(?: la)?|até(?: a)?|alla?|a|تا|حتى)"
    rf"\s?{_MIDNIGHT_WORD}"
)
"""The end of "20:00 bis Mitternacht"."""
_MIDNIGHT_FIRST = re.compile(
    rf"^(?:from |de |von |från |fra |od |с |з )?{_MIDNIGHT_WORD}(?=\s?(?:-|to|until|till?|bis|à|tot|do|до|a|alle)\s?\d)"
)
_DURATION = re.compile(
    r"(?:ca\.? |etwa |about |around )?(?:(?:1[0-2]|[1-9])\s?(?:stunden?|std\.?|hours?|timer|timmar|tuntia|uren)"
    r"|\d{1,3}\s?(?:minutes?|minuten|mins?\.?|minutter|минут|хвилин))"
)
HOURS_AND_MINUTES = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:h|uhr|heures?|horas?|ore|часов|часа|час|ч|годин[иау]?|год)\.?\s(?:y |et |und |e |и |та )?"
    r"(?:([0-5]\d)\s?(?:мин|хв|min|m)[^\W\d_]*\.?|([0-5]\d)(?!\d|\s?[:.-]|\s?[^\W\d_]))"
)
"""Hours and minutes in words, "20 heures 30", "14 часов 30 минут"; replace it by AS_CLOCK."""
AS_CLOCK = r"\1:\2\3"
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3}){2,}")
"""A number with thousands separators, such as a coordinate that lost its decimal point: "7.852.200"."""
_PART_OF_DAY = re.compile(r"0?[.,]\d+|[01]")
_FOR = re.compile(
    r"(\d{1,2})(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?\s(?:for|f\.)\s((\d{1,2})(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?)",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"^(?:bis(?: ca\.?)?|until|till|to|jusqu'?à|hasta|até|fino (?:alle|a)|tot|til|до|do|تا|حتى)\s")
_LATEST = re.compile(r"(?:max\.?|höchstens|längstens|spätestens)\s*")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_HHMM = re.compile(r"(?<!\d)([01]?\d|2[0-4])([0-5]\d)(?!\d)")
_USUAL = frozenset(
    fold(word)
    for word in (
        "onwards onward uhr h o clock ab from von hrs hs kl klokken ca circa gegen um godz uur u vanaf à partir "
        "о об годині година годин години часа часу las horas hora heures heure uur om godzina godzinie początek "
        "начало начнётся початок inicio início inizio début beginn start starts starting günü klokka klockan "
        "saat klo utc at de à a las às ore alle from od с о в "
        "ساعت الساعة saat ч час часов год hod hodin od óra órakor g godz local time s t "
        "ora orele u ob ura kell час kello klo v στις στισ בשעה saet demjimêr dem dès partir das dos dalle fra med "
        "tól től órától "
        "pukul jam wib wita wit val nuo plkst orei orele jurul în lúc giờ بجے बजे টা টায় "
        "น 时 時 시 te ta de da den dan min uu ua órakkor".split()
    )
)
_NOON_HOUR = 12
_LAST_LATIN = 0x52F
"""Last character of the Latin, Greek and Cyrillic scripts, whose languages mostly use the 24-hour clock."""
_TIME_STAMP = re.compile(r"(?:1899-12-3[01]|190[04]-01-0[01]|1970-01-01|0001-01-01)[t ]\d{1,2}:\d{2}.*")
_FRACTION_OF_SECOND = re.compile(r"(?<=\d:\d\d:\d\d)\.\d{1,6}(?!\d)")
_DATE = re.compile(r"(?<![\d.])\d{1,2}\.(?:0?\d|1[0-2])\.(?:\s|$|(?:19|20)?\d{2}(?![\d.]))")

_DAY_OF_MONTH = re.compile(
    r"(?<![\d:.])\d{1,2}(?:\.|st|nd|rd|th)?\s(?:de |of )?(?P<after>[^\W\d_]{3,})\.?(?:\s(?:de )?(?:19|20)\d\d(?!\d))?"
    r"|(?<!\w)(?P<before>[^\W\d_]{3,})\.?\s\d{1,2}(?:st|nd|rd|th)?(?![\d:.h])(?:,?\s(?:19|20)\d\d(?!\d))?"
)
"""Perhaps a day and its month: "19 Jul", "July 19th, 2026"."""


@dataclass(frozen=True, slots=True)
class ReadTime:
    """Result of parsing a time of day; `remark` says what was ignored, "" if nothing."""

    start: time | None = None
    end: time | None = None
    remark: str = ""


def without_arrival(folded: str) -> str:
    """Drop when people arrive, up to an hour before the start: "6 for 6.30pm"; not "2 for 1"."""
    match = _FOR.fullmatch(folded)
    return match[2] if match is not None and (int(match[3]) - int(match[1])) % 12 <= 1 else folded


def read_times(text: str, numbers: str = "") -> ReadTime:
    """Parse one cell.

    Parameters
    ----------
    text
        The cell.
    numbers
        Meaning of plain numbers in the column: "" (hours), "hhmm" (2130) or "fraction" (of a day, as in Excel).
    """
    folded = fold_cell(text).casefold().replace("〜", "-").replace("~", "-")
    folded = UNTIL_AND_WITH.sub("-", folded)
    if len(folded) > 200:
        return ReadTime(remark=phrase("This is too long for a time."))
    if fold(folded).replace(" ", "") in _ALL_DAY or folded == "24/7":
        return ReadTime()
    if _DURATION.fullmatch(folded):
        return ReadTime(remark=phrase("This is not a time of day that can be read."))
    folded = HOURS_AND_MINUTES.sub(AS_CLOCK, _ABOUT_ENGLISH.sub(" about", folded))
    spoken, said = write_out(_OCLOCK.sub("", _APOSTROPHE.sub(":", folded)))
    folded = with_am_pm(spoken)
    if said is not None and is_half_day_unclear(said[0], folded):
        return ReadTime(remark=_both(*said))
    if said is None and is_unclear(folded):
        return ReadTime(remark=phrase("This is not a time of day that can be read."))
    if (start := without_arrival(folded)) != folded:
        read = read_times(start, numbers)
        return ReadTime(read.start, remark=read.remark or phrase("There are two times. One is kept."))
    if _NUMBER.fullmatch(folded):
        return ReadTime(remark=phrase("This is not a time of day that can be read."))
    if NOON.fullmatch(folded):
        return ReadTime(time(12))
    if " vor " in folded:
        folded = _FIVE_TO_TWELVE.sub("11:55 ", folded).strip()
    folded = _MIDNIGHT_FIRST.sub("0:00", folded)
    folded = _MIDNIGHT_OF_RANGE.sub("-24:00", _NOON_OF_RANGE.sub("12 pm", folded))
    if MIDNIGHT.fullmatch(folded):
        return ReadTime(time(0), remark=phrase("This is read as 00:00. It may mean the night after this day."))
    if numbers == "fraction" and _PART_OF_DAY.fullmatch(folded):
        minutes = round(float(folded.replace(",", ".")) * 1440) % 1440
        return ReadTime(time(minutes // 60, minutes % 60))
    if is_time_stamp(folded):
        folded = folded[len("1900-01-01 ") :]
    folded = _FRACTION_OF_SECOND.sub("", folded)
    stamp = re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}[t ](\d{1,2})[:h](\d{2})(?::\d{2})?(z|[+-]\d{2}:?\d{2})?", folded)
    if stamp:
        return ReadTime(_clock(stamp[1], stamp[2], ""), remark=phrase("The date in it is left out."))
    if _DATE.search(folded):
        return ReadTime(remark=phrase("This is a date, not a time of day."))
    if (rest := _DAY_OF_MONTH.sub(_without_month, folded)) != folded:
        if not _POINT.search(_IN_BRACKETS.sub("", rest)):
            return ReadTime(remark=phrase("This is a date, not a time of day."))
        read = read_times(rest, numbers)
        return ReadTime(read.start, read.end, read.remark or phrase("The date in it is left out."))
    if numbers == "hhmm" and re.fullmatch(r"\d{1,4}", folded):
        folded = f"{folded.zfill(4)[:2]}:{folded.zfill(4)[2:]}"
    elif re.search(r"(?<![\d.:])\d{4}(?![\d.:])", folded):
        folded = _HHMM.sub(r"\1:\2", folded)
    if numbers != "fraction":
        folded = _COMMA_TIME.sub(r"\1:\2", folded)  # "ore 10,30"
    folded = _OTHER_SIGNS.sub(r"\1:\2", _LAST_COMMA.sub(r"\1:\2", folded))
    if (hyphen := _HYPHEN_TIME.fullmatch(folded)) and (int(hyphen[2]) > 24 or hyphen[2] == "00"):
        folded = f"{hyphen[1]}:{hyphen[2]}"  # "17-45"
    bracket = _IN_BRACKETS.search(folded)
    plain = _IN_BRACKETS.sub(" ", folded).strip() if bracket and _POINT.search(_IN_BRACKETS.sub("", folded)) else folded
    plain = _HYPHEN_MINUTES.sub(r"\1:\2", plain)
    if whole := re.fullmatch(r"(\d{1,2})-(\d{1,2}):(\d{2})", plain.replace(" ", "")):
        # "14-16-00": the first time has no minutes.
        plain = f"{whole[1]}:00-{whole[2]}:{whole[3]}"
    return _read(plain, folded, bracket is not None and plain != folded)


def _without_month(day: re.Match[str]) -> str:
    word = day["after"] or day["before"]
    return " " if month_of(word, in_all_languages=False) else day[0]


def is_time_stamp(folded: str) -> bool:
    """Return whether a lower-case text is a time on the epoch day of a program."""
    return _TIME_STAMP.fullmatch(folded.casefold()) is not None


def _both(hour: int, minute: int) -> str:
    first, second = time(hour % 12, minute), time(hour % 12 + 12, minute)
    return phrase("This may mean {first} or {second}.", first=f"{first:%H:%M}", second=f"{second:%H:%M}")


def _read(plain: str, folded: str, dropped_bracket: bool) -> ReadTime:
    pieces = re.sub(r"(?<=\d[.:]\d\d)\.(?=\d{1,2}[.:]\d\d)", "-", plain)
    latest = bool(_LATEST.search(pieces))
    pieces = _LATEST.sub("", pieces)
    points = list(_POINT.finditer(pieces))
    if not points:
        return ReadTime(remark=phrase("This is not a time of day that can be read."))
    halves = [match["half"][:1] if match["half"] else "" for match in points]
    if len(points) == 2 and halves == ["", halves[1]] and halves[1]:
        halves[0] = halves[1] if int(points[0]["h"]) < int(points[1]["h"]) or int(points[0]["h"]) == 12 else ""
        if not halves[0] and int(points[0]["h"]) <= 12:
            halves[0] = "a" if halves[1] == "p" else ""
    if len(points) == 2 and halves[0] and not halves[1]:
        # "2pm-5" ends at 5 pm, "10am-2" at 2 pm; "7pm-1" ends after midnight, "8pm-12" at midnight.
        first, last = int(points[0]["h"]) % 12, int(points[1]["h"])
        halves[1] = "p" if last <= 12 and (last % 12 > first) == (halves[0] == "p") else "a" if last == 12 else ""
    clocks = [_clock(match["h"], match["m"], half) for match, half in zip(points, halves, strict=True)]
    gaps = [pieces[one.end() : two.start()] for one, two in pairwise(points)]
    is_range = [
        ("-" in gap or joins_range(gap) or without_end_words(pieces, [point]) != pieces) and "/" not in gap
        for gap, point in zip(gaps, points[1:], strict=True)
    ]
    if len(points) == 2 and not BETWEEN.isdisjoint(fold(pieces[: points[0].start()]).split()):
        is_range = [True]  # "entre 18h et 20h"
    remark = phrase("The time in brackets is left out.") if dropped_bracket else ""
    if clocks[0] is None:
        return ReadTime(remark=phrase("This time of day does not exist."))
    if any(clock is None for clock in clocks[1:]):
        return ReadTime(clocks[0], remark=phrase("The end is not a time of day that exists."))
    if any(char.isdecimal() for char in _POINT.sub(" ", pieces)):
        return ReadTime(clocks[0], remark=phrase("Some figures were not read. Only the start is kept."))
    if len(points) == 1:
        if _UNTIL.match(plain) or without_end_words(pieces, points) != pieces:
            return ReadTime(end=clocks[0], remark=remark or phrase("This gives only an end."))
        if _may_have_other_half(plain, points[0]):
            return ReadTime(remark=_both(clocks[0].hour, clocks[0].minute))
        return ReadTime(clocks[0], remark=remark or _one_remark(plain, points[0]))
    if len(points) == 2 and is_range[0]:
        if latest:
            return ReadTime(clocks[0], remark=phrase("This ends at {time} at the latest.", time=f"{clocks[1]:%H:%M}"))
        return ReadTime(clocks[0], clocks[1], remark)
    if len(points) > 2 and len(points) % 2 == 0 and all(is_range[::2]):
        ends = [clock for clock in clocks[1::2] if clock is not None]
        return ReadTime(
            clocks[0],
            max(ends),
            phrase("There are {count} times. The first start and the last end are kept.", count=len(points) // 2),
        )
    if len(points) == 2 and not re.search(r"[/,]", gaps[0]):
        return ReadTime(
            clocks[1] if "beginn" in gaps[0] else clocks[0], remark=phrase("There are two times. One is kept.")
        )
    return ReadTime(clocks[0], remark=phrase("There are several times. The first is kept."))


def _one_remark(plain: str, point: re.Match[str]) -> str:
    if point["h"] == "24":
        return phrase("This is read as 00:00. It may mean the night after this day.")
    rest = fold(plain[: point.start()] + " " + plain[point.end() :])
    if set(rest.split()) <= _USUAL:
        return ""
    return phrase("These words are left out: {words}.", words=rest[:60])


def _may_have_other_half(plain: str, point: re.Match[str]) -> bool:
    """Return whether an unknown word can name a part of the day: in scripts with a 12-hour clock, or after an hour."""
    words = set(fold(f"{plain[: point.start()]} {plain[point.end() :]}").split())
    is_plain_hour = point["m"] is None and not words & _USUAL  # "about 6"
    is_unknown = any(is_plain_hour or ord(word[0]) > _LAST_LATIN for word in words - _USUAL)
    return is_unknown and not point["half"] and 0 < int(point["h"]) < _NOON_HOUR


def _clock(hours: str, minutes: str | None, half: str) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
