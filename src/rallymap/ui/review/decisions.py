"""The decision about the open event: publish, send back, reject, withdraw; now, or later with others."""

from __future__ import annotations

import streamlit as st

from rallymap.events import Event, ReviewStatus
from rallymap.language import mark, mark_c, tr, trc, trn
from rallymap.moderation import MAX_REASON, NEEDS_REASON, Account, Decision, possible_decisions
from rallymap.templates import bdi, fill
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review import state
from rallymap.ui.review.reasons import render_common_reasons
from rallymap.ui.review.typed import forget_typed, typed_field
from rallymap.workflows.cases import Case
from rallymap.workflows.decisions import decide, list_staged, list_staged_by_others, stage, undo_decisions
from rallymap.workflows.proposals import undo_refusal
from rallymap.workflows.services import Services

_DECISION_LABELS = {
    Decision.PUBLISH: mark_c("decision about an event", "Publish"),
    Decision.SEND_BACK: mark_c("decision about an event", "Send back"),
    Decision.REJECT: mark_c("decision about an event", "Reject"),
    Decision.WITHDRAW: mark_c("decision about an event", "Withdraw"),
}
_NOW = {
    Decision.PUBLISH: mark("“{title}” is published and on the map now."),
    Decision.SEND_BACK: mark("“{title}” is sent back to its organiser."),
    Decision.REJECT: mark("“{title}” is rejected."),
    Decision.WITHDRAW: mark("“{title}” is withdrawn."),
}
_LATER = {
    Decision.PUBLISH: mark("Listed for later: publish “{title}”."),
    Decision.SEND_BACK: mark("Listed for later: send back “{title}”."),
    Decision.REJECT: mark("Listed for later: reject “{title}”."),
    Decision.WITHDRAW: mark("Listed for later: withdraw “{title}”."),
}
_AGAIN = {
    ReviewStatus.DRAFT: mark("Undone: “{title}” is a draft again."),
    ReviewStatus.PENDING: mark("Undone: “{title}” waits for review again."),
    ReviewStatus.SENT_BACK: mark("Undone: “{title}” is sent back again."),
    ReviewStatus.PUBLISHED: mark("Undone: “{title}” is published again."),
    ReviewStatus.REJECTED: mark("Undone: “{title}” is rejected again."),
    ReviewStatus.WITHDRAWN: mark("Undone: “{title}” is withdrawn again."),
}
_COLLECT = "review_collect"
_UNDO_KEY = "undo_decision"
"""Key of every button that undoes; the keyboard shortcut looks for it."""


def render_decision(services: Services, account: Account, case: Case, *, is_one_of_many: bool = False) -> None:
    """Render the reason field and one button per possible decision.

    Parameters
    ----------
    is_one_of_many
        Whether the page also has buttons that decide about the whole campaign; these buttons say that they do not.
    """
    event = case.event
    # The keys contain event and revision: the second half of a double click must not hit the next event, which opens in
    # the same place.
    possible = possible_decisions(event.review)
    # The key of the reason field has no revision, so typed text is kept when another moderator changes the event.
    reason_key = f"reason_{event.id}"
    if NEEDS_REASON.intersection(possible):
        with st.container(key="decision"):
            render_common_reasons(services, account, reason_key)
            label = tr("Reason (required unless you publish; the organiser can read it)")
            listed = "" if reason_key in st.session_state else _prepared_reason(services, account, event)
            typed_field(label, reason_key, max_length=MAX_REASON, height=80, otherwise=listed)
    # Separate from the reason: this bar stays visible while the event is scrolled.
    with st.container(key="decisions", horizontal=True, vertical_alignment="center"):
        if is_one_of_many:
            # Inside the bar, which stays visible when the campaign's list and the line above it do not.
            paragraph(tr("Only this event"), "rm-only")
        for decision in possible:
            st.button(
                decision_label(decision),
                key=f"decide_{decision}_{event.id}_{event.revision}",
                type="primary" if decision is Decision.PUBLISH else "secondary",
                on_click=_decide,
                args=(services, case, decision),
            )
        st.checkbox(
            tr("Decide later, all together"),
            key=_COLLECT,
            help=tr("Your decisions are listed above the queue until you apply them all."),
        )


