"""The decision about the open event: publish, send back, reject, withdraw; at once or collected."""

from __future__ import annotations

import streamlit as st

from rallymap.events import Event
from rallymap.moderation import MAX_REASON, NEEDS_REASON, Account, Decision, possible_decisions
from rallymap.ui.review import state
from rallymap.ui.text_limit import show_limit
from rallymap.workflows.decisions import decide, stage
from rallymap.workflows.services import Services

DECISION_LABELS = {
    Decision.PUBLISH: "Publish",
    Decision.SEND_BACK: "Send back",
    Decision.REJECT: "Reject",
    Decision.WITHDRAW: "Withdraw",
}
_NOW = {
    Decision.PUBLISH: "published and on the map now",
    Decision.SEND_BACK: "sent back to its organiser",
    Decision.REJECT: "rejected",
    Decision.WITHDRAW: "withdrawn",
}
_COLLECT = "review_collect"


def render_decision(services: Services, event: Event) -> None:
    """Draw the reason and one button per possible decision."""
    # Keys name the event at its revision: the second half of a double click must not fall on the next event, which
    # opens in the same place.
    possible = possible_decisions(event.review)
    reason_key = f"reason_{event.id}_{event.revision}"
    with st.container(key="decision"):
        if NEEDS_REASON.intersection(possible):
            st.session_state.setdefault(reason_key, state.kept_typed(f"decide:{event.id}").get("reason", ""))
            label = "Reason (required unless you publish; the organiser can read it)"
            show_limit(st.text_area(label, key=reason_key, height=80), MAX_REASON)
            state.show_error(reason_key)
        with st.container(key="decisions", horizontal=True, vertical_alignment="center"):
            for decision in possible:
                st.button(
                    DECISION_LABELS[decision],
                    key=f"decide_{decision}_{event.id}_{event.revision}",
                    type="primary" if decision is Decision.PUBLISH else "secondary",
                    on_click=_decide,
                    args=(services, event, decision),
                )
            st.checkbox(
                "Decide later, all together",
                key=_COLLECT,
                help="Your decisions are listed above the queue until you apply them all.",
            )


def _decide(services: Services, event: Event, decision: Decision) -> None:
    # Read here, not when the button was drawn: the newest words may have come with this very click.
    reason = str(st.session_state.get(f"reason_{event.id}_{event.revision}", ""))
    reason = reason if decision in NEEDS_REASON else ""
    collect = bool(st.session_state.get(_COLLECT))

    def act(account: Account, idempotency_key: str) -> str:
        if collect:
            stage(
                services.db,
                event.id,
                decision,
                account=account,
                expected_revision=event.revision,
                reason=reason,
            )
            return f"Listed for later: {DECISION_LABELS[decision].lower()} “{event.title}”."
        after = decide(
            services.db,
            event.id,
            decision,
            account=account,
            expected_revision=event.revision,
            reason=reason,
            idempotency_key=idempotency_key,
        )
        if after.review is event.review:
            return (
                f"You agree to publishing “{event.title}”. Its place is not public yet, so a second moderator has to."
            )
        return f"“{event.title}” is {_NOW[decision]}."

    fields = {"reason": f"reason_{event.id}_{event.revision}"}
    is_done = state.attempt(services, f"decide:{event.id}@{event.revision}:{decision}", act, fields=fields)
    state.keep_typed(f"decide:{event.id}", {} if is_done else {"reason": reason})
    if is_done:
        state.choose_next(event.id)
