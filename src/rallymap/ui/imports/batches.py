"""Previous imports: undo one, or decide about all its pending events together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from rallymap.errors import ModerationError, RightsError, StoreError
from rallymap.language import isolated, listed, mark_c, sentences, tr, trc, trn
from rallymap.moderation import VISITOR, Account, Decision
from rallymap.store import ImportBatch
from rallymap.store.events import get_events
from rallymap.templates import bdi, bold, fill, one_line
from rallymap.ui.imports.running import progress_with_cancel
from rallymap.ui.imports.state import DONE, PLAN, forget, forget_key, idempotency_key
from rallymap.ui.moments import moment_in_words
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import row_label
from rallymap.ui.signed_in import signed_in_account
from rallymap.workflows.import_decisions import count_waiting, decide_batch
from rallymap.workflows.import_plan import RowOutcome
from rallymap.workflows.import_rights import batches_for, may_undo, undo_as
from rallymap.workflows.services import Services

_STATES = {
    "running": mark_c("state of an import", "not finished; import the file again to finish it"),
    "undone": mark_c("state of an import", "undone"),
}
_COUNTS: Mapping[RowOutcome, Callable[[int], str]] = {
    # Translators: of the rows of an imported file, so many are new, changed …
    RowOutcome.NEW: lambda n: trn("{n} new", "{n} new", n),
    RowOutcome.CHANGED: lambda n: trn("{n} changed", "{n} changed", n),
    RowOutcome.UNCHANGED: lambda n: trn("{n} unchanged", "{n} unchanged", n),
    RowOutcome.POSSIBLE_DUPLICATE: lambda n: trn("{n} possible duplicate", "{n} possible duplicates", n),
    RowOutcome.PLACE_TO_CHECK: lambda n: trn("{n} place to check", "{n} places to check", n),
    RowOutcome.TAKEN_DOWN: lambda n: trn("{n} taken down before", "{n} taken down before", n),
    RowOutcome.NOT_AN_EVENT: lambda n: trn("{n} not an event", "{n} not an event", n),
}
"""Number of rows by result of an import."""
_MESSAGE = "import_undo_told"
_TIMES_SAID = "import_times_said"
_ASKED = "import_undo_asked"
_OPEN = "import_batch_open"
_MAX_REASON = 500
_NAMED = 10


def render_said(place: str) -> int:
    """Render the result of the last action above the uploaded file; return the number of actions so far.

    Parameters
    ----------
    place
        CSS class of the rendered element.
    """
    times: int = st.session_state.get(_TIMES_SAID, 0)
    if message := st.session_state.pop(_MESSAGE, ""):
        st.session_state[_TIMES_SAID] = times = times + 1
        paragraph(message, f"rm-said {place}", role="status")
    return times


def render_batches(services: Services, account: Account) -> None:
    """Render the imports that the account may see."""
    batches = batches_for(services.db, account)
    if not batches:
        return
    paragraph(tr("Imports so far"), "rm-section")
    counts = count_waiting(services.db, [batch.id for batch in batches], account)
    for batch in batches:
        with st.container(key=f"import_batch_{batch.id}"):
            _render_batch(services, account, batch, counts.get(batch.id, 0))


def _render_batch(services: Services, account: Account, batch: ImportBatch, waiting: int) -> None:
    is_done = batch.state == "done"
    paragraph(_line(batch, waiting), "rm-found")
    with st.container(key=f"import_acts_{batch.id}", horizontal=True):
        if waiting:
            # Translators: decide about all events of an import at once.
            together = row_label(tr("Decide all at once"), batch.name)
            st.button(together, key=f"import_decide_{batch.id}", on_click=_open, args=(_OPEN, batch.id))
        if is_done and may_undo(batch, account):
            st.button(
                row_label(tr("Undo"), batch.name),
                key=f"import_undo_{batch.id}",
                on_click=_open,
                args=(_ASKED, batch.id),
            )
    if st.session_state.get(_ASKED) == batch.id and is_done:
        _render_undo(services, batch)
    if st.session_state.get(_OPEN) == batch.id and waiting:
        _render_decision(services, account, batch, waiting)


def _line(batch: ImportBatch, waiting: int) -> Markup:
    is_undone = batch.state == "undone"  # its events no longer exist, so there are no counts
    counts = [_COUNTS[RowOutcome(outcome)](count) for outcome, count in batch.counts.items() if count and not is_undone]
    head: list[str] = [bold(batch.name, is_written=True)]
    if state := _STATES.get(batch.state, ""):
        head.append(trc("state of an import", state))
    # Translators: when a file was imported, and by whom.
    by = fill(tr("{time} by {name}"), time=bdi(moment_in_words(batch.started_at)), name=bdi(batch.actor))
    lines = [one_line(head), one_line((by, *counts))]
    if waiting:
        lines.append(bold(trn("{n} event waiting for a decision", "{n} events waiting for a decision", waiting)))
    return Markup("<br>").join(lines)


def _open(name: str, batch_id: str) -> None:
    forget(_ASKED, _OPEN)
    st.session_state[name] = batch_id


def _render_undo(services: Services, batch: ImportBatch) -> None:
    undone = tr(
        "Events that this import added are removed, and events that it changed say again what they said before. "
        "What somebody changed since stays as it is."
    )
    paragraph(undone, "rm-found")
    with st.container(key=f"import_sure_{batch.id}", horizontal=True):
        st.button(
            tr("Undo this import"),
            key=f"import_undo_yes_{batch.id}",
            type="primary",
            on_click=_undo,
            args=(services, batch.id),
        )
        # Translators: do not undo an import.
        st.button(tr("Keep it"), key=f"import_undo_no_{batch.id}", on_click=forget, args=(_ASKED,))


def _undo(services: Services, batch_id: str) -> None:
    forget(_ASKED, _OPEN)
    try:
        account = signed_in_account(services) or VISITOR  # the right may have ended since the page was drawn
        result = undo_as(services.db, batch_id, account, idempotency_key=idempotency_key(f"undo-{batch_id}"))
    except (RightsError, StoreError) as err:
        st.session_state[_MESSAGE] = err.user_message
        return
    forget_key(f"undo-{batch_id}")
    done = [trn("{n} event removed.", "{n} events removed.", result.removed)]
    if result.restored:
        done = [*done[: result.removed], trn("{n} event restored.", "{n} events restored.", result.restored)]
    st.session_state[_MESSAGE] = sentences([*done, _kept_events_text(services, result.kept)] if result.kept else done)
    forget(DONE, PLAN)


def _kept_events_text(services: Services, ids: Sequence[str]) -> str:
    """List the events that an undo kept because somebody changed them since."""
    titles = [event.title for event in services.db.read(get_events, ids[:_NAMED])]
    names = listed(map(isolated, titles))
    if len(ids) == len(titles):
        return tr("Changed since, and left as it is: {titles}.", titles=names)
    return trn(
        "Changed since, and left as it is: {titles} and {n} more.",
        "Changed since, and left as it is: {titles} and {n} more.",
        len(ids) - len(titles),
        titles=names,
    )


def _render_decision(services: Services, account: Account, batch: ImportBatch, waiting: int) -> None:
    reason = st.text_input(
        tr("Reason (required to reject; the organiser can read it)"),
        key=f"import_reason_{batch.id}",
        max_chars=_MAX_REASON,
    )
    with st.container(key=f"import_decisions_{batch.id}", horizontal=True):
        publish = st.button(
            trn("Publish {n} event", "Publish {n} events", waiting),
            key=f"import_publish_all_{batch.id}",
            type="primary",
        )
        reject = st.button(trn("Reject {n} event", "Reject {n} events", waiting), key=f"import_reject_all_{batch.id}")
        st.button(tr("Not now"), key=f"import_not_now_{batch.id}", on_click=forget, args=(_OPEN,))
    if publish or reject:
        _decide(services, account, batch, Decision.PUBLISH if publish else Decision.REJECT, reason)


def _decide(services: Services, account: Account, batch: ImportBatch, decision: Decision, reason: str) -> None:
    form = f"{decision}-{batch.id}"
    with progress_with_cancel(tr("Deciding"), f"import_decide_cancel_{batch.id}") as show:
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
            paragraph(err.user_message, "rm-error", role="alert")
            return
    forget_key(form)
    if decision is Decision.PUBLISH:
        parts = [trn("{n} event published.", "{n} events published.", result.decided)]
    else:
        parts = [trn("{n} event rejected.", "{n} events rejected.", result.decided)]
    if result.agreed:
        parts.append(trn("{n} event needs a second moderator.", "{n} events need a second moderator.", result.agreed))
    if result.left:
        parts.append(
            # Translators: {reason} is a whole sentence.
            trn(
                "{n} event could not be decided: {reason}",
                "{n} events could not be decided: {reason}",
                result.left,
                reason=result.reason,
            )
        )
    st.session_state[_MESSAGE] = sentences(parts)
    forget(_OPEN)
    st.rerun()
