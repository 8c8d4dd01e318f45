"""Dictionary encoding of names, ids and points as small numbers; snapshots share the dictionaries, which only grow.

A snapshot never holds a number that was given after it was built, so appending needs no lock for readers.
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
    """Numbers the distinct values of one column, from 0 in order of first sight."""

    def __init__(self, values: Iterable[T] = ()) -> None:
        self.values: list[T] = []
        self._codes: dict[T, int] = {}
        self.encode(tuple(values))

    def encode(self, column: Sequence[T]) -> IntArray:
        """Return the numbers of `column`, giving new ones where needed."""
        for value in set(column).difference(self._codes):
            self._codes[value] = len(self.values)
            self.values.append(value)
        return np.fromiter(map(self._codes.__getitem__, column), np.int32, len(column))

    def find(self, value: T) -> int:
        """Return the number of `value`, or -1 where it was never seen."""
        return self._codes.get(value, -1)


class NamesDictionary(Dictionary[tuple[str, ...]]):
    """Numbers the distinct lists of names of one column, such as the organisers of an event."""

    def __init__(self) -> None:
        self._names = Dictionary[str]()
        self._by_folded: dict[str, list[str]] = {}
        self._flattening = threading.Lock()
        self._flat: tuple[IntArray, IntArray] = (np.empty(0, np.int32), np.empty(0, np.int32))
        super().__init__(((),))

    def totals_of_names(self, totals: npt.NDArray[np.int64]) -> dict[str, int]:
        """Return how many events have each name, from how many have each list; a list counts for all its names."""
        with self._flattening:
            lists, names = self._flattened(len(totals))
        counts = np.bincount(names, totals[lists], minlength=1).astype(np.int64)
        return {self._names.values[at]: int(counts[at]) for at in np.flatnonzero(counts).tolist()}

    def spellings(self, name: str) -> list[str]:
        """Return the name if there is one spelled so, else those that differ in capitals only."""
        with self._flattening:
            self._flattened(len(self.values))
            return self._spelled(name)

    def numbers_with(self, wanted: Collection[str]) -> npt.NDArray[np.bool_]:
        """Return, for each list, whether it has one of the `wanted` names; where none is spelled so, in any case."""
        has_one = np.zeros(len(self.values), np.bool_)
        with self._flattening:
            lists, names = self._flattened(len(has_one))
            chosen = [self._names.find(spelling) for name in wanted for spelling in self._spelled(name)]
        has_one[lists[np.isin(names, chosen)]] = True
        return has_one

    def _spelled(self, name: str) -> list[str]:
        return [name] if self._names.find(name) >= 0 else list(self._by_folded.get(name.casefold(), ()))

    def _flattened(self, count: int) -> tuple[IntArray, IntArray]:
        """Return the names of the first `count` lists: two arrays, the number of the list and that of the name."""
        lists, names = self._flat
        done = int(lists[-1]) + 1 if len(lists) else 1  # the first list is the empty one
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
    """Keeps ids as bytes in one buffer: a million ids as Python strings would take three times the memory."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def add(self, ids: Sequence[str]) -> npt.NDArray[np.uint32]:
        """Keep ids of at most 255 ASCII letters each, and return where each begins."""
        packed = [bytes((len(id_),)) + id_.encode("ascii") for id_ in ids]
        lengths = np.fromiter(map(len, packed), np.int64, len(packed))
        refs = len(self._buffer) + np.concatenate(([0], np.cumsum(lengths)[:-1])) if packed else np.empty(0)
        self._buffer += b"".join(packed)
        return refs.astype(np.uint32)

    def read(self, refs: Iterable[int]) -> list[str]:
        """Return the ids that begin at `refs`."""
        buffer = self._buffer
        return [buffer[ref + 1 : ref + 1 + buffer[ref]].decode("ascii") for ref in refs]


class Points:
    """The distinct points of events, as positions on the Web Mercator square.

    Attributes
    ----------
    x, y
        Of each point, in units of which the world has ``2**30``; y grows to the south.
    """

    def __init__(self, x: IntArray, y: IntArray) -> None:
        self.x = x
        self.y = y

    @classmethod
    def of(cls, x: IntArray, y: IntArray) -> tuple[Points, IntArray]:
        """Return the distinct ones of the points given, and for each given point its number among them."""
        keys, numbers = np.unique(x.astype(np.int64) << 32 | y, return_inverse=True)
        points = cls((keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32))
        return points, numbers.astype(np.int32)

    def with_points(self, x: IntArray, y: IntArray) -> tuple[Points, IntArray]:
        """Return these points with some more, and the numbers of those."""
        numbers = np.empty(len(x), np.int32)
        xs, ys = self.x, self.y
        for i in range(len(x)):
            found = np.flatnonzero((xs == x[i]) & (ys == y[i]))
            if not len(found):
                found = np.array([len(xs)])
                xs, ys = np.append(xs, x[i]), np.append(ys, y[i])
            numbers[i] = found[0]
        return Points(xs, ys), numbers
