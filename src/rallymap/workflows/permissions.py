"""Check the permission for an action on an event, in the action's transaction."""

from __future__ import annotations

from collections.abc import Collection

from rallymap.events import Event
from rallymap.moderation import Account, Permission, require
from rallymap.store import Reading, Transaction
from rallymap.store.events import check_revision, get_event

_NOWHERE = ("??",)
"""A country without events, for a limited moderator who asks for countries other than their own."""


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


def within(account: Account, countries: Collection[str]) -> tuple[str, ...]:
    """Limit the requested countries to those the account may see; empty only if it may see all."""
    if not account.countries:
        return tuple(countries)
    allowed = tuple(code for code in account.countries if not countries or code in countries)
    return allowed or _NOWHERE
