"""A campaign as one case: its events as rows, and one decision about all or some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from rallymap.events import Event, ReviewStatus
from rallymap.language import isolated, number, separator, tr, trn
from rallymap.moderation import MAX_REASON, NEEDS_REASON, Account, Decision, possible_decisions
from rallymap.templates import bdi, fill, one_line
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import row_label, spoken_label
from rallymap.ui.review import state
from rallymap.ui.review.campaign_name import render_campaign_name
from rallymap.ui.review.decisions import decision_label
from rallymap.ui.review.reasons import render_common_reasons
from rallymap.ui.review.typed import forget_typed, typed_field
from rallymap.wording import date_in_words, place_in_words
from rallymap.workflows.campaigns import list_campaign_cases
from rallymap.workflows.decisions import decide_all
from rallymap.workflows.review_queue import list_marks
from rallymap.workflows.services import Services

_REASON = "campaign_reason"
_TALL = 8
"""Number of rows from which the list scrolls separately, so that the buttons below it stay visible."""


def render_campaign(services: Services, account: Account, event: Event) -> bool:
    """Render the events of the open event's campaign that share its review status; for a single event only the name.

    Returns
    -------
    has_others
        Whether there are several events, so that the decision further down applies to one of them.
    """
    if event.campaign is None:
        return False
    name, read_at = bdi(event.campaign.name), services.now()
    cases = list_campaign_cases(services.db, account, event)
    if not cases:
        with st.container(key="campaign_alone", horizontal=True, vertical_alignment="center"):
            paragraph(one_line((tr("Campaign"), name)), "rm-found")
            render_campaign_name(services, event.campaign)
        return False
    marks = list_marks(services.db, account, cases, services.now())
    heading = trn("Campaign {name}: {n} event", "Campaign {name}: {n} events", len(cases), name="{name}")
    with st.container(key="campaign_case"):
        paragraph(fill(heading, name=name), "rm-section-first")
        paragraph(tr("Decide about all of them at once, or clear those that you leave open."), "rm-about")
        render_campaign_name(services, event.campaign)
        with st.container(key="campaign_rows", height=320 if len(cases) > _TALL else "content"):
            chosen = [one for one in cases if _render_row(one, marks[one.id], is_open=one.id == event.id)]
        reason_key = f"{_REASON}_{event.campaign.id}"
        possible = possible_decisions(event.review)
        if NEEDS_REASON.intersection(possible):
            render_common_reasons(services, account, reason_key)
            label = tr("Reason (required unless you publish; the organiser can read it)")
            typed_field(label, reason_key, max_length=MAX_REASON, height=68)
        with st.container(key="campaign_decisions", horizontal=True):
            for decision in possible:
                st.button(
                    f"{decision_label(decision)} ({number(len(chosen))})",
                    key=f"campaign_{decision}_{event.campaign.id}",
                    disabled=not chosen,
                    type="primary" if decision is Decision.PUBLISH else "secondary",
                    on_click=_decide,
                    args=(services, event, cases, chosen, decision, reason_key, read_at),
                )
    paragraph(one_line((tr("Only this event"), place_in_words(event.place, event.location))), "rm-section")
    return True


def _render_row(event: Event, marks: Sequence[str], *, is_open: bool) -> bool:
    where = spoken_label(place_in_words(event.place, event.location), max_length=60)
    venue = f"{separator()}{isolated(spoken_label(event.place.venue, max_length=60))}" if event.place.venue else ""
    label = f"{where}{venue}{separator()}{date_in_words(event.when)}"
    with st.container(key=f"campaign_row_{event.id}", horizontal=True, vertical_alignment="center"):
        chosen = st.checkbox(label, value=True, key=f"case_{event.id}_{event.revision}")
        if marks:
            paragraph(separator().join(marks), "rm-case-marks")
        st.button(
            row_label(tr("Open"), label), key=f"case_open_{event.id}", type="tertiary", disabled=is_open,
            on_click=state.choose, args=(event.id,),
        )  # fmt: skip
    return chosen


def _decide(
    services: Services,
    event: Event,
    cases: Sequence[Event],
    chosen: Sequence[Event],
    decision: Decision,
    reason_key: str,
    read_at: datetime,
) -> None:
    seen: Mapping[str, int] = {one.id: one.revision for one in chosen}
    reason = str(st.session_state.get(reason_key) or "") if decision in NEEDS_REASON else ""

    def action(account: Account, idempotency_key: str) -> str:
        done = decide_all(
            services.db,
            seen,
            decision,
            account=account,
            reason=reason,
            seen_at=read_at,
            idempotency_key=idempotency_key,
        )
        changed = [one for one in done if one.review is not event.review]
        state.note_decided(changed)
        if not changed:
            return tr("You agree to publishing them. A second moderator has to agree.")
        if decision is Decision.PUBLISH:
            public = sum(one.review is ReviewStatus.PUBLISHED for one in changed)
            return trn(
                "{n} event is published and on the map now.", "{n} events are published and on the map now.", public
            )
        # Translators: {decision} is what the button says: “Reject”, “Send back”.
        return trn(
            "{decision}: done for {n} event.",
            "{decision}: done for {n} events.",
            len(changed),
            decision=decision_label(decision),
        )

    form = f"campaign:{decision}:" + " ".join(f"{event_id}@{revision}" for event_id, revision in seen.items())
    if not state.attempt(services, form, action, fields={"reason": reason_key}, seen=seen):
        return
    if decision in NEEDS_REASON:
        forget_typed(reason_key)
    if event.id in seen:
        left = [one.id for one in cases if one.id not in seen]
        if left:
            state.show_event(left[0])
        else:
            state.choose_next(event.id)
