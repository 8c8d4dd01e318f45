"""The decision about the open event: publish, send back, reject, withdraw; at once or collected."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import MAX_REASON, NEEDS_REASON, Account, Decision, possible_decisions
from rallymap.ui.review import state
from rallymap.ui.text_limit import show_limit
from rallymap.workflows.decisions import decide, decide_all, stage, undo_decisions
from rallymap.workflows.series import list_waiting_series
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
_AGAIN = {
    ReviewStatus.DRAFT: "is a draft again",
    ReviewStatus.PENDING: "waits for review again",
    ReviewStatus.SENT_BACK: "is sent back again",
    ReviewStatus.PUBLISHED: "is published again",
    ReviewStatus.REJECTED: "is rejected again",
    ReviewStatus.WITHDRAWN: "is withdrawn again",
}
_COLLECT, _UNDO = "review_collect", "review_undo"
_REASONS = (
    "Please give a link to an announcement or a report.",
    "Please give the place more exactly: city and country, and the square or building if it is public.",
    "Please check the date.",
    "Please use plain words, and put slogans and claims where they are asked for, with who said them.",
    "This event is listed already.",
    "This is not a public gathering of a diaspora.",
    "Your text or picture could put people at risk. Please leave out names and faces.",
)
"""Common reasons, to begin with."""


def render_decision(services: Services, account: Account, event: Event) -> None:
    """Draw the reason and one button per possible decision."""
    # Keys name the event at its revision: the second half of a double click must not fall on the next event, which
    # opens in the same place.
    possible = possible_decisions(event.review)
    reason_key = f"reason_{event.id}_{event.revision}"
    with st.container(key="decision"):
        if NEEDS_REASON.intersection(possible):
            st.session_state.setdefault(reason_key, state.kept_typed(f"decide:{event.id}").get("reason", ""))
            _render_reasons(reason_key)
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
            dates = list_waiting_series(services.db, account, event)
            if dates:
                st.button(
                    f"Publish all {len(dates)} dates",
                    key=f"publish_series_{event.id}_{event.revision}",
                    on_click=_publish_series,
                    args=(services, event, dates),
                )
            st.checkbox(
                "Decide later, all together",
                key=_COLLECT,
                help="Your decisions are listed above the queue until you apply them all.",
            )


def render_undo(services: Services) -> None:
    """Draw the button that takes back the decision made last, while what became of it is said."""
    decided: dict[str, int] | None = st.session_state.get(_UNDO)
    if not decided or not state.has_done():
        return
    form = "undo:" + " ".join(f"{event_id}@{revision}" for event_id, revision in decided.items())

    def undo() -> None:
        def act(account: Account, idempotency_key: str) -> str:
            found = undo_decisions(services.db, decided, account=account, idempotency_key=idempotency_key)
            return f"Undone: “{found[0].title}” {_AGAIN[found[0].review]}." if len(found) == 1 else "Undone."

        if state.attempt(services, form, act):
            st.session_state.pop(_UNDO, None)
            state.show_event(next(iter(decided)))

    st.button("Undo", key="undo_decision", on_click=undo)


def note_decided(events: Iterable[Event]) -> None:
    """Keep which events a decision changed, so that it can be undone."""
    st.session_state[_UNDO] = {event.id: event.revision for event in events}


def _render_reasons(reason_key: str) -> None:
    key = f"{reason_key}_common"

    def take() -> None:
        chosen = st.session_state[key]
        if chosen:
            typed = str(st.session_state.get(reason_key) or "").strip()
            st.session_state[reason_key] = f"{typed} {chosen}".strip()
            st.session_state[key] = None

    st.selectbox(
        "Common reasons", _REASONS, index=None, key=key, on_change=take, placeholder="Add a common reason",
        label_visibility="collapsed",
    )  # fmt: skip


def _publish_series(services: Services, event: Event, dates: list[Event]) -> None:
    seen = {one.id: one.revision for one in dates}

    def act(account: Account, idempotency_key: str) -> str:
        done = decide_all(services.db, seen, Decision.PUBLISH, account=account, idempotency_key=idempotency_key)
        public = [one for one in done if one.review is ReviewStatus.PUBLISHED]
        note_decided(public)
        if not public:
            return "You agree to publishing them. A second moderator has to agree."
        return f"{len(public)} dates of “{event.title}” are published."

    form = "series:" + " ".join(f"{event_id}@{revision}" for event_id, revision in seen.items())
    if state.attempt(services, form, act):
        state.choose_next(event.id)
        if state.chosen() in seen:
            state.show_event(None)


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
        note_decided([] if after.review is event.review else [after])
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
