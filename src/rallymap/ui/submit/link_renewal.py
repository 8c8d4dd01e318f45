"""Replace an edit link, authorised by the link itself or by receipt and recovery phrase."""

from __future__ import annotations

import streamlit as st

from rallymap.errors import RallymapError
from rallymap.language import digits, tr
from rallymap.store.edit_links import IN_CAMPAIGN
from rallymap.ui.paragraphs import page_lead, paragraph
from rallymap.ui.submit.receipts import edit_link_address
from rallymap.workflows.link_renewal import (
    MAX_PHRASE,
    MIN_PHRASE,
    choose_phrase,
    has_phrase,
    recover_link,
    replace_own_link,
)
from rallymap.workflows.services import Services

_PHRASE, _CODE, _LOST = "link_phrase", "link_code", "link_lost_phrase"
_NEW, _PROBLEM = "link_new", "link_problem"


def render_new_link() -> None:
    """Show a newly created link at the top of the page."""
    if token := st.session_state.pop(_NEW, None):
        said = tr("This is your new edit link; the old one does not work any more. Save it now.")
        paragraph(said, "rm-receipt", role="status")
        st.code(edit_link_address(token), language=None, wrap_lines=True)


def render_link_renewal(services: Services, key: str) -> None:
    """Render the section that replaces the link and sets a recovery phrase."""
    said = tr(
        "If somebody else may have the edit link, replace it: the old one stops working at once, and the feed with it."
    )
    paragraph(tr("The edit link"), "rm-section")
    paragraph(said, "rm-found")
    _render_problem()
    st.button(tr("Replace the edit link"), key="link_replace", on_click=_replace, args=(services, key))
    is_kept = has_phrase(services.db, key)
    if is_kept is None:
        return
    if is_kept:
        kept = tr("A recovery phrase is kept. With the receipt it brings the link back if you lose it.")
        paragraph(kept, "rm-found")
        return
    why = tr(
        "Choose a recovery phrase of {n} characters or more: with the receipt it brings the link back if you lose it. "
        "It cannot be shown or changed later.",
        n=digits(MIN_PHRASE),
    )
    paragraph(why, "rm-found")
    with st.form("link_phrase_form", border=False, clear_on_submit=True):
        st.text_input(tr("Recovery phrase"), key=_PHRASE, max_chars=MAX_PHRASE, type="password", autocomplete="off")
        st.form_submit_button(tr("Keep the phrase"), key="link_phrase_keep", on_click=_choose, args=(services, key))


def render_lost_link(services: Services) -> None:
    """Render the form for organisers who lost their link."""
    said = tr(
        "You need the receipt of your event and the recovery phrase that you chose before. If you chose none, ask the "
        "moderators for a new link."
    )
    page_lead(tr("Lost your edit link?"), said)
    _render_problem()
    with st.form("link_lost", border=False):
        st.text_input(tr("Receipt"), key=_CODE, max_chars=40, placeholder="ABCDE-FGHIJ", autocomplete="off")
        st.text_input(tr("Recovery phrase"), key=_LOST, max_chars=MAX_PHRASE, type="password", autocomplete="off")
        st.form_submit_button(tr("Get a new edit link"), key="link_recover", on_click=_recover, args=(services,))


def _render_problem() -> None:
    if problem := st.session_state.pop(_PROBLEM, None):
        paragraph(problem, "rm-error", role="alert")


def _replace(services: Services, key: str) -> None:
    try:
        _open(replace_own_link(services.db, key), within=key)
    except RallymapError as err:
        st.session_state[_PROBLEM] = err.user_message


def _choose(services: Services, key: str) -> None:
    try:
        choose_phrase(services.db, key, st.session_state[_PHRASE])
    except RallymapError as err:
        st.session_state[_PROBLEM] = err.user_message


def _recover(services: Services) -> None:
    state = st.session_state
    try:
        _open(recover_link(services.db, state[_CODE], state[_LOST], address=st.context.ip_address or ""))
    except RallymapError as err:
        state[_PROBLEM] = err.user_message


def _open(token: str, *, within: str = "") -> None:
    """Open a new link; a campaign's link opens the same event as the old one did."""
    st.session_state[_NEW] = token
    _, mark, event_id = within.partition(IN_CAMPAIGN)
    st.query_params["key"] = f"{token}{mark}{event_id}"
