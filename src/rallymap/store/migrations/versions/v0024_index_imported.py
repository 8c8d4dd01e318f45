"""Add the events that imports left out to the search index, and delete the words of events that no longer exist."""

from alembic import op

revision = "0024"
down_revision = "0023"
# Not NOT IN: without enough memory for all ids PostgreSQL would compare each event with each entry of the index.
_TO_INDEX = (
    "UPDATE events SET search_due = 0 WHERE review = 'published' AND search_due IS NULL AND search_id IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM search WHERE search.rowid = events.search_id)"
)
_GONE = "DELETE FROM search WHERE NOT EXISTS (SELECT 1 FROM events WHERE events.search_id = search.rowid)"


def upgrade() -> None:
    """Mark events without an entry for indexing; it happens the next time a process opens the database."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in (_TO_INDEX, _GONE):
        op.execute(statement.replace("rowid", "rowid_") if is_postgresql else statement)
