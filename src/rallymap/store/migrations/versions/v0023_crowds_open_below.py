"""Count "up to 300" people as 300 and no longer as 0, and keep whether an estimate has no lower limit."""

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
EVENTS_AT_ONCE = 5_000


def upgrade() -> None:
    """Add the column, name the other one like it, and correct the lowest number that was 0 for "up to 300"."""
    op.execute("ALTER TABLE events RENAME COLUMN crowd_is_open TO crowd_open_above")
    op.add_column("events", sa.Column("crowd_open_below", sa.Boolean, nullable=False, server_default=sa.false()))
    conn = op.get_bind()
    read = sa.text(
        "SELECT e.id, r.document FROM events e JOIN revisions r ON r.event_id = e.id AND r.revision = e.revision "
        "WHERE e.crowd_low = 0 AND e.id > :last ORDER BY e.id LIMIT :most"
    )
    write = sa.text("UPDATE events SET crowd_low = :low, crowd_open_below = :is_open WHERE id = :id")
    last = ""
    while some := conn.execute(read, {"last": last, "most": EVENTS_AT_ONCE}).all():
        lowest = [(event_id, _lowest_of_open(document)) for event_id, document in some]
        changed = [{"id": event_id, "low": low, "is_open": True} for event_id, low in lowest if low is not None]
        if changed:
            conn.execute(write, changed)
        last = some[-1][0]


def _lowest_of_open(document: str) -> int | None:
    """Return the lowest number of a document's estimates, or None if each has a lower limit."""
    try:
        claims = [one for one in orjson.loads(document).get("crowd", ()) if not one.get("is_expected")]
        ends = [(one.get("low"), one.get("high")) for one in claims]
        if all(low is not None or high is None for low, high in ends):
            return None
        return min(int(end) for low_and_high in ends for end in low_and_high if end is not None)
    except (ValueError, TypeError, AttributeError):
        return None  # edited by hand into an invalid event; not on the map until it is fixed
