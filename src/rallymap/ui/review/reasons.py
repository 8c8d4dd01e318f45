"""Common reasons to append to the typed reason, and the list of them, which administrators edit."""

from __future__ import annotations

import streamlit as st

from rallymap.language import current_language, tr
from rallymap.moderation import Account, Permission, has_permission
from rallymap.ui.review import state
from rallymap.workflows.reasons import list_reasons, set_reasons
from rallymap.workflows.services import Services

_TEXT = "reasons_text"


def render_common_reasons(services: Services, account: Account, reason_key: str) -> None:
    """Render the list of common reasons; selecting one appends it to the reason.

    Parameters
    ----------
    reason_key
        Key of the reason field, which is rendered afterwards.
    """
    key = f"{reason_key}_common"

    def take() -> None:
        chosen = st.session_state[key]
        if chosen:
            typed = str(st.session_state.get(reason_key) or "").strip()
            st.session_state[reason_key] = f"{typed} {chosen}".strip()
            st.session_state[key] = None

    reasons = list_reasons(services.db, account)
    with st.container(key=f"{reason_key}_reasons", horizontal=True):
        st.selectbox(
            tr("Common reasons"), reasons, index=None, key=key, on_change=take,
            placeholder=tr("Add a common reason"), label_visibility="collapsed",
            filter_mode="contains",
        )  # fmt: skip
        if has_permission(account, Permission.SET_REASONS):
            with st.popover(tr("Edit the list"), key=f"{key}_edit"):
                _render_editor(services, f"{_TEXT}_{reason_key}", reasons)


def _render_editor(services: Services, key: str, reasons: list[str]) -> None:
    def save() -> None:
        def action(account: Account, _key: str) -> str:
            set_reasons(services.db, str(st.session_state[key]), account=account)
            return tr("The common reasons are saved.")

        state.attempt(services, "reasons", action)

    st.text_area(
        tr("Common reasons in {language}, one in each line", language=current_language().name),
        "\n".join(reasons),
        key=key,
        height=220,
        help=tr("All moderators read this list. Leave it empty to get rallymap’s own back."),
    )
    st.button(tr("Save"), key=f"{key}_save", type="primary", on_click=save)
