"""What visitors report about published events, and what becomes of the event."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from rallymap.attempts import AtMost, Claim
from rallymap.errors import EventNotFoundError, ModerationError
from rallymap.events import Event, ReviewStatus, clean_text
from rallymap.moderation import (
    JUST_HELD,
    REPORT_LIMITS,
    VISITOR,
    Account,
    Decision,
    Permission,
    ReportKind,
    ReportLimits,
    ReportOutcome,
    networks_needed,
    require,
)
from rallymap.query.public_view import was_over_at
from rallymap.store.case_values import AutomaticHiding, Report
from rallymap.store.changes import WITH_DOCUMENT, AuditEntry, audit_columns, change_event, current
from rallymap.store.damaged import readable
from rallymap.store.database import Database, Transaction, moment
from rallymap.store.decisions import HIDDEN, carry_out
from rallymap.store.documents import from_document
from rallymap.store.idempotency import nonce_hash, was_done
from rallymap.store.report_limits import automatic_hiding
from rallymap.store.schema import IS_OPEN, audit, events, reports

MAX_REPORT = 1000
_MARK_LENGTH = 2


class Reports(Database):
    """Reports, and closing them."""

    def report(
        self,
        event_id: str,
        kind: ReportKind,
        words: str = "",
        *,
        idempotency_key: str,
        actor: Account = VISITOR,
        network: str = "",
        limits: ReportLimits = REPORT_LIMITS,
    ) -> bool:
        """Report a published event; one that puts people at risk may be hidden at once, by the rules of moderation.

        The report, counting what reports hid and hiding are one transaction, so reports sent at once, by several
        processes too, pass the limit of the site no more than one by one. How often a network reports is counted by the
        caller.

        Parameters
        ----------
        network
            The network that the report comes from, "" where it is not known: such reports count as one network's.

        Returns
        -------
        is_hidden
            Whether the event is hidden now.

        Raises
        ------
        EventNotFoundError
            If the event is not public.
        InvalidEventError
            If the words are longer than 1000 characters.
        """
        require(actor, Permission.REPORT)
        words = clean_text("report", words, most=MAX_REPORT)
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            is_done = was_done(tx.conn, hashed)
            event = current(tx.conn, event_id)
            if is_done:
                return event.review is not ReviewStatus.PUBLISHED
            if event.review is not ReviewStatus.PUBLISHED:
                raise EventNotFoundError(event_id)
            stmt = sa.insert(reports).values(
                event_id=event_id,
                kind=kind.value,
                words=words,
                at=tx.at,
                closed_by="",
                network=self.network_mark(event_id, network),
            )
            report_id = tx.conn.execute(stmt.returning(reports.c.id)).scalar_one()
            hides = kind is ReportKind.RISK and _is_reported_enough(tx, event) and self._may_hide(tx, network, limits)
            if hides:
                tx.conn.execute(sa.update(reports).where(reports.c.id == report_id).values(hid_at=tx.at))
                _hide(tx, event, AuditEntry(actor.name, HIDDEN, nonce_hash=hashed))
            else:
                tx.conn.execute(
                    sa.insert(audit), audit_columns(tx, AuditEntry(actor.name, "reported", nonce_hash=hashed), event)
                )
            return hides

    def _may_hide(self, tx: Transaction, network: str, limits: ReportLimits) -> bool:
        """Return whether reports may hide one more event now, and count it against its network."""
        if automatic_hiding(tx.conn, tx.at, limits).is_used_up:
            return False
        claim = Claim("report that hides", network, AtMost(limits.hidden_by_network_an_hour))
        return not network or self.attempts.take(claim, now_s=tx.at) == 0

    def network_mark(self, event_id: str, network: str) -> str:
        """Return what is kept of the network of a report about an event while the report is open.

        Two hexadecimal digits of a keyed hash, so each mark stands for 16 million IPv4 addresses and leads back to
        nobody. Two networks have the same mark once in 256 times; their reports then count as one network's.
        """
        return self.keyed_hash(f"report of {event_id}", network)[:_MARK_LENGTH]

    def automatic_hiding(self, now: datetime, limits: ReportLimits = REPORT_LIMITS) -> AutomaticHiding:
        """Return how much of the limit on hiding events without a moderator is used."""
        with self.reading() as conn:
            return automatic_hiding(conn, now.timestamp(), limits)

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
        with self.reading() as conn:
            return list(
                readable(
                    conn.execute(stmt),
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

    def close_report(
        self, report_id: int, outcome: ReportOutcome, *, actor: Account, expected_revision: int, idempotency_key: str
    ) -> Event:
        """Note that a moderator has dealt with a report, and show the event or hide it.

        A hidden event that is shown is published, by the rules of a decision: where two moderators have to agree, the
        first one's choice is noted and the report stays open. A shown event that is hidden waits for a decision.

        Parameters
        ----------
        expected_revision
            The event's revision that the moderator has seen.

        Returns
        -------
        event
            As it is now.

        Raises
        ------
        RightsError, StaleEventError
            If the actor may not, or someone changed the event since it was read.
        ModerationError
            If there is no such open report.
        """
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            event_id = tx.conn.scalar(sa.select(reports.c.event_id).where(reports.c.id == report_id))
            if event_id is not None and was_done(tx.conn, hashed):
                return current(tx.conn, event_id)
            is_open = sa.and_(reports.c.id == report_id, IS_OPEN)
            if event_id is None or tx.conn.scalar(sa.select(reports.c.id).where(is_open)) is None:
                raise ModerationError("This report is already closed.", detail=str(report_id))
            event = current(tx.conn, event_id, expected_revision)
            require(actor, Permission.CLOSE_REPORT, event)
            is_public = event.review is ReviewStatus.PUBLISHED
            if outcome is ReportOutcome.SHOW and not is_public:
                return carry_out(self, tx, event, Decision.PUBLISH, actor, "", hashed)
            closed = {"closed_at": tx.at, "closed_by": actor.name, "outcome": outcome.value, "network": ""}
            tx.conn.execute(sa.update(reports).where(is_open).values(closed))
            if outcome is ReportOutcome.HIDE and is_public:
                return _hide(tx, event, AuditEntry(actor.name, HIDDEN, nonce_hash=hashed))
            entry = AuditEntry(actor.name, "report closed", nonce_hash=hashed)
            tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, event))
            return event


def _is_reported_enough(tx: Transaction, event: Event) -> bool:
    """Return whether the open reports of risk, with the one that just came, hide an event by themselves."""
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


def _hide(tx: Transaction, event: Event, entry: AuditEntry) -> Event:
    return change_event(tx, event, event.changed(review=ReviewStatus.PENDING), entry)
