"""Read the gazetteer's file: a header, then named columns, each compressed."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from rallymap.errors import AssetError

#: The first bytes of the file.
MAGIC: Final = b"rallymap gazetteer 1\n"
_BLOCK: Final = 128  # keys
#: Sorts after every text in UTF-8.
AFTER_ALL: Final = b"\xff"


def ends_of(lengths: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return where each of consecutive texts of these lengths ends, with a 0 before the first."""
    ends = np.zeros(len(lengths) + 1, np.uint32)
    np.cumsum(lengths, out=ends[1:], dtype=np.uint32)
    return ends


class Keys:
    """The sorted keys of all names as one text, with where each begins kept in 2.2 MB.

    Parameters
    ----------
    text
        The keys one after another, as UTF-8.
    lengths
        Of each key, in bytes.
    """

    def __init__(self, text: bytes, lengths: np.ndarray[Any, Any]) -> None:
        self._text = text
        self._count = len(lengths)
        blocks = -(-len(lengths) // _BLOCK)
        padded = np.zeros(blocks * _BLOCK, np.uint8)
        padded[: len(lengths)] = lengths
        # Of each block the starts of its keys from its own start, and the end of the last one.
        offsets = np.zeros((blocks, _BLOCK + 1), np.uint16)
        np.cumsum(padded.reshape(blocks, _BLOCK), axis=1, dtype=np.uint16, out=offsets[:, 1:])
        self._starts = ends_of(offsets[:, -1]).data
        self.offsets = offsets.reshape(-1)
        self._offsets = self.offsets.data
        # A few keys as a list spare most steps of a search, each of which would run Python code.
        self._some = [self[number] for number in range(0, len(lengths), _BLOCK)]

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> bytes:
        """Return the key with this number."""
        block = number // _BLOCK
        start, at = self._starts[block], number + block
        return self._text[start + self._offsets[at] : start + self._offsets[at + 1]]

    def sizes(self, numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return how many bytes the keys with these numbers have."""
        at = numbers + numbers // _BLOCK
        sizes: np.ndarray[Any, Any] = self.offsets[at + 1] - self.offsets[at]
        return sizes

    def find(self, key: bytes) -> int | None:
        """Return the number of a key; None if there is none like it."""
        block = bisect_right(self._some, key) - 1
        if block < 0:
            return None
        offsets, first = self._offsets, block * (_BLOCK + 1)
        count = min(_BLOCK, self._count - block * _BLOCK)
        text = self._text[self._starts[block] : self._starts[block] + offsets[first + count]]
        here = range(first, first + count)
        at = bisect_left(here, key, key=lambda at: text[offsets[at] : offsets[at + 1]])
        is_found = at < count and text[offsets[first + at] : offsets[first + at + 1]] == key
        return block * _BLOCK + at if is_found else None

    def with_prefix(self, prefix: bytes) -> range:
        """Return the numbers of all keys that begin with a text."""
        count = range(self._count)
        low = bisect_left(count, prefix, key=self.__getitem__)
        return range(low, bisect_left(count, prefix + AFTER_ALL, lo=low, key=self.__getitem__))


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
