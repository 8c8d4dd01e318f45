"""Dictionary encoding of names, ids and points as integers; snapshots share the dictionaries, which only grow.

A snapshot contains only codes that were assigned before it was built, so readers need no lock while values are
appended.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=Hashable)
IntArray = npt.NDArray[np.int32]


class Dictionary(Generic[T]):
    """Dictionary encoding of the distinct values of one column, with codes from 0 in order of first occurrence."""

    def __init__(self, values: Iterable[T] = ()) -> None:
        self.values: list[T] = []
        self._codes: dict[T, int] = {}
        self.encode(tuple(values))

    def encode(self, column: Sequence[T]) -> IntArray:
        """Return the codes of `column`, assigning new ones to new values."""
        for value in set(column).difference(self._codes):
            self._codes[value] = len(self.values)
            self.values.append(value)
        return np.fromiter(map(self._codes.__getitem__, column), np.int32, len(column))

    def find(self, value: T) -> int:
        """Return the code of `value`, or -1 if it is unknown."""
        return self._codes.get(value, -1)


class NamesDictionary(Dictionary[tuple[str, ...]]):
    """Dictionary encoding of the distinct name lists of one column, such as an event's organisers."""

    def __init__(self) -> None:
        self._names = Dictionary[str]()
        self._by_folded: dict[str, list[str]] = {}
        self._flattening = threading.Lock()
        self._flat: tuple[IntArray, IntArray] = (np.empty(0, np.int32), np.empty(0, np.int32))
        super().__init__(((),))

    def totals_of_names(self, totals: npt.NDArray[np.int64]) -> dict[str, int]:
        """Return the number of events per name, given the number per list; a list counts for each of its names."""
        with self._flattening:
            lists, names = self._flattened(len(totals))
        counts = np.bincount(names, totals[lists], minlength=1).astype(np.int64)
        return {self._names.values[at]: int(counts[at]) for at in np.flatnonzero(counts).tolist()}

    def spellings(self, name: str) -> list[str]:
        """Return the name if it exists with this spelling, otherwise the names that differ only in case."""
        with self._flattening:
            self._flattened(len(self.values))
            return self._spelled(name)

    def numbers_with(self, wanted: Collection[str]) -> npt.NDArray[np.bool_]:
        """Return for each list whether it has one of the `wanted` names; for unknown names, case is ignored."""
        has_one = np.zeros(len(self.values), np.bool_)
        with self._flattening:
            lists, names = self._flattened(len(has_one))
            chosen = [self._names.find(spelling) for name in wanted for spelling in self._spelled(name)]
        has_one[lists[np.isin(names, chosen)]] = True
        return has_one

    def _spelled(self, name: str) -> list[str]:
        return [name] if self._names.find(name) >= 0 else list(self._by_folded.get(name.casefold(), ()))

    def _flattened(self, count: int) -> tuple[IntArray, IntArray]:
        """Return the names of the first `count` lists as two arrays: codes of lists and codes of names."""
        lists, names = self._flat
        done = int(lists[-1]) + 1 if len(lists) else 1  # list 0 is the empty one
        fresh = self.values[done:count]
        if fresh:
            lengths = np.fromiter(map(len, fresh), np.int32, len(fresh))
            new_lists = np.repeat(np.arange(done, done + len(fresh), dtype=np.int32), lengths)
            seen = len(self._names.values)
            new_names = self._names.encode([name for names in fresh for name in names])
            for name in self._names.values[seen:]:
                self._by_folded.setdefault(name.casefold(), []).append(name)
            lists, names = np.concatenate((lists, new_lists)), np.concatenate((names, new_names))
            self._flat = lists, names
        within = np.searchsorted(lists, count)
        return lists[:within], names[:within]


class IdBuffer:
    """Store of ids as bytes in one buffer: a million Python strings would take three times the memory."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def add(self, ids: Sequence[str]) -> npt.NDArray[np.uint32]:
        """Append ids of at most 255 ASCII characters each, and return the offset of each."""
        packed = [bytes((len(id_),)) + id_.encode("ascii") for id_ in ids]
        lengths = np.fromiter(map(len, packed), np.int64, len(packed))
        refs = len(self._buffer) + np.concatenate(([0], np.cumsum(lengths)[:-1])) if packed else np.empty(0)
        self._buffer += b"".join(packed)
        return refs.astype(np.uint32)

    def read(self, refs: Iterable[int]) -> list[str]:
        """Return the ids at the offsets `refs`."""
        buffer = self._buffer
        return [buffer[ref + 1 : ref + 1 + buffer[ref]].decode("ascii") for ref in refs]


class Points:
    """Distinct points of events, as positions on the Web Mercator square.

    Attributes
    ----------
    x, y
        Coordinates of each point; the world is ``2**30`` units wide; y increases to the south.
    """

    def __init__(self, x: IntArray, y: IntArray) -> None:
        self.x = x
        self.y = y

    @classmethod
    def of(cls, x: IntArray, y: IntArray) -> tuple[Points, IntArray]:
        """Return the distinct points of the given ones, and the index of each given point among them."""
        keys, numbers = np.unique(x.astype(np.int64) << 32 | y, return_inverse=True)
        points = cls((keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32))
        return points, numbers.astype(np.int32)

    def with_points(self, x: IntArray, y: IntArray) -> tuple[Points, IntArray]:
        """Return these points with others added, and the indices of the others."""
        numbers = np.empty(len(x), np.int32)
        xs, ys = self.x, self.y
        for i in range(len(x)):
            found = np.flatnonzero((xs == x[i]) & (ys == y[i]))
            if not len(found):
                found = np.array([len(xs)])
                xs, ys = np.append(xs, x[i]), np.append(ys, y[i])
            numbers[i] = found[0]
        return Points(xs, ys), numbers
