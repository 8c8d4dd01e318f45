"""Staged decisions of a moderator, above the queue."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from rallymap.language import tr, trc, trn
from rallymap.moderation import Account
from rallymap.store import StagedDecision
from rallymap.templates import bdi, bold, one_line
from rallymap.ui.paragraphs import list_head, paragraph
from rallymap.ui.plain import row_label
from rallymap.ui.review import state
from rallymap.ui.review.changed_since import changed_since_in_words
from rallymap.ui.review.decisions import decision_label
from rallymap.workflows.decisions import apply_staged_decisions, list_staged, unstage
from rallymap.workflows.services import Services


def render_staged(services: Services, account: Account) -> None:
    """Render the account's staged decisions, events that changed since, and the button that applies all of them."""
    staged = list_staged(services.db, account)
    if not staged:
        return

    def apply_staged() -> None:
        form = "staged:" + " ".join(f"{item.event.id}@{item.event.revision}{item.decision}" for item in staged)

        def action(account: Account, idempotency_key: str) -> str:
            done = apply_staged_decisions(services.db, account=account, idempotency_key=idempotency_key)
            before = {item.event.id: item.event.revision for item in staged}
            state.note_decided(event for event in done if event.revision != before.get(event.id))
            return trn("{n} decision is applied.", "{n} decisions are applied.", len(done) or len(staged))

        if state.attempt(services, form, action, seen={item.event.id: item.expected_revision for item in staged}):
            state.show_event(None)

    with st.container(key="staged"):
        list_head(trn("{n} listed for later", "{n} listed for later", len(staged)), tr("not applied yet"))
        for item in staged:
            with st.container(key=f"staged-{item.event.id}", horizontal=True, vertical_alignment="center"):
                paragraph(_staged_line(services, account, item), "rm-staged")
                if item.is_stale:
                    st.button(
                        row_label(tr("Open"), item.event.title),
                        key=f"look-{item.event.id}",
                        type="tertiary",
                        on_click=state.choose,
                        args=(item.event.id,),
                    )
                st.button(
                    row_label(trc("take off a list", "Remove"), item.event.title),
                    key=f"drop-{item.event.id}",
                    type="tertiary",
                    on_click=_drop(services, item),
                )
        # Translators: carry out all decisions on a list.
        st.button(tr("Apply all"), key="carry_out", type="primary", on_click=apply_staged)


def _staged_line(services: Services, account: Account, item: StagedDecision) -> Markup:
    line = Markup("{}: {}").format(decision_label(item.decision), bdi(item.event.title))
    if item.reason:
        line = one_line((line, bdi(item.reason)))
    if not item.is_stale:
        return line
    since = changed_since_in_words(services, account, {item.event.id: item.expected_revision})
    lines = Markup("").join(Markup("<br>{}").format(one) for one in since)
    return Markup("{} {}{}").format(line, bold(tr("Changed since; look again.")), lines)


def _drop(services: Services, item: StagedDecision) -> Callable[[], None]:
    def drop() -> None:
        def action(account: Account, _key: str) -> str:
            unstage(services.db, item.event.id, account=account)
            return tr("The decision is removed from the list.")

        state.attempt(services, f"unstage:{item.event.id}", action)

    return drop
