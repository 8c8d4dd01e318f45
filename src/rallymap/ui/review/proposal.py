"""A change that an organiser proposes for a published event: its differences, accept or refuse."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from rallymap.errors import InvalidEventError
from rallymap.language import list_in_words, tr, trc
from rallymap.moderation import MAX_REASON, Account
from rallymap.store import Proposal
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review import state
from rallymap.ui.review.typed import forget_typed, typed_field
from rallymap.ui.review.words import waiting_in_words
from rallymap.views.differences import FIELD_LABELS, differences_table
from rallymap.views.public_preview import public_summary
from rallymap.wording import ago_in_words
from rallymap.workflows.proposals import parts_of, settle_proposal, with_parts
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
        else:
            paragraph(tr("The event says all of it already."), "rm-found")
        is_whole = _render_parts(proposal)
        _render_preview(services, proposal)
        reason_key = f"proposal-reason-{event.id}"  # without the revision, to keep typed text
        label = tr("Reason (required if you refuse; the organiser reads it)")
        typed_field(label, reason_key, max_length=MAX_REASON)
        with st.container(key="proposal_buttons", horizontal=True):
            accepting = tr("Accept the change") if is_whole else tr("Accept the chosen parts")
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
    """Render a check box for each part of the change, if there are several; return whether all are selected."""
    parts = parts_of(proposal)
    if len(parts) < 2:
        return True
    with st.container(key="proposal_parts", horizontal=True):
        # Translators: what a moderator accepts of a proposed change; check boxes with the names of fields follow.
        paragraph(tr("Accept:"), "rm-found")
        chosen = [st.checkbox(_part_label(part), value=True, key=_part_key(proposal, part)) for part in parts]
    return all(chosen)


def _part_label(part: Collection[str]) -> str:
    return list_in_words(dict.fromkeys(tr(FIELD_LABELS[name]) for name in part))


def _chosen_fields(proposal: Proposal) -> list[str]:
    parts = parts_of(proposal)
    return [name for part in parts if st.session_state.get(_part_key(proposal, part), True) for name in part]


def _render_preview(services: Services, proposal: Proposal) -> None:
    """Say what the public sees if the moderator accepts the chosen parts; skip it if nothing is chosen."""
    fields = _chosen_fields(proposal)
    if not fields:
        return
    paragraph(tr("If you accept:"), "rm-found")
    try:
        st.html(public_summary(with_parts(proposal, fields), services.now()))
    except InvalidEventError as err:
        paragraph(err.user_message, "rm-error", role="alert")


def _settle(services: Services, proposal: Proposal, accept: bool, reason_key: str) -> None:
    event = proposal.event
    reason = str(st.session_state.get(reason_key, ""))
    fields = _chosen_fields(proposal)

    def action(account: Account, idempotency_key: str) -> str:
        after = settle_proposal(
            services.db,
            event.id,
            accept=accept,
            fields=fields if proposal.changes else None,
            account=account,
            expected_revision=event.revision,
            proposed_at=proposal.at,
            reason=reason,
            idempotency_key=idempotency_key,
        )
        if not accept:
            state.note_refused(after)
            return tr("The change to “{title}” is refused; its organiser reads your reason.", title=event.title)
        if is_waiting(services.db, after):
            return waiting_in_words(after)
        return tr("“{title}” is changed.", title=after.title)

    form = f"proposal:{event.id}@{event.revision}:{proposal.at}:{accept}:{' '.join(fields)}"
    seen = {event.id: event.revision}
    if state.attempt(services, form, action, fields={"reason": reason_key, "fields": reason_key}, seen=seen):
        forget_typed(reason_key)
