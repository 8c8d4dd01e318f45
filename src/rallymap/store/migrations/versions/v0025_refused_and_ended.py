"""Add tables for proposals that were refused, and for edit links of events that were taken down."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "refused_proposals",
        sa.Column("id", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("base_revision", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("refused_at", sa.Double, nullable=False),
        sa.Column("is_whole", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refused_proposals"),
    )
    op.create_index("ix_refused_proposals_event_id_refused_at", "refused_proposals", ["event_id", "refused_at"])
    op.create_table(
        "ended_links",
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("reason_code", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("event_id", "token_hash", name="pk_ended_links"),
    )
    op.create_index("ix_ended_links_token_hash", "ended_links", ["token_hash"])
