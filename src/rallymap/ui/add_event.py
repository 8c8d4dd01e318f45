"""Add an event: what, when, where, who, sources; it waits for a moderator, and its organiser gets a receipt."""

from __future__ import annotations

import secrets
from html import escape

import streamlit as st

from rallymap.countries import country_name, country_names
from rallymap.dates import DatePrecision
from rallymap.errors import StoreError
from rallymap.events import MAX_NAME, MAX_TEXT, MAX_TITLE, EventStatus, Kind
from rallymap.places import Ambiguous, Answer, Located, NoMatch
from rallymap.store import Receipt
from rallymap.ui.form_fields import choice_field, clear_fields, set_mistakes, show_mistake, text_field, typed_fields
from rallymap.ui.look import theme_name
from rallymap.ui.pick_panel import render_pick_map
from rallymap.ui.plain import plain_label
from rallymap.views.cards import event_card
from rallymap.weblinks import MAX_URL
from rallymap.wording import KIND_LABELS, PLACE_NOTES, STATUS_LABELS
from rallymap.workflows.services import Services
from rallymap.workflows.submitting import MAX_CONTACT, candidates_of, draft_event, find_place, submit_event

PRECISIONS = {
    DatePrecision.DAY: "a day, or several days",
    DatePrecision.MINUTE: "a day with the exact time",
    DatePrecision.WEEKEND: "a weekend",
    DatePrecision.WEEK: "a week",
    DatePrecision.MONTH: "a month",
    DatePrecision.YEAR: "a year",
    DatePrecision.UNKNOWN: "not known",
}
_NONCE, _RECEIPT, _PICK, _PICK_FOR = "submission_nonce", "submission_receipt", "place_pick", "place_pick_for"


def render(services: Services) -> None:
    """Draw the page."""
    with st.container(key="page"):
        receipt: Receipt | None = st.session_state.get(_RECEIPT)
        if receipt is not None:
            _render_receipt(receipt)
            return
        st.html(
            '<div class="rm-lead"><h1>Add an event</h1><p>A moderator reads it before it is published. Nobody has to '
            "sign in, and what you type stays here until you send it.</p></div>"
        )
        _render_what()
        _render_when()
        _render_where(services)
        _render_who()
        _render_sources()
        _render_preview(services)
        _render_send(services)


def _section(title: str) -> None:
    st.html(f'<p class="rm-section">{title}</p>')


def _render_what() -> None:
    _section("What")
    text_field("title", "Title", most=MAX_TITLE, placeholder="Rally for political prisoners, Oslo")
    left, right = st.columns(2)
    with left:
        choice_field("kind", "Kind", list(Kind), lambda value: KIND_LABELS[Kind(value)])
    with right:
        choice_field(
            "status",
            "Has it taken place?",
            [EventStatus.HELD, EventStatus.ANNOUNCED, EventStatus.CONFIRMED, EventStatus.CANCELLED],
            lambda value: STATUS_LABELS[EventStatus(value)],
        )
    text_field(
        "about",
        "What it was about",
        most=MAX_TEXT,
        tall=True,
        help_text="Plain, neutral words. Slogans belong to who said them.",
    )


def _render_when() -> None:
    _section("When")
    precision = choice_field(
        "precision", "What is known of the date?", list(PRECISIONS), lambda value: PRECISIONS[DatePrecision(value)]
    )
    if precision == DatePrecision.UNKNOWN:
        return
    left, right = st.columns(2)
    with left:
        text_field("start", _START[DatePrecision(precision)], most=40, placeholder="2020-02-01 or 1 Feb 2020")
    if precision in (DatePrecision.DAY, DatePrecision.MINUTE):
        with right:
            text_field("end", "Last day, if it was another", most=40)
    if precision == DatePrecision.MINUTE:
        with left:
            text_field("start_time", "Starts at", most=10, placeholder="18:00")
        with right:
            text_field("end_time", "Ends at, if known", most=10)
        text_field(
            "zone",
            "Time zone, if you know it",
            most=60,
            placeholder="Europe/Oslo",
            help_text="Left empty, it is found from the place.",
        )


_START = {
    DatePrecision.DAY: "Day",
    DatePrecision.MINUTE: "Day",
    DatePrecision.WEEKEND: "Any day of that weekend",
    DatePrecision.WEEK: "Any day of that week",
    DatePrecision.MONTH: "Month",
    DatePrecision.YEAR: "Year",
}


