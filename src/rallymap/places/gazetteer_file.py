"""Reading the gazetteer's file: a header, then named columns, each compressed."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from rallymap.errors import AssetError

#: The first bytes of the file.
MAGIC: Final = b"rallymap gazetteer 1\n"


def ends_of(lengths: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return where each of consecutive texts of these lengths ends, with a 0 before the first."""
    ends = np.zeros(len(lengths) + 1, np.uint32)
    np.cumsum(lengths, out=ends[1:], dtype=np.uint32)
    return ends


class FirstPostings:
    """The number of the first posting of each key, kept in 0.9 MB: of a million keys, 107 000 have several.

    Parameters
    ----------
    counts
        Postings of each key.
    """

    def __init__(self, counts: np.ndarray[Any, Any]) -> None:
        others = np.flatnonzero(counts != 1)
        self._others = others.astype(np.uint32)
        self._more = np.zeros(len(others) + 1, np.int32)
        np.cumsum(counts[others].astype(np.int32) - 1, out=self._more[1:])
        # As memory views, which give numbers of Python faster than arrays do.
        self._others_data, self._more_data = self._others.data, self._more.data

    def __getitem__(self, key: int) -> int:
        """Return the first posting of a key by its number; for the number of keys, the number of postings."""
        more: int = self._more_data[bisect_left(self._others_data, key)]
        return key + more

    def span(self, key: int) -> range:
        """Return the numbers of all postings of a key."""
        at = bisect_left(self._others_data, key)
        start: int = key + self._more_data[at]
        is_other = at < len(self._others_data) and self._others_data[at] == key
        return range(start, start + 1 + (self._more_data[at + 1] - self._more_data[at] if is_other else 0))

    def spans(self, keys: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Return the first postings of several keys and how many postings each has."""
        at = np.searchsorted(self._others, keys)
        more = self._more[at]
        is_other = self._others[np.minimum(at, len(self._others) - 1)] == keys
        return keys + more, 1 + np.where(is_other, self._more[np.minimum(at + 1, len(self._more) - 1)] - more, 0)


def read_columns(path: Path, wanted: Callable[[str], bool] = lambda _name: True) -> dict[str, Any]:
    """Read the columns whose names are wanted: arrays, or bytes where the header gives no type.

    Raises
    ------
    AssetError
        If the file is missing or damaged.
    """
    try:
        content = path.read_bytes()
        if not content.startswith(MAGIC):
            raise ValueError("not a gazetteer of this version")
        at = len(MAGIC) + 4
        size = int.from_bytes(content[len(MAGIC) : at], "little")
        header = json.loads(content[at : at + size])
        body = memoryview(content)[at + size :]
        columns: dict[str, Any] = {}
        for name, entry in header.items():
            if not wanted(name):
                continue
            raw = zlib.decompress(body[entry["at"] : entry["at"] + entry["size"]], bufsize=entry["raw"])
            columns[name] = np.frombuffer(raw, entry["dtype"]) if entry["dtype"] else raw
    except (OSError, ValueError, KeyError, zlib.error) as err:
        raise AssetError(
            "The list of place names that ships with rallymap is missing or damaged; reinstall rallymap.",
            detail=f"{path}: {err}",
        ) from err
    return columns
