"""Whole sentences about the values of each facet, because languages inflect the words next to a number."""

from __future__ import annotations

from typing import Final

from rallymap.language import mark_c, tr, trc, trn

_HEADINGS: Final = {
    # Translators: heads a column of a table.
    "communities": mark_c("column", "Community"),
    "countries": mark_c("column", "Country"),
    "cities": mark_c("column", "City"),
    "organisers": mark_c("column", "Organiser"),
    "kinds": mark_c("column", "Kind"),
    "statuses": mark_c("column", "Status"),
    "topics": mark_c("column", "Topic"),
    "publishers": mark_c("column", "Publisher"),
}


def column_heading(facet: str) -> str:
    """Return the column heading for a facet's values."""
    return trc("column", _HEADINGS[facet])


def values_not_shown(facet: str, n: int) -> str:
    """Say how many values of a facet a figure omits."""
    match facet:
        case "communities":
            return trn("{n} further community not shown.", "{n} further communities not shown.", n)
        case "countries":
            return trn("{n} further country not shown.", "{n} further countries not shown.", n)
        case "cities":
            return trn("{n} further city not shown.", "{n} further cities not shown.", n)
        case "organisers":
            return trn("{n} further organiser not shown.", "{n} further organisers not shown.", n)
        case "kinds":
            return trn("{n} further kind not shown.", "{n} further kinds not shown.", n)
        case "statuses":
            return trn("{n} further status not shown.", "{n} further statuses not shown.", n)
        case "topics":
            return trn("{n} further topic not shown.", "{n} further topics not shown.", n)
    return trn("{n} further publisher not shown.", "{n} further publishers not shown.", n)


def events_without_value(facet: str, n: int) -> str:
    """Say how many events have no known value of a facet."""
    match facet:
        case "communities":
            return trn("{n} event without a known community.", "{n} events without a known community.", n)
        case "countries":
            return trn("{n} event without a known country.", "{n} events without a known country.", n)
        case "cities":
            return trn("{n} event without a known city.", "{n} events without a known city.", n)
        case "organisers":
            return trn("{n} event without a known organiser.", "{n} events without a known organiser.", n)
        case "kinds":
            return trn("{n} event without a known kind.", "{n} events without a known kind.", n)
        case "statuses":
            return trn("{n} event without a known status.", "{n} events without a known status.", n)
        case "topics":
            return trn("{n} event without a known topic.", "{n} events without a known topic.", n)
    return trn("{n} event without a known publisher.", "{n} events without a known publisher.", n)


def events_with_several(facet: str, n: int) -> str:
    """Say how many events have more than one value of a facet and so count for each."""
    match facet:
        case "communities":
            return trn(
                "{n} event with several communities, counted for each.",
                "{n} events with several communities, counted for each.",
                n,
            )
        case "organisers":
            return trn(
                "{n} event with several organisers, counted for each.",
                "{n} events with several organisers, counted for each.",
                n,
            )
        case "topics":
            return trn(
                "{n} event with several topics, counted for each.",
                "{n} events with several topics, counted for each.",
                n,
            )
        case "publishers":
            return trn(
                "{n} event with several publishers, counted for each.",
                "{n} events with several publishers, counted for each.",
                n,
            )
    raise ValueError(f"an event has one value of {facet}")


def nothing_known(facet: str) -> str:
    """Say that no event has a known value of a facet."""
    match facet:
        case "communities":
            return tr("No event has a known community.")
        case "countries":
            return tr("No event has a known country.")
        case "cities":
            return tr("No event has a known city.")
        case "organisers":
            return tr("No event has a known organiser.")
        case "kinds":
            return tr("No event has a known kind.")
        case "statuses":
            return tr("No event has a known status.")
        case "topics":
            return tr("No event has a known topic.")
    return tr("No event has a known publisher.")
