"""Separate staged decisions per moderator."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Recreate the table with its few rows, because SQLite cannot change a primary key."""
    rows = op.get_bind().execute(sa.text("SELECT * FROM staged")).mappings().all()
    op.drop_table("staged")
    staged = op.create_table(
        "staged",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("expected_revision", sa.Integer, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("ix_staged_account", "staged", ["account"])
    op.bulk_insert(staged, [dict(row) for row in rows])
