"""What a moderator may make of an event: within their rights and countries, and by the rule of two moderators.

Where the operator asks for two moderators, a future venue is published by two.
"""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Permission, require
from rallymap.query.public_view import has_future_venue
from rallymap.store.database import Database, Transaction, moment
from rallymap.store.schema import approvals

_WHERE_AND_WHEN = ("place", "location", "when", "status", "disclosure", "disclosed_from")


def is_first_of_two(database: Database, tx: Transaction, event: Event, actor: Account) -> bool:
    """Note that a moderator wants an event published, and tell whether another one still has to agree.

    An approval is for what the event says: after a change it no longer counts.
    """
    if not (database.two_moderators and has_future_venue(event, moment(tx.at))):
        return False
    agreed = sa.select(approvals.c.account).where(
        approvals.c.event_id == event.id, approvals.c.revision == event.revision, approvals.c.account != actor.name
    )
    if tx.conn.scalar(agreed) is not None:
        return False
    _approve(tx, event.id, event.revision, actor)
    return True


def permitted_change(
    database: Database, tx: Transaction, verb: Permission, before: Event, after: Event, actor: Account
) -> Event:
    """Return what a moderator's change may make of an event; every change by a moderator passes here.

    The right is needed for the event as it is and as it would be. A change to where or when a published event with a
    future venue takes place sends it back to wait for the second moderator; otherwise one alone could publish any
    venue by editing. The change is the first approval.

    Raises
    ------
    RightsError
        If the actor's role or countries do not allow it.
    """
    require(actor, verb, before, after)
    if (
        not database.two_moderators
        or after.review is not ReviewStatus.PUBLISHED
        or all(getattr(before, name) == getattr(after, name) for name in _WHERE_AND_WHEN)
        or not has_future_venue(after, moment(tx.at))
    ):
        return after
    _approve(tx, after.id, before.revision + 1, actor)
    return after.changed(review=ReviewStatus.PENDING)


def approved_by(conn: sa.Connection, event: Event) -> tuple[str, ...]:
    """Return the names of the moderators who want an event published as it is now."""
    stmt = sa.select(approvals.c.account).where(
        approvals.c.event_id == event.id, approvals.c.revision == event.revision
    )
    return tuple(conn.scalars(stmt.order_by(approvals.c.at)))


def _approve(tx: Transaction, event_id: str, revision: int, actor: Account) -> None:
    tx.conn.execute(sa.delete(approvals).where(approvals.c.event_id == event_id, approvals.c.account == actor.name))
    tx.conn.execute(sa.insert(approvals).values(event_id=event_id, account=actor.name, revision=revision, at=tx.at))
