"""Add an event: nobody has to sign in; the event waits for a moderator, and its organiser gets receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from rallymap.errors import InvalidEventError, StoreError
from rallymap.moderation import VISITOR
from rallymap.store import Receipt
from rallymap.ui.add_event import form_opened, render_form, start_form
from rallymap.ui.form_fields import fields
from rallymap.ui.picture_field import take_picture
from rallymap.ui.signed_in import signed_in_account
from rallymap.workflows.picturing import attach_picture
from rallymap.workflows.services import Services
from rallymap.workflows.submitting import submit_event

_RECEIPTS, _DRAFT_TAKEN = "submission_receipts", "draft_taken"
DRAFT = "draft"
"""Name of the address's part that holds a draft's token."""


def render(services: Services) -> None:
    """Draw the page."""
    with st.container(key="page"):
        receipts: Sequence[Receipt] = st.session_state.get(_RECEIPTS, ())
        if receipts:
            _render_receipts(receipts)
            return
        st.html(
            '<div class="rm-lead"><h1>Add an event</h1><p>A moderator reads it before it is published. Nobody has to '
            "sign in. What you type is kept with each step; this page’s address brings you back to it.</p></div>"
        )

        def send(texts: Mapping[str, str], chosen: int | None, nonce: str) -> Mapping[str, str]:
            sent = submit_event(
                services.store,
                services.resolver,
                texts,
                chosen=chosen,
                nonce=nonce,
                address=st.context.ip_address or "",
                opened=form_opened(),
                actor=signed_in_account(services) or VISITOR,
                now=services.now(),
            )
            picture = take_picture()
            if sent.receipts and picture:
                attach_picture(services.store, sent.receipts, picture, nonce=nonce)
            if sent.receipts:
                st.session_state[_RECEIPTS] = sent.receipts
                _drop_draft(services)
            return sent.draft.errors

        _take_up_draft(services)
        render_form(services, send, button="Submit for review", save=lambda texts: _save_draft(services, texts))


def _take_up_draft(services: Services) -> None:
    """Put the form that the address names into the fields, once; after a reload or in another browser."""
    token = st.query_params.get(DRAFT, "")
    if not token or st.session_state.get(_DRAFT_TAKEN) == token:
        return
    st.session_state[_DRAFT_TAKEN] = token
    kept = services.store.draft(token)
    if kept is None:
        st.html('<p class="rm-found" role="status">This draft is gone: it was sent, or not touched for 30 days.</p>')
    elif not fields():
        start_form(kept)


def _save_draft(services: Services, texts: Mapping[str, str]) -> None:
    """Keep what is typed so far, so that a lost connection or an empty battery loses nothing."""
    try:
        token = services.store.save_draft(texts, st.query_params.get(DRAFT, ""))
    except (StoreError, InvalidEventError):
        # The fields themselves are still here, and sending says what is wrong; the draft is only a safety net.
        return
    st.session_state[_DRAFT_TAKEN] = token
    st.query_params[DRAFT] = token


def _drop_draft(services: Services) -> None:
    token = st.query_params.get(DRAFT, "")
    if token:
        services.store.drop_draft(token)
        del st.query_params[DRAFT]


def _render_receipts(receipts: Sequence[Receipt]) -> None:
    several = len(receipts) > 1
    waiting = f"{len(receipts)} events wait" if several else "event waits"
    each = "Each has" if several else "It has"
    st.html(
        f'<div class="rm-receipt" role="status"><b>Thank you. Your {waiting} for a moderator.</b><br>'
        f"{each} a receipt and a private link. Whoever has the link can follow and change the event, so keep it to "
        "yourself; it cannot be shown again.</div>"
    )
    for receipt in receipts:
        st.html(f'<p class="rm-found">Receipt <b>{escape(receipt.code)}</b>, private link:</p>')
        st.code(private_link(receipt.edit_token), language=None, wrap_lines=True)
    st.button("Add another event", key="add_another", on_click=_start_again)


def private_link(token: str) -> str:
    """Return the address behind which a submitter follows an event."""
    here = (st.context.url or "").split("?")[0].rstrip("/")
    return f"{here.rpartition('/')[0]}/mine?key={token}"


def _start_again() -> None:
    start_form({})
    st.session_state.pop(_RECEIPTS, None)
