"""The coverage record as figure and sentences: who searched where for events, and when."""

from __future__ import annotations

from collections.abc import Sequence

from rallymap.countries import city_name, country_name
from rallymap.events import CoverageEntry
from rallymap.language import isolated, tr, trc, trn
from rallymap.query.filters import EventFilter
from rallymap.trends.facet_words import column_heading
from rallymap.trends.figures import Figure
from rallymap.wording import day_in_words


def figure_of_entries(entries: Sequence[CoverageEntry]) -> Figure:
    """Describe the places and periods that were searched, the most recently searched first."""
    columns = (
        column_heading("countries"),
        column_heading("cities"),
        # Translators: columns about a period that somebody looked at for events: its first and its last day, the day
        # on which they looked, who they are, and in which sources they looked.
        trc("period", "From"),
        trc("period", "To"),
        trc("coverage", "Looked at on"),
        trc("coverage", "By"),
        trc("coverage", "In which sources"),
    )
    rows = tuple(
        (
            country_name(entry.country),
            city_name(entry.city, entry.country) if entry.city else trc("coverage", "whole country"),
            *(day.isoformat() for day in (entry.first, entry.last, entry.looked_on)),
            entry.by,
            entry.sources,
        )
        for entry in entries
    )
    if not entries:
        return Figure(columns, (), tr("Nobody has recorded yet which places and periods were looked at."))
    sentence = trn(
        "{n} place and period was looked at, last on {date}.",
        "{n} places and periods were looked at, last on {date}.",
        len(entries),
        date=day_in_words(max(entry.looked_on for entry in entries)),
    )
    left_out = tr("Where nobody looked, the record may lack events that took place.")
    return Figure(columns, rows, sentence, left_out)


def sentence_of_side(name: str, event_filter: EventFilter, entries: Sequence[CoverageEntry]) -> str:
    """Say who last searched the places and the period of one side of a comparison, or that no search is known.

    Parameters
    ----------
    name
        Label of the side.
    event_filter
        Its countries, cities and period are used; a partial overlap with an entry is enough.
    entries
        Entries, the most recently searched first.
    """
    found = entries_of(event_filter, entries)
    if not found:
        # Translators: {side} is one side of a comparison: a community, a country, a city, a period.
        return tr("{side}: no search for its events is recorded.", side=name)
    entry = found[0]
    country = country_name(entry.country)
    place = country
    if entry.city:
        place = tr("{place}, {country}", place=isolated(city_name(entry.city, entry.country)), country=country)
    return tr(
        # Translators: {side} is one side of a comparison, {by} a person or a team, {first} and {last} days.
        "{side}: {by} looked at {place} from {first} to {last}, on {date}.",
        side=name,
        by=isolated(entry.by),
        place=place,
        first=day_in_words(entry.first),
        last=day_in_words(entry.last),
        date=day_in_words(entry.looked_on),
    )


def entries_of(event_filter: EventFilter, entries: Sequence[CoverageEntry]) -> list[CoverageEntry]:
    """Return the entries that overlap with a filter's countries, cities and period, in their order."""
    return [entry for entry in entries if _concerns(entry, event_filter)]


def _concerns(entry: CoverageEntry, event_filter: EventFilter) -> bool:
    if event_filter.countries and entry.country not in event_filter.countries:
        return False
    if event_filter.cities and not any(_is_of(city, entry) for city in event_filter.cities):
        return False
    period = event_filter.period
    return period is None or (entry.first <= period[1] and period[0] <= entry.last)


def _is_of(city: str, entry: CoverageEntry) -> bool:
    """Return whether an entry covers a city of a filter ("Oslo, NO", or only "Oslo"), or its whole country."""
    name, _, country = city.rpartition(", ")
    if not name:
        return entry.city == city
    return country == entry.country and entry.city in ("", name)
