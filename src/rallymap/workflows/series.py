"""The dates of one repeated event: each is an event of its own, and their ids say that they belong together."""

from __future__ import annotations

import re

from rallymap.events import Event
from rallymap.moderation import Account, Permission, has_permission, require
from rallymap.store import Database
from rallymap.store.review_queue import list_waiting_with_id

_DATED = re.compile(r"(.+-[0-9a-f]{10})(?:-\d{8})?(?:-\d{1,2})?")
"""An id as :func:`~rallymap.workflows.recurrence.events_of_rule` makes them: that of the first event, with a day."""


def list_waiting_series(db: Database, account: Account, event: Event) -> list[Event]:
    """Return all dates of a repeated event that wait for review, by day; empty where there is no other than this one.

    Only those that the account may decide about.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.SEE_QUEUE)
    match = _DATED.fullmatch(event.id)
    if match is None:
        return []
    found = [
        one
        for one in db.read(list_waiting_with_id, match[1])
        if has_permission(account, Permission.DECIDE, one) and (_DATED.fullmatch(one.id) or ("", ""))[1] == match[1]
    ]
    return found if len(found) > 1 and any(one.id == event.id for one in found) else []
