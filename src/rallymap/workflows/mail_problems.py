"""Mails that could not be delivered: moderators see how many and dismiss the notice."""

from __future__ import annotations

from rallymap.moderation import Account, Permission, require
from rallymap.store import Database
from rallymap.store import outbox as stored


def count_given_up(db: Database, account: Account) -> int:
    """Return how many mails were given up and not yet dismissed by a moderator.

    Raises
    ------
    RightsError
        If the account is not a moderator; dismissing raises it too.
    """
    require(account, Permission.SEE_QUEUE)
    return db.read(stored.read_outbox).given_up


def forget_given_up(db: Database, *, account: Account) -> None:
    """Dismiss the notice of undelivered mails; their addresses and texts are not kept in any case."""
    require(account, Permission.SEE_QUEUE)
    db.write(stored.forget_given_up)
