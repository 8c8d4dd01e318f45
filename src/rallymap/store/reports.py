"""What visitors report about published events."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, ModerationError
from rallymap.events import ReviewStatus, clean_text
from rallymap.moderation import VISITOR, Account, ReportKind, Verb, require
from rallymap.store.changes import WITH_DOCUMENT, Deed, audit_columns, change_event, current
from rallymap.store.database import Database, moment
from rallymap.store.documents import from_document
from rallymap.store.nonces import nonce_hash, was_done
from rallymap.store.schema import audit, events, reports
from rallymap.store.values import Report

MAX_REPORT = 1000


class Reports(Database):
    """Reports, and closing them."""

    def report(self, event_id: str, kind: ReportKind, words: str = "", *, nonce: str, actor: Account = VISITOR) -> None:
        """Report a published event; one that puts people at risk is hidden at once and waits for a moderator.

        Raises
        ------
        EventNotFoundError
            If the event is not public.
        InvalidEventError
            If the words are longer than 1000 characters.
        """
        require(actor, Verb.REPORT)
        words = clean_text("report", words, most=MAX_REPORT)
        hashed = nonce_hash(self, nonce)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return
            event = current(tx.conn, event_id)
            if event.review is not ReviewStatus.PUBLISHED:
                raise EventNotFoundError(event_id)
            tx.conn.execute(
                sa.insert(reports).values(event_id=event_id, kind=kind.value, words=words, at=tx.at, closed_by="")
            )
            if kind is ReportKind.RISK:
                deed = Deed(actor.name, "hidden after a report", nonce_hash=hashed)
                change_event(tx, event, event.changed(review=ReviewStatus.PENDING), deed)
            else:
                deed = Deed(actor.name, "reported", nonce_hash=hashed)
                tx.conn.execute(sa.insert(audit), audit_columns(tx, deed, event))

    def open_reports(
        self, *, countries: Collection[str] = (), event_id: str | None = None, limit: int = 100
    ) -> list[Report]:
        """Return reports that no moderator has closed: those of risk first, then oldest first.

        Parameters
        ----------
        countries
            Only about events of these countries; empty: all.
        event_id
            Only about this event; None: about all.
        """
        stmt = (
            WITH_DOCUMENT.add_columns(
                reports.c.id.label("report_id"), reports.c.kind.label("report_kind"), reports.c.words, reports.c.at
            )
            .join(reports, reports.c.event_id == events.c.id)
            .where(reports.c.closed_at.is_(None))
            .order_by(reports.c.kind != ReportKind.RISK.value, reports.c.at, reports.c.id)
            .limit(limit)
        )
        if countries:
            stmt = stmt.where(events.c.country.in_(countries))
        if event_id is not None:
            stmt = stmt.where(events.c.id == event_id)
        with self.reading() as conn:
            return [
                Report(row.report_id, from_document(*row[:4]), ReportKind(row.report_kind), row.words, moment(row.at))
                for row in conn.execute(stmt)
            ]

    def close_report(self, report_id: int, *, actor: Account, nonce: str) -> None:
        """Note that a moderator has dealt with a report; the event stays as it is.

        Raises
        ------
        RightsError
            If the actor may not.
        ModerationError
            If there is no such open report.
        """
        hashed = nonce_hash(self, nonce)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return
            is_open = sa.and_(reports.c.id == report_id, reports.c.closed_at.is_(None))
            event_id = tx.conn.scalar(sa.select(reports.c.event_id).where(is_open))
            if event_id is None:
                raise ModerationError("This report is closed already.", detail=str(report_id))
            event = current(tx.conn, event_id)
            require(actor, Verb.CLOSE_REPORT, event)
            tx.conn.execute(sa.update(reports).where(is_open).values(closed_at=tx.at, closed_by=actor.name))
            deed = Deed(actor.name, "report closed", nonce_hash=hashed)
            tx.conn.execute(sa.insert(audit), audit_columns(tx, deed, event))
