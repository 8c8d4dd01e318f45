"""What moderators do: the queue, decisions and edits."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision, Permission
from rallymap.store.approvals import approved_by, permitted_change
from rallymap.store.changes import WITH_DOCUMENT, AuditEntry, change_event, current
from rallymap.store.damaged import readable
from rallymap.store.database import Database, moment
from rallymap.store.decisions import DONE, HIDDEN, carry_out, latest_step
from rallymap.store.documents import from_document, to_document
from rallymap.store.idempotency import write_once
from rallymap.store.places_to_check import put_changed_place_check
from rallymap.store.schema import WAITS_FOR_MODERATOR, audit, events, notes, submissions
from rallymap.store.values import PlaceToCheck, QueueItem


class Reviewing(Database):
    """The review queue and what can be done with an event in it."""

    def review_queue(
        self,
        statuses: Collection[ReviewStatus] = (ReviewStatus.PENDING,),
        *,
        countries: Collection[str] = (),
        limit: int = 50,
        offset: int = 0,
    ) -> list[QueueItem]:
        """Return events under review, oldest first.

        Parameters
        ----------
        statuses
            Which ones; published events are not under review.
        countries
            Only events of these countries; empty: all.
        """
        reason = (
            sa.select(audit.c.reason)
            .where(audit.c.event_id == events.c.id, audit.c.reason != "")
            .order_by(audit.c.seq.desc())
            .limit(1)
            .scalar_subquery()
        )
        stmt = (
            WITH_DOCUMENT.add_columns(
                events.c.created_at,
                submissions.c.contact,
                submissions.c.code,
                reason.label("reason"),
                _has_open_message().label("has_message"),
                latest_step("verb").label("step"),
                latest_step("at").label("step_at"),
            )
            .outerjoin(submissions, submissions.c.event_id == events.c.id)
            .where(_in_queue(statuses, countries))
            .order_by(events.c.created_at, events.c.id)
            .limit(limit)
            .offset(offset)
        )
        with self.reading() as conn:
            return list(readable(conn.execute(stmt), _queue_item))

    def review_counts(self, *, countries: Collection[str] = ()) -> dict[ReviewStatus, int]:
        """Return how many events stand in each review status but published; those with none are left out."""
        statuses = [status for status in ReviewStatus if status is not ReviewStatus.PUBLISHED]
        stmt = sa.select(events.c.review, sa.func.count()).where(_in_queue(statuses, countries))
        with self.reading() as conn:
            counts = {row[0]: row[1] for row in conn.execute(stmt.group_by(events.c.review))}
        return {status: counts[status] for status in ReviewStatus if status in counts}

    def decide(
        self,
        event_id: str,
        decision: Decision,
        *,
        actor: Account,
        expected_revision: int,
        reason: str = "",
        idempotency_key: str,
    ) -> Event:
        """Publish an event, send it back, reject or withdraw it; the same form sent again changes nothing more.

        Where the operator asks for two moderators, the first one to publish a future venue approves it: the event
        comes back unchanged, still pending. Open reports about the event are closed.

        Parameters
        ----------
        expected_revision
            The one the moderator has seen.
        reason
            Needed for all decisions but publishing; the submitter sees it.

        Raises
        ------
        RightsError
            If the actor's role or countries do not allow it.
        ModerationError
            If the decision is not possible from the event's status, or the reason is missing.
        EventNotFoundError, StaleEventError
            If there is no such event, or someone changed it since it was read.
        """
        with write_once(self, idempotency_key) as write:
            if write.was_done:
                return current(write.tx.conn, event_id)
            before = current(write.tx.conn, event_id, expected_revision)
            return carry_out(self, write.tx, before, decision, actor, reason, write.key_hash)

    def edit(
        self,
        event: Event,
        *,
        actor: Account,
        expected_revision: int,
        idempotency_key: str,
        place_to_check: PlaceToCheck | None = None,
    ) -> Event:
        """Store what an event says from now on; review status and picture stay. Without a difference nothing is stored.

        Parameters
        ----------
        place_to_check
            If its place was changed and is ambiguous or unsure.

        Raises
        ------
        RightsError, EventNotFoundError, StaleEventError
            If the actor may not, there is no such event, or someone changed it since it was read.
        """
        with write_once(self, idempotency_key) as write:
            tx = write.tx
            if write.was_done:
                return current(tx.conn, event.id)
            before = current(tx.conn, event.id, expected_revision)
            wanted = event.changed(review=before.review, picture=before.picture)
            after = permitted_change(self, tx, Permission.EDIT, before, wanted, actor)
            if to_document(before) == to_document(wanted):
                return before
            changed = change_event(tx, before, after, AuditEntry(actor.name, "edited", nonce_hash=write.key_hash))
            put_changed_place_check(tx, before, changed, place_to_check)
            return changed

    def approved_by(self, event_id: str) -> tuple[str, ...]:
        """Return the names of the moderators who want an event published as it is, where two are needed."""
        with self.reading() as conn:
            return approved_by(conn, current(conn, event_id))


def _queue_item(row: sa.Row[Any]) -> QueueItem:
    event = from_document(row.id, row.revision, row.review, row.document)
    is_pending = event.review is ReviewStatus.PENDING
    return QueueItem(
        event,
        moment(row.created_at),
        row.contact or "",
        row.code or "",
        row.reason or "",
        # What was sent back waits again only when its organiser has answered or changed it.
        is_answered=row.has_message or (is_pending and row.step == DONE[Decision.SEND_BACK]),
        hidden_at=moment(row.step_at) if is_pending and row.step == HIDDEN else None,
    )


def _has_open_message() -> sa.Exists:
    return sa.exists().where(notes.c.event_id == events.c.id, WAITS_FOR_MODERATOR)


def _in_queue(statuses: Collection[ReviewStatus], countries: Collection[str]) -> sa.ColumnElement[bool]:
    # The first condition is what the small index over events under review is for.
    conditions = [events.c.review != "published", events.c.review.in_([status.value for status in statuses])]
    if countries:
        conditions.append(events.c.country.in_(countries))
    return sa.and_(*conditions)
