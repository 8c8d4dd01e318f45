"""Figures about the moderators' work: pending events, and the duration of decisions by week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from rallymap.moderation import Account, Permission, require
from rallymap.store import Database
from rallymap.store import figures as stored

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    """Events that were first decided in one week.

    Attributes
    ----------
    monday
        First day of the week (UTC).
    decided
        Number of events.
    median_time
        Median time from submission to the first decision; None without decisions.
    """

    monday: date
    decided: int
    median_time: timedelta | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The pending events, and the last twelve weeks, the current one first."""

    waiting: int
    waiting_since: datetime | None
    weeks: tuple[Week, ...]


def read_figures(db: Database, account: Account) -> Figures:
    """Return the figures for the account's countries, with two SQL statements.

    Imported events and events that were taken down are excluded: nobody submitted the former, and no data is kept of
    the latter.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    """
    require(account, Permission.SEE_FIGURES)
    today = db.now().astimezone(UTC).date()
    this_week = today - timedelta(days=today.weekday())
    mondays = [this_week - timedelta(weeks=number) for number in range(WEEKS)]
    with db.reading() as tx:
        waiting, since = stored.count_waiting(tx, countries=account.countries)
        begin = datetime.combine(mondays[-1], time(), UTC)
        decisions = stored.list_first_decisions(tx, begin, countries=account.countries)
    took: dict[date, list[float]] = {monday: [] for monday in mondays}
    for sent, decided in decisions:
        day = decided.date()
        took[day - timedelta(days=day.weekday())].append((decided - sent).total_seconds())
    weeks = (
        Week(monday, len(times), timedelta(seconds=median(times)) if times else None) for monday, times in took.items()
    )
    return Figures(waiting, since, tuple(weeks))
