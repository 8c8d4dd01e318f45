"""Share this view: the link to what Explore shows now, with a button that copies it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode, urljoin, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def render_share_button() -> DeltaGenerator:
    """Draw the button and return the place for its link, which :func:`write_shared_link` fills.

    The map moves without a run of the whole page; the run of its own part then writes the new link into this place.
    """
    with st.popover("Share this view"):
        st.caption("This link opens what you see now.")
        return st.empty()


def write_shared_link(place: DeltaGenerator, parameters: Mapping[str, Sequence[str]], *, page: str = "") -> None:
    """Write the link with these query parameters into the place that :func:`render_share_button` returned."""
    place.code(shared_link(st.context.url or "", parameters, page=page), language=None, wrap_lines=True)


def shared_link(entered_by: str, parameters: Mapping[str, Sequence[str]], *, page: str = "") -> str:
    """Return the address of a page with query parameters, written as browsers do.

    Parameters
    ----------
    entered_by
        The address by which the visitor entered the site, of whichever page. It stays the same for the whole session,
        so that nothing but the site's own address is taken from it.
    parameters
        Of the link.
    page
        Path of the page below the site's address; "" is Explore.
    """
    path = urlsplit(entered_by)._replace(query="", fragment="").geturl()
    query = urlencode(parameters, doseq=True, quote_via=quote)
    return urljoin(path, "./") + page + (f"?{query}" if query else "")
