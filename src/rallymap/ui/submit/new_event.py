"""Add an event: no account needed; the event is pending until a moderator decides, and the organiser gets a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from rallymap.language import digits, tr
from rallymap.moderation import VISITOR
from rallymap.pictures import GivenPicture
from rallymap.store import Receipt
from rallymap.store.drafts import form_key
from rallymap.store.submissions import list_receipts
from rallymap.ui.paragraphs import page_lead, paragraph
from rallymap.ui.signed_in import signed_in_account
from rallymap.ui.submit.draft import DRAFT, address_token, load_draft, render_draft_notice
from rallymap.ui.submit.fields import fields
from rallymap.ui.submit.form import render_form
from rallymap.ui.submit.form_access import STEP_BEGINS, move_focus
from rallymap.ui.submit.form_state import end_form, form, use_form
from rallymap.ui.submit.picture_field import DESCRIPTION
from rallymap.ui.submit.receipts import receipts_link, render_receipts
from rallymap.ui.submit.steps import FIRST_PRECISION
from rallymap.workflows.services import Services
from rallymap.workflows.submissions import submit_event

_FORM = "new"
_RECEIPTS, _WAS_SENT_BEFORE = "submission_receipts", "submission_was_sent_before"


def render(services: Services) -> None:
    """Render the page."""
    use_form(_FORM)
    with st.container(key="page"):
        receipts = _receipts(services)
        if receipts:
            _render_receipts(services, receipts)
            return
        lead = tr(
            "A moderator reviews it before it is published. No account needed. Your draft is saved as you type; "
            "bookmark this page to return to it."
        )
        page_lead(tr("Add an event"), lead)
        if not load_draft(services, _FORM):
            gone = tr(
                "This draft is gone: nobody changed it for {days} days, or its event was taken down.",
                days=digits(services.settings.retention.drafts),
            )
            paragraph(gone, "rm-found", role="status")
        # Also if the step was skipped: only the organiser may state that the date is unknown.
        form().fields.setdefault("precision", FIRST_PRECISION)
        form().defaults["precision"] = FIRST_PRECISION
        render_draft_notice(services, tr("Show the receipt"), lambda: _show_sent(services), is_new=True)
        render_form(services, lambda texts: _send(services, texts), button=tr("Submit for review"))


def _send(services: Services, texts: Mapping[str, str]) -> Mapping[str, str]:
    state = form()
    picture = GivenPicture(state.picture, fields().get(DESCRIPTION, "")) if state.picture else None
    sent = submit_event(
        services.db,
        services.resolver,
        texts,
        idempotency_key=form_key(services.db.secret, state.token),
        address=st.context.ip_address or "",
        opened=state.opened,
        account=signed_in_account(services) or VISITOR,
        picture=picture,
        form=state.token,
        now=services.now(),
    )
    if sent.receipts:
        st.session_state[_WAS_SENT_BEFORE] = sent.was_sent_before
        _show(sent.receipts)
    return sent.errors


def _receipts(services: Services) -> Sequence[Receipt]:
    """Return the receipts of the last sent form, or of the one in the URL; they survive a reload."""
    token = address_token()
    if token and token != form().token:
        return services.db.read(list_receipts, form_key(services.db.secret, token))
    shown: Sequence[Receipt] = st.session_state.get(_RECEIPTS, ())
    return shown


def _show_sent(services: Services) -> None:
    _show(services.db.read(list_receipts, form_key(services.db.secret, form().token)))


def _show(receipts: Sequence[Receipt]) -> None:
    st.query_params[DRAFT] = form().token
    st.session_state[_RECEIPTS] = receipts
    move_focus(STEP_BEGINS)


def _render_receipts(services: Services, receipts: Sequence[Receipt]) -> None:
    if st.session_state.get(_WAS_SENT_BEFORE):
        before = tr("This form had been sent before, and it counts once. To change something, open the edit link.")
        paragraph(before, "rm-found")
    render_receipts(services, receipts, receipts_link(address_token()))
    st.button(tr("Add another event"), key="add_another", on_click=_start_again)


def _start_again() -> None:
    end_form(_FORM)
    st.query_params.pop(DRAFT, None)
    st.session_state.pop(_RECEIPTS, None)
    st.session_state.pop(_WAS_SENT_BEFORE, None)
    use_form(_FORM)
    move_focus(STEP_BEGINS)
