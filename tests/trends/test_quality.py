"""What is known of events and what the record covers: by hand, and compared with pandas on the bundled events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pandas as pd
import pytest

from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.quality import Share, measure_coverage, rate_quality
from rallymap.trends.quality_figures import figure_of_coverage
from rallymap.workflows.services import Services
from tests.query.conftest import day
from tests.query.conftest import row as row
from tests.trends.conftest import choose

Row = Callable[..., EventRow]


def test_shares_by_hand(row: Row) -> None:
    rows = [
        row("a", location_precision="venue", crowd_low=10, crowd_high=20, has_source=True, publishers=("Herald",)),
        row("b", "2020-02-01", "2020-02-29", date_precision="month", crowd_low=10, crowd_high=19, organisers=()),
        row("c", None, location_precision="district", crowd_low=5, crowd_high=5, crowd_open_above=True),
        row("f", "2020-01-09", location_precision="district", crowd_low=5, crowd_high=10, crowd_open_above=True),
        row("g", None, location_precision="region", crowd_low=900, crowd_high=900, crowd_open_below=True),
        row("d", lat=None, lon=None, location_precision="", country="", has_source=True),
        row("e", lat=None, lon=None, location_precision="", attendance_mode="online", organisers=()),
    ]
    found = {share.name: (share.count, share.of) for share in rate_quality(choose(rows))}
    assert found == {
        "day known": (4, 7),
        "weekend to year known": (1, 7),
        "no date": (2, 7),
        "venue known": (1, 7),
        "city or district known": (3, 7),
        "no place on the map": (1, 7),
        "online, without a place": (1, 7),
        "organiser named": (5, 7),
        "source given": (2, 7),
        "publisher of a source named": (1, 7),
        "crowd in numbers": (5, 7),
        "crowd estimates far apart": (2, 3),
    }


def test_coverage_counts_countries_by_year(row: Row) -> None:
    rows = [
        row("a", "2019-12-31", "2020-01-01"),
        row("b", "2021-05-01"),
        row("c", None),
        row("d", "2021-06-01", country="DE"),
        row("e", None, country="FR"),
        row("f", "2020-01-01", country=""),
    ]
    coverage = measure_coverage(choose(rows), 3)
    assert (coverage.countries, coverage.years) == (("NO", "DE", "FR"), (2019, 2020, 2021))
    assert coverage.counts.tolist() == [[1, 0, 1], [0, 0, 1], [0, 0, 0]]
    assert coverage.newest == (day("2021-05-01"), day("2021-06-01"), None)
    figure = figure_of_coverage(coverage)
    assert figure.rows[2] == ("France", "no date known", 0, 0, 0)
    assert figure.sentence == "Events in 3 of 9 cells of a country and a year: 3 countries, 2019 to 2021."
    assert figure_of_coverage(measure_coverage(choose(rows), 1)).left_out.startswith("2 further countries not shown.")


def test_bundled_events_agree_with_pandas(bundled: Services, frame: pd.DataFrame) -> None:
    chosen = FilteredRows.of(bundled.keeper.current(), EventFilter())
    shares = {share.name: share.count for share in rate_quality(chosen)}
    assert shares["day known"] == int(frame["precision"].isin(["minute", "day"]).sum())
    assert shares["crowd in numbers"] == int(frame["low"].notna().sum())
    assert shares["organiser named"] == int((frame["organisers"].map(len) > 0).sum())
    is_open = frame["open_above"] | frame["open_below"]
    both = frame[frame["low"].notna() & (~is_open | (frame["high"] > frame["low"]))]
    far = (both["high"] >= 2 * both["low"].clip(lower=1)) & (both["high"] > both["low"])
    assert shares["crowd estimates far apart"] == int(far.sum())
    coverage = measure_coverage(chosen, 1_000)
    expected = Counter(zip(frame["countries"], frame["start"].dt.year, strict=True))
    found = {
        (code, year): int(coverage.counts[row, column])
        for row, code in enumerate(coverage.countries)
        for column, year in enumerate(coverage.years)
        if coverage.counts[row, column]
    }
    assert found == {(code, int(year)): count for (code, year), count in expected.items() if code and year == year}


@pytest.mark.parametrize(
    ("count", "of", "words"),
    [
        (0, 0, "0%"),
        (0, 674, "0%"),
        (1, 674, "under 1%"),
        (173, 674, "26%"),
        (673, 674, "over 99%"),
        (9, 9, "100%"),
    ],
)
def test_share_is_never_rounded_to_none_or_all(count: int, of: int, words: str) -> None:
    assert Share("source given", count, of).percent == words
