"""Download: the events that Explore lists now, as a file in each format, or as a feed to subscribe to."""

from __future__ import annotations

import math
from html import escape
from urllib.parse import quote, urlencode, urljoin, urlsplit

import streamlit as st

from rallymap.exports.formats import FORMATS
from rallymap.exports.info import LICENCE_URL
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot, ViewBox
from rallymap.wording import count_in_words


def render_download(snapshot: Snapshot, event_filter: EventFilter, box: ViewBox | None) -> None:
    """Draw the button with its panel.

    Parameters
    ----------
    box
        What the map shows, where the list holds only that; None where it holds all events of the filter.
    """
    listing = Listing(event_filter if box is None else event_filter.replaced(bbox=box_in_degrees(box)))
    query = urlencode(listing.to_query_params(), doseq=True, quote_via=quote)
    with st.popover("Download"):
        total = count_in_words(len(listing.rows(snapshot)), "event")
        st.html(_formats(total, query, in_view=box is not None))
        st.caption("Subscribe to this view: add this address to your calendar.")
        st.code(_address("feeds/events.ics", query), language=None, wrap_lines=True)
        st.caption("Or to a feed reader (Atom).")
        st.code(_address("feeds/events.atom", query), language=None, wrap_lines=True)


def box_in_degrees(box: ViewBox) -> tuple[float, float, float, float]:
    """Return a box of the Mercator square as south, west, north, east in decimal degrees, rounded to about 10 m."""
    south, north = (
        round(math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi))), 4)
        for y in (min(box.south, 1.0), max(box.north, 0.0))
    )
    if box.east - box.west >= 1:
        return south, -180.0, north, 180.0
    west, east = (round((x % 1 - 0.5) * 360, 4) for x in (box.west, box.east))
    return south, west, north, east


def _formats(total: str, query: str, *, in_view: bool) -> str:
    shown = " that the map shows" if in_view else ""
    links = "".join(
        f'<li><a href="{escape(_path(f"export/events.{one.ending}", query))}" target="_self">{one.name}</a> '
        f"<small>{one.purpose}</small></li>"
        for one in FORMATS.values()
    )
    return (
        f'<div class="rm-download"><p><b>{total}</b>{shown}, with these filters</p><ul>{links}</ul>'
        f'<p><a href="{escape(_path("export/events.html", query))}" target="_self">The map in one file</a> '
        "<small>opens without a network</small></p>"
        f'<p><small>Licence: <a href="{LICENCE_URL}" target="_blank" rel="noopener noreferrer">CC BY 4.0</a>. '
        "Each file but CSV says how to cite it.</small></p></div>"
    )


def _path(name: str, query: str) -> str:
    return f"{name}?{query}" if query else name


def _address(name: str, query: str) -> str:
    """Return the whole address of a feed, by the site's address that the visitor used."""
    entered_by = urlsplit(st.context.url or "")._replace(query="", fragment="").geturl()
    return urljoin(entered_by, f"./{_path(name, query)}")
