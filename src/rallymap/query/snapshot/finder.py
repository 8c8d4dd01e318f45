"""Interface of full-text search for a snapshot; the database implements it."""

from __future__ import annotations

from functools import cached_property
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from rallymap.query.snapshot.columns import Columns
from rallymap.query.snapshot.memory import Memory

RANKED_KEPT: Final = 16
"""Number of rankings that are kept, of up to some thousand rows."""
Rows = npt.NDArray[np.int64]


class Finder(Protocol):
    """Full-text search in public events. Every text is a valid query."""

    def renew(self) -> None:
        """Update the index to what the public may see now; called before a snapshot applies a change."""

    def find(self, text: str) -> npt.NDArray[np.int64]:
        """Return the search ids of all events that contain the words of a text."""

    def rank(self, text: str, limit: int) -> npt.NDArray[np.int64]:
        """Return the search ids of the best matches, best first."""


class TextSearch:
    """Full-text search among the rows of a snapshot.

    Parameters
    ----------
    finder
        None if no event matches any text.
    """

    def __init__(self, columns: Columns, finder: Finder | None) -> None:
        self._columns = columns
        self._finder = finder
        self._ranked = Memory(RANKED_KEPT)

    def mask(self, text: str) -> npt.NDArray[np.bool_]:
        """Return which rows contain the words of a text."""
        if self._finder is None:
            return np.zeros(len(self._columns), np.bool_)
        ids = self._finder.find(text)
        is_found = np.zeros(len(self._row_of_id), np.bool_)
        is_found[ids[ids < len(is_found)]] = True
        is_found[0] = False  # id 0 is unused
        mask: npt.NDArray[np.bool_] = is_found[self._columns.search_id]
        return mask

    def best(self, text: str, limit: int) -> Rows:
        """Return the `limit` best matches for a text, best first."""
        finder = self._finder
        if finder is None:
            return np.empty(0, np.int64)
        # Ranking takes much longer than finding, and each click on a page asks for it again.
        return self._ranked.get((text, limit), lambda: self._rows_of(finder.rank(text, limit)))

    def _rows_of(self, ids: npt.NDArray[np.int64]) -> Rows:
        """Return the rows of search ids in the same order; unknown ids are left out."""
        rows = self._row_of_id[ids[ids < len(self._row_of_id)]]
        return rows[rows >= 0]

    @cached_property
    def _row_of_id(self) -> Rows:
        ids = self._columns.search_id
        rows = np.full(int(ids.max(initial=0)) + 1, -1, np.int64)
        rows[ids] = np.arange(len(ids))
        rows[0] = -1  # id 0 is unused
        return rows
