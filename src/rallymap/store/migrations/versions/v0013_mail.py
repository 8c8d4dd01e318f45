"""Mail: the outbox, and the subscriptions."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
        sa.Column("due_at", sa.Double, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("claimed_at", sa.Double, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("given_up_at", sa.Double),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
    )
    for column in ("event_id", "account", "due_at"):
        op.create_index(f"ix_outbox_{column}", "outbox", [column])
    op.create_table(
        "account_mail",
        sa.Column(
            "account",
            sa.Text,
            sa.ForeignKey("accounts.name", ondelete="CASCADE", name="fk_account_mail_account"),
            primary_key=True,
        ),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("pace", sa.Text, nullable=False),
        sa.Column("with_titles", sa.Boolean, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("told_at", sa.Double, nullable=False),
    )
    op.create_table(
        "event_mail",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("with_words", sa.Boolean, nullable=False),
        sa.Column("only_decision", sa.Boolean, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("left_at", sa.Double, nullable=False),
        sa.Column("was_asked", sa.Boolean, nullable=False),
    )
