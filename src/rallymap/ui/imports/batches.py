"""The imports so far, with what undoes them."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.errors import RightsError, StoreError
from rallymap.moderation import Account
from rallymap.store import ImportBatch
from rallymap.ui.imports.state import DONE, PLAN, forget
from rallymap.workflows.import_rights import batches_for, undo_as
from rallymap.workflows.services import Services

_STATES = {"running": "not finished; import the file again to finish it", "done": "imported", "undone": "undone"}
_TOLD = "import_undo_told"


def render_batches(services: Services, account: Account) -> None:
    """Draw the list of imports that the account may see."""
    batches = batches_for(services.store, account)
    told = st.session_state.pop(_TOLD, "")
    if told:
        st.html(f'<p class="rm-found" role="status">{escape(told)}</p>')
    if not batches:
        return
    st.html('<p class="rm-section">Imports so far</p>')
    for batch in batches:
        left, right = st.columns([4, 1])
        with left:
            st.html(_line(batch))
        with right:
            st.button(
                "Undo",
                key=f"import_undo_{batch.id}",
                on_click=_undo,
                args=(services, batch.id, account),
                disabled=batch.state == "undone",
            )


def _line(batch: ImportBatch) -> str:
    counts = ", ".join(f"{number} {fate}" for fate, number in batch.counts.items() if number)
    when = f"{batch.started_at:%Y-%m-%d %H:%M} UTC"
    return (
        f'<p class="rm-found"><b>{escape(batch.name)}</b> · {escape(batch.id)}<br>{when}, '
        f"{escape(batch.actor)}, {escape(_STATES.get(batch.state, batch.state))}: {escape(counts)}</p>"
    )


def _undo(services: Services, batch_id: str, account: Account) -> None:
    try:
        result = undo_as(services.store, batch_id, account)
    except (RightsError, StoreError) as err:
        st.session_state[_TOLD] = err.user_message
        return
    kept = f" {len(result.kept)} were changed since and stay as they are." if result.kept else ""
    st.session_state[_TOLD] = f"{result.removed} events removed, {result.restored} restored.{kept}"
    forget(DONE, PLAN)
