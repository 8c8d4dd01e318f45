"""Rows that cannot be read: one of them must not take a list, or the whole map, from everybody."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from rallymap.errors import DamagedEventError

log = logging.getLogger(__name__)
Row = TypeVar("Row")
Value = TypeVar("Value")


def readable(rows: Iterable[Row], build: Callable[[Row], Value]) -> Iterator[Value]:
    """Build a value from each row, leaving out those that are damaged; each of these is a line in the log.

    Parameters
    ----------
    build
        Raises DamagedEventError for a row that cannot be read.
    """
    for row in rows:
        try:
            value = build(row)
        except DamagedEventError as err:
            log.error("An event is left out: %s", err)
        else:
            yield value