def render_decisions_of_others(services: Services, account: Account, event: Event) -> None:
    """Show which other moderators have staged a decision about this event; skip if none have.

    Call it above the event: the buttons stay visible, so a moderator may decide without scrolling to anything next to
    them.
    """
    for name, decision in list_staged_by_others(services.db, account, event):
        # Translators: {name} is another moderator, {decision} what a button says: “Publish”, “Reject”.
        said = tr("{name} has listed a decision about this event for later: {decision}.")
        paragraph(fill(said, name=bdi(name), decision=decision_label(decision)), "rm-said")


def _prepared_reason(services: Services, account: Account, event: Event) -> str:
    """Return the reason of a decision that was staged before the event changed; "" for none."""
    listed = list_staged(services.db, account)
    return next((item.reason for item in listed if item.event.id == event.id), "")


def decision_label(decision: Decision) -> str:
    """Return the label of a decision's button."""
    return trc("decision about an event", _DECISION_LABELS[decision])


def render_undo(services: Services) -> None:
    """Render the button that undoes the last decision or refusal, while its result is shown."""
    if refused := state.last_refused():
        st.button(tr("Undo"), key=_UNDO_KEY, on_click=_undo_refusal, args=(services, refused))
        return
    decided = state.last_decided()
    if not decided:
        return
    form = "undo:" + " ".join(f"{event_id}@{revision}" for event_id, revision in decided.items())

    def undo() -> None:
        def action(account: Account, idempotency_key: str) -> str:
            found = undo_decisions(services.db, decided, account=account, idempotency_key=idempotency_key)
            if len(found) == 1:
                return tr(_AGAIN[found[0].review], title=found[0].title)
            return trn("Undone: {n} decision.", "Undone: {n} decisions.", len(found))

        if state.attempt(services, form, action, seen=decided):
            state.show_event(next(iter(decided)))

    st.button(tr("Undo"), key=_UNDO_KEY, on_click=undo)


def _undo_refusal(services: Services, event_id: str) -> None:
    def action(account: Account, idempotency_key: str) -> str:
        event = undo_refusal(services.db, event_id, account=account, idempotency_key=idempotency_key)
        return tr("Undone: the change to “{title}” waits again.", title=event.title)

    if state.attempt(services, f"undo-refusal:{event_id}:{state.attempt_count()}", action):
        state.show_event(event_id)


def _decide(services: Services, case: Case, decision: Decision) -> None:
    event = case.event
    # Read here, not when the button was rendered: this same click may deliver the latest text.
    reason = str(st.session_state.get(f"reason_{event.id}", ""))
    reason = reason if decision in NEEDS_REASON else ""
    collect = bool(st.session_state.get(_COLLECT))

    def action(account: Account, idempotency_key: str) -> str:
        if collect:
            stage(
                services.db,
                event.id,
                decision,
                account=account,
                expected_revision=event.revision,
                reason=reason,
                seen_at=case.read_at,
            )
            return tr(_LATER[decision], title=event.title)
        after = decide(
            services.db,
            event.id,
            decision,
            account=account,
            expected_revision=event.revision,
            reason=reason,
            seen_at=case.read_at,
            idempotency_key=idempotency_key,
        )
        state.note_decided([] if after.review is event.review else [after])
        if after.review is event.review:
            return tr(
                "You agree to publishing “{title}”. Its place is not public yet, so a second moderator has to.",
                title=event.title,
            )
        return tr(_NOW[decision], title=event.title)

    fields = {"reason": f"reason_{event.id}"}
    seen = {event.id: event.revision}
    form = f"decide:{event.id}@{event.revision}:{decision}"
    if state.attempt(services, form, action, fields=fields, seen=seen):
        forget_typed(f"reason_{event.id}")
        state.choose_next(event.id)
