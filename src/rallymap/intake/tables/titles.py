"""Find the title of a table that has no column for it: descriptions as kinds, or texts below an unknown heading."""

from __future__ import annotations

import re
from dataclasses import replace

from rallymap.intake.cells.folding import is_missing
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE, fields_of_heading
from rallymap.intake.tables.layout import Table

_MOST = 0.8
_SOME = 0.5
_FEW = 0.1
_SEVERAL = 2
_LONG_KIND = 15
_SHORTEST, _LONGEST = 8, 120
_SAMPLE = 200
_WORD = re.compile(r"[^\W\d_]+")
_CAUSES = frozenset(
    "for against stop free freedom solidarity justice rights peace war support day anniversary remembrance no "
    "für gegen freiheit solidarität gerechtigkeit frieden krieg gedenken jahrestag "
    "pour contre non liberté solidarité justice soutien paix guerre anniversaire hommage "
    "por para contra libertad solidaridad justicia paz guerra apoyo aniversario "
    "liberdade solidariedade justiça pela pelo per contro libertà solidarietà giustizia pace "
    "voor tegen vrijheid solidariteit vrede mot för solidaritet frihet fred støtte stöd "
    "przeciw wolność solidarność dla rocznica pokój за против свобода свободу солидарность поддержку памяти мир війни "
    "проти свободу солідарність підтримку річниця пам мир "
    "برای علیه آزادی همبستگی حمایت یادبود سالگرد من ضد حرية تضامن دعم ذكرى "
    "için karşı özgürlük dayanışma adalet barış".split()
)
"""Words of the topics of protests in several languages."""


def with_title(table: Table, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns with a title, if the table has one under another name.

    A column for the kind counts if its values are descriptions ("Stand with Ukraine"). A column with an unknown heading
    counts if some of its texts name a kind of event ("Rally for Tibet") or a cause ("Freiheit für alle"), so that names
    of people do not.
    """
    if any(column.field.partition(":")[0] in ("title", "about") for column in columns):
        return columns
    found = next(filter(_describes_events, columns), None) or next(
        (column for column in columns if _is_open_text(table, column)), None
    )
    return tuple(replace(one, field="title", reason=one.reason or "values") if one is found else one for one in columns)


def _describes_events(column: Column) -> bool:
    looks = column.profile
    is_kind = column.field == "kind" and column.reason == "heading" and looks.filled >= _SEVERAL
    return is_kind and looks.distinct >= _MOST and looks.length >= _LONG_KIND and looks.kinds < _SOME


def _is_open_text(table: Table, column: Column) -> bool:
    looks = column.profile
    is_unknown = column.field == NOTE and not column.reason and column.position not in table.unnamed
    if not is_unknown or fields_of_heading(column.heading) or looks.filled < max(_SEVERAL, len(table.rows) * _SOME):
        return False
    if looks.distinct < _MOST or not _SHORTEST <= looks.length <= _LONGEST or looks.numbers + looks.dates > _FEW:
        return False
    texts = [cells[column.position] for _, cells in table.rows[:_SAMPLE] if column.position < len(cells)]
    texts = [text for text in texts if not is_missing(text)]
    named = sum(kind_in_title(text) is not None or _names_cause(text) for text in texts)
    return named * 4 >= len(texts) and named > 1


def _names_cause(text: str) -> bool:
    """Return whether a text of several words has one that is typical of the topic of a protest."""
    words = _WORD.findall(text.casefold())
    return len(words) >= _SEVERAL and not _CAUSES.isdisjoint(words)
