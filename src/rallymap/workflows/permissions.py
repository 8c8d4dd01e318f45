"""Check the permission for an action on an event, in the action's transaction."""

from __future__ import annotations

from collections.abc import Collection

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Permission, require
from rallymap.query.public_view import has_future_venue
from rallymap.store import Database, Reading, Transaction, moment
from rallymap.store.approvals import add_approval
from rallymap.store.events import check_revision, get_event

_NOWHERE = ("??",)
"""A country without events, for a limited moderator who asks for countries other than their own."""
_WHERE_AND_WHEN = ("place", "location", "route", "when", "status", "attendance_mode", "disclosure", "disclosed_from")


def permitted_event(tx: Reading, event_id: str, permission: Permission, account: Account) -> Event:
    """Return the current event if an account has a permission on it.

    Raises
    ------
    RightsError, EventNotFoundError
        If the account's role or countries do not allow it, or there is no such event.
    """
    event = get_event(tx, event_id)
    require(account, permission, event)
    return event


def event_to_change(
    tx: Transaction, event_id: str, permission: Permission, account: Account, expected_revision: int
) -> Event:
    """Return the current event if an account has a permission on it and has seen its current revision.

    If the same form was carried out before, any revision is accepted: the form itself created the next one.

    Raises
    ------
    RightsError, EventNotFoundError, StaleEventError
        If the account may not, there is no such event, or it was changed since it was read.
    """
    event = permitted_event(tx, event_id, permission, account)
    if not tx.was_done:
        check_revision(event, expected_revision)
    return event


def permitted_change(
    db: Database, tx: Transaction, permission: Permission, before: Event, after: Event, account: Account
) -> Event:
    """Check a moderator's change to an event, and return the event to store.

    The permission is required for the event before and after the change. If the operator requires two moderators, a
    change to time or place of a published event with a future venue makes it pending until the second one approves;
    otherwise one moderator could publish any venue by editing. The change counts as the first approval.

    Raises
    ------
    RightsError
        If the account's role or countries do not allow it.
    """
    require(account, permission, before, after)
    if (
        not db.two_moderators
        or after.review is not ReviewStatus.PUBLISHED
        or all(getattr(before, name) == getattr(after, name) for name in _WHERE_AND_WHEN)
        or not has_future_venue(after, moment(tx.at))
    ):
        return after
    add_approval(tx, after.id, before.revision + 1, account)
    return after.changed(review=ReviewStatus.PENDING)


def within(account: Account, countries: Collection[str]) -> tuple[str, ...]:
    """Limit the requested countries to those the account may see; empty only if it may see all."""
    if not account.countries:
        return tuple(countries)
    allowed = tuple(code for code in account.countries if not countries or code in countries)
    return allowed or _NOWHERE
