"""Private feeds: a token per account that wants one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "feed_tokens",
        sa.Column(
            "account",
            sa.Text,
            sa.ForeignKey("accounts.name", ondelete="CASCADE", name="fk_feed_tokens_account"),
            primary_key=True,
        ),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("made_at", sa.Double, nullable=False),
        sa.UniqueConstraint("token_hash", name="uq_feed_tokens_token_hash"),
    )
