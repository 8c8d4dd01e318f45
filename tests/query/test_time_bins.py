from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.query.time_bins import choose_bins
from tests.query.conftest import day

EPOCH = date(1970, 1, 1)


def as_dates(edges: np.ndarray) -> list[str]:
    return [(EPOCH + timedelta(days=int(edge))).isoformat() for edge in edges]


@pytest.mark.parametrize(
    ("last", "unit", "first_edges"),
    [
        ("2020-01-20", "day", ["2020-01-15", "2020-01-16"]),
        ("2020-03-20", "week", ["2020-01-13", "2020-01-20"]),
        ("2020-12-20", "month", ["2020-01-01", "2020-02-01"]),
        ("2022-12-20", "quarter", ["2020-01-01", "2020-04-01"]),
        ("2030-12-20", "year", ["2020-01-01", "2021-01-01"]),
    ],
)
def test_bins_are_as_fine_as_the_limit_allows(last: str, unit: str, first_edges: list[str]) -> None:
    bins = choose_bins((day("2020-01-15"), day(last)), 12)
    assert (bins.unit, as_dates(bins.edges[:2])) == (unit, first_edges)


@given(st.integers(-62_000, 80_000), st.integers(0, 80_000), st.sampled_from([12, 60, 500]))
def test_bins_cover_all_days_in_ascending_order(first: int, length: int, max_bins: int) -> None:
    bins = choose_bins((first, first + length), max_bins)
    assert bins.edges[0] <= first
    assert bins.edges[-1] > first + length
    assert bins.edges[-2] <= first + length
    assert (np.diff(bins.edges) > 0).all()
    assert len(bins) <= max_bins or bins.unit == "year"
