"""The audit log of all events in order of time, for administrators, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rallymap.formulas import guard_cell
from rallymap.moderation import Account, Permission, Role, require
from rallymap.store import Database
from rallymap.store import audit_log as stored
from rallymap.store.audit_log import LogEntry
from rallymap.store.case_values import ORGANISER

_AT_ONCE = 1000
COLUMNS = ("time", "who", "act", "event", "revision", "status", "reason")


def list_log(
    db: Database, account: Account, *, actor: str = "", action: str = "", event_id: str = "", limit: int
) -> list[LogEntry]:
    """Return audit entries, newest first; the filters are those of :func:`rallymap.store.audit_log.list_log`.

    Raises
    ------
    RightsError
        If the account may not read the audit log.
    """
    require(account, Permission.SEE_AUDIT)
    with db.reading() as tx:
        return stored.list_log(tx, limit=limit, actor=actor, action=action, event_id=event_id)


def list_actors(db: Database, account: Account) -> list[str]:
    """Return the names of all accounts in the log, sorted.

    Raises
    ------
    RightsError
        If the account may not read the audit log.
    """
    require(account, Permission.SEE_AUDIT)
    return db.read(stored.list_actors)


def log_as_csv(
    db: Database, account: Account, *, actor: str = "", action: str = "", event_id: str = ""
) -> Iterator[str]:
    """Yield all entries as CSV lines, newest first, with a header; times in UTC, formulas escaped.

    Raises
    ------
    RightsError
        If the account may not read the audit log; raised at once, before the first line is requested.
    """
    require(account, Permission.SEE_AUDIT)
    return _lines(db, actor, action, event_id)


def _lines(db: Database, actor: str, action: str, event_id: str) -> Iterator[str]:
    yield _line(COLUMNS)
    before: int | None = None
    while True:
        # Read in pages: a slow client must not keep a transaction open. New entries only appear before the newest one.
        with db.reading() as tx:
            found = stored.list_log(tx, limit=_AT_ONCE, before=before, actor=actor, action=action, event_id=event_id)
        yield "".join(_line(_cells(entry)) for entry in found)
        if len(found) < _AT_ONCE:
            return
        before = found[-1].number


def _cells(entry: LogEntry) -> tuple[str, ...]:
    revision = "" if entry.revision is None else str(entry.revision)
    at = entry.at.isoformat(timespec="seconds")
    who = Role.ORGANISER.value if entry.actor == ORGANISER else entry.actor
    return (at, who, entry.action, entry.event_id, revision, entry.review, entry.reason)


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([guard_cell(cell) for cell in cells])
    return written.getvalue()
