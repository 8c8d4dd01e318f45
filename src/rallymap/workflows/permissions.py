"""Check permission for an act on an event, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Collection

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Permission, require
from rallymap.query.public_view import has_future_venue
from rallymap.store import Database, Reading, Transaction, moment
from rallymap.store.approvals import add_approval
from rallymap.store.events import check_revision, get_event

_NOWHERE = ("??",)
"""No event is in this country: what a limited moderator sees of countries that are not theirs."""
_WHERE_AND_WHEN = ("place", "location", "route", "when", "status", "attendance_mode", "disclosure", "disclosed_from")


def permitted_event(tx: Reading, event_id: str, permission: Permission, account: Account) -> Event:
    """Return an event as it is now, for an account that may do this to it.

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
    """Return an event as it is now, for an account that may change it and has seen this revision.

    Where the same form was carried out before, any revision will do: the form itself has made the next one.

    Raises
    ------
    RightsError, EventNotFoundError, StaleEventError
        If the account may not, there is no such event, or someone changed it since it was read.
    """
    event = permitted_event(tx, event_id, permission, account)
    if not tx.was_done:
        check_revision(event, expected_revision)
    return event


def permitted_change(
    db: Database, tx: Transaction, permission: Permission, before: Event, after: Event, account: Account
) -> Event:
    """Check any change that a moderator makes to an event, and return the event as it may be stored.

    The permission is needed for the event as it is and as it would be. Where the operator asks for two moderators, a
    change to where or when a published event with a future venue takes place sends it back to wait for the second
    one; otherwise one alone could publish any venue by editing. The change is the first approval.

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
    """Return the countries asked for as far as the account may see them; empty only where it may see all."""
    if not account.countries:
        return tuple(countries)
    allowed = tuple(code for code in account.countries if not countries or code in countries)
    return allowed or _NOWHERE
