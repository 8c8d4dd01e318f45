"""Columns for filters: city, topics, publishers, crowd estimates, and whether there is a source."""

from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
EVENTS_AT_ONCE = 5_000


def upgrade() -> None:
    """Add the columns and fill them from the current documents of the events."""
    for column in (
        sa.Column("city", sa.Text, nullable=False, server_default=""),
        sa.Column("topics", sa.Text, nullable=False, server_default="[]"),
        sa.Column("publishers", sa.Text, nullable=False, server_default="[]"),
        sa.Column("crowd_low", sa.Integer),
        sa.Column("crowd_high", sa.Integer),
        sa.Column("has_source", sa.Boolean, nullable=False, server_default=sa.false()),
    ):
        op.add_column("events", column)
    _fill()


def _fill() -> None:
    conn = op.get_bind()
    read = sa.text(
        "SELECT e.id, r.document FROM events e JOIN revisions r ON r.event_id = e.id AND r.revision = e.revision "
        "WHERE e.id > :last ORDER BY e.id LIMIT :most"
    )
    write = sa.text(
        "UPDATE events SET city = :city, topics = :topics, publishers = :publishers, crowd_low = :crowd_low, "
        "crowd_high = :crowd_high, has_source = :has_source WHERE id = :id"
    )
    last = ""
    while some := conn.execute(read, {"last": last, "most": EVENTS_AT_ONCE}).all():
        conn.execute(write, [{"id": event_id, **_columns(document)} for event_id, document in some])
        last = some[-1][0]


def _columns(document: str) -> dict[str, Any]:
    try:
        content = orjson.loads(document)
        where = content.get("location") or {}
        sources = content.get("sources", ())
        counted = [(one.get("low"), one.get("high")) for one in content.get("crowd", ())]
        counted = [(low, high) for low, high in counted if low is not None or high is not None]
        highs = [high for _, high in counted]
        is_city = where.get("precision") in ("venue", "district", "city")
        return {
            "city": where.get("name", "") if is_city else "",
            "topics": orjson.dumps(content.get("topics", [])).decode(),
            "publishers": orjson.dumps(
                list(dict.fromkeys(one["publisher"] for one in sources if one.get("publisher")))
            ).decode(),
            "crowd_low": min((low or 0 for low, _ in counted), default=None),
            "crowd_high": None if None in highs else max(highs, default=None),
            "has_source": bool(sources),
        }
    except (ValueError, TypeError, AttributeError, KeyError):
        # Edited by hand into an invalid event; it is not shown on the map until it is fixed.
        return {
            "city": "",
            "topics": "[]",
            "publishers": "[]",
            "crowd_low": None,
            "crowd_high": None,
            "has_source": False,
        }
