"""Parse durations: "2 h", "1h 30min", "90 Minuten", "1:30", "PT2H"."""

from __future__ import annotations

import re
from datetime import timedelta

from rallymap.intake.lexicon import fold

_DAY = timedelta(days=1)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?")
_ISO = re.compile(r"pt(?:(\d+)h)?(?:(\d+)m)?(?:0+s)?")
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?")
_JOINING = re.compile(r"[\s,+&]*(?:(?<!\w)(?:and|und|et|y|e|en|og|och|i|a|и|і|та|و|ve)(?!\w))?\s*")
_HOURS = frozenset(
    "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur uren u tim timme timmar time timer t "
    "godz godzina godziny godzin hod hodina hodiny hodin ч час часа часов год година години годин гадзіна гадзіны "
    "ساعت ساعة ساعات saat sa 小时 小時 時間 시간 óra tunti tuntia ώρα ώρες שעה שעות".split()
)
_MINUTES = frozenset(
    "m min mins minute minutes minuten minuti minutos minuto minuter minutter minut minuty minuta "
    "мин минут минуты минута хв хвилин хвилини хвилина хв. دقیقه دقيقة دقائق dk dakika 分 分钟 分鐘 분 perc minuuttia "
    "דקות λεπτά".split()
)


def read_duration(text: str, heading: str = "") -> timedelta | None:
    """Parse the duration of an event, greater than zero and less than a day; None if there is none.

    Parameters
    ----------
    text
        The cell.
    heading
        Heading of the column: "Duration (hours)" gives the unit of plain numbers, which are ignored without a unit.
    """
    plain = text.strip().casefold().replace("½", ".5").replace(" .5", ".5")
    if re.fullmatch(r"\d+(?:[.,]\d+)?", plain):
        plain = f"{plain} {fold(heading).rpartition(' ')[2]}"
    if (clock := _CLOCK.fullmatch(plain.removesuffix(" h"))) is not None:
        found = timedelta(hours=int(clock[1]), minutes=int(clock[2]))
    elif (iso := _ISO.fullmatch(plain)) is not None:
        found = timedelta(hours=int(iso[1] or 0), minutes=int(iso[2] or 0))
    else:
        found = _of_parts(plain)
    return found if timedelta() < found < _DAY else None


def _of_parts(text: str) -> timedelta:
    """Return the sum of numbers with units ("1h 30min", "2 h 15"); zero if any word is not a unit."""
    found, at = timedelta(), 0
    while (part := _PART.match(text, at)) is not None:
        number = float(part[1].replace(",", "."))
        if number > 24 * 60:
            return timedelta()
        if part[2] in _HOURS and not found:
            found += timedelta(hours=number)
        elif part[2] in _MINUTES:
            found += timedelta(minutes=number)
        else:
            return timedelta()
        joining = _JOINING.match(text, part.end())
        at = joining.end() if joining is not None else part.end()
    rest = text[at:].strip(" .")
    if rest and found and re.fullmatch(r"[0-5]\d", rest):
        return found + timedelta(minutes=int(rest))  # "1h30"
    return timedelta() if rest else found
