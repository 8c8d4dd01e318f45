"""Drafts: a revision to detect conflicts between tabs, the start time, and the picture."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("drafts", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
    op.add_column("drafts", sa.Column("started_at", sa.Double, nullable=False, server_default="0"))
    op.execute("UPDATE drafts SET started_at = saved_at")
    op.create_table(
        "draft_pictures",
        sa.Column(
            "token_hash",
            sa.Text,
            sa.ForeignKey("drafts.token_hash", ondelete="CASCADE", name="fk_draft_pictures_token_hash"),
            primary_key=True,
        ),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
    )
