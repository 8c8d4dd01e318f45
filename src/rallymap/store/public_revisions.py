"""Number the public versions of events of which something is withheld.

The revision of an event also counts changes that nobody can see; to show it would say that a withheld place changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from rallymap.errors import DamagedEventError
from rallymap.events import Event
from rallymap.query.public_view import public_view
from rallymap.store.chunks import chunks
from rallymap.store.documents import from_document
from rallymap.store.schema import revisions
from rallymap.store.transaction import Reading


def count_public_versions(tx: Reading, ids: Iterable[str], now: datetime) -> dict[str, int]:
    """Return how many different versions of each event the public could see, one after the other, at least 1.

    Versions are compared as they would be shown now, so the number does not fall, and what is withheld changes nothing.
    When all of an event becomes public, its revision is shown, which is at least as high.
    """
    found: dict[str, int] = {}
    for some in chunks(sorted(ids)):
        stmt = sa.select(revisions.c.event_id, revisions.c.revision, revisions.c.review, revisions.c.document)
        stmt = stmt.where(revisions.c.event_id.in_(some)).order_by(revisions.c.event_id, revisions.c.revision)
        for event_id, rows in groupby(tx.conn.execute(stmt), key=lambda row: row.event_id):
            found[event_id] = max(1, _count(rows, now))
    return found


def _count(rows: Iterable[Any], now: datetime) -> int:
    number, last = 0, None
    for row in rows:
        try:
            view: Event | None = public_view(from_document(*row), now)
        except DamagedEventError:
            continue
        if view is None:
            continue
        view = view.changed(revision=1)
        number, last = number + (view != last), view
    return number
