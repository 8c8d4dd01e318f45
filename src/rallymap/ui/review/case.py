"""The open event: its card and map, what may be the same, what is wrong with it, and what can be done."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.errors import EventNotFoundError, RightsError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account
from rallymap.ui.pick_panel import render_pick_map
from rallymap.ui.public_preview import render_public_preview
from rallymap.ui.review import state
from rallymap.ui.review.audit import render_history
from rallymap.ui.review.case_messages import render_case_messages
from rallymap.ui.review.decisions import render_decision
from rallymap.ui.review.duplicates import render_duplicates
from rallymap.ui.review.edits import render_edit
from rallymap.ui.review.more import render_more
from rallymap.ui.review.outcome import asks_for_outcome, render_outcome
from rallymap.ui.review.picture import render_picture_removal, render_proposed_picture
from rallymap.ui.review.place_check import render_place_check
from rallymap.ui.review.proposal import render_proposal
from rallymap.ui.review.report_list import render_reports_about
from rallymap.ui.theme import theme_name
from rallymap.views.cards import event_card
from rallymap.views.differences import differences_table
from rallymap.wording import ago_in_words
from rallymap.workflows.cases import Case, open_case
from rallymap.workflows.pictures import reviewed_picture_url
from rallymap.workflows.services import Services

_STANDS = {
    ReviewStatus.DRAFT: "Draft",
    ReviewStatus.PENDING: "Waits for review",
    ReviewStatus.SENT_BACK: "Sent back",
    ReviewStatus.PUBLISHED: "Published",
    ReviewStatus.REJECTED: "Rejected",
    ReviewStatus.WITHDRAWN: "Withdrawn",
}
_CARD_NOTE = "Moderators see all of this."
_MENTION_WORDS = {"claims": "a claim", "crowd": "a crowd estimate", "sources": "a source", "topics": "the topics"}


def render_case(services: Services, account: Account, event_id: str, *, opened: str = "") -> None:
    """Draw one event.

    Parameters
    ----------
    opened
        The section that this list is about: it is above the card. "" for none.
    """
    try:
        case = open_case(services.db, account, event_id)
    except (EventNotFoundError, RightsError) as err:
        st.html(f'<p class="rm-empty"><b>{escape(err.user_message)}</b>Choose another one from the list.</p>')
        return
    event = case.event
    with st.container(key="open_event"):
        st.button("Back to the list", key="back", type="tertiary", on_click=state.choose, args=(None,))
        st.html(_head(case, services))
        _render_warnings(case, opened)
        render_reports_about(services, case)
        if case.proposal is not None:
            render_proposed_picture(services, account, case.proposal)
            render_proposal(services, case.proposal)
        if case.last_public is not None:
            st.html('<p class="rm-section-first">Changes since publication</p>')
            st.html(differences_table(case.last_public, event, heads=("Published", "Now")))
        if opened and (opened != "outcome" or asks_for_outcome(event, services.now())):
            _render_section(opened, services, account, case)
        left, right = st.columns([1.25, 1], gap="small")
        with left:
            picture_url = reviewed_picture_url(services.db, account, event)
            st.html(event_card(event, note=_CARD_NOTE, picture_url=picture_url))
            render_public_preview(event, services.now(), picture_url=picture_url)
            render_picture_removal(services, event)
            render_decision(services, account, event)
        with right:
            _render_map(event)
            render_duplicates(services, case)
        _render_sections(services, account, case, opened)


def _head(case: Case, services: Services) -> str:
    event, parts = case.event, [f"<b>{_STANDS[case.event.review]}</b>"]
    if case.item is not None:
        parts.append(f"came in {ago_in_words(case.item.submitted_at, services.now())}")
        if case.item.hidden_at is not None:
            parts.append(f"<b>hidden after a report</b> {ago_in_words(case.item.hidden_at, services.now())}")
        if case.item.is_answered:
            parts.append("<b>its organiser answered</b>")
        if case.item.code:
            parts.append(f"receipt {escape(case.item.code)}")
    parts.append(f"revision {event.revision}")
    lines = [" · ".join(parts)]
    if case.item is not None and case.item.contact:
        lines.append(f"Contact, for moderators only: <bdi>{escape(case.item.contact)}</bdi>")
    if case.item is not None and case.item.reason:
        lines.append(f"Last reason given: <bdi>{escape(case.item.reason)}</bdi>")
    if case.approved_by:
        lines.append(f"Agreed to by {escape(', '.join(case.approved_by))}; a second moderator has to agree.")
    return "".join(f'<p class="rm-about">{line}</p>' for line in lines)


def _render_warnings(case: Case, opened: str) -> None:
    warnings = []
    if case.mentions:
        places = ", ".join(_MENTION_WORDS.get(name, f"the {name}") for name in case.mentions)
        warnings.append(
            f"The exact location “{case.event.place.venue}” is named in {places}; these words are public at once."
        )
    if case.check is not None and opened != "place":
        warnings.append("Its place is not settled yet; see Place below.")
    for warning in warnings:
        st.html(f'<p class="rm-said rm-said-problem">{escape(warning)}</p>')


def _render_map(event: Event) -> None:
    location = event.location
    if location is None:
        st.html('<p class="rm-empty"><b>Not on the map.</b>Its place is not known or not settled.</p>')
        return
    with st.container(key="small_map"):
        # Its key changes with the revision: a new place is drawn on a new map.
        render_pick_map(
            key=f"where-{event.id}-{event.revision}",
            candidates=[(location.lat, location.lon, location.name, location.radius_m, str(location.precision))],
            chosen=0,
            draggable=False,
            theme=theme_name(),
            height_px=220,
        )


def _render_sections(services: Services, account: Account, case: Case, opened: str) -> None:
    talk = f"Notes and questions · {len(case.notes)}" if case.notes else "Notes and questions"
    labels = {
        "outcome": "What happened",
        "place": "Place",
        "edit": "Edit",
        "talk": talk,
        "history": "History",
        "more": "Merge, split, take down",
    }
    if not asks_for_outcome(case.event, services.now()):
        labels.pop("outcome")
    labels.pop(opened, None)
    key = "review_sections"

    def show() -> None:
        state.show_section(st.session_state[key])

    current = state.section() if state.section() in labels else None
    st.session_state[key] = current
    with st.container(key="sections"):
        st.pills(
            "More about this event",
            list(labels),
            key=key,
            format_func=lambda name: labels[name],
            on_change=show,
            label_visibility="collapsed",
        )
    if current:
        _render_section(current, services, account, case)


def _render_section(name: str, services: Services, account: Account, case: Case) -> None:
    with st.container(key=f"section_{name}"):
        match name:
            case "outcome":
                render_outcome(services, case.event)
            case "place":
                render_place_check(services, account, case.event, case.check)
            case "edit":
                render_edit(services, case.event)
            case "talk":
                render_case_messages(services, case)
            case "history":
                render_history(services, account, case.event)
            case "more":
                render_more(services, account, case.event)
