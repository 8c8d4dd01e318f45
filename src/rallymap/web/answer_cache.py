"""Cache answers; one thread computes each, and viewers with the same request share it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable


class AnswerCache:
    """The answers asked for last, up to a number of bytes; safe for threads.

    Parameters
    ----------
    most_bytes
        Limit for the size of all answers together; the least recently used one is removed first.
    """

    def __init__(self, most_bytes: int = 32_000_000) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[Hashable, bytes] = OrderedDict()
        self._working: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the answer under `key`, made by `make` if it is not there; what `make` raises is passed on."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
            working = self._working.setdefault(key, threading.Lock())
        with working:
            with self._lock:
                if key in self._answers:
                    return self._answers[key]
            try:
                answer = make()
                self._keep(key, answer)
            finally:
                with self._lock:
                    self._working.pop(key, None)
        return answer

    def _keep(self, key: Hashable, answer: bytes) -> None:
        with self._lock:
            self._answers[key] = answer
            self._bytes += len(answer)
            while self._bytes > self._most_bytes and len(self._answers) > 1:
                self._bytes -= len(self._answers.popitem(last=False)[1])
