"""Share this view: its link, QR code and citation, and the code that embeds the map on another site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, urlencode, urljoin, urlsplit

import segno
import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from rallymap.exports.provenance import Provenance
from rallymap.language import current_language, languages, mark, own_folder, tr
from rallymap.palette import colour
from rallymap.templates import bold, fill, render
from rallymap.ui.popover_on_demand import popover_on_demand
from rallymap.ui.reader_language import PARAMETER
from rallymap.views.embed_page import embed_code
from rallymap.views.reference_links import reference_links

SIZES: dict[str, tuple[str, int | str, int]] = {
    # Translators: sizes of the map's frame on another site.
    "full": (mark("Full width"), "100%", 560),
    "large": (mark("Large, {size}"), 1000, 640),
    "medium": (mark("Medium, {size}"), 800, 560),
    "small": (mark("Small, {size}"), 480, 480),
}
"""Label, width and height in pixels of each size."""
THEMES = {
    # Translators: light or dark colours, as the reader's browser asks for.
    "": mark("As the reader has it"),
    "light": mark("Light"),
    "dark": mark("Dark"),
}
_SIZE, _THEME, _LANGUAGE = "share_size", "share_theme", "share_language"
OF_THE_READER = "reader"
_NOT_OF_A_MAP = ("list", "sort")
_MOST_IN_CODE = 1_000
"""In characters. The largest QR code holds 2,953, but is too dense for most cameras."""
_CODE_PX, _LEAST_PX_OF_MODULE = 132, 2.2


@dataclass(frozen=True, slots=True)
class ShareSheet:
    """The placeholders that :func:`write_share_sheet` fills; `embed` is None if there is no map."""

    link: DeltaGenerator
    embed: DeltaGenerator | None


def render_share_button(*, has_map: bool = True) -> ShareSheet | None:
    """Render the button and, while its popover is open, the options; None if it is closed.

    A move of the map reruns only the map's fragment, which then writes the new link into the placeholders.
    """
    popover = popover_on_demand(tr("Share this view"), key="share_view")
    if popover is None:
        return None
    with popover:
        st.caption(tr("This link opens what you see now."))
        link = st.empty()
        if not has_map:
            return ShareSheet(link, None)
        # Translators: oEmbed is the name of a technique by which other sites show the page of a link.
        st.caption(
            tr(
                "To show the map on your own site, paste this code. If the site makes a frame of a link (oEmbed), "
                "paste the link."
            )
        )
        size, theme = st.columns(2)
        size.selectbox(
            tr("Size"),
            list(SIZES),
            key=_SIZE,
            format_func=_size_in_words,
            filter_mode="contains",
            persist_state="session",
        )
        theme.selectbox(
            tr("Colours"),
            list(THEMES),
            key=_THEME,
            format_func=lambda name: tr(THEMES[name]),
            filter_mode="contains",
            persist_state="session",
        )
        names = {each.code: each.name for each in languages(own_folder())}
        st.session_state.setdefault(_LANGUAGE, current_language().code)
        st.selectbox(
            tr("Language"),
            [OF_THE_READER, *names],
            key=_LANGUAGE,
            format_func=lambda code: names.get(code) or tr("As the reader has it"),
            filter_mode="contains",
            persist_state="session",
        )
        return ShareSheet(link, st.empty())


def _size_in_words(name: str) -> str:
    label, width, height = SIZES[name]
    return tr(label, size=f"\N{LEFT-TO-RIGHT ISOLATE}{width} × {height}\N{POP DIRECTIONAL ISOLATE}")


def write_share_sheet(
    sheet: ShareSheet, parameters: Mapping[str, Sequence[str]], provenance: Provenance, *, total: str, page: str = ""
) -> None:
    """Write the link with these query parameters, its QR code, the citation and the embed code.

    The link names no language, so each reader sees the page in their own. The embed code names one: that of the page
    around it.

    Parameters
    ----------
    provenance
        Describes the shown events, for citation and preview; its URL is ignored.
    total
        Number of shown events, formatted.
    page
        Path of the page below the site's URL; "" is Explore.
    """
    entered_by = st.context.url or ""
    link = shared_link(entered_by, parameters, page=page)
    cited = replace(provenance, address=link)
    shown = bold(total)
    if parameters.get("event"):
        # Translators: {events} is a number of events, "12 events".
        shown = fill(tr("{events}, with one event open"), events=shown)
    with sheet.link.container():
        st.code(link, language=None, wrap_lines=True)
        code, code_px = code_of_link(link)
        st.html(render("share.html", code=code, width=code_px, shown=shown, selection=provenance.selection))
        # Translators: above a citation to copy.
        st.caption(tr("Cite as"))
        with st.container(key="share_citation"):
            st.code(cited.citation, language=None, wrap_lines=True)
        query = _query({**parameters, **({"page": [page]} if page else {})})
        st.html(Markup('<p class="rm-references">{}</p>').format(reference_links("export/citation", query)))
    if sheet.embed is not None:
        _, width, height = SIZES[st.session_state.get(_SIZE) or next(iter(SIZES))]
        theme = st.session_state.get(_THEME) or ""
        query = frame_query(parameters, theme=theme, language=st.session_state.get(_LANGUAGE) or "")
        title = f"{provenance.site}: {provenance.selection}"
        address = shared_link(entered_by, {})
        sheet.embed.code(embed_code(address, query, width=width, height=height, title=title), "html", wrap_lines=True)


@lru_cache(maxsize=64)
def code_of_link(link: str) -> tuple[str, int]:
    """Return a QR code as a data URL, and its width in pixels; "" if the link is too long for one.

    A long link needs a dense code, which has to be larger to be scanned.
    """
    if len(link) > _MOST_IN_CODE:
        return "", 0
    drawn = segno.make(link, micro=False)
    ink, card = (colour(name, dark=False) for name in ("ink", "card"))
    width = max(_CODE_PX, round(drawn.symbol_size(border=3)[0] * _LEAST_PX_OF_MODULE))
    return drawn.svg_data_uri(scale=3, border=3, dark=ink, light=card), width


def frame_query(parameters: Mapping[str, Sequence[str]], *, theme: str, language: str) -> str:
    """Return the query of an embedded map.

    Parameters
    ----------
    parameters
        Parameters of the page's link.
    theme
        One of :data:`THEMES`.
    language
        Tag of a language; :data:`OF_THE_READER` for the reader's own, "" for that of the current page.
    """
    embedded = {name: values for name, values in parameters.items() if name not in _NOT_OF_A_MAP}
    chosen = {} if language == OF_THE_READER else {PARAMETER: [language or current_language().code]}
    return _query(embedded | ({"theme": [theme]} if theme else {}) | chosen)


def shared_link(entered_by: str, parameters: Mapping[str, Sequence[str]], *, page: str = "") -> str:
    """Return the URL of a page with query parameters, encoded as browsers do.

    Parameters
    ----------
    entered_by
        The URL by which the visitor entered the site, on any page. It does not change during the session, so only the
        site's own base URL is taken from it.
    parameters
        Query parameters of the link.
    page
        Path of the page below the site's URL; "" is Explore.
    """
    path = urlsplit(entered_by)._replace(query="", fragment="").geturl()
    query = _query(parameters)
    return urljoin(path, "./") + page + (f"?{query}" if query else "")


def _query(parameters: Mapping[str, Sequence[str]]) -> str:
    return urlencode(parameters, doseq=True, quote_via=quote)
