"""LRU cache for results of a snapshot."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class Memory:
    """LRU cache of results; thread-safe.

    Parameters
    ----------
    max_results
        Maximum number of results; the least recently used is evicted first.
    """

    def __init__(self, max_results: int) -> None:
        self._max_results = max_results
        self._results: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> object | None:
        """Return the cached result for `key`, or None."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
            return self._results.get(key)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the cached result for `key`, or compute it with `make`; two threads may both compute it."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return cast(T, self._results[key])
        result = make()
        self.put(key, result)
        return result

    def put(self, key: Hashable, result: object) -> None:
        """Cache a result for `key`."""
        with self._lock:
            self._results[key] = result
            while len(self._results) > self._max_results:
                self._results.popitem(last=False)
