"""Pending work of moderators, as counts and as items without event content."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from rallymap.events import Kind
from rallymap.store.schema import IS_OPEN, WAITS_FOR_MODERATOR, audit, events, notes, place_checks, proposals, reports
from rallymap.store.transaction import Reading, moment

LISTS: Final = ("queue", "messages", "places", "reports", "changes")
"""The lists of Review that contain pending work."""
_Rows = sa.Select[tuple[str, str, str, float]]


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One item in a list of Review.

    Attributes
    ----------
    id
        Unique and stable id of the item; reveals nothing about its event.
    place
        The list that contains it, one of :data:`LISTS`.
    kind
        The kind of its event.
    since
        When it was added, or its event was last changed.
    """

    id: str
    place: str
    kind: Kind
    since: datetime


def count_waiting(tx: Reading, *, countries: Collection[str] = ()) -> dict[str, int]:
    """Return the number of items in each list, in the order of :data:`LISTS`, including zeros.

    Parameters
    ----------
    countries
        Only events of these countries; empty for all.
    """
    parts = [
        sa.select(sa.literal(name), sa.func.count()).select_from(_within(rows, countries).subquery())
        for name, rows in _ROWS.items()
    ]
    counts = {row[0]: row[1] for row in tx.conn.execute(sa.union_all(*parts))}
    return {name: counts[name] for name in LISTS}


def count_waiting_events(tx: Reading, *, countries: Collection[str] = ()) -> int:
    """Return the number of distinct events in these lists; `countries` as for :func:`count_waiting`."""
    ids = sa.union(*(_within(rows, countries).with_only_columns(events.c.id) for rows in _ROWS.values())).subquery()
    return int(tx.conn.execute(sa.select(sa.func.count()).select_from(ids)).scalar_one())


def list_waiting(tx: Reading, *, countries: Collection[str] = (), limit: int = 50) -> list[WaitingItem]:
    """Return the pending items, newest first; `countries` as for :func:`count_waiting`."""
    found: list[WaitingItem] = []
    for name, rows in _ROWS.items():
        stmt = _within(rows, countries).order_by(sa.desc("since")).limit(limit)
        found += [
            WaitingItem(
                tx.secret.keyed_hash(f"waiting-{name}", f"{row.id}/{row.mark}"), name, Kind(row.kind), moment(row.since)
            )
            for row in tx.conn.execute(stmt)
        ]
    return sorted(found, key=lambda item: (item.since, item.id), reverse=True)[:limit]


def list_new(tx: Reading, since: datetime, *, countries: Collection[str] = (), limit: int = 50) -> list[str]:
    """Return the distinct ids of events with an item added after this time, newest first."""
    found: dict[str, float] = {}
    for rows in _ROWS.values():
        lately = _within(rows, countries).subquery()
        stmt = sa.select(lately.c.id, lately.c.since).where(lately.c.since > since.timestamp())
        for row in tx.conn.execute(stmt.order_by(lately.c.since.desc()).limit(limit)):
            found[row.id] = max(row.since, found.get(row.id, row.since))
    return sorted(found, key=lambda event_id: (-found[event_id], event_id))[:limit]


def _within(rows: _Rows, countries: Collection[str]) -> _Rows:
    return rows.where(events.c.country.in_(countries)) if countries else rows


def _rows(mark: sa.ColumnElement[str], since: sa.ColumnElement[float]) -> _Rows:
    return sa.select(events.c.id, mark.label("mark"), events.c.kind, since.label("since"))


def _text(column: sa.ColumnElement[int]) -> sa.ColumnElement[str]:
    return sa.cast(column, sa.Text)


# The last action on a pending event: submitted, changed, answered, hidden.
_last = sa.select(sa.func.max(audit.c.at)).where(audit.c.event_id == events.c.id).scalar_subquery()
_ROWS: Mapping[str, _Rows] = MappingProxyType(
    {
        "queue": _rows(_text(events.c.revision), _last).where(events.c.review == "pending"),
        # One per event: its newest unanswered message; an older one may be unread.
        "messages": _rows(_text(sa.func.max(notes.c.id)), sa.func.max(notes.c.at))
        .join(notes, notes.c.event_id == events.c.id)
        .where(WAITS_FOR_MODERATOR)
        .group_by(events.c.id, events.c.kind),
        "places": _rows(place_checks.c.outcome, place_checks.c.created_at)
        .join(place_checks, place_checks.c.event_id == events.c.id)
        .where(events.c.review.not_in(("rejected", "withdrawn"))),
        "reports": _rows(_text(reports.c.id), reports.c.at)
        .join(reports, reports.c.event_id == events.c.id)
        .where(IS_OPEN),
        "changes": _rows(sa.cast(proposals.c.created_at, sa.Text), proposals.c.created_at).join(
            proposals, proposals.c.event_id == events.c.id
        ),
    }
)
