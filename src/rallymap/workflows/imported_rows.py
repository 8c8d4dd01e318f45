"""Results of all imported rows as a public figure: numbers only, no file names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from rallymap.language import tr, trc
from rallymap.trends.figures import Figure
from rallymap.trends.labels import share_in_words
from rallymap.workflows.import_plan import OUTCOME_LABELS, RowOutcome

GIVES_NO_EVENT: Final = (RowOutcome.TAKEN_DOWN, RowOutcome.NOT_AN_EVENT)


def figure_of_imported_rows(counts: Iterable[Mapping[str, int]]) -> Figure | None:
    """Sum rows by result; None if no row was imported.

    Parameters
    ----------
    counts
        Rows by result for each import.
    """
    found: Counter[str] = Counter()
    for one in counts:
        found.update(one)
    total = sum(found[outcome] for outcome in RowOutcome)
    if not total:
        return None
    rows = tuple(
        (trc("what becomes of a row", OUTCOME_LABELS[outcome]), found[outcome])
        for outcome in RowOutcome
        if found[outcome]
    )
    # Translators: {part} is a number of rows of a table, "12 of 40 (30 %)".
    sentence = tr(
        "Rows of imported tables that gave no event: {part}.",
        part=share_in_words(sum(found[outcome] for outcome in GIVES_NO_EVENT), total),
    )
    columns = (trc("what becomes of a row", "Outcome"), trc("of a table", "Rows"))
    return Figure(columns, rows, sentence, tr("Imports that were undone do not count."))
