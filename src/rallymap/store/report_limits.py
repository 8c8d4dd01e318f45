"""How often reports come in and how many events they hide, counted in the transaction that takes the report."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from rallymap.errors import RateLimitError
from rallymap.moderation import ReportLimits
from rallymap.store.case_values import AutomaticHiding
from rallymap.store.database import Transaction, moment
from rallymap.store.schema import attempts, reports

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
_REPORT, _HIDE = "report", "report that hid"


def count_report(tx: Transaction, network_hash: str, limits: ReportLimits, *, is_known: bool) -> None:
    """Count one report of a network.

    Parameters
    ----------
    network_hash
        Of the network, or of "" for all visitors whose network is not known.
    is_known
        Whether the network is known.

    Raises
    ------
    RateLimitError
        If there were too many within the hour; this one is not counted then.
    """
    limit = limits.of_network_an_hour if is_known else limits.of_unknown_an_hour
    if _count(tx, network_hash, _REPORT) >= limit:
        whose = "from your network" if is_known else "on this site"
        raise RateLimitError(
            f"{limit} reports were sent {whose} within an hour; please try again later.", retry_after_s=HOUR_S
        )
    _record(tx, network_hash, _REPORT)


def may_hide(tx: Transaction, network_hash: str, limits: ReportLimits, *, is_known: bool) -> bool:
    """Return whether one more event may be hidden by a report of this network, without a moderator."""
    if automatic_hiding(tx.conn, tx.at, limits).is_used_up:
        return False
    return not is_known or _count(tx, network_hash, _HIDE) < limits.hidden_by_network_an_hour


def count_hidden(tx: Transaction, network_hash: str) -> None:
    """Count an event that a report of this network hid; the report itself is marked apart."""
    _record(tx, network_hash, _HIDE)


def automatic_hiding(conn: sa.Connection, at: float, limits: ReportLimits) -> AutomaticHiding:
    """Return how much of the site's limit is used.

    Parameters
    ----------
    at
        The present moment, Unix time (s).
    """
    hid = reports.c.hid_at
    times = conn.scalars(sa.select(hid).where(hid > at - DAY_S).order_by(hid.desc()).limit(limits.hidden_a_day)).all()
    in_hour = [time for time in times if time > at - HOUR_S]
    free_at = max(_free_at(in_hour, limits.hidden_an_hour, HOUR_S, at), _free_at(times, limits.hidden_a_day, DAY_S, at))
    return AutomaticHiding(len(in_hour), len(times), moment(free_at) if free_at > at else None)


def _free_at(times: Sequence[float], limit: int, period_s: float, at: float) -> float:
    """Return when fewer than `limit` of these times, newest first, lie in the period before; `at` if it is so now."""
    if len(times) < limit:
        return at
    return (times[limit - 1] if limit else at) + period_s


def _count(tx: Transaction, network_hash: str, kind: str) -> int:
    stmt = sa.select(sa.func.count()).where(
        attempts.c.address_hash == network_hash, attempts.c.kind == kind, attempts.c.at > tx.at - HOUR_S
    )
    return tx.conn.execute(stmt).scalar_one()


def _record(tx: Transaction, network_hash: str, kind: str) -> None:
    tx.conn.execute(sa.delete(attempts).where(attempts.c.at <= tx.at - HOUR_S))
    tx.conn.execute(sa.insert(attempts).values(address_hash=network_hash, kind=kind, at=tx.at))
