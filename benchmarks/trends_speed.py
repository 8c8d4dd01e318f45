"""Measure the figures of the Trends page at a million events, compared with pandas on the same columns.

    python -m benchmarks.trends_speed [--events N] [--rounds N]

Times are medians in ms. "Filter" is the selection itself, then each figure of the page, then all of them together;
every round starts with a new snapshot and empty caches. pandas counts the same numbers with ``groupby`` on a frame with
categorical text columns, its fastest way; lists of names are exploded into separate rows once, before the clock starts.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from benchmarks.map_data import COMMUNITIES, FIRST_DAY, PRECISION_WEIGHTS, synthetic_columns
from rallymap.events import Kind
from rallymap.places.gazetteer import load_gazetteer
from rallymap.query.filters import EventFilter, days_since_epoch
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot
from rallymap.trends.crowds import sum_crowds
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.flows import count_flows
from rallymap.trends.over_time import count_over_time, count_weekdays
from rallymap.trends.rankings import rank

CHUNK = 100_000
FILTERS = {
    "all": EventFilter(),
    "20 years": EventFilter(period=(date(1995, 1, 1), date(2014, 12, 31))),
    "one community of 8": EventFilter(communities=("Tibet",)),
    "one country": EventFilter(countries=("DE",)),
}
FACETS = ("communities", "countries", "cities", "organisers", "kinds")


def event_rows(count: int) -> Iterator[list[EventRow]]:
    """Yield the synthetic events of the map's benchmark as rows, some with two publishers and a crowd."""
    columns = synthetic_columns(count)
    gazetteer = load_gazetteer()
    random = np.random.default_rng(2)
    kinds, precisions = [kind.value for kind in Kind], [precision.value for precision in PRECISION_WEIGHTS]
    first = days_since_epoch(FIRST_DAY)
    places = {int(at): (gazetteer.name(int(at)), gazetteer.country(int(at))) for at in np.unique(columns.city)}
    crowd = np.where(random.random(count) < 0.4, (random.lognormal(5, 1.5, count)).astype(int) + 1, -1).tolist()
    publishers = random.zipf(1.5, count) % 500
    spans = {"weekend": 1, "month": 27, "year": 364}
    for begin in range(0, count, CHUNK):
        some = []
        for n in range(begin, min(begin + CHUNK, count)):
            precision = precisions[columns.precision[n]]
            day = first + int(columns.day[n])
            name, country = places[int(columns.city[n])]
            people = crowd[n] if crowd[n] >= 0 else None
            some.append(
                EventRow(
                    f"synthetic-{n:07}", kinds[columns.kind[n]], day, day + spans.get(precision, 0), precision,
                    float(columns.lat[n]), float(columns.lon[n]), "venue" if columns.is_venue[n] else "city", country,
                    "held", (f"Committee {columns.organiser[n]}",), (COMMUNITIES[n % len(COMMUNITIES)],), None,
                    city=name, publishers=(f"Paper {publishers[n]}",), crowd_low=people,
                    crowd_high=people and people * 2, has_source=True,
                )
            )  # fmt: skip
        yield some


def frame_of(snapshot: Snapshot) -> pd.DataFrame:
    """Return the same columns as a pandas frame."""
    columns, dictionaries = snapshot.columns, snapshot.dictionaries
    start = columns.start.astype("datetime64[D]").astype("datetime64[s]")

    def texts(codes: np.ndarray, values: Sequence[str]) -> object:
        return pd.Categorical.from_codes(codes.astype(np.int64), pd.Index(list(values)))

    first_of = {
        name: [some[0] if some else "" for some in dictionary.values]  # noqa: PD011 - of a codebook
        for name, dictionary in (("communities", dictionaries.communities), ("organisers", dictionaries.organisers))
    }
    return pd.DataFrame(
        {
            "start": start,
            "kinds": texts(columns.kind, [kind.value for kind in Kind]),
            "countries": texts(columns.country, dictionaries.countries.values),
            "cities": texts(columns.city, dictionaries.cities.values),
            "communities": texts(columns.communities, first_of["communities"]),
            "organisers": texts(columns.organisers, first_of["organisers"]),
            "low": columns.crowd_low,
            "high": columns.crowd_high,
        }
    )


def ours(snapshot: Snapshot, event_filter: EventFilter) -> dict[str, Callable[[], object]]:
    """Return each figure of the page as a function."""
    chosen = FilteredRows.of(snapshot, event_filter)
    fresh = dataclasses.replace(snapshot)
    return {
        "filter": lambda: FilteredRows.of(fresh, event_filter),
        "events by month, split by community": lambda: count_over_time(chosen, "month", "communities"),
        **{f"by {facet}": partial(rank, chosen, facet, 15) for facet in FACETS},
        "by weekday": lambda: count_weekdays(chosen),
        "crowds, and by year": lambda: sum_crowds(chosen),
        "community to city": lambda: count_flows(chosen, 10, 12),
    }


def theirs(frame: pd.DataFrame, event_filter: EventFilter) -> dict[str, Callable[[], object]]:
    """Return the same figures with pandas."""

    def choose() -> pd.DataFrame:
        mask = np.ones(len(frame), bool)
        if event_filter.period:
            mask &= (
                frame["start"]
                .between(pd.Timestamp(event_filter.period[0]), pd.Timestamp(event_filter.period[1]))
                .to_numpy()
            )
        for facet in ("communities", "countries"):
            if getattr(event_filter, facet):
                mask &= frame[facet].isin(getattr(event_filter, facet)).to_numpy()
        return frame[mask]

    chosen = choose()

    def top(facet: str) -> object:
        return chosen.groupby(facet, observed=True).size().nlargest(15)

    def by_month() -> object:
        leaders = chosen.groupby("communities", observed=True).size().nlargest(6).index
        group = chosen["communities"].where(chosen["communities"].isin(leaders))
        return chosen.groupby([chosen["start"].dt.to_period("M"), group], observed=True, dropna=False).size()

    def crowds() -> object:
        known = chosen[chosen["low"] >= 0]
        return known.groupby(known["start"].dt.year)[["low", "high"]].sum()

    return {
        "filter": choose,
        "events by month, split by community": by_month,
        **{f"by {facet}": partial(top, facet) for facet in FACETS},
        "by weekday": lambda: chosen.groupby(chosen["start"].dt.day_of_week).size(),
        "crowds, and by year": crowds,
        "community to city": lambda: chosen.groupby(["communities", "cities"], observed=True).size(),
    }


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of several calls."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def _use_up(work: list[Callable[[], object]]) -> object:
    return work.pop()()


def main() -> None:
    """Print a line per figure and filter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    built = Snapshot.build(event_rows(options.events), 1)
    frame = frame_of(built)
    for label, event_filter in FILTERS.items():
        print(f"{label}: {len(FilteredRows.of(built, event_filter)):,} events of {options.events:,}")
        totals = [0.0, 0.0]
        for name, pandas_work in theirs(frame, event_filter).items():
            fresh = [ours(dataclasses.replace(built), event_filter)[name] for _ in range(options.rounds)]
            mine = median_ms(partial(_use_up, fresh), options.rounds)
            other = median_ms(pandas_work, options.rounds)
            totals = [totals[0] + mine, totals[1] + other]
            print(f"  {name:40} rallymap {mine:7.1f}   pandas {other:7.1f}")
        print(f"  {'all of them':40} rallymap {totals[0]:7.1f}   pandas {totals[1]:7.1f}   (wanted: 300)")


if __name__ == "__main__":
    main()
