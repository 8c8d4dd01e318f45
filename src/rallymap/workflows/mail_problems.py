"""Mails that were given up: moderators see how many, and say that they have seen it."""

from __future__ import annotations

from rallymap.moderation import Account, Permission, require
from rallymap.store import Database
from rallymap.store import outbox as stored


def count_given_up(db: Database, account: Account) -> int:
    """Return how many mails were given up and not yet noticed by a moderator.

    Raises
    ------
    RightsError
        If the account is no moderator; as for forgetting them.
    """
    require(account, Permission.SEE_QUEUE)
    return db.read(stored.read_outbox).given_up


def forget_given_up(db: Database, *, account: Account) -> None:
    """Forget the mails that were given up; neither their addresses nor their texts are kept anyway."""
    require(account, Permission.SEE_QUEUE)
    db.write(stored.forget_given_up)
