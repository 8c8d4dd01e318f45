"""Lists of people who signed up, which are never read, even if each row contains an event and a day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallymap.intake.lexicon import fold
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table

_PERSON = re.compile(
    r"name\b|\bnom\b|apellido|nombre y|nome\b|cognome|imię|nazwisko|имя|фамилия|фио|ім я|прізвище|піб|navn|namn|naam|"
    r"soyad|jméno|příjmení|név|nimi|επώνυμο|nume\b|نام|الاسم|العائلة|姓名|氏名|성명|שם"
)
_WHAT = frozenset(
    "title kind venue time start_time crowd crowd_actual crowd_registered crowd_low status topics about start".split()
)
"""Fields that describe something that happened."""
_EVENT = frozenset({"title", "date", "start", "city", "place", "venue"})


def lists_people(table: Table, columns: Sequence[Column]) -> bool:
    """Return whether most rows of a table are people with names and addresses at an event that other rows repeat."""
    contacts = [column for column in columns if column.field == "contact"]
    names = [column for column in contacts if _PERSON.search(fold(column.heading))]
    if not names or len(names) == len(contacts):
        return False
    if len(names) > 1 and not any(column.field in _WHAT for column in columns):
        return True  # first and last names, a town and the day of joining
    events = [column.position for column in columns if column.field in _EVENT]
    some = [tuple(cells[at] if at < len(cells) else "" for at in events) for _, cells in table.rows[:2000]]
    return len(some) > 1 and len(set(some)) * 2 <= len(some)
