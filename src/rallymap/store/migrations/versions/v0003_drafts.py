"""Drafts: unsent forms, kept for people who have their link."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "drafts",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Double, nullable=False),
    )
    op.create_index("ix_drafts_saved_at", "drafts", ["saved_at"])
