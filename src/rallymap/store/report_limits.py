"""Count the events that reports hid automatically."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from rallymap.limits import Limits
from rallymap.store.case_values import AutomaticHiding
from rallymap.store.schema import reports
from rallymap.store.transaction import Reading, moment

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S


def read_automatic_hiding(tx: Reading, limits: Limits) -> AutomaticHiding:
    """Return how much of the site's limit on automatic hiding is used."""
    at = tx.at
    hid = reports.c.hid_at
    times = tx.conn.scalars(
        sa.select(hid).where(hid > at - DAY_S).order_by(hid.desc()).limit(limits.hidden_a_day)
    ).all()
    in_hour = [time for time in times if time > at - HOUR_S]
    free_at = max(_free_at(in_hour, limits.hidden, HOUR_S, at), _free_at(times, limits.hidden_a_day, DAY_S, at))
    return AutomaticHiding(len(in_hour), len(times), moment(free_at) if free_at > at else None)


def _free_at(times: Sequence[float], limit: int, period_s: float, at: float) -> float:
    """Return when fewer than `limit` of these times, newest first, are within the period; `at` if that is now."""
    if len(times) < limit:
        return at
    return (times[limit - 1] if limit else at) + period_s
