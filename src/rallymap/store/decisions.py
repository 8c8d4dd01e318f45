"""Action names of decisions in the audit log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rallymap.moderation import Decision
from rallymap.store.schema import audit, events

DONE = {
    Decision.PUBLISH: "published",
    Decision.SEND_BACK: "sent back",
    Decision.REJECT: "rejected",
    Decision.WITHDRAW: "withdrawn",
}
HIDDEN = "hidden after a report"
"""Action name for a published event that became pending because of a report."""


_STEPS = (*DONE.values(), HIDDEN)


def latest_step(column: str) -> sa.ScalarSelect[Any]:
    """Return a subquery for a column of the latest decision or hiding in the audit log of the query's event."""
    return (
        sa.select(audit.c[column])
        .where(audit.c.event_id == events.c.id, audit.c.action.in_(_STEPS))
        .order_by(audit.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
