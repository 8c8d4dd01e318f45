"""Visitors report published events; moderators look and close."""

from __future__ import annotations

from datetime import datetime, timedelta

from rallymap.errors import RateLimitError
from rallymap.moderation import Account, ReportKind, Verb, require
from rallymap.store import EventStore, Report
from rallymap.workflows.sessions import network_of

REPORTS = 5
REPORTS_WITHIN = timedelta(hours=1)
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
        If this network reported more than 5 events in an hour.
    EventNotFoundError
        If the event is not public.
    InvalidEventError
        If the words are too long.
    """
    require(account, Verb.REPORT)
    network = store.hash_address(network_of(address))
    store.record_attempt(network, "report", now)
    if store.count_attempts(network, "report", now - REPORTS_WITHIN) > REPORTS:
        raise RateLimitError(
            "Your network has sent several reports within the hour; please try again later.",
            retry_after_s=REPORTS_WITHIN.total_seconds(),
        )
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
