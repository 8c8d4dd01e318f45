"""The open event: its card and map, possible duplicates, warnings, and the moderator's actions."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from rallymap.errors import DamagedEventError, EventNotFoundError, RightsError
from rallymap.events import Event, ReviewStatus
from rallymap.language import isolated, list_in_words, mark_c, number, separator, tr, trc
from rallymap.moderation import Account
from rallymap.store.events import merged_into
from rallymap.templates import bdi, bold, fill, one_line, render, unbroken
from rallymap.ui.paragraphs import empty_list, paragraph
from rallymap.ui.pick_panel import render_pick_map
from rallymap.ui.plain import plain_label
from rallymap.ui.public_preview import render_public_preview
from rallymap.ui.review import state
from rallymap.ui.review.audit import render_history
from rallymap.ui.review.campaign import render_campaign
from rallymap.ui.review.case_messages import render_case_messages
from rallymap.ui.review.damaged_events import render_damaged
from rallymap.ui.review.decisions import render_decision, render_decisions_of_others
from rallymap.ui.review.duplicates import render_duplicates
from rallymap.ui.review.edits import render_edit
from rallymap.ui.review.more import render_more
from rallymap.ui.review.outcome import needs_outcome, render_outcome
from rallymap.ui.review.picture import render_picture_removal, render_proposed_picture
from rallymap.ui.review.place_check import render_place_check
from rallymap.ui.review.proposal import render_proposal
from rallymap.ui.review.report_list import render_reports_about
from rallymap.ui.review.text_flags import render_text_flags
from rallymap.ui.theme import theme_name
from rallymap.views.cards import event_card
from rallymap.views.differences import differences_table
from rallymap.views.pick_map import RoutePoint
from rallymap.wording import ago_in_words
from rallymap.workflows.cases import Case, open_case
from rallymap.workflows.pictures import reviewed_picture_url
from rallymap.workflows.services import Services

_STANDS = {
    ReviewStatus.DRAFT: mark_c("status of an event", "Draft"),
    ReviewStatus.PENDING: mark_c("status of an event", "Waits for review"),
    ReviewStatus.SENT_BACK: mark_c("status of an event", "Sent back"),
    ReviewStatus.PUBLISHED: mark_c("status of an event", "Published"),
    ReviewStatus.REJECTED: mark_c("status of an event", "Rejected"),
    ReviewStatus.WITHDRAWN: mark_c("status of an event", "Withdrawn"),
}
_MENTION_WORDS = {
    "title": mark_c("named in", "the title"),
    "about": mark_c("named in", "the text about it"),
    "claims": mark_c("named in", "a claim"),
    "crowd": mark_c("named in", "a crowd estimate"),
    "sources": mark_c("named in", "a source"),
    "topics": mark_c("named in", "the topics"),
    "campaign": mark_c("named in", "the name of its campaign"),
    "translations": mark_c("named in", "a text in another language"),
}


def render_case(services: Services, account: Account, event_id: str, *, opened: str = "") -> None:
    """Render one event.

    Parameters
    ----------
    opened
        The section that belongs to this list; it is shown above the card. "" for none.
    """
    try:
        case = open_case(services.db, account, event_id)
    except (DamagedEventError, EventNotFoundError, RightsError) as err:
        empty_list(err.user_message, tr("Choose another one from the list."))
        if isinstance(err, EventNotFoundError):
            _render_kept(services, account, event_id)
        elif isinstance(err, DamagedEventError):
            render_damaged(services, account, event_id)
        return
    event = case.event
    with st.container(key="open_event"):
        st.button(tr("Back to the list"), key="back", type="tertiary", on_click=state.choose, args=(None,))
        st.html(_head(case, services))
        render_decisions_of_others(services, account, event)
        _render_warnings(case, opened)
        render_text_flags(case)
        render_reports_about(services, case)
        if case.proposal is not None:
            render_proposed_picture(services, account, case.proposal)
            render_proposal(services, case.proposal)
        if case.last_public is not None:
            paragraph(tr("Changes since publication"), "rm-section-first")
            heads = trc("column: how it is published", "Published"), trc("column: how it is now", "Now")
            st.html(differences_table(case.last_public, event, heads=heads))
        if opened and (opened != "outcome" or needs_outcome(event, services.now())):
            _render_section(opened, services, account, case)
        is_one_of_many = render_campaign(services, account, event)
        left, right = st.columns([1.25, 1], gap="small")
        with left:
            picture_url = reviewed_picture_url(services.db, account, event)
            note = tr("Moderators see all of this.")
            st.html(event_card(event, note=note, picture_url=picture_url, in_all_languages=True))
            render_public_preview(event, services.now(), picture_url=picture_url)
            render_picture_removal(services, event)
        with right:
            _render_map(event)
            render_duplicates(services, case)
        render_decision(services, account, case, is_one_of_many=is_one_of_many)
        _render_sections(services, account, case, opened)


def _render_kept(services: Services, account: Account, event_id: str) -> None:
    """Link from a removed event to the event it was merged into; skip if there is none."""
    try:
        kept = services.db.read(merged_into, event_id)
        event = open_case(services.db, account, kept).event if kept else None
    except (DamagedEventError, EventNotFoundError, RightsError):
        return
    if event is not None:
        # Translators: follows "There is no event at this address."; the title of the other event comes next.
        paragraph(tr("It was merged with:"), "rm-found")
        st.button(plain_label(event.title), key="open_kept", on_click=state.choose, args=(event.id,))


def _head(case: Case, services: Services) -> Markup:
    event = case.event
    parts: list[str] = [bold(trc("status of an event", _STANDS[event.review]))]
    if case.item is not None:
        # Translators: when an event came in: “came in 3 days ago”.
        parts.append(tr("came in {ago}", ago=ago_in_words(case.item.submitted_at, services.now())))
        if case.item.hidden_at is not None:
            ago = ago_in_words(case.item.hidden_at, services.now())
            said = tr("{start}hidden after a report{end} {ago}")
            parts.append(fill(said, start=Markup("<b>"), end=Markup("</b>"), ago=ago))
        if case.item.is_answered:
            parts.append(bold(tr("its organiser answered")))
        if case.item.code:
            # Translators: {code} is what the organiser got when they sent the event in.
            parts.append(fill(tr("receipt {code}"), code=unbroken(case.item.code)))
    parts.append(tr("revision {revision}", revision=number(event.revision)))
    lines: list[str] = [one_line(parts)]
    if case.item is not None and case.item.contact:
        lines.append(fill(tr("Contact, for moderators only: {contact}"), contact=bdi(case.item.contact)))
    if case.item is not None and case.item.reason:
        lines.append(fill(tr("Last reason given: {reason}"), reason=bdi(case.item.reason)))
    if case.approved_by:
        names = list_in_words(map(isolated, case.approved_by))
        lines.append(tr("Agreed to by {names}; a second moderator has to agree.", names=names))
    return render("case_head.html", id=event.id, lines=lines)


def _render_warnings(case: Case, opened: str) -> None:
    warnings = []
    if case.mentions:
        places = list_in_words(trc("named in", _MENTION_WORDS[name]) for name in case.mentions)
        warnings.append(
            # Translators: {places} is a list such as “the title, a claim and a source”.
            tr(
                "The exact location “{venue}” is named in {places}; these words are public at once.",
                venue=case.event.place.venue,
                places=places,
            )
        )
    if case.check is not None and opened != "place":
        warnings.append(tr("Its place is not settled yet; see Place below."))
    for warning in warnings:
        paragraph(warning, "rm-said rm-said-problem")


def _render_map(event: Event) -> None:
    location = event.location
    if location is None:
        empty_list(tr("Not on the map."), tr("Its place is not known or not settled."))
        return
    with st.container(key="small_map"):
        # The key includes the revision: a new place needs a new map.
        render_pick_map(
            key=f"where-{event.id}-{event.revision}",
            candidates=[(location.lat, location.lon, location.name, location.radius_m, str(location.precision))],
            chosen=0,
            draggable=False,
            route=[
                RoutePoint(point.location.lat, point.location.lon, point.text, number)
                for number, point in enumerate(event.route, 1)
                if point.location is not None
            ],
            theme=theme_name(),
            height_px=220,
        )


def _render_sections(services: Services, account: Account, case: Case, opened: str) -> None:
    messages = tr("Notes and questions")
    labels = {
        "outcome": tr("What happened"),
        "place": tr("Place"),
        "edit": trc("section: change an event", "Edit"),
        "messages": f"{messages}{separator()}{number(len(case.notes))}" if case.notes else messages,
        "history": tr("History"),
        "more": tr("Merge, split, take down"),
    }
    if not needs_outcome(case.event, services.now()):
        labels.pop("outcome")
    labels.pop(opened, None)
    key = "review_sections"

    def show() -> None:
        state.show_section(st.session_state[key])

    current = state.section() if state.section() in labels else None
    st.session_state[key] = current
    with st.container(key="sections"):
        st.pills(
            tr("More about this event"),
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
            case "messages":
                render_case_messages(services, case)
            case "history":
                render_history(services, account, case.event)
            case "more":
                render_more(services, account, case.event)
