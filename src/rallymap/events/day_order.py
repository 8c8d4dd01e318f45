"""Sort events within each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import groupby
from typing import Protocol, TypeVar

from rallymap.dates import EventDate


class Timed(Protocol):
    """An event, or the row of an event in a list."""

    @property
    def when(self) -> EventDate:
        """When the event takes place."""


T = TypeVar("T", bound=Timed)


def in_order_of_time(events: Sequence[T], *, oldest_first: bool) -> list[T]:
    """Sort `events`, already in order of days, by time within each day; events without a time come last."""
    ordered: list[T] = []
    for _, day in groupby(events, lambda event: event.when.start):
        together = list(day)
        timed = sorted(
            (event for event in together if event.when.start_time is not None),
            key=lambda event: event.when.start_time or time.min,
            reverse=not oldest_first,
        )
        ordered += [*timed, *(event for event in together if event.when.start_time is None)]
    return ordered
