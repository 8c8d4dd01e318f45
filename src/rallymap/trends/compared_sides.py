"""The two sides of a comparison as in links: two values of a facet, or two periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from rallymap.dates import EARLIEST, LATEST
from rallymap.errors import ListingRequestError
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.trends.compared_figures import figure_of_comparison, figure_of_sides_over_time
from rallymap.trends.compared_over_time import compare_over_time
from rallymap.trends.comparing import Comparison, compare
from rallymap.trends.figures import Figure
from rallymap.trends.labels import value_in_words
from rallymap.wording import days_in_words, year_in_words

FACETS: Final = {"community": "communities", "country": "countries", "city": "cities", "organiser": "organisers"}
"""Facets that can be compared, by their name in links."""
PERIOD: Final = "period"
SUBJECTS: Final = (*FACETS, PERIOD)
FIGURES: Final = ("difference", "time")
MAX_VALUES: Final = 200
"""Maximum number of values in an answer: those with most events on both sides together."""
_OWN: Final = ("by", "left", "right", "figure")
Period = tuple[date, date]
NamedFilter = tuple[str, EventFilter]


def write_period(period: Period) -> str:
    """Format a period as an ISO 8601 interval, for links."""
    return "/".join(day.isoformat() for day in period)


def read_period(text: str) -> Period | None:
    """Parse an ISO 8601 interval of two days, in either order; None if it is not valid."""
    first, _, last = text.partition("/")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    start, end = min(start, end), max(start, end)
    return (start, end) if start >= EARLIEST and end <= LATEST else None


def period_in_words(period: Period) -> str:
    """Format a period: "2019", or "1–2 Feb 2020"."""
    first, last = period
    is_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    return year_in_words(first.year) if is_year else days_in_words(first, last, short=True)


def side_of_value(by: str, value: str, event_filter: EventFilter) -> NamedFilter:
    """Return the side for one value of a facet, with its label; the filter's other values of the facet are dropped."""
    facet = FACETS[by]
    return value_in_words(facet, value), event_filter.changed(**{facet: (value,)})


def side_of_period(period: Period, event_filter: EventFilter) -> NamedFilter:
    """Return the side for a period, with its label."""
    return period_in_words(period), event_filter.changed(period=period)


def facet_of_difference(by: str) -> str:
    """Return the facet by which the difference is shown.

    Two cities have no city in common, so their communities are compared instead.
    """
    return "communities" if by == "city" else "cities"


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """A parsed comparison request; equal requests compare equal.

    Attributes
    ----------
    listing
        The filter of both sides.
    by
        The subject of comparison, one of :data:`SUBJECTS`.
    left, right
        Both sides, with their labels and filters.
    figures
        Names of the requested figures, from :data:`FIGURES`.
    """

    listing: Listing
    by: str
    left: NamedFilter
    right: NamedFilter
    figures: tuple[str, ...]

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Parse a filter's parameters, ``by``, ``left``, ``right`` and ``figure`` (default: all figures).

        Raises
        ------
        ListingRequestError
            If a name is unknown, or a value is missing or invalid; the message says which and what is accepted.
        """
        listing = Listing.from_query_params({name: values for name, values in parameters.items() if name not in _OWN})
        given = {name: [value.strip() for value in parameters.get(name, ())] for name in _OWN}
        if twice := [name for name in _OWN if len(given[name]) > 1]:
            raise ListingRequestError(f"“{twice[0]}” can be given once only.")
        by, left, right, figure = (given[name][0] if given[name] else "" for name in _OWN)
        if by not in SUBJECTS:
            raise ListingRequestError(f"“by” is one of {', '.join(SUBJECTS)}.")
        if figure and figure not in FIGURES:
            raise ListingRequestError(f"“figure” is one of {', '.join(FIGURES)}.")
        sides = [_side(name, by, value, listing.event_filter) for name, value in (("left", left), ("right", right))]
        return cls(listing, by, sides[0], sides[1], (figure,) if figure else FIGURES)

    def answer(self, snapshot: Snapshot) -> dict[str, Figure]:
        """Return the figures by name."""
        return {name: self._figure(name, snapshot) for name in self.figures}

    def warnings(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Return a sentence for each reason to interpret the difference with care."""
        return self._compared(snapshot).warnings()

    def _compared(self, snapshot: Snapshot) -> Comparison:
        return compare(snapshot, self.left, self.right, facet_of_difference(self.by), MAX_VALUES)

    def _figure(self, name: str, snapshot: Snapshot) -> Figure:
        if name == "difference":
            return figure_of_comparison(self._compared(snapshot))
        names = (self.left[0], self.right[0])
        return figure_of_sides_over_time(compare_over_time(snapshot, self.left[1], self.right[1]), names)


def _side(name: str, by: str, value: str, event_filter: EventFilter) -> NamedFilter:
    if not value:
        raise ListingRequestError(f"“{name}” says what is compared; it is missing.")
    if by == PERIOD:
        period = read_period(value)
        if period is None:
            raise ListingRequestError(f"“{name}” is two days, such as 2019-01-01/2019-12-31.")
        return side_of_period(period, event_filter)
    [known] = getattr(Listing.from_query_params({by: [value]}).event_filter, FACETS[by])
    return side_of_value(by, known, event_filter)