def _render_where(services: Services) -> None:
    _section("Where")
    left, right = st.columns([2, 1])
    with left:
        text = text_field(
            "place_text", "Place, as you would write it", most=MAX_NAME, placeholder="Stortinget, Oslo", live=True
        )
    with right:
        country = choice_field(
            "country", "Country", ["", *country_names()], lambda code: country_name(code) if code else "not chosen"
        )
    text_field(
        "venue", "Spot within the city, if it may be public", most=MAX_NAME, placeholder="in front of the parliament"
    )
    answer = find_place(services.resolver, text, country)
    if st.session_state.get(_PICK_FOR) != (text, country):
        st.session_state[_PICK_FOR] = (text, country)
        st.session_state[_PICK] = None
    _render_answer(answer)


def _render_answer(answer: Answer | None) -> None:
    candidates = candidates_of(answer)
    match answer:
        case None:
            return
        case NoMatch(reason=reason):
            st.html(f'<p class="rm-found" role="status">{escape(reason)} The event can be sent all the same.</p>')
            return
        case Located(candidate=found):
            words = f"Found: {found.label} – {PLACE_NOTES[found.precision]}."
        case Ambiguous():
            words = "Several places have this name. Please choose one."
    st.html(f'<p class="rm-found" role="status">{escape(words)}</p>')
    if len(candidates) > 1:
        st.radio(
            "Which place is meant?",
            range(len(candidates)),
            format_func=lambda index: plain_label(candidates[index].label),
            index=0 if isinstance(answer, Located) else None,
            key=f"pick_{abs(hash(st.session_state[_PICK_FOR]))}",
            on_change=_take_pick,
        )
    render_pick_map(
        key="add_map",
        candidates=[(c.lat, c.lon, c.label, c.radius_m, c.precision) for c in candidates],
        chosen=st.session_state[_PICK] or 0,
        theme=theme_name(),
    )


def _take_pick() -> None:
    key = f"pick_{abs(hash(st.session_state[_PICK_FOR]))}"
    st.session_state[_PICK] = st.session_state[key]


def _render_who() -> None:
    _section("Who")
    text_field(
        "organisers",
        "Organisers",
        most=MAX_NAME * 4,
        help_text="Groups, not private persons. Separate several with commas.",
    )
    text_field("communities", "Whose diaspora", most=MAX_NAME, placeholder="Iran")
    left, middle, right = st.columns(3)
    with left:
        text_field("crowd_low", "Crowd: at least", most=12, placeholder="200")
    with middle:
        text_field("crowd_high", "Crowd: at most", most=12, placeholder="300")
    with right:
        text_field("crowd_by", "Who says so", most=MAX_NAME, placeholder="police")


def _render_sources() -> None:
    _section("Sources")
    text_field("source_url", "Link to a report", most=MAX_URL, placeholder="https://")
    left, right = st.columns(2)
    with left:
        text_field("source_title", "Its title", most=MAX_NAME)
    with right:
        text_field("source_publisher", "Its publisher", most=MAX_NAME)
    text_field(
        "contact",
        "How a moderator can reach you (optional)",
        most=MAX_CONTACT,
        help_text="Seen by moderators only, never published. Leave it empty if you would rather not say.",
    )


def _render_preview(services: Services) -> None:
    with st.expander("Preview"):
        draft = draft_event(services.resolver, typed_fields(), chosen=st.session_state.get(_PICK))
        if draft.event is None:
            st.text("The preview appears once these are right:")
            for sentence in dict.fromkeys(draft.errors.values()):
                st.text(f"– {sentence}")
        else:
            st.html(event_card(draft.event))


def _render_send(services: Services) -> None:
    st.session_state.setdefault(_NONCE, secrets.token_urlsafe(18))

    def send() -> None:
        try:
            receipt, draft = submit_event(
                services.store,
                services.resolver,
                typed_fields(),
                chosen=st.session_state.get(_PICK),
                nonce=st.session_state[_NONCE],
            )
        except StoreError as err:
            set_mistakes({"form": f"{err.user_message} Nothing you typed is lost; please try again in a while."})
            return
        set_mistakes(draft.errors)
        if receipt is not None:
            st.session_state[_RECEIPT] = receipt

    show_mistake("form")
    st.button("Submit for review", key="submit_event", type="primary", on_click=send)
    if st.session_state.get("add_form_errors"):
        count = len(st.session_state["add_form_errors"])
        st.html(
            f'<p class="rm-error" role="alert">{"One field needs" if count == 1 else f"{count} fields need"} a look; '
            "what is wrong stands beside each.</p>"
        )


def _render_receipt(receipt: Receipt) -> None:
    st.html(
        '<div class="rm-receipt" role="status"><b>Thank you. Your event waits for a moderator.</b><br>'
        f"Its receipt is <code>{escape(receipt.code)}</code>. Keep it if you want to ask about the event later.</div>"
    )
    st.button("Add another event", key="add_another", on_click=_start_again)


def _start_again() -> None:
    clear_fields()
    for key in (_RECEIPT, _NONCE, _PICK, _PICK_FOR):
        st.session_state.pop(key, None)
