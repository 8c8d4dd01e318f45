"""Select events in the queue, and decide about all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from rallymap.events import Event
from rallymap.language import number, separator, tr, trn
from rallymap.moderation import MAX_REASON, NEEDS_REASON, Account, Decision, possible_decisions
from rallymap.ui.plain import spoken_label
from rallymap.ui.review import state
from rallymap.ui.review.changed_since import changed_since_in_words
from rallymap.ui.review.decisions import decision_label
from rallymap.ui.review.reasons import render_common_reasons
from rallymap.ui.review.typed import forget_typed, typed_field
from rallymap.ui.signed_in import signed_in_account
from rallymap.workflows.campaigns import with_campaign_cases
from rallymap.workflows.selection import decide_each
from rallymap.workflows.services import Services

_ALL, _REASON = "pick_all", "selection_reason"


def render_check_box(event: Event) -> None:
    """Render the check box that selects an event, next to its row."""
    st.checkbox(
        tr("Select “{title}”", title=spoken_label(event.title, max_length=80)),
        key=_key(event),
        label_visibility="collapsed",
    )


def render_selection(
    services: Services, account: Account, shown: Sequence[Event], *, lists_campaigns: bool = True
) -> None:
    """Render the check box for all listed events and, if some are selected, the possible decisions.

    Parameters
    ----------
    lists_campaigns
        Whether the row of an event in a campaign represents the whole campaign.
    """
    if not shown:
        return
    read_at = services.now()
    rows = [event for event in shown if st.session_state.get(_key(event))]
    selected = with_campaign_cases(services.db, account, rows) if lists_campaigns else rows
    st.session_state[_ALL] = len(rows) == len(shown)

    def select_all() -> None:
        for event in shown:
            st.session_state[_key(event)] = st.session_state[_ALL]

    with st.container(key="selection"):
        label = tr("Select all shown")
        if selected:
            label += f"{separator()}{trn('{n} selected', '{n} selected', len(selected))}"
        st.checkbox(label, key=_ALL, on_change=select_all)
        if not selected:
            return
        render_common_reasons(services, account, _REASON)
        label = tr("Reason (required unless you publish; the organiser can read it)")
        typed_field(label, _REASON, max_length=MAX_REASON, height=80)
        possible = {decision for event in selected for decision in possible_decisions(event.review)}
        with st.container(key="selection_buttons", horizontal=True):
            for decision in (one for one in Decision if one in possible):
                st.button(
                    f"{decision_label(decision)} ({number(len(selected))})",
                    key=f"selection_{decision}",
                    type="primary" if decision is Decision.PUBLISH else "secondary",
                    on_click=_decide,
                    args=(services, selected, decision, read_at),
                )


def _key(event: Event) -> str:
    # The key includes the revision: an event that changed must be reviewed again before it is selected.
    return f"pick-{event.id}-{event.revision}"


def _decide(services: Services, selected: Sequence[Event], decision: Decision, read_at: datetime) -> None:
    seen = {event.id: event.revision for event in selected}
    reason = str(st.session_state.get(_REASON) or "") if decision in NEEDS_REASON else ""
    failed: Mapping[str, str] = {}

    def action(account: Account, idempotency_key: str) -> str:
        nonlocal failed
        decided = decide_each(
            services.db,
            seen,
            decision,
            account=account,
            reason=reason,
            seen_at=read_at,
            idempotency_key=idempotency_key,
        )
        failed = decided.failed
        changed = [event for event in decided.done if event.revision != seen[event.id]]
        state.note_decided(changed)
        if len(changed) < len(decided.done):
            return tr("You agree to publishing them. A second moderator has to agree.")
        return trn("{n} decision is applied.", "{n} decisions are applied.", len(decided.done)) if decided.done else ""

    form = f"selection:{decision}:" + " ".join(f"{event_id}@{revision}" for event_id, revision in seen.items())
    if not state.attempt(services, form, action, fields={"reason": _REASON}):
        return
    state.store_problems(_failed_in_words(services, selected, failed))
    if decision in NEEDS_REASON and not failed:
        forget_typed(_REASON)
    if state.chosen() in seen and state.chosen() not in failed:
        state.show_event(None)


def _failed_in_words(services: Services, selected: Sequence[Event], failed: Mapping[str, str]) -> list[str]:
    if not failed:
        return []
    account = signed_in_account(services)
    seen = {event.id: event.revision for event in selected if event.id in failed}
    named = [
        # Translators: an event for which a decision was not possible, and the whole sentence that says why.
        tr("“{title}”: {problem}", title=event.title[:80], problem=failed[event.id])
        for event in selected
        if event.id in failed
    ]
    named += changed_since_in_words(services, account, seen) if account is not None else []
    heading = trn("{n} event was left as it is:", "{n} events were left as they are:", len(failed))
    return [heading, *named]
