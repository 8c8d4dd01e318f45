"""The events of one campaign, which moderators decide about together."""

from __future__ import annotations

from rallymap.events import Event
from rallymap.moderation import Account, Permission, require
from rallymap.store import Database
from rallymap.store import review_queue as stored
from rallymap.workflows.permissions import within


def list_campaign_cases(db: Database, account: Account, event: Event) -> list[Event]:
    """Return the events of an event's campaign that have its review status, by day, itself among them.

    Only those that the account may decide about; empty where there is no other than this one.

    Raises
    ------
    RightsError
        If the account is no moderator.
    """
    require(account, Permission.SEE_QUEUE)
    if event.campaign is None:
        return []
    found = db.read(stored.list_campaign_cases, event.campaign.id, event.review, countries=within(account, ()))
    return found if len(found) > 1 and any(one.id == event.id for one in found) else []
