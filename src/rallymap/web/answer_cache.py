"""Cache answers; one thread computes each, and viewers with the same request share it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

_OF_EACH: Final = 1_000
"""Bytes of an answer besides itself and its question, about."""


class AnswerCache:
    """The answers asked for last, up to a number of bytes; safe for threads.

    Parameters
    ----------
    most_bytes
        Limit for the size of all answers together, with their questions: anybody may ask short answers to long ones.
        The least recently used one is removed first.
    """

    def __init__(self, most_bytes: int = 32_000_000) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[Hashable, tuple[bytes, int]] = OrderedDict()
        self._working: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return the answer under `key`, made by `make` if it is not there; what `make` raises is passed on."""
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
        size = len(answer) + len(repr(key)) + _OF_EACH
        with self._lock:
            # Where the first thread failed, one that waited for it and one that came later have both made it.
            self._bytes += size - self._answers.pop(key, (b"", 0))[1]
            self._answers[key] = answer, size
            while self._bytes > self._most_bytes and len(self._answers) > 1:
                self._bytes -= self._answers.popitem(last=False)[1][1]
