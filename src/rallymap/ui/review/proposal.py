"""A change that an organiser proposes for a published event: its differences, accept or refuse."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from rallymap.language import tr, trc
from rallymap.moderation import MAX_REASON, Account
from rallymap.store import Proposal
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review import state
from rallymap.ui.review.typed import forget_typed, typed_field
from rallymap.ui.review.words import waiting_in_words
from rallymap.views.differences import FIELD_LABELS, differences_table
from rallymap.views.public_preview import public_summary
from rallymap.wording import ago_in_words
from rallymap.workflows.proposals import parts_of, settle_proposal
from rallymap.workflows.second_moderator import is_waiting
from rallymap.workflows.services import Services


def render_proposal(services: Services, proposal: Proposal) -> None:
    """Render the proposed change."""
    event = proposal.event
    with st.container(key="proposal"):
        ago = ago_in_words(proposal.at, services.now())
        paragraph(tr("A change is proposed, {ago}", ago=ago), "rm-section-first")
        heads = trc("column: how it is published", "Published"), trc("column: how it would be", "Proposed")
        table = differences_table(event, proposal.proposed, heads=heads)
        if table:
            st.html(table)
            paragraph(tr("If you accept:"), "rm-found")
            st.html(public_summary(proposal.proposed, services.now()))
        else:
            paragraph(tr("The event says all of it already."), "rm-found")
        refused = _render_parts(proposal)
        reason_key = f"proposal-reason-{event.id}"  # without the revision, to keep typed text
        label = tr("Reason (required if you refuse; the organiser reads it)")
        typed_field(label, reason_key, max_length=MAX_REASON)
        with st.container(key="proposal_buttons", horizontal=True):
            accepting = tr("Accept the chosen parts") if refused else tr("Accept the change")
            for accept, label in ((True, accepting), (False, tr("Refuse the change"))):
                st.button(
                    label,
                    key=f"proposal-{accept}-{event.id}-{event.revision}",
                    type="primary" if accept else "secondary",
                    on_click=_settle,
                    args=(services, proposal, accept, reason_key),
                )


def _part_key(proposal: Proposal, part: Collection[str]) -> str:
    return f"proposal-part-{'-'.join(part)}-{proposal.event.id}-{proposal.event.revision}-{proposal.at.timestamp()}"


def _render_parts(proposal: Proposal) -> bool:
    """Render a check box for each part of the change, if there are several; return whether any is deselected."""
    parts = parts_of(proposal)
    if len(parts) < 2:
        return False
    with st.container(key="proposal_parts", horizontal=True):
        # Translators: what a moderator accepts of a proposed change; check boxes with the names of fields follow.
        paragraph(tr("Accept:"), "rm-found")
        chosen = [st.checkbox(tr(FIELD_LABELS[part[0]]), value=True, key=_part_key(proposal, part)) for part in parts]
    return not all(chosen)


def _settle(services: Services, proposal: Proposal, accept: bool, reason_key: str) -> None:
    event = proposal.event
    reason = str(st.session_state.get(reason_key, ""))
    parts = parts_of(proposal)
    fields = [name for part in parts if st.session_state.get(_part_key(proposal, part), True) for name in part]

    def action(account: Account, idempotency_key: str) -> str:
        after = settle_proposal(
            services.db,
            event.id,
            accept=accept,
            fields=fields if parts else None,
            account=account,
            expected_revision=event.revision,
            proposed_at=proposal.at,
            reason=reason,
            idempotency_key=idempotency_key,
        )
        if not accept:
            return tr("The change to “{title}” is refused; its organiser reads your reason.", title=event.title)
        if is_waiting(services.db, after):
            return waiting_in_words(after)
        return tr("“{title}” is changed.", title=after.title)

    form = f"proposal:{event.id}@{event.revision}:{proposal.at}:{accept}:{' '.join(fields)}"
    seen = {event.id: event.revision}
    if state.attempt(services, form, action, fields={"reason": reason_key, "fields": reason_key}, seen=seen):
        forget_typed(reason_key)
