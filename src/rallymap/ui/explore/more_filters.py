"""The popover "More filters": who, what, where, size and certainty, each choice with its number of events."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from rallymap.countries import city_name, country_name
from rallymap.language import mark_c, number, separator, tr, trc
from rallymap.places import Resolver
from rallymap.query.areas import MAX_RADIUS_KM
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot, count_facets
from rallymap.ui.explore.facet_filters import render_choice
from rallymap.ui.explore.state import PLACE_ERROR, change_filter, chosen_filter
from rallymap.ui.paragraphs import paragraph, subheading
from rallymap.ui.pill_marks import mark_pills, mark_popover
from rallymap.ui.plain import plain_label
from rallymap.ui.popover_on_demand import popover_on_demand
from rallymap.workflows.place_answers import candidates_of, find_place
from rallymap.workflows.services import Services

_GROUPS = {
    # Translators: headings over filters.
    mark_c("filters", "Where"): ("cities", "place_precisions", "attendance_modes"),
    mark_c("filters", "When"): ("date_precisions",),
    mark_c("filters", "Who and what"): ("organisers", "topics", "statuses"),
    mark_c("filters", "Sources"): ("publishers",),
}
"""Facets by heading."""
MORE_FACETS = tuple(facet for group in _GROUPS.values() for facet in group)
_OTHER_PARTS = ("near", "bbox", "area", "crowd", "crowd_known", "has_source")
_KEY = "more_filters"
_NEAR_NAME = "near_name"
USUAL_RADIUS_KM = 25.0


def render_more(services: Services, snapshot: Snapshot) -> None:
    """Render the button that opens the popover, with the number of active filters, and the filters while it is open."""
    on = count_of_more(chosen_filter())
    mark_popover(_KEY, f"{separator()}{number(on)}" if on else "")
    popover = popover_on_demand(tr("More filters"), key=_KEY)
    if popover is None:
        return
    counts = count_facets(snapshot, chosen_filter())
    with popover:
        for group, facets in _GROUPS.items():
            subheading(3, trc("filters", group), "rm-section-first")
            if "cities" in facets:
                _render_near(services.resolver)
            for facet in facets:
                render_choice(services, facet, counts[facet])
        # Translators: choices of the filter "Source".
        words = (tr("With a source"), trc("source", "Without"))
        _render_yes_no("has_source", trc("filter", "Source"), words, counts["has_source"])
        subheading(3, tr("How many people"), "rm-section-first")
        _render_crowd(counts["crowd_known"])
        render_choice(services, "crowd_by", counts["crowd_by"])


def count_of_more(wanted: EventFilter) -> int:
    """Return the number of active filters in this popover."""
    facets = sum(bool(getattr(wanted, facet)) for facet in (*MORE_FACETS, "crowd_by"))
    return facets + sum(getattr(wanted, part) not in (None, ()) for part in _OTHER_PARTS)


def name_of_near() -> str:
    """Return the name of the place at the centre of the search radius; "" if it came from a link."""
    circle = chosen_filter().near
    lat, lon, name, country = st.session_state.get(_NEAR_NAME, (None, None, "", ""))
    if circle is None or circle[:2] != (lat, lon):
        return ""
    if not name or not country:
        return str(name)
    # Translators: a city with its country, "Oslo, Norway".
    return tr("{place}, {country}", place=city_name(str(name), country), country=country_name(country))


def _render_near(resolver: Resolver) -> None:
    """Render the radius and the place to search around; the place is geocoded offline."""
    circle = chosen_filter().near
    # A text that was not found stays in the field, also after the popover was closed.
    typed, sentence = st.session_state.get(PLACE_ERROR, ("", ""))
    found = "" if circle is None else name_of_near() or f"{circle[0]:g}, {circle[1]:g}"
    st.session_state["near_place"] = typed or found
    st.session_state["near_radius"] = USUAL_RADIUS_KM if circle is None else circle[2]

    def take_place() -> None:
        text = str(st.session_state["near_place"] or "")
        st.session_state.pop(PLACE_ERROR, None)
        if not text.strip():
            change_filter(chosen_filter().changed(near=None))
            return
        found = candidates_of(find_place(resolver, text))
        if not found:
            said = tr("“{text}” is not found. Write a city, such as Oslo, Norway.", text=text[:60])
            st.session_state[PLACE_ERROR] = text, said
            return
        lat, lon = round(found[0].lat, 5), round(found[0].lon, 5)
        st.session_state[_NEAR_NAME] = (lat, lon, found[0].name, found[0].country)
        change_filter(chosen_filter().changed(near=(lat, lon, float(st.session_state["near_radius"]))))

    def take_radius() -> None:
        wanted = chosen_filter()
        if wanted.near is not None:
            change_filter(wanted.changed(near=(*wanted.near[:2], float(st.session_state["near_radius"]))))

    radius, place = st.columns([1, 2.2])
    radius.number_input(
        tr("Radius in km"),
        0.1,
        MAX_RADIUS_KM,
        key="near_radius",
        step=5.0,
        format="%g",
        on_change=take_radius,
    )
    place.text_input(
        tr("Around this place"),
        key="near_place",
        placeholder=tr("Oslo, Norway"),
        max_chars=120,
        on_change=take_place,
    )
    if sentence:
        paragraph(sentence, "rm-error", role="alert")


def _render_crowd(counts: Mapping[str, int]) -> None:
    least, most = chosen_filter().crowd or (None, None)
    st.session_state["crowd_least"], st.session_state["crowd_most"] = least, most

    def take() -> None:
        low, high = st.session_state["crowd_least"], st.session_state["crowd_most"]
        if low is not None and high is not None and low > high:
            low, high = high, low
        change_filter(chosen_filter().changed(crowd=(low, high)))

    # Translators: labels of two numbers next to each other.
    labels = (trc("crowd", "People, at least"), trc("crowd", "at most"))
    for column, key, label in zip(st.columns(2), ("crowd_least", "crowd_most"), labels, strict=True):
        # Translators: any number of people.
        column.number_input(label, 0, key=key, step=50, placeholder=trc("crowd", "any"), on_change=take)
    # Translators: choices of the filter "Number of people".
    words = (trc("crowd", "A number is given"), trc("crowd", "None is"))
    _render_yes_no("crowd_known", tr("Number of people"), words, counts)


def _render_yes_no(part: str, label: str, words: tuple[str, str], counts: Mapping[str, int]) -> None:
    """Render two exclusive pills."""
    chosen = getattr(chosen_filter(), part)
    options = dict(zip((True, False), words, strict=True))
    key = f"part_{part}"
    st.session_state[key] = chosen

    def take() -> None:
        change_filter(chosen_filter().changed(**{part: st.session_state[key]}))

    st.pills(label, list(options), key=key, format_func=lambda value: plain_label(options[value]), on_change=take)
    marks = {value: f"{separator()}{number(counts.get(name, 0))}" for value, name in ((True, "yes"), (False, "no"))}
    mark_pills(key, list(options), marks)
