"""Reports: visitors report published events, and moderators close the reports."""

from __future__ import annotations

from datetime import datetime

from rallymap.attempts import AtMost, Claim
from rallymap.errors import EventNotFoundError, SettledError
from rallymap.events import Event, ReviewStatus, clean_text
from rallymap.language import tr
from rallymap.mail.letters import MailKind
from rallymap.moderation import (
    Account,
    Decision,
    Permission,
    ReportKind,
    ReportOutcome,
    require,
)
from rallymap.networks import network_of
from rallymap.store import AutomaticHiding, Database, Report, Transaction
from rallymap.store import reports as stored
from rallymap.store.audit import AuditEntry, record
from rallymap.store.changes import change_event
from rallymap.store.decisions import HIDDEN
from rallymap.store.event_mail import queue_organiser_mail
from rallymap.store.events import check_revision, get_event
from rallymap.store.report_limits import read_automatic_hiding
from rallymap.workflows.decisions import apply_decision
from rallymap.workflows.permissions import permitted_event
from rallymap.workflows.rate_limits import check_rate
from rallymap.workflows.review_queue import LIST_LIMIT

MAX_REPORT = 1000


def report_event(
    db: Database,
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

    A report of a risk to people hides the event until a moderator decides, if the rules of
    :mod:`rallymap.moderation.reports` allow it. The report, the count of hidden events and the hiding are one
    transaction, so that concurrent reports, also from several processes, cannot exceed the site's limit.

    Parameters
    ----------
    address
        Network address of the visitor, "" if unknown. While the report is open, a mark that is too short to identify
        the network distinguishes it from others.

    Returns
    -------
    is_hidden
        Whether the event is now hidden.

    Raises
    ------
    RateLimitError
        If this network, or all visitors from unknown networks together, reported too often within the hour.
    EventNotFoundError
        If the event is not public.
    InvalidEventError
        If the text is longer than 1000 characters.
    """
    require(account, Permission.REPORT)
    check_rate(db, "report", address, now)
    words, network = clean_text("report", words, max_length=MAX_REPORT), network_of(address)
    with db.write_once(idempotency_key) as tx:
        event = get_event(tx, event_id)
        if tx.was_done:
            return event.review is not ReviewStatus.PUBLISHED
        if event.review is not ReviewStatus.PUBLISHED:
            raise EventNotFoundError(event_id)
        report_id = stored.add_report(tx, event_id, kind, words, network=network)
        hides = kind is ReportKind.RISK and stored.is_reported_enough(tx, event) and _may_hide(db, tx, network)
        if hides:
            stored.note_hiding(tx, report_id)
            _hide(tx, event, account)
        else:
            record(tx, AuditEntry(account.name, "reported"), event)
        return hides


def list_reports(db: Database, account: Account, *, limit: int = LIST_LIMIT) -> list[Report]:
    """Return open reports about events of the account's countries: reports of risk first, then oldest first.

    Raises
    ------
    RightsError
        If the account may not close reports.
    """
    require(account, Permission.CLOSE_REPORT)
    return db.read(stored.list_open_reports, countries=account.countries, limit=limit)


def automatic_hiding(db: Database, account: Account) -> AutomaticHiding:
    """Return how much of the limit on automatic hiding is used.

    Raises
    ------
    RightsError
        If the account may not close reports.
    """
    require(account, Permission.CLOSE_REPORT)
    return db.read(read_automatic_hiding, db.limits)


def close_report(
    db: Database,
    report: Report,
    outcome: ReportOutcome,
    *,
    account: Account,
    idempotency_key: str,
    seen_at: datetime | None = None,
) -> Event:
    """Close a report, and show or hide the event.

    Showing a hidden event publishes it, by the rules of a decision: if two moderators are required, the first approval
    is noted and the report stays open. Hiding a public event makes it pending.

    Parameters
    ----------
    report
        The report as the moderator saw it, with the event at that time.
    seen_at
        When the moderator saw it: publishing a hidden event closes the reports up to then. None closes all.

    Returns
    -------
    event
        The updated event; still hidden if a second moderator has to approve.

    Raises
    ------
    RightsError
        If the account may not close reports about this event.
    ModerationError
        If the report is closed already.
    StaleEventError
        If the event was changed since it was read.
    """
    require(account, Permission.CLOSE_REPORT)
    with db.write_once(idempotency_key) as tx:
        event_id, is_open = stored.get_reported_event(tx, report.id)
        event = None if event_id is None else permitted_event(tx, event_id, Permission.CLOSE_REPORT, account)
        if event is not None and tx.was_done:
            return event
        if event is None or not is_open:
            raise SettledError(tr("This report is already closed."), detail=str(report.id))
        check_revision(event, report.event.revision)
        is_public = event.review is ReviewStatus.PUBLISHED
        if outcome is ReportOutcome.SHOW and not is_public:
            require(account, Permission.DECIDE, event)
            return apply_decision(db, tx, event, Decision.PUBLISH, "", account, seen_at)
        stored.close_reports(tx, outcome, account, report_id=report.id)
        if outcome is ReportOutcome.HIDE and is_public:
            return _hide(tx, event, account)
        record(tx, AuditEntry(account.name, "report closed"), event)
        return event


def _may_hide(db: Database, tx: Transaction, network: str) -> bool:
    """Return whether reports may hide one more event now, and count it for the network."""
    if read_automatic_hiding(tx, db.limits).is_used_up:
        return False
    claim = Claim("report that hides", network, AtMost(db.limits.hidden_by_network))
    return not network or db.attempts.take(claim, now_s=tx.at) == 0


def _hide(tx: Transaction, event: Event, account: Account) -> Event:
    hidden = change_event(tx, event, event.changed(review=ReviewStatus.PENDING), AuditEntry(account.name, HIDDEN))
    queue_organiser_mail(tx, MailKind.DECISION, hidden)
    return hidden
