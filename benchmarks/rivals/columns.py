"""The synthetic events as columns, read once per process and drawn by every rival."""

from __future__ import annotations

import os
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import numpy as np

EPOCH = date(1970, 1, 1)
STEP_DAYS = 92
"""Step of the slider: large enough that even with a thousand events some appear or disappear."""

HEIGHT_PX = 640
"""Height of the map, as in rallymap."""


class Columns(NamedTuple):
    """Points and days of events; days count from 1970-01-01, both ends inclusive."""

    lat: np.ndarray
    lon: np.ndarray
    start_day: np.ndarray
    end_day: np.ndarray

    def within(self, first: date, last: date) -> tuple[np.ndarray, np.ndarray]:
        """Return latitudes and longitudes of the events that overlap a period."""
        chosen = (self.start_day <= (last - EPOCH).days) & (self.end_day >= (first - EPOCH).days)
        return self.lat[chosen], self.lon[chosen]

    def bounds(self) -> tuple[date, date]:
        """Return the first and the last day of all."""
        return EPOCH + timedelta(days=int(self.start_day.min())), EPOCH + timedelta(days=int(self.end_day.max()))


@cache
def read_columns() -> Columns:
    """Read the file named by ``RIVAL_EVENTS``."""
    with np.load(os.environ["RIVAL_EVENTS"]) as file:
        return Columns(*(file[name] for name in Columns._fields))
