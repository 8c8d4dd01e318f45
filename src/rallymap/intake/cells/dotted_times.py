"""Rewrite times after a date with colons: "5.10.22 18.00-19.00 Uhr" as "5.10.22 18:00-19:00 uhr"."""

from __future__ import annotations

import re

_TIME = re.compile(r"(?<![\d.:/])(\d{1,2})\.([0-5]\d)(?!\d|\.\d|[./-]\d{4})")
_UNIT = re.compile(r"\s?(?:uhr|uur|u|h|hrs|hs|ч|час\w*|год\w*|hod\w*|val)(?![^\W_])")
_WORD_BEFORE = re.compile(
    r"(?<![^\W_])(?:um|kl|klo|klokken|klokka|klockan|ore|alle|dalle|alle ore|godz|godzinie|saat|at|a las|às|à|"
    r"ساعت|الساعة)\.?\s?$"
)
_SPAN = re.compile(
    r"\s?(?:uhr|uur|h)?\s?(?:-|(?<![^\W_])(?:bis|to|until|till|tot|til|à|a|alle|al|hasta|até|do|до|по)(?![^\W_]))"
    r"\s?(?:ca\.?\s?|alle\s?|las\s?)?"
)
_DATED = re.compile(
    r"\d{1,2}\s?[./]\s?\d{1,2}\s?[./]|(?<!\d)\d{1,2}/\d{1,2}(?!\d)|\d{4}-\d{2}-\d{2}|(?<!\d)\d{1,2}\.?\s?[^\W\d_]{3,}"
    r"|[^\W\d_]{3,}\.?\s\d{1,2}(?!\d)"
)
_DAY_BEFORE = re.compile(r"(?<![\d.:])\d{1,2}-$")
_MONTHS = 12
_HOURS = 24
_FIRST_HOUR = re.compile(
    r"(?<![\d.:/-])(\d{1,2})(?=(?:\s?uhr)?(?:-|\s(?:bis|to|until|till|tot|til|do|до)\s)(?:ca\.?\s)?\d{1,2}:\d{2})"
)
_OFFSET_LIKE = re.compile(r"(?<=\d:\d\d)-(?=\d)")
"""Hyphen between two times without spaces; otherwise the second would be read as a UTC offset."""
_HOURS_OF_ISO_DAY = re.compile(r"(?<=\d-\d\d ) ?(\d{1,2}:\d\d)-(\d{1,2}:\d\d)$")
_WAVE = re.compile(r"(?<=\d:\d\d)\s?[~〜]\s?(?=\d{1,2}:\d\d)")
"""Tilde between start and end, as in Korea and Japan: "15:00~17:00"."""
_HOUR_UNIT = re.compile(r"(?<![\d.:/-])(\d{1,2})\s?(?:óra(?:kor)?|val\.?)(?![^\W_])")
_MORNING = 6
_ABOUT = re.compile(
    r"(?<![^\W_])(?:ca|circa|etwa|gegen|approx|approximately|about|around|env|environ|vers|omstreeks|rond|около|"
    r"примерно|ок|um|à|a las|às)\.?\s(?=\d{1,2}:\d{2})"
)
_HOUR_WORD = re.compile(
    r"(?:ساعت|الساعة|kl\.?|klo|klokken|klockan|alle ore|ore|a las|às)\s+(\d{1,2})(?:[:.](\d{2}))?"
    r"(?![\d.:/-])(?!\s?[^\W\d_]{3})"
)
_HOURS_BEHIND_WORD = re.compile(
    r"(?<!\w)(?:kl\.?|klo|klokken|klockan|saat|godz\.?|um)\s?(\d{1,2})(?:[:.](\d{2}))?\s?-\s?(\d{1,2})(?:[:.](\d{2}))?(?![\d.:/-])"
)
_TWO_HOURS = re.compile(
    r"(?<![\d.:])(\d{1,2})\s?(?:-|bis|to|until|tot)\s?(\d{1,2})\s?(uhr|uur|[hu]|[ap]\.?m\.?)(?![^\W_])"
)
_NOON = re.compile(r"(?<!\w)(?:12\s?)?(?:noon|midday|mittags)(?!\w)")


def write_colons(folded: str) -> str:
    """Rewrite the times in a folded date with colons; days and months are unchanged.

    "18.30" after a date is a time, because there is no 30th month. "18.10" is a time only if a word or a unit says so,
    or if it is in a range with a time.
    """
    folded = _HOUR_UNIT.sub(lambda m: f"{m[1]}:00" if int(m[1]) <= _HOURS else m[0], _WAVE.sub("-", folded))
    found = [match for match in _TIME.finditer(folded) if int(match[1]) <= _HOURS]
    if found:
        sure = [_is_time(folded, match) for match in found]
        for one, two in (*_pairs(len(found)), *((b, a) for a, b in reversed(_pairs(len(found))))):
            first, last = sorted((one, two))
            joined = _SPAN.fullmatch(folded[found[first].end() : found[last].start()])
            sure[two] = sure[two] or (sure[one] and joined is not None)
        for match in [match for match, is_time in zip(found, sure, strict=True) if is_time][::-1]:
            folded = f"{folded[: match.start()]}{match[1]}:{match[2]}{folded[match.end() :]}"
        folded = _OFFSET_LIKE.sub(" - ", folded)
    return _HOURS_OF_ISO_DAY.sub(_with_dash, _FIRST_HOUR.sub(_with_minutes, folded))


def write_hours(folded: str) -> str:
    """Add minutes to hours that only a word marks as times: "kl 18-20" is "18:00 - 20:00", "noon" is "12:00"."""
    folded = _HOURS_BEHIND_WORD.sub(lambda m: f"{m[1]}:{m[2] or '00'} - {m[3]}:{m[4] or '00'}", folded)
    folded = _TWO_HOURS.sub(r"\1 \3 - \2 \3", folded)
    folded = _NOON.sub("12:00", _HOUR_WORD.sub(lambda m: f"{m[1]}:{m[2] or '00'}", folded))
    return _ABOUT.sub("", folded)


def _pairs(count: int) -> list[tuple[int, int]]:
    return [(at, at + 1) for at in range(count - 1)]


def _is_time(folded: str, match: re.Match[str]) -> bool:
    before = folded[: match.start()]
    if _UNIT.match(folded, match.end()) or _WORD_BEFORE.search(before):
        return True
    if _DAY_BEFORE.search(before) and int(match[1]) <= _MONTHS:
        return False  # "14.04.21 - 19-04.21"
    no_month = int(match[2]) == 0 or int(match[2]) > _MONTHS
    return no_month and _DATED.search(before) is not None


def _with_dash(match: re.Match[str]) -> str:
    """Rewrite "2022-03-12 14:00-17:00" as a range of hours; if it would end before it starts, it is a UTC offset."""
    is_span = int(match[1].partition(":")[0]) >= _MORNING and match[2].zfill(5) > match[1].zfill(5)
    return f"{match[1]} - {match[2]}" if is_span else match[0]


def _with_minutes(match: re.Match[str]) -> str:
    is_hour = int(match[1]) <= _HOURS and _DATED.search(match.string[: match.start()]) is not None
    return f"{match[1]}:00" if is_hour else match[0]
