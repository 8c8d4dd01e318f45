"""The coverage record in figures and sentences, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rallymap.events import CoverageEntry
from rallymap.exports.coverage_file import coverage_table
from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.trends.coverage_figures import entries_of, figure_of_entries, sentence_of_side
from rallymap.trends.quality import measure_coverage
from rallymap.trends.quality_figures import figure_of_coverage
from tests.query.conftest import row as row
from tests.trends.conftest import choose

OSLO = CoverageEntry("NO", "Oslo", date(2020, 1, 1), date(2020, 12, 31), date(2022, 3, 1), "Nora", "Herald")
FRANCE = CoverageEntry("FR", "", date(2019, 6, 1), date(2021, 6, 30), date(2021, 7, 1), "=team", "Post; Mail")
ENTRIES = [OSLO, FRANCE]


def test_cells_that_were_looked_at_differ_from_those_that_were_not(row: Callable[..., EventRow]) -> None:
    chosen = choose([row("a", "2019-05-01"), row("b", "2020-05-01"), row("c", "2019-02-02", country="DE")])
    coverage = measure_coverage(chosen, 5, ENTRIES)
    assert (coverage.countries, coverage.years) == (("NO", "DE", "FR"), (2019, 2020, 2021))
    assert coverage.counts.tolist() == [[1, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert coverage.looked.tolist() == [[False, True, False], [False, False, False], [True, True, True]]
    assert coverage.newest[2] is None
    figure = figure_of_coverage(coverage)
    assert figure.rows[2] == ("France", "no date known", 0, 0, 0)
    assert figure.left_out == (
        "A cell without an event does not mean that nobody rallied. A dot means that somebody looked for events of "
        "that country in some of that year. 3 cells were looked at and have no event."
    )


def test_country_with_events_that_is_not_shown_gets_no_row_by_being_looked_at(row: Callable[..., EventRow]) -> None:
    chosen = choose([row("a"), row("b"), row("c", country="FR")])
    assert measure_coverage(chosen, 1, ENTRIES).countries == ("NO",)


def test_record_is_a_table() -> None:
    figure = figure_of_entries(ENTRIES)
    assert figure.columns == ("Country", "City", "From", "To", "Looked at on", "By", "In which sources")
    assert figure.rows == (
        ("Norway", "Oslo", "2020-01-01", "2020-12-31", "2022-03-01", "Nora", "Herald"),
        ("France", "whole country", "2019-06-01", "2021-06-30", "2021-07-01", "=team", "Post; Mail"),
    )
    assert figure.sentence == "2 places and periods were looked at, last on 1 March 2022."


def test_entries_of_a_filter_share_a_place_and_a_day_with_it() -> None:
    def found(**parts: object) -> list[CoverageEntry]:
        return entries_of(EventFilter(**parts), ENTRIES)  # type: ignore[arg-type]

    assert found() == ENTRIES
    assert found(countries=("FR", "DE")) == [FRANCE]
    assert found(cities=("Paris, FR",)) == [FRANCE]  # within the whole country
    assert found(cities=("Bergen, NO",)) == []
    assert found(cities=("Oslo",)) == [OSLO]
    assert found(period=(date(2021, 6, 30), date(2021, 12, 31))) == [FRANCE]
    assert found(period=(date(2021, 7, 1), date(2021, 12, 31))) == []


def test_side_of_a_comparison_says_who_looked_last_or_that_nobody_did() -> None:
    assert sentence_of_side("Norway", EventFilter(countries=("NO",)), ENTRIES) == (
        "Norway: Nora looked at Oslo, Norway from 1 January 2020 to 31 December 2020, on 1 March 2022."
    )
    assert sentence_of_side("Malta", EventFilter(countries=("MT",)), ENTRIES) == (
        "Malta: no search for its events is recorded."
    )


def test_file_has_the_same_bytes_in_any_order_and_no_formula() -> None:
    assert (
        coverage_table(ENTRIES)
        == coverage_table(ENTRIES[::-1])
        == (
            b"country,city,first_day,last_day,looked_on,by,sources\r\n"
            b"FR,,2019-06-01,2021-06-30,2021-07-01,'=team,Post; Mail\r\n"
            b"NO,Oslo,2020-01-01,2020-12-31,2022-03-01,Nora,Herald\r\n"
        )
    )
