"""The step "where": place text with live candidates, the map with a pin, and what the public may see."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rallymap.countries import country_name, country_names
from rallymap.event_wording import ATTENDANCE_LABELS
from rallymap.events import MAX_NAME, AttendanceMode, Disclosure, Event
from rallymap.intake.filled_form import CHOSEN_PLACE
from rallymap.language import digits, mark, tr
from rallymap.places import Ambiguous, Answer, Candidate, Located, NoMatch
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.pick_panel import render_pick_map
from rallymap.ui.plain import plain_label
from rallymap.ui.street_link import render_street_link
from rallymap.ui.submit.fields import choice_field, fields, radio_field, set_field, text_field
from rallymap.ui.submit.form_state import form
from rallymap.ui.submit.place_pin import drop_pin, follow_place, pin_point, render_contradiction, view_of_country
from rallymap.ui.submit.route_fields import render_route, route_on_map, show_point
from rallymap.ui.theme import theme_name
from rallymap.views.pick_map import RoutePoint
from rallymap.wording import PLACE_NOTES
from rallymap.workflows.disclosure import may_be_upcoming
from rallymap.workflows.place_answers import Suggested, candidates_of, chosen_of, find_place, name_choice
from rallymap.workflows.point_agreement import Point
from rallymap.workflows.services import Services

_DISCLOSURE = {
    Disclosure.CITY: mark("the city only, until the event is over (safest)"),
    Disclosure.FROM_TIME: mark("the exact location, from a time that I choose"),
    Disclosure.PUBLIC: mark("the exact location now: it is already announced publicly, and I give the source"),
}


def render_where(services: Services, before: Event | None) -> None:
    """Render the step; `before` is the event that the form changes, None for a new one."""
    mode = radio_field(
        "attendance_mode",
        tr("How do people take part?"),
        list(AttendanceMode),
        lambda value: tr(ATTENDANCE_LABELS[AttendanceMode(value)]),
    )
    if mode == AttendanceMode.ONLINE:
        said = tr("An online event needs no place. If you give one, it is where the event is held from.")
        paragraph(said, "rm-found", role="status")
    left, right = st.columns([2, 1])
    with left:
        text = text_field("place_text", tr("Place"), max_length=MAX_NAME, placeholder="Stortinget, Oslo", live=True)
    with right:
        country = choice_field(
            "country",
            tr("Country"),
            ["", *country_names()],
            # Translators: of a country that one may choose from a list.
            lambda code: country_name(code) if code else tr("not chosen"),
        )
    answer = find_place(services.resolver, text, country)
    known, picked = (None if isinstance(answer, Suggested) else answer), _picked(answer)
    moved = follow_place(known, picked)
    _render_answer(answer)
    if moved:
        paragraph(moved, "rm-found", role="status")
    route = route_on_map(services, before)
    _render_map(services, answer, route)
    text_field(
        "venue",
        tr("Exact location (square, building)"),
        max_length=MAX_NAME,
        # Translators: an example of an exact location.
        placeholder=tr("in front of the parliament"),
    )
    text_field(
        "coordinates",
        tr("Coordinates, if you know them"),
        max_length=200,
        placeholder="59.9130, 10.7402",
        help_text=tr("Any usual notation, or put the pin on the map. Otherwise the city's own point is taken."),
    )
    point = pin_point() or _found_point(known, picked)
    if point is not None:
        render_street_link(*point)
    render_contradiction(known, picked)
    render_route(route)
    has_place = any(fields().get(name) for name in ("place_text", "venue", "coordinates"))
    if (has_place or mode != AttendanceMode.ONLINE) and may_be_upcoming(fields(), services.now()):
        _render_disclosure()


def _render_answer(answer: Answer | Suggested | None) -> None:
    match answer:
        case None:
            return
        case Suggested():
            words = tr("No exact match. Is it one of these? If not, you can still send the event.")
        case NoMatch(reason=reason):
            words = tr("{reason} You can still send the event.", reason=reason)
        case Located(candidate=found):
            words = tr("Found: {place} – {precision}.", place=found.label, precision=tr(PLACE_NOTES[found.precision]))
        case Ambiguous():
            words = tr("Several places have this name. Please choose one.")
    paragraph(words, "rm-found", role="status")
    candidates = candidates_of(answer)
    if len(candidates) > 1 or isinstance(answer, Suggested):
        _render_choice(answer, candidates)


def _render_choice(answer: Answer | Suggested | None, candidates: Sequence[Candidate]) -> None:
    key = f"pick_{fields().get('country', '')}_{fields().get('place_text', '')}"
    chosen, unasked = chosen_of(answer, fields()), 0 if isinstance(answer, Located) else None
    if form().forced.pop(CHOSEN_PLACE, None) is not None:
        st.session_state[key] = chosen

    def take() -> None:
        if st.session_state[key] is not None:
            fields()[CHOSEN_PLACE] = name_choice(candidates[st.session_state[key]], fields())

    picked = st.radio(
        tr("Which place is meant?"),
        range(len(candidates)),
        unasked if chosen is None else chosen,
        format_func=lambda index: plain_label(candidates[index].label),
        key=key,
        on_change=take,
    )
    if picked is not None and picked != unasked:
        fields()[CHOSEN_PLACE] = name_choice(candidates[picked], fields())


def _found_point(answer: Answer | None, picked: Candidate | None) -> Point | None:
    found = picked or (answer.candidate if isinstance(answer, Located) else None)
    return None if found is None else (found.lat, found.lon)


def _picked(answer: Answer | Suggested | None) -> Candidate | None:
    chosen = chosen_of(answer, fields())
    return None if chosen is None else candidates_of(answer)[chosen]


def _render_map(services: Services, answer: Answer | Suggested | None, route: Sequence[RoutePoint]) -> None:
    candidates, chosen = candidates_of(answer), chosen_of(answer, fields())
    moved = render_pick_map(
        key="add_map",
        candidates=[(c.lat, c.lon, c.label, c.radius_m, c.precision) for c in candidates],
        chosen=chosen or 0 if isinstance(answer, Located) else chosen,
        draggable=True,
        pin=pin_point(),
        view=view_of_country(services.resolver, fields().get("country", "")),
        route=route,
        theme=theme_name(),
    )
    if moved is None:
        return
    if moved.point is not None:
        show_point(moved.point)
    elif moved.candidate is not None:
        set_field(CHOSEN_PLACE, name_choice(candidates[moved.candidate], fields()))
    else:
        drop_pin(moved.lat, moved.lon)
    st.rerun()


def _render_disclosure() -> None:
    chosen = radio_field(
        "disclosure",
        tr("What may the public see before the event?"),
        list(_DISCLOSURE),
        lambda value: tr(_DISCLOSURE[Disclosure(value)]),
    )
    if chosen == Disclosure.FROM_TIME:
        text_field(
            "disclosed_from",
            tr("Exact location is public from"),
            max_length=40,
            placeholder=digits("2026-05-03 12:00"),
            help_text=tr("Local time of the place."),
        )
