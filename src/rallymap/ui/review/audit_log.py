"""The audit log: all entries in order of time, with filters, and one event's changes field by field."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from rallymap.language import tr, trc
from rallymap.moderation import VISITOR, Account, Role
from rallymap.store.audit_log import LogEntry
from rallymap.store.case_values import ORGANISER
from rallymap.templates import bdi, bold, link, one_line, render
from rallymap.ui.paragraphs import empty_list, page_lead, paragraph
from rallymap.ui.review import state
from rallymap.ui.review.audit import change_line
from rallymap.ui.review.more import event_id_in
from rallymap.ui.review.paging import more_rows, row_limit
from rallymap.ui.review.words import ACTIONS, action_in_words, ago_with_time, reason_in_words, role_in_words
from rallymap.workflows.audit import read_log
from rallymap.workflows.audit_log import list_actors, list_log
from rallymap.workflows.services import Services

_EVENT, _WHO, _ACT = "log_event", "log_who", "log_act"


def render_audit_log(services: Services, account: Account) -> None:
    """Render the log; for a single event also what changed in it, even if it was merged or taken down."""
    st.session_state.setdefault(_EVENT, state.chosen() or "")
    with st.container(key="page"):
        lead = tr(
            "Who did what and when: to events, also those that were merged or taken down, to accounts and to the "
            "site. Name an event to see what changed in it, field by field."
        )
        page_lead(tr("Log"), lead)
        text = st.text_input(tr("Link to an event, or its id"), key=_EVENT, max_chars=500)
        if text:
            _render_event(services, account, event_id_in(text))
        else:
            _render_all(services, account)


def _render_event(services: Services, account: Account, event_id: str) -> None:
    changes = read_log(services.db, event_id, account=account)
    if not changes:
        empty_list(tr("Nothing is logged about this id."), tr("Copy the link of the event again."))
        return
    _render_download({"event": event_id})
    st.html(Markup("").join(change_line(change, services) for change in changes))


def _render_all(services: Services, account: Account) -> None:
    with st.container(key="log_filters", horizontal=True):
        who = st.selectbox(
            tr("Who"),
            list_actors(services.db, account),
            index=None,
            key=_WHO,
            format_func=_actor_in_words,
            placeholder=trc("of a filter", "All"),
            filter_mode="contains",
        )
        action = st.selectbox(
            tr("Act"),
            sorted(ACTIONS, key=action_in_words),
            index=None,
            key=_ACT,
            format_func=action_in_words,
            placeholder=trc("of a filter", "All"),
            filter_mode="contains",
        )
    limit = row_limit()
    found = list_log(services.db, account, actor=who or "", action=action or "", limit=limit + 1)
    if not found:
        empty_list(tr("No log entry matches these filters."), "")
        return
    _render_download({"who": who or "", "act": action or ""})
    st.html(Markup("").join(_line(entry, services) for entry in found[:limit]))
    if more := more_rows(len(found)):
        st.button(tr("Show more"), key="log_more", on_click=more)


def _render_download(wanted: dict[str, str]) -> None:
    address = "audit-log.csv?" + urlencode({name: value for name, value in wanted.items() if value})
    paragraph(link(address, tr("Download as CSV"), downloads=True), "rm-found")


def _line(entry: LogEntry, services: Services) -> Markup:
    parts = [
        bold(action_in_words(entry.action)),
        bdi(_actor_in_words(entry.actor)),
        ago_with_time(entry.at, services.now()),
    ]
    if entry.event_id:
        parts.append(link(f"review?view=log&event={entry.event_id}", bdi(entry.event_id)))
    return render("change.html", line=one_line(parts), reason=reason_in_words(entry), tables=[])


def _actor_in_words(actor: str) -> str:
    if actor == "operator":
        # Translators: who did something on the server: the person who runs the site.
        return trc("entry of the audit log", "operator")
    roles = {VISITOR.name: Role.VISITOR, ORGANISER: Role.ORGANISER}
    return role_in_words(roles[actor]) if actor in roles else actor
