"""The step "where": place text with candidates while typing, the map with a pin, and what the public may see."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.countries import country_name, country_names
from rallymap.events import MAX_NAME, Disclosure
from rallymap.places import Ambiguous, Answer, Candidate, Located, NoMatch
from rallymap.ui.form_fields import choice_field, fields, radio_field, text_field
from rallymap.ui.look import theme_name
from rallymap.ui.pick_panel import render_pick_map
from rallymap.ui.place_pin import drop_pin, follow_place, pin_point, render_contradiction, view_of_country
from rallymap.ui.plain import plain_label
from rallymap.wording import PLACE_NOTES
from rallymap.workflows.disclosure import may_lie_ahead
from rallymap.workflows.services import Services
from rallymap.workflows.submitting import Suggested, candidates_of, find_place

_PICK, _PICK_FOR = "place_pick", "place_pick_for"
_DISCLOSURE = {
    Disclosure.CITY: "the city only, until the event is over (safest)",
    Disclosure.FROM_TIME: "the exact location, from a time that I choose",
    Disclosure.PUBLIC: "the exact location now: it is already announced publicly, and I give the source",
}


def chosen_candidate() -> int | None:
    """Return the index of the candidate the organiser picked, or None."""
    picked: int | None = st.session_state.get(_PICK)
    return picked


def render_where(services: Services) -> None:
    """Draw the step."""
    left, right = st.columns([2, 1])
    with left:
        text = text_field(
            "place_text", "Place, as you would write it", most=MAX_NAME, placeholder="Stortinget, Oslo", live=True
        )
    with right:
        country = choice_field(
            "country", "Country", ["", *country_names()], lambda code: country_name(code) if code else "not chosen"
        )
    answer = find_place(services.resolver, text, country)
    if st.session_state.get(_PICK_FOR) != (text, country):
        st.session_state[_PICK_FOR], st.session_state[_PICK] = (text, country), None
    known, picked = (None if isinstance(answer, Suggested) else answer), _picked(answer)
    moved = follow_place(known, picked)
    _render_answer(answer)
    if moved:
        st.html(f'<p class="rm-found" role="status">{escape(moved)}</p>')
    _render_map(services, answer)
    text_field("venue", "Spot within the city", most=MAX_NAME, placeholder="in front of the parliament")
    text_field(
        "coordinates",
        "Coordinates, if you know them",
        most=200,
        placeholder="59.9130, 10.7402",
        help_text="Any usual notation, or put the pin on the map. Otherwise the city's own point is taken.",
    )
    render_contradiction(known, picked)
    if may_lie_ahead(fields(), services.now()):
        _render_disclosure()


def _render_answer(answer: Answer | Suggested | None) -> None:
    match answer:
        case None:
            return
        case Suggested():
            words = "No place is called just that. Is it one of these? If not, the event can be sent all the same."
        case NoMatch(reason=reason):
            words = f"{reason} The event can be sent all the same."
        case Located(candidate=found):
            words = f"Found: {found.label} – {PLACE_NOTES[found.precision]}."
        case Ambiguous():
            words = "Several places have this name. Please choose one."
    st.html(f'<p class="rm-found" role="status">{escape(words)}</p>')
    candidates = candidates_of(answer)
    if len(candidates) > 1 or isinstance(answer, Suggested):
        key = f"pick_{st.session_state[_PICK_FOR]}"

        def take() -> None:
            st.session_state[_PICK] = st.session_state[key]

        st.radio(
            "Which place is meant?",
            range(len(candidates)),
            format_func=lambda index: plain_label(candidates[index].label),
            index=0 if isinstance(answer, Located) else None,
            key=key,
            on_change=take,
        )


def _picked(answer: Answer | Suggested | None) -> Candidate | None:
    chosen, candidates = chosen_candidate(), candidates_of(answer)
    return candidates[chosen] if chosen is not None and chosen < len(candidates) else None


def _render_map(services: Services, answer: Answer | Suggested | None) -> None:
    candidates, chosen = candidates_of(answer), chosen_candidate()
    moved = render_pick_map(
        key="add_map",
        candidates=[(c.lat, c.lon, c.label, c.radius_m, c.precision) for c in candidates],
        chosen=chosen or 0 if isinstance(answer, Located) else chosen,
        draggable=True,
        pin=pin_point(),
        view=view_of_country(services.resolver, fields().get("country", "")),
        theme=theme_name(),
    )
    if moved is None:
        return
    if moved.candidate is not None:
        st.session_state[_PICK] = moved.candidate
    else:
        drop_pin(moved.lat, moved.lon)
    st.rerun()


def _render_disclosure() -> None:
    chosen = radio_field(
        "disclosure",
        "What may the public see before the event?",
        list(_DISCLOSURE),
        lambda value: _DISCLOSURE[Disclosure(value)],
    )
    if chosen == Disclosure.FROM_TIME:
        text_field(
            "disclosed_from",
            "From when on",
            most=40,
            placeholder="2026-05-03 12:00",
            help_text="Local time of the place.",
        )
