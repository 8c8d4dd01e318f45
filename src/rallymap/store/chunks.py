"""Split long lists of ids into chunks that fit one SQL statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
CHUNK_SIZE = 1_000


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield chunks of at most a thousand items, in order."""
    for start in range(0, len(items), CHUNK_SIZE):
        yield items[start : start + CHUNK_SIZE]
