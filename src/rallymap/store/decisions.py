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


STEPS = (*DONE.values(), HIDDEN)
TAKEN_BACK = "undone"
"""Action name of undoing the decision that created the revision before."""
_undone = audit.alias("undone")
IS_STANDING = ~(
    sa.exists()
    .where(_undone.c.event_id == audit.c.event_id, _undone.c.revision == audit.c.revision + 1)
    .where(_undone.c.action == TAKEN_BACK)
    .correlate(audit)
)
"""Whether an audit entry of a decision was not undone."""


def latest_step(column: str) -> sa.ScalarSelect[Any]:
    """Return a subquery for a column of the query's event's latest decision or hiding that was not undone."""
    return (
        sa.select(audit.c[column])
        .where(audit.c.event_id == events.c.id, audit.c.action.in_(STEPS), IS_STANDING)
        .order_by(audit.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
