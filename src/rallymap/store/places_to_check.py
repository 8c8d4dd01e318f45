"""Events whose place a moderator has to settle."""

from __future__ import annotations

from collections.abc import Collection

import orjson
import sqlalchemy as sa

from rallymap.events import Event, Location
from rallymap.moderation import Account, Permission
from rallymap.store.approvals import permitted_change
from rallymap.store.changes import WITH_DOCUMENT, AuditEntry, change_event, current
from rallymap.store.damaged import readable
from rallymap.store.database import Database, Transaction, moment
from rallymap.store.documents import from_document, to_document
from rallymap.store.idempotency import nonce_hash, was_done
from rallymap.store.schema import events, place_checks
from rallymap.store.values import EventToLocate, PlaceToCheck


class PlacesToCheck(Database):
    """The list of places to check, and settling them."""

    def places_to_check(
        self, *, countries: Collection[str] = (), limit: int = 50, offset: int = 0
    ) -> list[EventToLocate]:
        """Return events whose place is ambiguous, unsure or in another country than said, oldest first.

        Parameters
        ----------
        countries
            Only events of these countries; empty: all.
        """
        stmt = (
            WITH_DOCUMENT.add_columns(place_checks.c.outcome, place_checks.c.candidates, place_checks.c.created_at)
            .join(place_checks, place_checks.c.event_id == events.c.id)
            .where(events.c.review.not_in(("rejected", "withdrawn")))
            .order_by(place_checks.c.created_at, events.c.id)
            .limit(limit)
            .offset(offset)
        )
        if countries:
            stmt = stmt.where(events.c.country.in_(countries))
        with self.reading() as conn:
            return list(
                readable(
                    conn.execute(stmt),
                    lambda row: EventToLocate(
                        from_document(*row[:4]),
                        PlaceToCheck(row.outcome, tuple(orjson.loads(row.candidates))),
                        moment(row.created_at),
                    ),
                )
            )

    def settle_place(
        self, event_id: str, location: Location | None, *, actor: Account, expected_revision: int, idempotency_key: str
    ) -> Event:
        """Give an event the location a moderator chose, or None for none, and take it off the list.

        Raises
        ------
        RightsError, EventNotFoundError, StaleEventError
            If the actor may not, there is no such event, or someone changed it since it was read.
        """
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return current(tx.conn, event_id)
            before = current(tx.conn, event_id, expected_revision)
            wanted = permitted_change(
                self, tx, Permission.SETTLE_PLACE, before, before.changed(location=location), actor
            )
            after = change_event(tx, before, wanted, AuditEntry(actor.name, "place settled", nonce_hash=hashed))
            tx.conn.execute(sa.delete(place_checks).where(place_checks.c.event_id == event_id))
            return after

    def put_look_up(self, event: Event, check: PlaceToCheck | None, *, actor: Account, expected_revision: int) -> Event:
        """Note what looking an event's place up anew gave: what it says now, and what is left for a moderator.

        Parameters
        ----------
        event
            With the location that was found, or unchanged; its review status stays.
        check
            Its entry on the list, over the one it had; None where nothing is left to settle.

        Raises
        ------
        EventNotFoundError, StaleEventError
            If there is no such event, or someone changed it since it was read.
        """
        with self.writing() as tx:
            before = current(tx.conn, event.id, expected_revision)
            after = before
            if to_document(event) != to_document(before):
                looked_up = event.changed(review=before.review)
                wanted = permitted_change(self, tx, Permission.SETTLE_PLACE, before, looked_up, actor)
                after = change_event(tx, before, wanted, AuditEntry(actor.name, "place looked up"))
            if check is not None:
                put_place_check(tx, event.id, check)
            else:
                tx.conn.execute(sa.delete(place_checks).where(place_checks.c.event_id == event.id))
            return after


def put_changed_place_check(tx: Transaction, before: Event, after: Event, check: PlaceToCheck | None = None) -> None:
    """Put an event whose place was changed in words on the list, unless its new place is sure.

    Parameters
    ----------
    before, after
        As :func:`rallymap.store.changes.change_event` took and returned them.
    check
        What was found for the new place; None where that is not known here.
    """
    if after.place == before.place and after.location == before.location:
        return
    has_words = bool(after.place.text or after.place.venue)
    if check is None and has_words and after.location is None:
        check = PlaceToCheck("changed")
    if check is not None:
        put_place_check(tx, after.id, check)
    elif after.place != before.place:
        tx.conn.execute(sa.delete(place_checks).where(place_checks.c.event_id == after.id))


def put_place_check(tx: Transaction, event_id: str, check: PlaceToCheck) -> None:
    """Put an event on the list, replacing what was there of it."""
    tx.conn.execute(sa.delete(place_checks).where(place_checks.c.event_id == event_id))
    tx.conn.execute(
        sa.insert(place_checks).values(
            event_id=event_id,
            outcome=check.outcome,
            candidates=orjson.dumps(list(check.candidates)).decode(),
            created_at=tx.at,
        )
    )
