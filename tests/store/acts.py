"""Acts of :mod:`rallymap.workflows` by ids and revisions, as the tests of the database name events."""

from __future__ import annotations

from rallymap.events import Event
from rallymap.moderation import VISITOR, Account, ReportKind, ReportOutcome
from rallymap.pictures import CleanPicture, GivenPicture
from rallymap.store import Database, Report
from rallymap.store.accounts import get_credentials
from rallymap.store.approvals import list_approvals
from rallymap.store.events import get_event
from rallymap.store.reports import get_reported_event
from rallymap.workflows import merges, pictures, reports


def seen(db: Database, event_id: str, revision: int) -> Event:
    """An event as somebody has it open who read it at a revision."""
    return db.read(get_event, event_id).changed(revision=revision)


def merge(
    db: Database,
    kept_id: str,
    gone_id: str,
    *,
    account: Account,
    expected_revision: int,
    gone_revision: int,
    idempotency_key: str,
) -> Event:
    kept, gone = seen(db, kept_id, expected_revision), seen(db, gone_id, gone_revision)
    return merges.merge_events(db, kept, gone, account=account, idempotency_key=idempotency_key)


def set_picture(
    db: Database,
    event_id: str,
    picture: CleanPicture | None,
    description: str = "",
    *,
    account: Account,
    expected_revision: int,
    idempotency_key: str,
) -> Event:
    event, given = seen(db, event_id, expected_revision), GivenPicture(picture, description) if picture else None
    return pictures.set_picture(db, event, given, account=account, idempotency_key=idempotency_key)


def send_report(
    db: Database,
    event_id: str,
    idempotency_key: str,
    *,
    kind: ReportKind = ReportKind.RISK,
    words: str = "",
    address: str = "",
) -> bool:
    """Report an event now, as a visitor."""
    return reports.report_event(
        db,
        event_id,
        kind,
        words,
        account=VISITOR,
        address=address,
        now=db.now(),
        idempotency_key=idempotency_key,
    )


def close_report(
    db: Database,
    report_id: int,
    outcome: ReportOutcome,
    *,
    account: Account,
    expected_revision: int,
    idempotency_key: str,
) -> Event:
    event_id, _ = db.read(get_reported_event, report_id)
    event = seen(db, event_id or "oslo-2020", expected_revision)
    report = Report(report_id, event, ReportKind.OTHER, "", db.now())
    return reports.close_report(db, report, outcome, account=account, idempotency_key=idempotency_key)


def list_approvals_of(db: Database, event_id: str) -> tuple[str, ...]:
    with db.reading() as tx:
        return list_approvals(tx, get_event(tx, event_id))


def account_named(db: Database, name: str) -> Account | None:
    """The open account of this name, or None."""
    found = db.read(get_credentials, name)
    return found.account if found else None
