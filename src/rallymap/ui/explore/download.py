"""Download: the events listed in Explore, as a file in each format or as a feed to subscribe to."""

from __future__ import annotations

import math
from urllib.parse import quote, urlencode, urljoin, urlsplit

import streamlit as st

from rallymap.exports.formats import FORMATS
from rallymap.language import ENGLISH, current_language, tr, trn
from rallymap.licences import Licence
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot, ViewBox
from rallymap.templates import bold, fill, link_out, render
from rallymap.ui.popover_on_demand import popover_on_demand
from rallymap.ui.reader_language import PARAMETER


def render_download(snapshot: Snapshot, event_filter: EventFilter, box: ViewBox | None, licence: Licence) -> None:
    """Render the button and its popover.

    Parameters
    ----------
    box
        The box of the map's view if the list is limited to it, else None.
    licence
        Licence of the events.
    """
    popover = popover_on_demand(tr("Download"), key="download_view")
    if popover is None:
        return
    listing = Listing(event_filter if box is None else event_filter.changed(bbox=box_in_degrees(box)))
    query = urlencode(listing.to_query_params(), doseq=True, quote_via=quote)
    with popover:
        st.html(_formats(len(listing.rows(snapshot)), query, licence, in_view=box is not None))
        st.caption(tr("Subscribe to this view: add this address to your calendar."))
        st.code(_address("feeds/events.ics", feed_query(listing)), language=None, wrap_lines=True)
        # Translators: follows "Subscribe to this view: add this address to your calendar."
        st.caption(tr("Or give this address to a feed reader (Atom)."))
        st.code(_address("feeds/events.atom", feed_query(listing)), language=None, wrap_lines=True)


def feed_query(listing: Listing) -> str:
    """Return the query of a feed; it names the reader's language because feed readers do not send it."""
    parameters, code = listing.to_query_params(), current_language().code
    if code != ENGLISH.code:
        parameters[PARAMETER] = [code]
    return urlencode(parameters, doseq=True, quote_via=quote)


def box_in_degrees(box: ViewBox) -> tuple[float, float, float, float]:
    """Return a box in Web Mercator units as south, west, north, east in decimal degrees, rounded to about 10 m."""
    south, north = (
        round(math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi))), 4)
        for y in (min(box.south, 1.0), max(box.north, 0.0))
    )
    if box.east - box.west >= 1:
        return south, -180.0, north, 180.0
    west, east = (round((x % 1 - 0.5) * 360, 4) for x in (box.west, box.east))
    return south, west, north, east


def _formats(total: int, query: str, licence: Licence, *, in_view: bool) -> str:
    # Translators: {events} is a number of events, "12 events".
    said = tr("{events} that the map shows, with these filters") if in_view else tr("{events}, with these filters")
    return render(
        "download.html",
        shown=fill(said, events=bold(trn("{n} event", "{n} events", total))),
        files=[
            (_path(f"export/events.{one.ending}", query), tr(one.name), tr(one.purpose)) for one in FORMATS.values()
        ],
        single_file=_path("export/events.html", query),
        terms=fill(
            tr("Licence: {licence}. Each file but CSV says how to cite it."),
            licence=link_out(licence.url, licence.name),
        ),
    )


def _path(name: str, query: str) -> str:
    return f"{name}?{query}" if query else name


def _address(name: str, query: str) -> str:
    """Return the absolute URL of a feed, based on the URL by which the visitor reached the site."""
    entered_by = urlsplit(st.context.url or "")._replace(query="", fragment="").geturl()
    return urljoin(entered_by, f"./{_path(name, query)}")
