"""Tables with hours and minutes in two neighbouring columns: "Hour: 9, Min: 30" is 9:30."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.lexicon import fold
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.layout import Table

JOINED_HOURS = "joined hours"
"""Fact about a table: the headings of its columns of hours and minutes."""
_HOURS = frozenset(
    map(
        fold,
        "h hh hr hrs hour hours stunde std stunden heure heures hora horas ora ore uur timme time timer tunti "
        "hod hodina godz godzina час часы годин година година saat ساعت الساعة ώρα óra oră 時 时 시".split(),
    )
)
_MINUTES = frozenset(
    map(
        fold,
        "m min mins mn minute minutes minuten minuto minutos minuti minuut minuter minutter minuutti "
        "minuta minuty мин минута минуты хв хвилина хвилини dakika dk دقیقه دقيقة λεπτά perc minut 分 분".split(),
    )
)
_MOST = frozenset(map(fold, "max maximum máx máximo massimo maks maksimum макс максимум 最大 최대".split()))
"""Words next to which "Min" is a smallest number."""
_HOUR, _MINUTE = re.compile(r"(?:[01]?\d|2[0-4])(?:\.0)?"), re.compile(r"[0-5]?\d(?:\.0)?")


def with_joined_hours(table: Table) -> Table | None:
    """Join each column of hours with the column of minutes behind it; None for other tables."""
    pairs = [at for at in range(len(table.header) - 1) if _is_pair(table, at)]
    if not pairs:
        return None
    rows: list[Row] = []
    for number, cells in table.rows:
        joined = list(cells)
        for at in pairs:
            if at + 1 < len(cells) and cells[at].strip():
                minutes = cells[at + 1].strip().removesuffix(".0") or "00"
                joined[at] = f"{cells[at].strip().removesuffix('.0')}:{minutes.zfill(2)}"
                joined[at + 1] = ""
        rows.append((number, tuple(joined)))
    columns = ", ".join(f"{table.header[at]}, {table.header[at + 1]}" for at in pairs)
    return replace(table, rows=rows, facts={**table.facts, JOINED_HOURS: columns})


def _is_pair(table: Table, at: int) -> bool:
    first, second = (_last_word(table.header[at]), _last_word(table.header[at + 1]))
    if first not in _HOURS or second not in _MINUTES:
        return False
    others = [fold(heading).split() for position, heading in enumerate(table.header) if position not in (at, at + 1)]
    if any(not _MOST.isdisjoint(words) for words in others):
        return False  # "Hour, Min, Max" are a time and the bounds of a number
    if len(second) == 1 and second.isascii() and len(first) == 1:
        return False  # "H, M" are men and women
    hours, minutes = _values(table, at), _values(table, at + 1)
    return bool(hours and minutes) and all(map(_HOUR.fullmatch, hours)) and all(map(_MINUTE.fullmatch, minutes))


def _last_word(heading: str) -> str:
    return next(reversed(fold(heading).split()), "")


def _values(table: Table, at: int) -> Sequence[str]:
    return [cells[at].strip() for _, cells in table.rows[:2000] if at < len(cells) and cells[at].strip()]
