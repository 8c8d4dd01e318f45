"""A cache of answers: one thread computes each, and concurrent requests for the same answer share it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

_ENTRY_OVERHEAD: Final = 1_000
"""Approximate overhead in bytes per entry, besides its answer and key."""


class AnswerCache:
    """A least-recently-used cache of answers, limited by size; thread-safe.

    Parameters
    ----------
    most_bytes
        Maximum total size of answers and keys: short answers may have long keys. The least recently used answer is
        removed first.
    """

    def __init__(self, most_bytes: int = 32_000_000) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[Hashable, tuple[bytes, int]] = OrderedDict()
        self._working: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the answer for `key`, computed by `make` if it is not cached; errors of `make` are raised."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key][0]
            working = self._working.setdefault(key, threading.Lock())
        with working:
            with self._lock:
                if key in self._answers:
                    return self._answers[key][0]
            try:
                answer = make()
                self._keep(key, answer)
            finally:
                with self._lock:
                    self._working.pop(key, None)
        return answer

    def _keep(self, key: Hashable, answer: bytes) -> None:
        size = len(answer) + len(repr(key)) + _ENTRY_OVERHEAD
        with self._lock:
            # If the first thread failed, both a waiting thread and a later one may have computed it.
            self._bytes += size - self._answers.pop(key, (b"", 0))[1]
            self._answers[key] = answer, size
            while self._bytes > self._most_bytes and len(self._answers) > 1:
                self._bytes -= self._answers.popitem(last=False)[1][1]
