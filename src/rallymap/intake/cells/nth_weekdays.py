"""Parse a day given by its weekday in the month: "first Sunday of May 2022", "1er domingo de abril 2023"."""

from __future__ import annotations

import calendar
import re
from datetime import date

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_stamps import UNREADABLE, ReadDate
from rallymap.intake.cells.month_names import month_of, weekdays_of

_ORDINALS = {
    1: """1 1st 1er 1ère 1re 1a 1o first erster ersten erste premier première primer primera primeiro primo prima första
    første eerste pierwsza pierwszy первое первый перша перший перше""",
    2: """2 2nd 2e 2ème 2a 2o second zweiter zweiten zweite deuxième segundo segunda secondo seconda andra andre tweede
    druga drugi второе второй друга другий""",
    3: """3 3rd 3e 3ème 3a 3o third dritter dritten dritte troisième tercer tercera terceiro terzo terza tredje derde
    trzecia trzeci третье третий третя третій""",
    4: """4 4th 4e 4ème 4a 4o fourth vierter vierten vierte quatrième cuarto cuarta quarto quarta fjärde fjerde vierde
    czwarta czwarty четвёртое четвертый четверта""",
    5: "5 5th 5e 5ème fifth fünfter fünften cinquième quinto quinta femte vijfde piąta piąty пятый п'ятий",
    -1: """last letzter letzten letzte dernier último última ultimo ultima sista siste sidste laatste ostatnia ostatni
    последнее последний остання останній""",
}
_ORDINAL = {word: number for number, words in _ORDINALS.items() for word in words.split()}
_NTH = re.compile(
    r"(?:the |am |on |le |el |il |den |de )?(?P<nth>[^\W_]+)[.º°]?\s(?P<weekday>[^\W\d_]+)\s"
    r"(?:of |in |im |des |de |del |du |d'|di |i |av |van |в )?(?P<month>[^\W\d_]+)\.?,?\s(?:de |del )?(?P<year>\d{4})"
)


def nth_weekday(folded: str) -> ReadDate | None:
    """Parse a cell that names a day by its weekday in the month; None for anything else."""
    match = _NTH.fullmatch(folded)
    nth = _ORDINAL.get(match["nth"]) if match is not None else None
    if match is None or nth is None:
        return None
    month, weekdays, year = month_of(match["month"]), weekdays_of(match["weekday"]), int(match["year"])
    if month is None or not 1 <= month <= 12 or len(weekdays) != 1 or not 1800 <= year <= 2199:
        return None
    length = calendar.monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).weekday() in weekdays]
    if nth > len(days):
        return ReadDate(remark=UNREADABLE)
    found = date(year, month, days[-1] if nth < 0 else days[nth - 1])
    return ReadDate(found, found, DatePrecision.DAY)
