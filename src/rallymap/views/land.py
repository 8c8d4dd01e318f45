"""Country outlines as points, from the base map's file; `tools/build_basemap.py` documents the format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from rallymap.assets import read_asset

Ring = tuple[tuple[float, float], ...]
"""Points of an outline: x (east) and y (south) on the Web Mercator square, 0 to 1."""


@cache
def read_land(name: str = "land/land-110m.bin") -> tuple[Ring, ...]:
    """Return all outlines in a file.

    Raises
    ------
    AssetError
        If the file is missing.
    """
    numbers = _Numbers(read_asset(name))
    size = 2.0 ** next(numbers)
    arcs = [_arc(numbers, size) for _ in range(next(numbers))]
    rings: list[Ring] = []
    for _ in range(next(numbers)):
        numbers.skip(2)  # the country's code
        rings += [_joined([numbers.signed() for _ in range(next(numbers))], arcs) for _ in range(next(numbers))]
    return tuple(rings)


class _Numbers(Iterator[int]):
    """Variable-length integers of 7 bits per byte, lowest first; the highest bit means that another byte follows."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def __next__(self) -> int:
        value = shift = 0
        while True:
            byte = self._content[self._at]
            self._at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def signed(self) -> int:
        value = next(self)
        return -((value + 1) >> 1) if value & 1 else value >> 1

    def skip(self, count: int) -> None:
        self._at += count


def _arc(numbers: _Numbers, size: float) -> Ring:
    points, x, y = [], 0, 0
    for _ in range(next(numbers) >> 1):
        x += numbers.signed()
        y += numbers.signed()
        points.append((x / size, y / size))
    return tuple(points)


def _joined(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Join arcs to a ring; arcs with a negative number are reversed."""
    parts = (arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers)
    return tuple(point for part in parts for point in part)
