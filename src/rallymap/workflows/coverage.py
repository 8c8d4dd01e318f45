"""The coverage record: which places and periods were searched for events."""

from __future__ import annotations

from rallymap.countries import country_name
from rallymap.errors import InvalidEventError, ModerationError, RightsError
from rallymap.events import CoverageEntry
from rallymap.language import tr
from rallymap.moderation import Account, Permission, require
from rallymap.store import Database
from rallymap.store import coverage as stored


def record_coverage(db: Database, entry: CoverageEntry, *, account: Account) -> int:
    """Record that a place and period was searched, and return the entry's number.

    An identical entry is recorded once, so a form that is sent twice has no further effect.

    Raises
    ------
    RightsError
        If the account is not a moderator, or is limited to other countries.
    InvalidEventError
        If the day of the search is in the future.
    """
    _check(account, entry)
    with db.writing() as tx:
        if entry.looked_on > db.now().date():
            raise InvalidEventError("looked_on", tr("This day is still to come."))
        known = {other: number for number, other in stored.list_coverage(tx)}
        return known[entry] if entry in known else stored.add_coverage(tx, entry, actor=account.name)


def remove_coverage(db: Database, number: int, *, account: Account) -> CoverageEntry:
    """Delete a wrong entry and return it.

    Raises
    ------
    RightsError
        If the account is not a moderator, or is limited to other countries.
    ModerationError
        If there is no such entry.
    """
    require(account, Permission.RECORD_COVERAGE)
    with db.writing() as tx:
        entry = dict(stored.list_coverage(tx)).get(number)
        if entry is None:
            raise ModerationError(tr("There is no such entry in the coverage record."))
        _check(account, entry)
        stored.remove_coverage(tx, number, entry, actor=account.name)
    return entry


def _check(account: Account, entry: CoverageEntry) -> None:
    require(account, Permission.RECORD_COVERAGE)
    if account.countries and entry.country not in account.countries:
        raise RightsError(tr("Your account is not for {country}.", country=country_name(entry.country)))
