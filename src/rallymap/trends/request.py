"""The requested figures, parsed strictly from the query parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from rallymap.errors import ListingRequestError
from rallymap.events import CoverageEntry, CrowdGiver
from rallymap.query.listing import Listing
from rallymap.trends.coverage_figures import entries_of, figure_of_entries
from rallymap.trends.crowd_claims import ClaimSum, figure_of_claims, rows_with_numbers
from rallymap.trends.crowds import sum_crowds
from rallymap.trends.figures import (
    Figure,
    figure_of_crowds,
    figure_of_flows,
    figure_of_ranking,
    figure_of_weekdays,
    figure_over_time,
)
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.flows import count_flows
from rallymap.trends.missed_by_city import estimate_by_city
from rallymap.trends.missed_figure import figure_of_missed
from rallymap.trends.over_time import UNITS, OverTime, count_over_time, count_weekdays, fitting_unit, offered_units
from rallymap.trends.quality import measure_coverage, rate_quality
from rallymap.trends.quality_figures import figure_of_coverage, figure_of_quality
from rallymap.trends.rankings import rank

FACET_OF: Final = {
    "community": "communities",
    "country": "countries",
    "city": "cities",
    "organiser": "organisers",
    "kind": "kinds",
    "status": "statuses",
    "topic": "topics",
    "publisher": "publishers",
}
"""Facets that can be counted, by their name in links."""
FIGURES: Final = ("time", *FACET_OF, "weekday", "crowd", "claims", "flow", "missed", "quality", "coverage", "looked")
"""Names of all figures."""
MAX_VALUES: Final = 200
"""Maximum number of facet values in an answer, those with most events first."""
FLOW_COMMUNITIES: Final = 30
FLOW_CITIES: Final = 30
_OWN = frozenset({"by", "unit", "split"})


@dataclass(frozen=True, slots=True)
class StatsRequest:
    """A parsed request for figures of the events that match a filter; equal requests compare equal.

    Attributes
    ----------
    by
        Names of the requested figures, from :data:`FIGURES`.
    unit
        Unit of the figure over time; None to derive it from the period.
    split
        The facet by which the figure over time is split, or None.
    """

    listing: Listing
    by: tuple[str, ...]
    unit: str | None = None
    split: str | None = None

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Parse a filter's parameters, ``by`` (repeatable; default: all figures), ``unit`` and ``split``.

        Raises
        ------
        ListingRequestError
            If a name is unknown, or a value is invalid; the message says which and what is accepted.
        """
        own = {name: [value.strip() for value in parameters.get(name, ())] for name in _OWN}
        listing = Listing.from_query_params({name: values for name, values in parameters.items() if name not in _OWN})
        if unknown := [value for value in own["by"] if value not in FIGURES]:
            raise ListingRequestError(f"“{unknown[0][:40]}” is not a figure; “by” is one of {', '.join(FIGURES)}.")
        unit, split = (_one(name, own[name], known) for name, known in (("unit", UNITS), ("split", tuple(FACET_OF))))
        by = tuple(name for name in FIGURES if name in own["by"] or not own["by"])
        return cls(listing, by, unit, FACET_OF[split] if split else None)

    def figures(
        self, chosen: FilteredRows, entries: Sequence[CoverageEntry], claims: Mapping[CrowdGiver, ClaimSum] | None
    ) -> dict[str, Figure]:
        """Return the figures by name, in the order of :data:`FIGURES`.

        Parameters
        ----------
        entries
            Entries of the coverage record.
        claims
            Crowd estimates by who made them; None if they were not read.

        Raises
        ------
        ListingRequestError
            If the unit is too fine for the period.
        """
        entries = entries_of(chosen.event_filter, entries)
        return {
            name: figure_of_claims(claims, len(rows_with_numbers(chosen)))
            if name == "claims"
            else self._figure(name, chosen, entries)
            for name in self.by
        }

    def _figure(self, name: str, chosen: FilteredRows, entries: Sequence[CoverageEntry]) -> Figure:
        match name:
            case "time":
                return figure_over_time(self._over_time(chosen), self.split)
            case "weekday":
                return figure_of_weekdays(count_weekdays(chosen))
            case "crowd":
                return figure_of_crowds(sum_crowds(chosen))
            case "flow":
                return figure_of_flows(count_flows(chosen, FLOW_COMMUNITIES, FLOW_CITIES))
            case "quality":
                return figure_of_quality(rate_quality(chosen))
            case "coverage":
                return figure_of_coverage(measure_coverage(chosen, MAX_VALUES, entries))
            case "looked":
                return figure_of_entries(entries)
            case "missed":
                return figure_of_missed(estimate_by_city(chosen))
        return figure_of_ranking(rank(chosen, FACET_OF[name], MAX_VALUES))

    def _over_time(self, chosen: FilteredRows) -> OverTime | None:
        bounds = chosen.bounds()
        if bounds is None:
            return None
        offered = offered_units(bounds)
        if self.unit and self.unit not in offered:
            raise ListingRequestError(
                f"“unit={self.unit}” is too fine for so long a period; "
                f"choose one of {', '.join(offered)}, or a shorter period."
            )
        return count_over_time(chosen, self.unit or fitting_unit(chosen, bounds), self.split)


def _one(name: str, values: Sequence[str], known: Sequence[str]) -> str | None:
    if not values:
        return None
    if len(values) > 1:
        raise ListingRequestError(f"“{name}” can be given once only.")
    if values[0] not in known:
        raise ListingRequestError(f"“{name}” is one of {', '.join(known)}.")
    return values[0]
