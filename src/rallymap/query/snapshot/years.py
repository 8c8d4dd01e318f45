"""Count events per year."""

from __future__ import annotations

from collections import Counter

import numpy as np

from rallymap.query.snapshot.columns import Columns


def count_by_year(columns: Columns) -> dict[int, int]:
    """Return the number of events per year, newest first; an event that may span two years counts in both."""
    dated = slice(columns.undated, None)
    first, last = (
        days[dated].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        for days in (columns.start, columns.end)
    )
    found: Counter[int] = Counter()
    spans, counts = (part.tolist() for part in np.unique(first << 32 | last, return_counts=True))
    for span, count in zip(spans, counts, strict=True):
        found.update(dict.fromkeys(range(span >> 32, (span & 0xFFFFFFFF) + 1), count))
    return dict(sorted(found.items(), reverse=True))
