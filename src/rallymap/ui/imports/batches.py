"""The imports so far: undo one, or decide about all its waiting events together."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from rallymap.errors import ModerationError, RightsError, StoreError
from rallymap.moderation import Account, Decision
from rallymap.store import ImportBatch
from rallymap.store.events import get_events
from rallymap.ui.imports.running import progress_with_cancel
from rallymap.ui.imports.state import DONE, PLAN, forget, forget_key, idempotency_key
from rallymap.wording import count_in_words
from rallymap.workflows.import_decisions import count_waiting, decide_batch
from rallymap.workflows.import_rights import batches_for, may_undo, undo_as
from rallymap.workflows.services import Services

_STATES = {"running": "not finished; import the file again to finish it", "undone": "undone"}
_MESSAGE = "import_undo_told"
_ASKED = "import_undo_asked"
_OPEN = "import_batch_open"
_MAX_REASON = 500
_NAMED = 10


def render_batches(services: Services, account: Account) -> None:
    """Draw the list of imports that the account may see."""
    batches = batches_for(services.db, account)
    message = st.session_state.pop(_MESSAGE, "")
    if message:
        st.html(f'<p class="rm-said" role="status">{escape(message)}</p>')
    if not batches:
        return
    st.html('<p class="rm-section">Imports so far</p>')
    counts = count_waiting(services.db, [batch.id for batch in batches], account)
    for batch in batches:
        with st.container(key=f"import_batch_{batch.id}"):
            _render_batch(services, account, batch, counts.get(batch.id, 0))


def _render_batch(services: Services, account: Account, batch: ImportBatch, waiting: int) -> None:
    is_done = batch.state == "done"
    st.html(_line(batch, waiting))
    with st.container(key=f"import_acts_{batch.id}", horizontal=True):
        if waiting:
            st.button("Decide together", key=f"import_decide_{batch.id}", on_click=_open, args=(_OPEN, batch.id))
        if is_done and may_undo(batch, account):
            st.button("Undo", key=f"import_undo_{batch.id}", on_click=_open, args=(_ASKED, batch.id))
    if st.session_state.get(_ASKED) == batch.id and is_done:
        _render_undo(services, account, batch)
    if st.session_state.get(_OPEN) == batch.id and waiting:
        _render_decision(services, account, batch, waiting)


def _line(batch: ImportBatch, waiting: int) -> str:
    counts = ", ".join(f"{number:,} {fate}" for fate, number in batch.counts.items() if number)
    state = _STATES.get(batch.state, "")
    waits = f"<br><b>{count_in_words(waiting, 'event')} waiting for a decision</b>" if waiting else ""
    return (
        f'<p class="rm-found"><b>{escape(batch.name)}</b>{" · " + escape(state) if state else ""}<br>'
        f"{batch.started_at:%Y-%m-%d %H:%M} UTC by {escape(batch.actor)} · {escape(counts)}{waits}</p>"
    )


def _open(name: str, batch_id: str) -> None:
    forget(_ASKED, _OPEN)
    st.session_state[name] = batch_id


def _render_undo(services: Services, account: Account, batch: ImportBatch) -> None:
    st.html(
        '<p class="rm-found">Events that this import added are removed, and events that it changed say again what they '
        "said before. What somebody changed since stays as it is.</p>"
    )
    with st.container(key=f"import_sure_{batch.id}", horizontal=True):
        st.button(
            "Undo this import",
            key=f"import_undo_yes_{batch.id}",
            type="primary",
            on_click=_undo,
            args=(services, batch.id, account),
        )
        st.button("Keep it", key=f"import_undo_no_{batch.id}", on_click=forget, args=(_ASKED,))


def _undo(services: Services, batch_id: str, account: Account) -> None:
    forget(_ASKED, _OPEN)
    try:
        result = undo_as(services.db, batch_id, account, idempotency_key=idempotency_key(f"undo-{batch_id}"))
    except (RightsError, StoreError) as err:
        st.session_state[_MESSAGE] = err.user_message
        return
    forget_key(f"undo-{batch_id}")
    kept = _kept(services, result.kept) if result.kept else ""
    st.session_state[_MESSAGE] = (
        f"{count_in_words(result.removed, 'event')} removed, {result.restored:,} restored.{kept}"
    )
    forget(DONE, PLAN)


def _kept(services: Services, ids: Sequence[str]) -> str:
    """Name the events that an undo left, as somebody changed them since."""
    titles = [event.title for event in services.db.read(get_events, ids[:_NAMED])]
    more = f" and {len(ids) - len(titles):,} more" if len(ids) > len(titles) else ""
    return f" Changed since, and left as it is: {'; '.join(titles)}{more}."


def _render_decision(services: Services, account: Account, batch: ImportBatch, waiting: int) -> None:
    reason = st.text_input(
        "Reason (required to reject; the organiser can read it)",
        key=f"import_reason_{batch.id}",
        max_chars=_MAX_REASON,
    )
    with st.container(key=f"import_decisions_{batch.id}", horizontal=True):
        publish = st.button(
            f"Publish {count_in_words(waiting, 'event')}", key=f"import_publish_all_{batch.id}", type="primary"
        )
        reject = st.button(f"Reject {count_in_words(waiting, 'event')}", key=f"import_reject_all_{batch.id}")
        st.button("Not now", key=f"import_not_now_{batch.id}", on_click=forget, args=(_OPEN,))
    if publish or reject:
        _decide(services, account, batch, Decision.PUBLISH if publish else Decision.REJECT, reason)


def _decide(services: Services, account: Account, batch: ImportBatch, decision: Decision, reason: str) -> None:
    form = f"{decision}-{batch.id}"
    with progress_with_cancel("Deciding", f"import_decide_cancel_{batch.id}") as show:
        try:
            result = decide_batch(
                services.db,
                batch.id,
                decision,
                account=account,
                reason=reason,
                idempotency_key=idempotency_key(form),
                progress=show,
            )
        except (ModerationError, RightsError, StoreError) as err:
            st.html(f'<p class="rm-error" role="alert">{escape(err.user_message)}</p>')
            return
    forget_key(form)
    done = "published" if decision is Decision.PUBLISH else "rejected"
    parts = [f"{count_in_words(result.decided, 'event')} {done}."]
    if result.agreed:
        parts.append(f"{count_in_words(result.agreed, 'event')} need a second moderator.")
    if result.left:
        parts.append(f"{count_in_words(result.left, 'event')} could not be decided: {result.reason}")
    st.session_state[_MESSAGE] = " ".join(parts)
    forget(_OPEN)
    st.rerun()
