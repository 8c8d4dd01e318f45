"""Rows as the store returns them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rallymap.query.rows import EventRow

EPOCH = date(1970, 1, 1)


def day(text: str) -> int:
    """Return days since 1970-01-01."""
    return (date.fromisoformat(text) - EPOCH).days


@pytest.fixture
def row() -> Callable[..., EventRow]:
    """Create a row; the default is a rally in Oslo on 1 February 2020."""

    def make(event_id: str, start: str | None = "2020-02-01", end: str | None = None, **changes: Any) -> EventRow:
        first = None if start is None else day(start)
        made = EventRow(
            id=event_id,
            kind="rally",
            start_day=first,
            end_day=first if end is None else day(end),
            date_precision="unknown" if start is None else "day",
            lat=59.9127,
            lon=10.7461,
            location_precision="city",
            country="NO",
            status="held",
            organisers=("Committee",),
            communities=("Iran",),
            view_changes_at=None,
        )
        return made._replace(**changes)

    return make


@pytest.fixture
def seed(row: Callable[..., EventRow]) -> list[EventRow]:
    """The rallies of the bundled articles: one in 2018, six on a weekend, one in a month, one undated."""
    weekend = {"date_precision": "weekend", "end": "2020-02-02"}
    return [
        row("paris", "2018-06-30", lat=48.8534, lon=2.3488, country="FR"),
        row("ottawa", **weekend, lat=45.4112, lon=-75.6981, country="CA"),
        row("toronto", **weekend, lat=43.7064, lon=-79.3986, country="CA"),
        row("oslo", **weekend),
        row("gothenburg", **weekend, lat=57.7072, lon=11.9668, country="SE"),
        row("malmo", **weekend, lat=55.6059, lon=13.0007, country="SE"),
        row("aarhus", **weekend, lat=56.1567, lon=10.2108, country="DK"),
        row("parliament", "2022-06-01", "2022-06-30", date_precision="month", location_precision="venue"),
        row("bookstand", None, kind="exhibition"),
    ]
