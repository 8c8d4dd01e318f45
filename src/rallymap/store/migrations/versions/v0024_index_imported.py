"""Add the events that imports left out to the search index, and delete the words of events that no longer exist."""

from alembic import op

revision = "0024"
down_revision = "0023"
_TO_INDEX = (
    "UPDATE events SET search_due = 0 WHERE review = 'published' AND search_due IS NULL AND search_id IS NOT NULL "
    "AND search_id NOT IN (SELECT rowid FROM search)"
)
_GONE = "DELETE FROM search WHERE rowid NOT IN (SELECT search_id FROM events WHERE search_id IS NOT NULL)"


def upgrade() -> None:
    """Mark events without an entry for indexing; it happens the next time a process opens the database."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in (_TO_INDEX, _GONE):
        op.execute(statement.replace("rowid", "rowid_") if is_postgresql else statement)
