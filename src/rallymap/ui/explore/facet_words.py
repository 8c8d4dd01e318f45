"""Names of the facet filters."""

from __future__ import annotations

from typing import Final

from rallymap.language import mark_c, tr, trc, trn

_CONTEXT: Final = "filter"
_LABELS: Final = {
    # Translators: heads a list to choose from, such as a list of communities.
    "communities": mark_c("filter", "Community"),
    "countries": mark_c("filter", "Country"),
    # Translators: what sort of event: rally, march, vigil.
    "kinds": mark_c("filter", "Kind"),
    "cities": mark_c("filter", "City"),
    "place_precisions": mark_c("filter", "How exactly the place is known"),
    "date_precisions": mark_c("filter", "How exactly the date is known"),
    "organisers": mark_c("filter", "Organiser"),
    "topics": mark_c("filter", "Topic"),
    # Translators: whether an event is announced, was held, was cancelled ...
    "statuses": mark_c("filter", "Life status"),
    # Translators: whether people come to a place or take part online.
    "attendance_modes": mark_c("filter", "How people take part"),
    # Translators: the newspaper or site that published the report of an event.
    "publishers": mark_c("filter", "Publisher"),
    # Translators: police, organisers, press ...
    "crowd_by": mark_c("filter", "Who gives a number"),
}


def filter_label(facet: str) -> str:
    """Return the name of a facet filter."""
    return trc(_CONTEXT, _LABELS[facet])


def search_words(facet: str, values: int) -> str:
    """Return the placeholder of a facet's selector, by the number of its values: "Search 12 cities"."""
    if values < 2:
        return tr("Search")
    match facet:
        case "communities":
            return trn("Search {n} community", "Search {n} communities", values)
        case "countries":
            return trn("Search {n} country", "Search {n} countries", values)
        case "kinds":
            return trn("Search {n} kind", "Search {n} kinds", values)
        case "cities":
            return trn("Search {n} city", "Search {n} cities", values)
        case "organisers":
            return trn("Search {n} organiser", "Search {n} organisers", values)
        case "topics":
            return trn("Search {n} topic", "Search {n} topics", values)
        case "statuses":
            return trn("Search {n} status", "Search {n} statuses", values)
        case "publishers":
            return trn("Search {n} publisher", "Search {n} publishers", values)
        case "attendance_modes" | "crowd_by":
            return tr("Search")
    # Translators: how exactly a date or a place is known: to the day, to the month ...
    return trn("Search {n} precision", "Search {n} precisions", values)
