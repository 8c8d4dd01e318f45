"""Edit links: find a submission by its link's token, and read what its organiser may see.

The link of a form with several events opens all of them: its token, :data:`IN_CAMPAIGN` and an event's id together are
the token of that event. Each event also has its own token, for a local organiser.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from rallymap.errors import EventMergedError, EventNotFoundError, EventTakenDownError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision, Role, TakedownReason
from rallymap.store.case_values import Note
from rallymap.store.decisions import DONE, HIDDEN, IS_STANDING, STEPS
from rallymap.store.desk_tables import ended_links
from rallymap.store.events import get_event, get_events, merged_into
from rallymap.store.messages import list_notes
from rallymap.store.proposals import ACCEPTED, ACCEPTED_IN_PART, PROPOSED, REFUSED, get_proposal
from rallymap.store.refused_proposals import REFUSAL_UNDONE
from rallymap.store.schema import audit, submissions
from rallymap.store.submissions import hash_token
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import OwnEvent, Refusal

IN_CAMPAIGN = "~"
"""Separates the token of a campaign's edit link from an event id; occurs in neither."""


def read_own_event(tx: Reading, edit_token: str) -> OwnEvent:
    """Return the event that an edit link opens.

    Raises
    ------
    EventNotFoundError
        If the link does not work.
    EventTakenDownError
        If the event was taken down, or all events of the link's form were.
    EventMergedError
        If the event was merged into one with its own organiser.
    """
    row = own_submission(tx, edit_token)
    event = get_event(tx, row.event_id)
    decided = _latest(tx, event.id, [action for action in DONE.values() if action != DONE[Decision.PUBLISH]])
    step = _latest(tx, event.id, STEPS)
    settled = _latest(tx, event.id, [PROPOSED, ACCEPTED, ACCEPTED_IN_PART, REFUSED, REFUSAL_UNDONE])
    is_refused = settled is not None and settled.action in (ACCEPTED_IN_PART, REFUSED)
    # With later changes, as moderators see it; without a damaged one, which must not lock its organiser out.
    waiting = get_proposal(tx, event.id)
    is_hidden = event.review is ReviewStatus.PENDING and step is not None and step.action == HIDDEN
    return OwnEvent(
        event,
        row.campaign_code or row.code,
        row.contact,
        moment(row.created_at),
        decided.reason if decided else "",
        waiting.proposed if waiting is not None else None,
        _without_names(note for note in list_notes(tx, event.id) if note.for_organiser),
        Refusal(moment(settled.at), settled.reason, settled.action == ACCEPTED_IN_PART)
        if settled and is_refused
        else None,
        moment(step.at) if step and is_hidden else None,
    )


def get_own_event(tx: Reading, edit_token: str) -> Event:
    """Return only the event that an edit link opens; raises what :func:`read_own_event` raises."""
    return get_event(tx, own_submission(tx, edit_token).event_id)


def list_own_campaign(tx: Reading, edit_token: str) -> list[Event]:
    """Return the events that a campaign's edit link opens, by day and place; empty for other links."""
    rows = tx.conn.scalars(
        sa.select(submissions.c.event_id)
        .where(submissions.c.campaign_token_hash == hash_token(tx.secret, edit_token))
        .order_by(submissions.c.event_id)
    )
    found = get_events(tx, rows.all())
    return sorted(found, key=lambda event: (event.when.start or date.max, event.place.text.casefold(), event.id))


def list_account_events(tx: Reading, account: Account, *, limit: int = 100) -> list[Event]:
    """Return the events that were submitted while signed in to an account, newest first."""
    stmt = (
        sa.select(submissions.c.event_id)
        .where(submissions.c.account == account.name)
        .order_by(submissions.c.created_at.desc(), submissions.c.event_id)
        .limit(limit)
    )
    return get_events(tx, tx.conn.scalars(stmt).all())


def own_submission(tx: Reading, edit_token: str) -> sa.Row[Any]:
    """Return the submission that an edit link opens; raises what :func:`read_own_event` raises."""
    token, _, event_id = edit_token.partition(IN_CAMPAIGN)
    hashed = hash_token(tx.secret, token)
    opens = submissions.c.edit_token_hash == hashed
    if event_id:
        opens = sa.and_(submissions.c.campaign_token_hash == hashed, submissions.c.event_id == event_id)
    row = tx.conn.execute(sa.select(submissions).where(opens)).one_or_none()
    if row is None:
        raise _taken_down(tx, hashed, event_id) or EventNotFoundError("")
    kept = merged_into(tx, row.event_id)
    if kept:
        raise EventMergedError(row.event_id, kept)
    return row


def keep_ended_links(tx: Transaction, ids: Collection[str], role: Role, reason: TakedownReason) -> None:
    """Keep that these events' edit links ended because they are taken down; call it before the submissions go."""
    rows = tx.conn.execute(sa.select(submissions).where(submissions.c.event_id.in_(ids))).all()
    ended = [
        {"event_id": row.event_id, "token_hash": hashed, "role": role, "reason_code": reason.value, "at": tx.at}
        for row in rows
        for hashed in (row.edit_token_hash, row.campaign_token_hash)
        if hashed
    ]
    if ended:
        tx.conn.execute(sa.insert(ended_links), ended)


def _taken_down(tx: Reading, token_hash: str, event_id: str) -> EventTakenDownError | None:
    """Return the error for a link whose event was taken down; None for any other link.

    Parameters
    ----------
    event_id
        The event of a campaign that the link names; "" for the only one, or for all.
    """
    ended = sa.select(ended_links).where(ended_links.c.token_hash == token_hash)
    if event_id:
        ended = ended.where(ended_links.c.event_id == event_id)
    row = tx.conn.execute(ended.order_by(ended_links.c.at.desc(), ended_links.c.event_id).limit(1)).one_or_none()
    return None if row is None else EventTakenDownError(row.event_id, row.at, row.role, row.reason_code)


def _latest(tx: Reading, event_id: str, actions: Iterable[str]) -> sa.Row[Any] | None:
    """Return the latest audit entry of an event with one of these actions that was not undone, or None."""
    stmt = sa.select(audit).where(audit.c.event_id == event_id, audit.c.action.in_(tuple(actions)), IS_STANDING)
    return tx.conn.execute(stmt.order_by(audit.c.seq.desc()).limit(1)).one_or_none()


def _without_names(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return notes without the names of moderators, which organisers must not see."""
    return tuple(note if note.is_from_organiser else dataclasses.replace(note, author="moderator") for note in notes)
