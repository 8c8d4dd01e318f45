"""Keep the highest number of a crowd apart from whether an estimate has no upper limit."""

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
EVENTS_AT_ONCE = 5_000


def upgrade() -> None:
    """Add the column, and fill in the highest number that was NULL for "more than 300"."""
    column = sa.Column("crowd_is_open", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("events", column)
    conn = op.get_bind()
    read = sa.text(
        "SELECT e.id, e.crowd_low, r.document FROM events e "
        "JOIN revisions r ON r.event_id = e.id AND r.revision = e.revision "
        "WHERE e.crowd_low IS NOT NULL AND e.crowd_high IS NULL AND e.id > :last ORDER BY e.id LIMIT :most"
    )
    write = sa.text("UPDATE events SET crowd_high = :high, crowd_is_open = :is_open WHERE id = :id")
    last = ""
    while some := conn.execute(read, {"last": last, "most": EVENTS_AT_ONCE}).all():
        conn.execute(write, [{"id": row[0], "high": _highest(row[1], row[2]), "is_open": True} for row in some])
        last = some[-1][0]


def _highest(low: int, document: str) -> int:
    try:
        claims = [one for one in orjson.loads(document).get("crowd", ()) if not one.get("is_expected")]
        ends = [one.get(end) for one in claims for end in ("low", "high")]
        return max((int(end) for end in ends if end is not None), default=low)
    except (ValueError, TypeError, AttributeError):
        return low  # edited by hand into an invalid event; not on the map until it is fixed
