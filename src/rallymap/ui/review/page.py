"""The frame of the moderators' pages: sign-in, the bar of lists, and the selected list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st
from markupsafe import Markup

from rallymap.language import mark, number, separator, tr
from rallymap.moderation import Account, Permission, has_permission, limit_in_words
from rallymap.templates import bdi, bold, fill, link, one_line
from rallymap.ui.link import note_page
from rallymap.ui.paragraphs import page_lead, paragraph
from rallymap.ui.pill_marks import mark_pills
from rallymap.ui.review import state
from rallymap.ui.review.accounts import render_accounts
from rallymap.ui.review.audit_log import render_audit_log
from rallymap.ui.review.coverage import render_coverage
from rallymap.ui.review.decisions import render_undo
from rallymap.ui.review.figures import render_figures
from rallymap.ui.review.follow_up import render_follow_up
from rallymap.ui.review.mail_problems import render_mail_problems
from rallymap.ui.review.messages import render_messages
from rallymap.ui.review.place_checks import render_place_checks
from rallymap.ui.review.proposals import render_proposals
from rallymap.ui.review.queue import render_queue
from rallymap.ui.review.reports import render_hiding_limit, render_reports
from rallymap.ui.review.shortcuts import render_shortcuts
from rallymap.ui.review.typed import note_typed
from rallymap.ui.review.words import role_in_words
from rallymap.ui.signed_in import render_providers, sign_out_address, signed_in_account
from rallymap.workflows.services import Services
from rallymap.workflows.waiting import count_lists

_VIEWS: dict[str, tuple[str, Permission]] = {
    # Translators: the list of events that wait for review.
    "queue": (mark("Queue"), Permission.SEE_QUEUE),
    "messages": (mark("Messages"), Permission.NOTE),
    "places": (mark("Places to check"), Permission.SETTLE_PLACE),
    # Translators: what visitors reported about events.
    "reports": (mark("Reports"), Permission.CLOSE_REPORT),
    "changes": (mark("Proposed changes"), Permission.EDIT),
    # Translators: the list of past events of which nobody has said whether they were held.
    "follow-up": (mark("Follow-up"), Permission.EDIT),
    "coverage": (mark("Coverage"), Permission.RECORD_COVERAGE),
    # Translators: numbers about the moderators' work.
    "figures": (mark("Figures"), Permission.SEE_FIGURES),
    "accounts": (mark("Accounts"), Permission.MANAGE_ACCOUNTS),
    # Translators: the audit log.
    "log": (mark("Log"), Permission.SEE_AUDIT),
}
_PAGES: dict[str, Callable[[Services, Account], None]] = {
    "queue": render_queue,
    "coverage": render_coverage,
    "figures": render_figures,
    "accounts": render_accounts,
    "log": render_audit_log,
}
_LISTS: dict[str, Callable[[Services, Account, int], None]] = {
    "messages": render_messages,
    "places": render_place_checks,
    "reports": render_reports,
    "changes": render_proposals,
    "follow-up": render_follow_up,
}
_PILLS = "review_views"


def render(services: Services) -> None:
    """Render the page."""
    # Check on every run, so that a revoked permission ends with the next click.
    account = signed_in_account(services)
    if account is None:
        note_page("review")
        _render_door(services)
        return
    if not has_permission(account, Permission.SEE_QUEUE):
        note_page("review")
        _render_other_door(services, account)
        return
    note_typed()
    state.read_state()
    views = [name for name, (_, permission) in _VIEWS.items() if has_permission(account, permission)]
    if state.view() not in views:
        state.show(views[0])
    counts = count_lists(services.db, account, services.now())
    _render_bar(services, account, views, counts)
    render_hiding_limit(services, account)
    render_mail_problems(services, account)
    with st.container(key="review_said"):
        state.render_messages()
        render_undo(services)
    view = state.view()
    if view in _LISTS:
        _LISTS[view](services, account, counts[view])
    else:
        _PAGES[view](services, account)
    state.write_state()


def _render_door(services: Services) -> None:
    with st.container(key="page"):
        lead = tr("Moderators sign in here to read what organisers sent and to decide about it.")
        page_lead(tr("Review"), lead, sign_in="sign-in")
        render_providers(services)


def _render_other_door(services: Services, account: Account) -> None:
    with st.container(key="page"):
        said = fill(
            tr("This page is for moderators. You are signed in as {name}, {role}."),
            name=bold(bdi(account.name)),
            role=role_in_words(account.role),
        )
        page_lead(tr("Review"), one_line((said, _sign_out(services))))


def _render_bar(services: Services, account: Account, views: list[str], counts: Mapping[str, int]) -> None:
    def show() -> None:
        state.show(st.session_state[_PILLS] or views[0])

    st.session_state[_PILLS] = state.view()
    with st.container(key="review_bar", horizontal=True, vertical_alignment="center"):
        st.pills(
            tr("Lists"),
            views,
            key=_PILLS,
            format_func=lambda name: tr(_VIEWS[name][0]),
            required=True,
            on_change=show,
            label_visibility="collapsed",
        )
        mark_pills(_PILLS, views, {name: f"{separator()}{number(count)}" for name, count in counts.items() if count})
        paragraph(one_line((_signed_in_as(account), _sign_out(services))), "rm-count")
        render_shortcuts()


def _signed_in_as(account: Account) -> Markup:
    name = link("account", bold(bdi(account.name)))
    role = role_in_words(account.role)
    if not account.countries:
        return fill(tr("Signed in as {name}, {role}"), name=name, role=role)
    # Translators: {countries} are those that the account is limited to.
    said = tr("Signed in as {name}, {role}, for {countries}")
    return fill(said, name=name, role=role, countries=limit_in_words(account))


def _sign_out(services: Services) -> Markup:
    return link(sign_out_address(services), tr("Sign out"))
