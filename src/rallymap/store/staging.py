"""Decisions that are prepared one by one and carried out in one go."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.errors import StaleEventError
from rallymap.events import Event
from rallymap.moderation import Account, Decision, Permission, next_review, require
from rallymap.store.case_values import StagedDecision
from rallymap.store.changes import WITH_DOCUMENT, current
from rallymap.store.damaged import readable
from rallymap.store.database import Database
from rallymap.store.decisions import carry_out
from rallymap.store.documents import from_document
from rallymap.store.idempotency import nonce_hash, was_done
from rallymap.store.schema import events, staged


class Staging(Database):
    """Staged decisions; each moderator has their own."""

    def stage(
        self, event_id: str, decision: Decision, *, actor: Account, expected_revision: int, reason: str = ""
    ) -> None:
        """Prepare a decision; an earlier one about the same event, by whomever, is replaced.

        Raises
        ------
        RightsError, ModerationError, EventNotFoundError, StaleEventError
            As if it were carried out now.
        """
        with self.writing() as tx:
            event = current(tx.conn, event_id, expected_revision)
            require(actor, Permission.DECIDE, event)
            next_review(event.review, decision, reason)
            tx.conn.execute(sa.delete(staged).where(staged.c.event_id == event_id))
            tx.conn.execute(
                sa.insert(staged).values(
                    event_id=event_id,
                    account=actor.name,
                    decision=decision.value,
                    reason=reason.strip(),
                    expected_revision=expected_revision,
                    at=tx.at,
                )
            )

    def unstage(self, event_id: str, *, actor: Account) -> None:
        """Drop a decision that the actor prepared; where there is none, nothing happens."""
        with self.writing() as tx:
            tx.conn.execute(sa.delete(staged).where(staged.c.event_id == event_id, staged.c.account == actor.name))

    def staged(self, *, actor: Account) -> list[StagedDecision]:
        """Return the decisions that the actor prepared, oldest first."""
        with self.reading() as conn:
            return _staged(conn, actor)

    def carry_out_staged(self, *, actor: Account, idempotency_key: str) -> list[Event]:
        """Carry out all decisions that the actor prepared: all of them, or none.

        Returns
        -------
        events
            As they are now, in the order in which they were prepared; empty if the same form was sent before.

        Raises
        ------
        StaleEventError
            If someone changed one of the events since its decision was prepared; the sentence names it.
        RightsError, ModerationError
            If one of them is not possible any more.
        """
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return []
            waiting = _staged(tx.conn, actor)
            stale = [item.event.title for item in waiting if item.is_stale]
            if stale:
                raise StaleEventError(
                    f"Someone changed “{stale[0][:80]}” since you decided; look at it again. Nothing was carried out."
                )
            done: list[Event] = []
            for item in waiting:
                # One form, one idempotency key: the first audit row carries it for all.
                first = hashed if not done else None
                done.append(carry_out(self, tx, item.event, item.decision, actor, item.reason, first))
            return done


def _staged(conn: sa.Connection, actor: Account) -> list[StagedDecision]:
    stmt = (
        WITH_DOCUMENT.add_columns(staged.c.decision, staged.c.reason, staged.c.expected_revision)
        .join(staged, staged.c.event_id == events.c.id)
        .where(staged.c.account == actor.name)
        .order_by(staged.c.at, events.c.id)
    )
    return list(
        readable(
            conn.execute(stmt),
            lambda row: StagedDecision(
                from_document(*row[:4]), Decision(row.decision), row.reason, row.revision != row.expected_revision
            ),
        )
    )
