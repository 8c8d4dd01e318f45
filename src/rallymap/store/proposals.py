"""Changes to published events that wait for a moderator: of organisers, visitors, or a first moderator."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from rallymap.errors import DamagedEventError
from rallymap.events import Event
from rallymap.store.damaged import readable
from rallymap.store.documents import differences, from_document, merged_documents, to_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import approvals, events, proposals, revisions
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import Proposal

PROPOSED, ACCEPTED, REFUSED = "proposed a change", "change accepted", "change refused"
ACCEPTED_IN_PART = "change accepted in part"
"""Action name in the audit log."""
_BASE = revisions.alias("base")


def list_proposals(tx: Reading, *, countries: Collection[str] = (), limit: int = 50, offset: int = 0) -> list[Proposal]:
    """Return pending proposals, oldest first.

    Parameters
    ----------
    countries
        Only events of these countries; empty for all.
    """
    stmt = _WITH_PROPOSAL.order_by(proposals.c.created_at, events.c.id).limit(limit).offset(offset)
    if countries:
        stmt = stmt.where(events.c.country.in_(countries))
    return list(readable(tx.conn.execute(stmt), _proposal))


def get_proposal(tx: Reading, event_id: str) -> Proposal | None:
    """Return the pending proposal of an event, or None."""
    rows = tx.conn.execute(_WITH_PROPOSAL.where(events.c.id == event_id))
    return next(readable(rows, _proposal), None)


def proposed_event(tx: Reading, event: Event) -> Event:
    """Return an event with its pending proposal applied; unchanged if there is none."""
    waiting = get_proposal(tx, event.id)
    return event if waiting is None else waiting.proposed


def put_proposal(tx: Transaction, event: Event, proposed: Event) -> None:
    """Store a proposal, replacing an earlier one for the same event."""
    delete_proposal(tx, event.id)
    tx.conn.execute(
        sa.insert(proposals).values(
            event_id=event.id, base_revision=event.revision, document=to_document(proposed), created_at=tx.at
        )
    )


def delete_proposal(tx: Transaction, event_id: str) -> None:
    """Delete the proposal for an event, if there is one, and the approvals of it."""
    tx.conn.execute(sa.delete(approvals).where(approvals.c.event_id == event_id))
    tx.conn.execute(sa.delete(proposals).where(proposals.c.event_id == event_id))


_WITH_PROPOSAL = (
    WITH_DOCUMENT.add_columns(
        proposals.c.document.label("proposed"), proposals.c.created_at, _BASE.c.document.label("base")
    )
    .join(proposals, proposals.c.event_id == events.c.id)
    .join(_BASE, sa.and_(_BASE.c.event_id == proposals.c.event_id, _BASE.c.revision == proposals.c.base_revision))
)


def _proposal(row: sa.Row[Any]) -> Proposal:
    event = from_document(row.id, row.revision, row.review, row.document)
    document = merged_documents(row.id, row.base, row.proposed, row.document)
    try:
        proposed = from_document(row.id, row.revision, row.review, document)
    except DamagedEventError:
        # It contradicts what moderators changed since. As it was sent, it can still be read and accepted in part.
        document = row.proposed
        proposed = from_document(row.id, row.revision, row.review, document)
    return Proposal(event, proposed, differences(to_document(event), document), moment(row.created_at))
