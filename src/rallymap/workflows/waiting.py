"""Pending work of a moderator: counts for the top bar, and the private feed."""

from __future__ import annotations

from datetime import datetime

from rallymap.moderation import Account, Permission, has_permission, require
from rallymap.store import Database
from rallymap.store import feed_tokens as stored
from rallymap.store.follow_up import count_awaiting_follow_up
from rallymap.store.waiting import WaitingItem, count_waiting, count_waiting_events, list_waiting

IN_FEED = 50


def count_for_top_bar(db: Database, account: Account) -> int:
    """Return the number of events that wait for a moderator, in all lists of Review.

    Raises
    ------
    RightsError
        If the account is not a moderator; the feed functions raise it too.
    """
    require(account, Permission.SEE_QUEUE)
    return db.read(count_waiting_events, countries=account.countries)


def count_lists(db: Database, account: Account, now: datetime) -> dict[str, int]:
    """Return the number of rows in each list of Review for this account, with two statements.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.SEE_QUEUE)
    with db.reading() as tx:
        counts = count_waiting(tx, countries=account.countries)
        return counts | {"follow-up": count_awaiting_follow_up(tx, now, countries=account.countries)}


def make_feed(db: Database, account: Account) -> str:
    """Create or replace the private feed of an account, and return its token, which is only shown now."""
    require(account, Permission.SEE_QUEUE)
    return db.write(stored.make_feed_token, account)


def end_feed(db: Database, account: Account) -> None:
    """Delete the private feed of an account: its URL stops working."""
    require(account, Permission.SEE_QUEUE)
    db.write(stored.drop_feed_token, account)


def feed_made_at(db: Database, account: Account) -> datetime | None:
    """Return when the private feed of an account was created, or None if it has none."""
    require(account, Permission.SEE_QUEUE)
    return db.read(stored.feed_made_at, account)


def read_feed(db: Database, token: str) -> tuple[dict[str, int], list[WaitingItem]] | None:
    """Return the counts and the newest items of the feed with this token.

    Uses the account's current permissions: None if it is closed or no longer a moderator, as for an unknown token.
    """
    with db.reading() as tx:
        account = stored.get_feed_account(tx, token)
        if account is None or not has_permission(account, Permission.SEE_QUEUE):
            return None
        return (
            count_waiting(tx, countries=account.countries),
            list_waiting(tx, countries=account.countries, limit=IN_FEED),
        )
