"""Completeness of the selected events, their coverage by country and year, and contradictions between sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from rallymap.dates import DatePrecision
from rallymap.events import CoverageEntry, LocationPrecision
from rallymap.language import isolated, mark, percent, tr
from rallymap.query.snapshot.columns import DATE_PRECISIONS, NO_CROWD, PLACE_PRECISIONS
from rallymap.query.time_bins import bins_of_unit
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.rankings import rank

EPOCH: Final = date(1970, 1, 1)
FAR_APART: Final = 2
"""Ratio of the highest to the lowest estimate from which estimates of a crowd contradict each other."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of all events have a property; `name` is translated by ``tr``."""

    name: str
    count: int
    of: int

    @property
    def percent(self) -> str:
        """The formatted share: never "0 %" if there are any, nor "100 %" if some are missing."""
        rounded = round(100 * self.count / self.of) if self.of else 0
        if self.count and not rounded:
            return isolated(tr("under {percent}", percent=percent(0.01)))
        if rounded == 100 and self.count < self.of:
            return isolated(tr("over {percent}", percent=percent(0.99)))
        return percent(rounded / 100)


def rate_quality(chosen: FilteredRows) -> tuple[Share, ...]:
    """Return the shares of selected events with a known day, place, organiser, crowd and source."""
    total = len(chosen)
    dates, places = chosen.column("date_precision"), chosen.column("place_precision")
    low, high = chosen.column("crowd_low").astype(np.int64), chosen.column("crowd_high")
    known = low != NO_CROWD
    # A single "more than 300" or "up to 300" has one end only.
    is_open = chosen.column("crowd_open_below") | chosen.column("crowd_open_above")
    has_both_ends = known & (~is_open | (high > low))
    undated = _is(dates, DATE_PRECISIONS, DatePrecision.UNKNOWN)
    day = chosen.knows_day
    online = int(np.count_nonzero(chosen.column("is_online_without_place")))
    organisers, publishers = (chosen.names_of(facet) for facet in ("organisers", "publishers"))

    def named(facet: str, lists: list[tuple[str, ...]]) -> int:
        counts = chosen.per_list(facet)
        return int(sum(counts[code] for code in np.flatnonzero(counts).tolist() if lists[code]))

    return (
        Share(mark("day known"), int(np.count_nonzero(day)), total),
        Share(mark("weekend to year known"), len(day) - int(np.count_nonzero(day)), total),
        Share(mark("no date"), int(np.count_nonzero(undated)), total),
        Share(
            mark("venue known"), int(np.count_nonzero(_is(places, PLACE_PRECISIONS, LocationPrecision.VENUE))), total
        ),
        Share(mark("city or district known"), int(np.count_nonzero(_in_a_city(places))), total),
        Share(mark("no place on the map"), int(np.count_nonzero(chosen.column("point") < 0)) - online, total),
        Share(mark("online, without a place"), online, total),
        Share(mark("organiser named"), named("organisers", organisers), total),
        Share(mark("source given"), int(np.count_nonzero(chosen.column("has_source"))), total),
        Share(mark("publisher of a source named"), named("publishers", publishers), total),
        Share(mark("crowd in numbers"), int(np.count_nonzero(known)), total),
        Share(
            mark("crowd estimates far apart"),
            int(np.count_nonzero(has_both_ends & (high >= FAR_APART * np.maximum(low, 1)) & (high > low))),
            int(np.count_nonzero(has_both_ends)),
        ),
    )


def _is(codes: npt.NDArray[np.uint8], names: tuple[str, ...], name: str) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = codes == names.index(name)
    return found


def _in_a_city(places: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    return _is(places, PLACE_PRECISIONS, LocationPrecision.CITY) | _is(
        places, PLACE_PRECISIONS, LocationPrecision.DISTRICT
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """Dated events by country and year.

    Attributes
    ----------
    countries
        Codes of the countries with most events, in descending order.
    years
        From the first to the last year with an event.
    counts
        Shape `(countries, years)`, by the year in which an event began.
    more_countries
        Number of further countries with events.
    newest
        Per country, the first day of its newest event, in days since 1970-01-01; None if no event has a date.
    looked
        Shape `(countries, years)`: whether the coverage record has a search that overlaps it.
    """

    countries: tuple[str, ...]
    years: tuple[int, ...]
    counts: npt.NDArray[np.int64]
    more_countries: int
    newest: tuple[int | None, ...]
    looked: npt.NDArray[np.bool_]


def measure_coverage(chosen: FilteredRows, max_countries: int, entries: Sequence[CoverageEntry] = ()) -> Coverage:
    """Count the selected events by country and year.

    A zero does not prove that nobody rallied, unless the coverage record has a search.

    Parameters
    ----------
    max_countries
        Maximum number of countries with events; countries that were searched without result come after them.
    entries
        The entries of the coverage record.
    """
    ranking = rank(chosen, "countries", max_countries)
    countries = tuple(code for code, _ in ranking.counts)
    countries += tuple(sorted({entry.country for entry in entries} - {code for code, _ in _all_countries(chosen)}))
    if not len(chosen.start):
        nothing = np.zeros((len(countries), 0), np.int64)
        return Coverage(countries, (), nothing, ranking.more_values, (None,) * len(countries), nothing.astype(np.bool_))
    last = max([int(chosen.start[-1]), *((entry.last - EPOCH).days for entry in entries)])
    bins = bins_of_unit("year", (int(chosen.start[0]), last))
    names = [some[0] if some else "" for some in chosen.names_of("countries")]
    row_of = {code: at for at, code in enumerate(countries)}
    rows = np.array([row_of.get(name, len(countries)) for name in names], np.int64)
    row = rows[chosen.column("country")[chosen.undated :]]
    width = len(bins)
    counts = np.bincount(row * width + bins.of(chosen.start), minlength=(len(countries) + 1) * width)
    latest = np.full(len(countries) + 1, -1)
    latest[row] = np.arange(len(row))  # the last one of each wins
    years = bins.edges[:-1].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return Coverage(
        countries,
        tuple(years.tolist()),
        counts.reshape(-1, width)[: len(countries)],
        ranking.more_values,
        tuple(int(chosen.start[at]) if at >= 0 else None for at in latest[: len(countries)].tolist()),
        _looked(countries, years.tolist(), entries),
    )


def _all_countries(chosen: FilteredRows) -> Sequence[tuple[str, int]]:
    return rank(chosen, "countries", len(chosen) + 1).counts


def _looked(countries: Sequence[str], years: Sequence[int], entries: Sequence[CoverageEntry]) -> npt.NDArray[np.bool_]:
    looked = np.zeros((len(countries), len(years)), np.bool_)
    for entry in entries:
        if entry.country in countries:
            row = countries.index(entry.country)
            looked[row] |= [entry.first.year <= year <= entry.last.year for year in years]
    return looked
