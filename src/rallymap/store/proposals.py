"""Changes that submitters propose to published events."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, ModerationError, StaleEventError
from rallymap.events import Event, ReviewStatus, Source
from rallymap.moderation import VISITOR, Account, Permission, require
from rallymap.store.approvals import permitted_change
from rallymap.store.changes import WITH_DOCUMENT, AuditEntry, audit_columns, change_event, current
from rallymap.store.damaged import readable
from rallymap.store.database import Database, moment
from rallymap.store.documents import differences, from_document, merged_documents, to_document
from rallymap.store.idempotency import nonce_hash, was_done, write_once
from rallymap.store.picture_files import drop_unused
from rallymap.store.places_to_check import put_changed_place_check
from rallymap.store.schema import audit, events, proposals, revisions
from rallymap.store.values import Proposal

PROPOSED, ACCEPTED, REFUSED = "proposed a change", "change accepted", "change refused"
"""What the audit log calls the steps of a proposal."""
_BASE = revisions.alias("base")


class Proposals(Database):
    """Proposals that wait for a moderator."""

    def list_proposals(self, *, countries: Collection[str] = (), limit: int = 50, offset: int = 0) -> list[Proposal]:
        """Return proposed changes, oldest first.

        Parameters
        ----------
        countries
            Only of events of these countries; empty: all.
        """
        stmt = _WITH_PROPOSAL.order_by(proposals.c.created_at, events.c.id).limit(limit).offset(offset)
        if countries:
            stmt = stmt.where(events.c.country.in_(countries))
        with self.reading() as conn:
            return list(readable(conn.execute(stmt), _proposal))

    def settle_proposal(
        self,
        event_id: str,
        *,
        accept: bool,
        actor: Account,
        expected_revision: int,
        proposed_at: datetime | None = None,
        idempotency_key: str,
        reason: str = "",
    ) -> Event:
        """Accept or refuse a proposed change.

        An accepted one changes only the fields that the submitter changed: what moderators changed elsewhere since
        then stays.

        Parameters
        ----------
        proposed_at
            When the change that the moderator has seen was proposed; None takes whichever waits now.

        Raises
        ------
        RightsError, EventNotFoundError, StaleEventError
            If the actor may not, there is no such event, or someone changed it or the proposal since it was read.
        ModerationError
            If no change is proposed any more.
        InvalidEventError
            If the proposal does not fit what moderators made of the event meanwhile.
        """
        with write_once(self, idempotency_key) as write:
            tx = write.tx
            if write.was_done:
                return current(tx.conn, event_id)
            before = current(tx.conn, event_id, expected_revision)
            require(actor, Permission.EDIT, before)
            row = tx.conn.execute(_WITH_PROPOSAL.where(events.c.id == event_id)).one_or_none()
            if row is None:
                raise ModerationError("No change is proposed to this event any more.", detail=event_id)
            if proposed_at is not None and moment(row.created_at) != proposed_at:
                raise StaleEventError(
                    "The organiser proposes another change by now. Look at it and decide again.",
                    detail=f"{event_id}: proposal of {moment(row.created_at)}, expected {proposed_at}",
                )
            tx.conn.execute(sa.delete(proposals).where(proposals.c.event_id == event_id))
            entry = AuditEntry(actor.name, ACCEPTED if accept else REFUSED, reason.strip(), write.key_hash)
            wanted = _proposal(row).proposed
            if accept and wanted != before:
                permitted = permitted_change(self, tx, Permission.EDIT, before, wanted, actor)
                after = change_event(tx, before, permitted, entry)
                put_changed_place_check(tx, before, after)
                return after
            drop_unused(tx, before)
            tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, before))
            return before

    def offer_source(self, event_id: str, source: Source, *, idempotency_key: str, actor: Account = VISITOR) -> None:
        """Propose another source for a published event; a moderator decides.

        It joins a change that is proposed already. A source whose address the event has is taken as it is.

        Raises
        ------
        EventNotFoundError
            If the event is not public.
        InvalidEventError
            If the event has as many sources as it can hold.
        """
        require(actor, Permission.REPORT)
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            event = current(tx.conn, event_id)
            if event.review is not ReviewStatus.PUBLISHED:
                raise EventNotFoundError(event_id)
            if was_done(tx.conn, hashed) or (source.url and source.url in {known.url for known in event.sources}):
                return
            proposed = proposed_event(tx.conn, event)
            document = to_document(proposed.changed(sources=(*proposed.sources, source)))
            tx.conn.execute(sa.delete(proposals).where(proposals.c.event_id == event.id))
            tx.conn.execute(
                sa.insert(proposals).values(
                    event_id=event.id, base_revision=event.revision, document=document, created_at=tx.at
                )
            )
            tx.conn.execute(
                sa.insert(audit),
                audit_columns(tx, AuditEntry(actor.name, "offered a source", nonce_hash=hashed), event),
            )


def proposed_event(conn: sa.Connection, event: Event) -> Event:
    """Return an event as it would be after the change that waits for a moderator; as it is where none waits."""
    waiting = conn.execute(_WITH_PROPOSAL.where(events.c.id == event.id)).one_or_none()
    return event if waiting is None else _proposal(waiting).proposed


_WITH_PROPOSAL = (
    WITH_DOCUMENT.add_columns(
        proposals.c.document.label("proposed"), proposals.c.created_at, _BASE.c.document.label("base")
    )
    .join(proposals, proposals.c.event_id == events.c.id)
    .join(_BASE, sa.and_(_BASE.c.event_id == proposals.c.event_id, _BASE.c.revision == proposals.c.base_revision))
)


def _proposal(row: sa.Row[Any]) -> Proposal:
    event = from_document(row.id, row.revision, row.review, row.document)
    document = merged_documents(row.base, row.proposed, row.document)
    proposed = from_document(row.id, row.revision, row.review, document)
    return Proposal(event, proposed, differences(to_document(event), document), moment(row.created_at))
