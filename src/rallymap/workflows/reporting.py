"""Visitors report published events; moderators look and close."""

from __future__ import annotations

from datetime import datetime

from rallymap.events import Event
from rallymap.moderation import Account, Permission, ReportKind, ReportOutcome, require
from rallymap.networks import network_of
from rallymap.store import AutomaticHiding, EventStore, Report
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
    idempotency_key: str,
) -> bool:
    """Report a published event.

    A report that it puts people at risk hides the event until a moderator looks, where the rules of
    :mod:`rallymap.moderation.reports` allow it.

    Parameters
    ----------
    address
        Network address of the visitor, "" where it is not known. While the report is open, a mark too short to lead
        back to its network tells it apart from others.

    Returns
    -------
    is_hidden
        Whether the event is hidden now.

    Raises
    ------
    RateLimitError
        If this network, or all visitors whose network is not known, reported too often within the hour.
    EventNotFoundError
        If the event is not public.
    InvalidEventError
        If the words are too long.
    """
    require(account, Permission.REPORT)
    check_rate(store, "report", address, now)
    return store.report(
        event_id, kind, words, idempotency_key=idempotency_key, actor=account, network=network_of(address)
    )


def list_reports(store: EventStore, account: Account) -> list[Report]:
    """Return open reports about events of the account's countries: those of risk first, then oldest first.

    Raises
    ------
    RightsError
        If the account may not close reports.
    """
    require(account, Permission.CLOSE_REPORT)
    return store.open_reports(countries=account.countries, limit=LIST_LIMIT)


def automatic_hiding(store: EventStore, account: Account, now: datetime) -> AutomaticHiding:
    """Return how much of the limit on hiding events without a moderator is used.

    Raises
    ------
    RightsError
        If the account may not close reports.
    """
    require(account, Permission.CLOSE_REPORT)
    return store.automatic_hiding(now)


def close_report(
    store: EventStore, report: Report, outcome: ReportOutcome, *, account: Account, idempotency_key: str
) -> Event:
    """Note that a report was looked into, and show the event or hide it.

    Parameters
    ----------
    report
        As the moderator saw it, with the event as it was then.

    Returns
    -------
    event
        As it is now; still hidden where a second moderator has to agree to showing it.

    Raises
    ------
    RightsError
        If the account may not close reports about this event.
    ModerationError
        If it is closed already.
    StaleEventError
        If someone changed the event meanwhile.
    """
    require(account, Permission.CLOSE_REPORT, store.get(report.event.id))
    return store.close_report(
        report.id, outcome, actor=account, expected_revision=report.event.revision, idempotency_key=idempotency_key
    )
