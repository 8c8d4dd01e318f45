"""Place checks: events whose place a moderator has to confirm."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import orjson
import sqlalchemy as sa

from rallymap.events import Event
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.inserts import insert_rows
from rallymap.store.schema import events, place_checks
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import EventPlaceCheck, PlaceCheck

_NOT_LISTED = ("rejected", "withdrawn")


def list_place_checks(tx: Reading, *, countries: Collection[str] = (), limit: int = 50) -> list[EventPlaceCheck]:
    """Return events whose place is ambiguous, unsure or in another country than stated, oldest first.

    Parameters
    ----------
    countries
        Only events of these countries; empty for all.
    """
    stmt = (
        WITH_DOCUMENT.add_columns(place_checks.c.outcome, place_checks.c.candidates, place_checks.c.created_at)
        .join(place_checks, place_checks.c.event_id == events.c.id)
        .where(events.c.review.not_in(_NOT_LISTED))
        .order_by(place_checks.c.created_at, events.c.id)
        .limit(limit)
    )
    if countries:
        stmt = stmt.where(events.c.country.in_(countries))
    return list(
        readable(
            tx.conn.execute(stmt),
            lambda row: EventPlaceCheck(
                from_document(*row[:4]),
                PlaceCheck(row.outcome, tuple(orjson.loads(row.candidates))),
                moment(row.created_at),
            ),
        )
    )


def get_place_checks(tx: Reading) -> dict[str, PlaceCheck]:
    """Return all open place checks by event id, oldest first.

    One statement reads a consistent state; paging through a list that others change would skip some.
    """
    stmt = (
        sa.select(place_checks)
        .join(events, events.c.id == place_checks.c.event_id)
        .where(events.c.review.not_in(_NOT_LISTED))
        .order_by(place_checks.c.created_at, events.c.id)
    )
    return {row.event_id: PlaceCheck(row.outcome, tuple(orjson.loads(row.candidates))) for row in tx.conn.execute(stmt)}


def get_place_check(tx: Reading, event_id: str) -> PlaceCheck | None:
    """Return the open place check of an event, or None."""
    stmt = sa.select(place_checks).where(place_checks.c.event_id == event_id)
    row = tx.conn.execute(stmt).one_or_none()
    return None if row is None else PlaceCheck(row.outcome, tuple(orjson.loads(row.candidates)))


def put_changed_place_check(tx: Transaction, before: Event, after: Event, check: PlaceCheck | None = None) -> None:
    """Store a place check for an event whose place text changed, unless its new place is sure.

    Parameters
    ----------
    before, after
        Argument and result of :func:`rallymap.store.changes.change_event`.
    check
        The result of geocoding the new place; None if it is not known here.
    """
    if check is None and after.is_online and after.location is None:
        if not before.is_online or after.place != before.place:
            delete_place_check(tx, after.id)  # an online event needs no place
        return
    is_new_need = before.is_online and before.location is None
    if after.place == before.place and after.location == before.location and not is_new_need:
        return
    has_words = bool(after.place.text or after.place.venue)
    if check is None and has_words and after.location is None:
        check = PlaceCheck("changed")
    if check is not None:
        put_place_check(tx, after.id, check)
    elif after.place != before.place:
        delete_place_check(tx, after.id)


def put_place_check(tx: Transaction, event_id: str, check: PlaceCheck) -> None:
    """Store the place check of an event, replacing an earlier one."""
    put_place_checks(tx, {event_id: check})


def put_place_checks(tx: Transaction, checks: Mapping[str, PlaceCheck]) -> None:
    """Store place checks by event id, replacing earlier ones."""
    if not checks:
        return
    gone = sa.delete(place_checks).where(place_checks.c.event_id == sa.bindparam("gone"))
    tx.conn.execute(gone, [{"gone": event_id} for event_id in checks])
    rows = [
        {
            "event_id": event_id,
            "outcome": check.outcome,
            "candidates": orjson.dumps(list(check.candidates)).decode(),
            "created_at": tx.at,
        }
        for event_id, check in checks.items()
    ]
    insert_rows(tx, place_checks, rows)


def delete_place_check(tx: Transaction, event_id: str) -> None:
    """Delete the place check of an event, if there is one."""
    tx.conn.execute(sa.delete(place_checks).where(place_checks.c.event_id == event_id))
