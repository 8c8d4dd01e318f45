"""Skip rows that cannot be parsed, so that one of them does not break a list or the map."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from rallymap.errors import DamagedEventError

log = logging.getLogger(__name__)
Row = TypeVar("Row")
Value = TypeVar("Value")


def readable(rows: Iterable[Row], build: Callable[[Row], Value]) -> Iterator[Value]:
    """Build a value from each row; skip and log damaged rows.

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
