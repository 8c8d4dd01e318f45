"""Full-text search: an index of public content, filled the next time a process opens the database."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the search ids and the index, and mark all events for indexing."""
    conn = op.get_bind()
    op.add_column("events", sa.Column("search_id", sa.BigInteger))
    op.add_column("events", sa.Column("search_due", sa.Double))
    op.execute(
        "UPDATE events SET search_due = 0, search_id = numbered.n FROM "
        "(SELECT id AS of_id, row_number() OVER (ORDER BY id) AS n FROM events) AS numbered WHERE id = numbered.of_id"
    )
    op.create_index("ix_events_search_id", "events", ["search_id"], unique=True)
    due = sa.text("search_due IS NOT NULL")
    op.create_index("ix_events_search_due", "events", ["search_due"], sqlite_where=due, postgresql_where=due)
    if conn.dialect.name == "postgresql":
        op.execute("CREATE TABLE search (rowid_ BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_search_words ON search USING gin (words)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5(title, names, texts, sounds, prefix='2 3', "
            "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M*'\")"
        )
        op.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")
