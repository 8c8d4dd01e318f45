"""Visitors report published events; moderators look and close."""

from __future__ import annotations

from datetime import datetime

from rallymap.moderation import Account, ReportKind, Verb, require
from rallymap.store import EventStore, Report
from rallymap.workflows.fair_use import check_rate

LIST_LIMIT = 200


def report_event(
    store: EventStore,
    event_id: str,
    kind: ReportKind,
    words: str,
    *,
    account: Account,
    address: str,
    now: datetime,
    nonce: str,
) -> None:
    """Report a published event; one that puts people at risk is hidden at once, until a moderator looks.

    Parameters
    ----------
    address
        Network address of who reports, "" where it is not known; kept for an hour, as a salted hash.

    Raises
    ------
    RateLimitError
        If this network reported too often within the hour.
    EventNotFoundError
        If the event is not public.
    InvalidEventError
        If the words are too long.
    """
    require(account, Verb.REPORT)
    check_rate(store, "report", address, now)
    store.report(event_id, kind, words, nonce=nonce, actor=account)


def list_reports(store: EventStore, account: Account) -> list[Report]:
    """Return open reports about events of the account's countries: those of risk first, then oldest first.

    Raises
    ------
    RightsError
        If the account may not close reports.
    """
    require(account, Verb.CLOSE_REPORT)
    return store.open_reports(countries=account.countries, limit=LIST_LIMIT)


def close_report(store: EventStore, report: Report, *, account: Account, nonce: str) -> None:
    """Note that a report was looked into; the event stays as it is.

    Raises
    ------
    RightsError
        If the account may not close reports about this event.
    ModerationError
        If it is closed already.
    """
    require(account, Verb.CLOSE_REPORT, store.get(report.event.id))
    store.close_report(report.id, actor=account, nonce=nonce)
