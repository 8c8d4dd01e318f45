"""The figures of the page Data quality: what is known of the events, and what the record covers."""

from __future__ import annotations

from typing import Final

from rallymap.trends.figures import Cell, Figure
from rallymap.trends.labels import value_in_words
from rallymap.trends.quality import FAR_APART, Coverage, Share
from rallymap.wording import count_in_words, day_from_epoch, day_in_words

NOT_LOOKED_AT: Final = (
    "An empty cell means that no event is recorded. It does not mean that nobody rallied: the record does not hold "
    "who looked for events of a place and year, or when."
)


def figure_of_quality(shares: tuple[Share, ...]) -> Figure:
    """Describe how much of the events is known."""
    rows: tuple[tuple[Cell, ...], ...] = tuple((share.name, share.count, share.of, share.percent) for share in shares)
    total = shares[0].of
    if not total:
        return Figure(("What", "Events", "Of", "Share"), (), "There is no event.")
    words = {share.name: share for share in shares}
    picked = ("day known", "venue known", "source given", "crowd in numbers")
    parts = ", ".join(f"{name} {words[name].percent}" for name in picked)
    return Figure(
        ("What", "Events", "Of", "Share"),
        rows,
        f"Of {count_in_words(total, 'event')}: {parts}.",
        f"Estimates are far apart where the highest is at least {FAR_APART} times the lowest, of events with both.",
    )


def figure_of_coverage(coverage: Coverage) -> Figure:
    """Describe which countries and years the record has events of."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            value_in_words("countries", code),
            "no date known" if newest is None else day_in_words(day_from_epoch(newest)),
            *(int(count) for count in counts),
        )
        for code, newest, counts in zip(coverage.countries, coverage.newest, coverage.counts, strict=True)
    )
    columns = ("Country", "Newest event", *(str(year) for year in coverage.years))
    if not rows or not coverage.years:
        return Figure(columns, rows, "No event has both a known country and a date.", NOT_LOOKED_AT)
    cells = coverage.counts.size
    filled = int((coverage.counts > 0).sum())
    left_out = NOT_LOOKED_AT
    if coverage.more_countries:
        further = count_in_words(coverage.more_countries, "further country", "further countries")
        left_out = f"{further} not shown. {NOT_LOOKED_AT}"
    sentence = (
        f"{filled:,} of {cells:,} cells of a country and a year have an event: "
        f"{count_in_words(len(rows), 'country', 'countries')}, {coverage.years[0]} to {coverage.years[-1]}."
    )
    return Figure(columns, rows, sentence, left_out)
