"""The figures of the page Data quality: completeness of the events, and coverage of the record."""

from __future__ import annotations

from typing import Final

from rallymap.language import digits, mark, number, sentences, tr, trc, trn
from rallymap.trends.facet_words import column_heading, values_not_shown
from rallymap.trends.figures import Cell, Figure
from rallymap.trends.labels import value_in_words
from rallymap.trends.quality import FAR_APART, Coverage, Share
from rallymap.wording import day_from_epoch, day_in_words

NOT_LOOKED_AT: Final = mark(
    "A cell without an event does not mean that nobody rallied. A dot means that somebody looked for events of that "
    "country in some of that year."
)


def figure_of_quality(shares: tuple[Share, ...]) -> Figure:
    """Describe the completeness of the events."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (tr(share.name), share.count, share.of, share.percent) for share in shares
    )
    total = shares[0].of
    # Translators: columns: what is known, of how many events, of how many events in all, the percentage.
    columns = (trc("column", "What"), trc("column", "Events"), trc("column", "Of"), trc("column", "Share"))
    if not total:
        return Figure(columns, (), tr("There is no event."))
    percents = {share.name: share.percent for share in shares}
    return Figure(
        columns,
        rows,
        trn(
            # Translators: {day}, {venue}, {source} and {crowd} are percentages.
            "Of {n} event: day known {day}, venue known {venue}, source given {source}, crowd in numbers {crowd}.",
            "Of {n} events: day known {day}, venue known {venue}, source given {source}, crowd in numbers {crowd}.",
            total,
            day=percents["day known"],
            venue=percents["venue known"],
            source=percents["source given"],
            crowd=percents["crowd in numbers"],
        ),
        trn(
            "Estimates are far apart where the highest is at least {n} time the lowest, of events with both.",
            "Estimates are far apart where the highest is at least {n} times the lowest, of events with both.",
            FAR_APART,
        ),
    )


def figure_of_coverage(coverage: Coverage) -> Figure:
    """Describe the countries and years that the record covers."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            value_in_words("countries", code),
            tr("no date known") if newest is None else day_in_words(day_from_epoch(newest)),
            *(int(count) for count in counts),
        )
        for code, newest, counts in zip(coverage.countries, coverage.newest, coverage.counts, strict=True)
    )
    columns = (column_heading("countries"), tr("Newest event"), *(digits(str(year)) for year in coverage.years))
    if not rows or not coverage.years:
        return Figure(columns, rows, tr("No event has both a known country and a date."), tr(NOT_LOOKED_AT))
    cells = coverage.counts.size
    filled = int((coverage.counts > 0).sum())
    left_out = tr(NOT_LOOKED_AT)
    looked = int((coverage.looked & (coverage.counts == 0)).sum())
    if looked:
        left_out += " " + trn(
            "{n} cell was looked at and has no event.", "{n} cells were looked at and have no event.", looked
        )
    if coverage.more_countries:
        left_out = sentences((values_not_shown("countries", coverage.more_countries), left_out))
    # Translators: cells of a table; {countries} is "30 countries", {first} and {last} are years.
    sentence = tr(
        "Events in {filled} of {cells} cells of a country and a year: {countries}, {first} to {last}.",
        filled=number(filled),
        cells=number(cells),
        countries=trn("{n} country", "{n} countries", len(rows)),
        first=digits(str(coverage.years[0])),
        last=digits(str(coverage.years[-1])),
    )
    return Figure(columns, rows, sentence, left_out)
