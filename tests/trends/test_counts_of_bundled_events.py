"""Counts over the bundled events, compared with pandas on the events themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rallymap.query.filters import EventFilter
from rallymap.trends.crowds import sum_crowds
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.flows import count_flows
from rallymap.trends.over_time import UNITS, count_over_time, count_weekdays
from rallymap.trends.rankings import rank
from rallymap.workflows.services import Services

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
FILTERS = [EventFilter(), EventFilter(countries=("DE", "FR")), EventFilter(communities=("Ukraine",))]
SURE = ("minute", "day")


@pytest.fixture(scope="module", params=FILTERS, ids=["all", "two countries", "one community"])
def both(request: pytest.FixtureRequest, bundled: Services, frame: pd.DataFrame) -> tuple[FilteredRows, pd.DataFrame]:
    """The same events, as we count them and as a frame."""
    wanted: EventFilter = request.param
    if wanted.countries:
        frame = frame[frame["countries"].isin(wanted.countries)]
    if wanted.communities:
        frame = frame[frame["communities"].map(lambda names: not set(names).isdisjoint(wanted.communities))]
    return FilteredRows.of(bundled.keeper.current(), wanted), frame


@pytest.mark.slow
def test_all_events_are_there(bundled: Services, frame: pd.DataFrame) -> None:
    assert len(frame) == len(FilteredRows.of(bundled.keeper.current(), EventFilter())) == 674


@pytest.mark.parametrize("unit", UNITS)
def test_over_time(both: tuple[FilteredRows, pd.DataFrame], unit: str) -> None:
    chosen, frame = both
    over_time = count_over_time(chosen, unit)
    assert over_time is not None
    dated = frame.dropna(subset=["start"])
    first, last = (dated[name].dt.to_period(PERIODS[unit]) for name in ("start", "end"))
    fits = dated["precision"].isin(SURE) | (first == last)
    expected = first[fits].value_counts().sort_index()
    used = np.flatnonzero(over_time.counts[:, 0])
    starts = pd.to_datetime(over_time.bins.edges[:-1][used], unit="D")
    assert starts.to_period(PERIODS[unit]).tolist() == expected.index.tolist()
    assert over_time.counts[used, 0].tolist() == expected.tolist()
    assert over_time.coarse == int((~fits).sum())
    assert over_time.undated == int(frame["start"].isna().sum())


@pytest.mark.parametrize("facet", ["communities", "organisers", "publishers"])
def test_ranking_of_names(both: tuple[FilteredRows, pd.DataFrame], facet: str) -> None:
    chosen, frame = both
    expected = frame[facet].explode().dropna().value_counts().to_dict()
    ranking = rank(chosen, facet, 10_000)
    assert dict(ranking.counts) == expected
    assert ranking.without == int((frame[facet].map(len) == 0).sum())
    assert ranking.several == int((frame[facet].map(len) > 1).sum())


@pytest.mark.parametrize("facet", ["countries", "kinds", "cities"])
def test_ranking_of_values(both: tuple[FilteredRows, pd.DataFrame], facet: str) -> None:
    chosen, frame = both
    values = frame[facet] + ", " + frame["countries"] if facet == "cities" else frame[facet]
    expected = values[frame[facet] != ""].value_counts().to_dict()
    assert dict(rank(chosen, facet, 10_000).counts) == expected


def test_weekdays(both: tuple[FilteredRows, pd.DataFrame]) -> None:
    chosen, frame = both
    sure = frame[frame["precision"].isin(SURE)]
    expected = sure["start"].dt.day_of_week.value_counts().reindex(range(7), fill_value=0).tolist()
    assert list(count_weekdays(chosen).counts) == expected


def test_crowds(both: tuple[FilteredRows, pd.DataFrame]) -> None:
    chosen, frame = both
    crowds, known = sum_crowds(chosen), frame.dropna(subset=["low"])
    total = crowds.total
    assert (total.with_numbers, total.low, total.high, total.open_above, total.open_below) == (
        len(known),
        *(known[name].sum() for name in ("low", "high", "open_above", "open_below")),
    )
    years = known.groupby(known["start"].dt.year)
    assert {row.name: row.low for row in crowds.by_year if row.with_numbers} == {
        str(int(year)): int(some["low"].sum()) for year, some in years
    }


def test_flows(both: tuple[FilteredRows, pd.DataFrame]) -> None:
    chosen, frame = both
    flows = count_flows(chosen, 10_000, 10_000)
    pairs = frame.assign(city=frame["cities"] + ", " + frame["countries"]).explode("communities")
    expected = pd.crosstab(pairs["communities"], pairs["city"][pairs["cities"] != ""])
    found = pd.DataFrame(flows.counts, index=list(flows.communities), columns=list(flows.cities))
    for community in expected.index:
        for city in expected.columns[expected.loc[community] > 0]:
            assert found.loc[community, city] == expected.loc[community, city]
    assert flows.counts.sum() == expected.to_numpy().sum()
