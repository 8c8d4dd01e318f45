"""A visitor's report about the open event: wrong place, did not happen, or puts people at risk."""

from __future__ import annotations

import secrets

import streamlit as st

from rallymap.errors import RallymapError
from rallymap.events import Event
from rallymap.language import mark_c, tr, trc
from rallymap.moderation import VISITOR, ReportKind
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.signed_in import signed_in_account
from rallymap.ui.text_limit import show_limit
from rallymap.workflows.reports import MAX_REPORT, report_event
from rallymap.workflows.services import Services

KIND_WORDS = {
    # Translators: answers to the question what is wrong with an event; "it" is the event.
    ReportKind.RISK: mark_c("report", "it puts people at risk"),
    ReportKind.WRONG_DATE: mark_c("report", "the date is wrong"),
    ReportKind.WRONG_PLACE: mark_c("report", "the place is wrong"),
    ReportKind.DID_NOT_HAPPEN: mark_c("report", "it did not happen"),
    ReportKind.OTHER: mark_c("report", "something else"),
}
_KEYS, _NO_KIND, _PROBLEM, _REPORTED = "report_keys", "report_no_kind", "report_problem", "reported_events"


def render_report(services: Services, event: Event) -> None:
    """Render "Report this event" with its few questions; after a report, confirm that it was received."""
    if event.id in st.session_state.get(_REPORTED, ()):
        sent = tr("Report sent. A moderator will look at it; the event stays visible until then.")
        paragraph(sent, "rm-found", role="status")
        return
    with st.popover(tr("Report this event"), type="tertiary"):
        st.radio(
            tr("What is wrong?"),
            list(KIND_WORDS),
            index=None,
            key=f"report-kind-{event.id}",
            format_func=lambda kind: trc("report", KIND_WORDS[kind]),
        )
        if st.session_state.pop(_NO_KIND, False):
            paragraph(tr("Choose what is wrong with this event."), "rm-error", role="alert")
        show_limit(st.text_area(tr("Details (optional)"), key=f"report-words-{event.id}", height=90), MAX_REPORT)
        readers = tr(
            "Only moderators read this. An upcoming event that puts people at risk can be hidden at once, until a "
            "moderator has looked."
        )
        paragraph(readers, "rm-found")
        problem = st.session_state.pop(_PROBLEM, None)
        if problem:
            paragraph(problem, "rm-error", role="alert")
        st.button(
            tr("Send the report"), key=f"report-{event.id}", type="primary", on_click=_send, args=(services, event)
        )


def _send(services: Services, event: Event) -> None:
    kind = st.session_state.get(f"report-kind-{event.id}")
    if kind is None:
        st.session_state[_NO_KIND] = True
        return
    keys: dict[str, str] = st.session_state.setdefault(_KEYS, {})
    try:
        is_hidden = report_event(
            services.db,
            event.id,
            ReportKind(kind),
            str(st.session_state.get(f"report-words-{event.id}", "")),
            account=signed_in_account(services) or VISITOR,
            address=st.context.ip_address or "",
            now=services.now(),
            idempotency_key=keys.setdefault(event.id, secrets.token_urlsafe(18)),
        )
    except RallymapError as err:
        st.session_state[_PROBLEM] = err.user_message
        return
    st.session_state[_REPORTED] = {*st.session_state.get(_REPORTED, ()), event.id}
    if is_hidden:
        # The event's panel is closed by the next rerun, so the confirmation is shown above the page.
        st.toast(tr("Thank you. The event is hidden until a moderator has looked at it."), duration="long")
