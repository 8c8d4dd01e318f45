"""Follow-up: past events without an outcome (held or cancelled)."""

from __future__ import annotations

from datetime import datetime

from rallymap.events import Event
from rallymap.moderation import Account, Permission, require
from rallymap.store import Database
from rallymap.store.follow_up import list_awaiting_follow_up
from rallymap.workflows.review_queue import LIST_LIMIT


def list_follow_up(db: Database, account: Account, now: datetime, *, limit: int = LIST_LIMIT) -> list[Event]:
    """Return past events of the account's countries that have no outcome yet, latest first.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.EDIT)
    return db.read(list_awaiting_follow_up, now, countries=account.countries, limit=limit)
