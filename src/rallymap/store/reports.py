"""Visitors' reports about published events, and the events that they hid automatically."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.moderation import JUST_HELD, Account, ReportKind, ReportOutcome, networks_needed
from rallymap.query.public_view import was_over_at
from rallymap.store.case_values import Report
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import IS_OPEN, events, reports
from rallymap.store.transaction import Reading, Transaction, moment

_MARK_LENGTH = 2
_SAME_MOMENT_S = 0.001
"""Times of one transaction are equal, but lose digits when they are read."""


def add_report(tx: Transaction, event_id: str, kind: ReportKind, words: str, *, network: str) -> int:
    """Store a report and return its number.

    Parameters
    ----------
    network
        The reporter's network, "" if unknown: all such reports count as one network's.
    """
    stmt = sa.insert(reports).values(
        event_id=event_id,
        kind=kind.value,
        words=words,
        at=tx.at,
        closed_by="",
        network=mark_network(tx, event_id, network),
    )
    return int(tx.conn.execute(stmt.returning(reports.c.id)).scalar_one())


def mark_network(tx: Reading, event_id: str, network: str) -> str:
    """Return the mark that identifies the network of a report while the report is open.

    Two hexadecimal digits of a keyed hash: each mark is shared by 16 million IPv4 addresses and identifies nobody. One
    pair of networks in 256 has the same mark; their reports then count as one network's.
    """
    return tx.secret.keyed_hash(f"report of {event_id}", network)[:_MARK_LENGTH]


def note_hiding(tx: Transaction, report_id: int) -> None:
    """Record that a report hid its event automatically."""
    tx.conn.execute(sa.update(reports).where(reports.c.id == report_id).values(hid_at=tx.at))


def get_reported_event(tx: Reading, report_id: int) -> tuple[str | None, bool]:
    """Return the event id of a report, None if there is no such report; and whether the report is open."""
    row = tx.conn.execute(
        sa.select(reports.c.event_id, reports.c.closed_at).where(reports.c.id == report_id)
    ).one_or_none()
    return (None, False) if row is None else (row.event_id, row.closed_at is None)


def close_reports(
    tx: Transaction,
    outcome: ReportOutcome,
    account: Account,
    *,
    event_id: str | None = None,
    report_id: int | None = None,
    seen_at: datetime | None = None,
) -> None:
    """Close the open reports about an event, or one report; their network marks are deleted.

    Parameters
    ----------
    seen_at
        Later reports about the event stay open; None closes all.
    """
    is_meant = reports.c.id == report_id if report_id is not None else reports.c.event_id == event_id
    if report_id is None and seen_at is not None:
        is_meant &= reports.c.at <= seen_at.timestamp()
    closed = {"closed_at": tx.at, "closed_by": account.name, "outcome": outcome.value, "network": ""}
    tx.conn.execute(sa.update(reports).where(is_meant, IS_OPEN).values(closed))


def reopen_reports(tx: Transaction, event_id: str, *, closed_at: datetime, closed_by: str) -> None:
    """Open the reports again that a decision closed; from which networks they came is no longer known."""
    at = closed_at.timestamp()
    is_meant = sa.and_(
        reports.c.event_id == event_id,
        reports.c.closed_at.between(at - _SAME_MOMENT_S, at + _SAME_MOMENT_S),
        reports.c.closed_by == closed_by,
    )
    tx.conn.execute(sa.update(reports).where(is_meant).values(closed_at=None, closed_by="", outcome=""))


def list_open_reports(
    tx: Reading, *, countries: Collection[str] = (), event_id: str | None = None, limit: int = 100
) -> list[Report]:
    """Return the open reports: reports of risk first, then oldest first.

    Parameters
    ----------
    countries
        Only events of these countries; empty for all.
    event_id
        Only about this event; None for all.
    """
    stmt = (
        WITH_DOCUMENT.add_columns(
            reports.c.id.label("report_id"),
            reports.c.kind.label("report_kind"),
            reports.c.words,
            reports.c.at,
            reports.c.hid_at,
        )
        .join(reports, reports.c.event_id == events.c.id)
        .where(IS_OPEN)
        .order_by(reports.c.kind != ReportKind.RISK.value, reports.c.at, reports.c.id)
        .limit(limit)
    )
    if countries:
        stmt = stmt.where(events.c.country.in_(countries))
    if event_id is not None:
        stmt = stmt.where(events.c.id == event_id)
    return list(
        readable(
            tx.conn.execute(stmt),
            lambda row: Report(
                row.report_id,
                from_document(*row[:4]),
                ReportKind(row.report_kind),
                row.words,
                moment(row.at),
                row.hid_at is not None,
            ),
        )
    )


def is_reported_enough(tx: Reading, event: Event) -> bool:
    """Return whether the open reports of risk, including the one just added, are enough to hide an event."""
    about_risk = sa.and_(reports.c.event_id == event.id, reports.c.kind == ReportKind.RISK.value)
    networks = sa.select(sa.func.count(reports.c.network.distinct())).where(about_risk, IS_OPEN)
    cleared = sa.select(sa.func.count(), sa.func.count(reports.c.hid_at)).where(
        about_risk, reports.c.outcome == ReportOutcome.SHOW.value
    )
    times_cleared, times_undone = tx.conn.execute(cleared).one()
    needed = networks_needed(
        is_over=was_over_at(event, moment(tx.at) - JUST_HELD),
        is_cleared=times_cleared > 0,
        times_undone=times_undone,
    )
    return tx.conn.execute(networks).scalar_one() >= needed
