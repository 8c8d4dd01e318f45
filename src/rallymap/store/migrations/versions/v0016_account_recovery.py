"""Account recovery: reset links, recovery codes, and reopening closed accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the start of sessions, the closure time of accounts, and both tables."""
    op.add_column("accounts", sa.Column("closed_at", sa.Double))
    op.add_column("sessions", sa.Column("started_at", sa.Double, nullable=False, server_default="0"))
    op.create_table(
        "password_resets",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Double, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.name"], ondelete="CASCADE", name="fk_password_resets_account_accounts"
        ),
        sa.PrimaryKeyConstraint("account", name="pk_password_resets"),
        sa.UniqueConstraint("token_hash", name="uq_password_resets_token_hash"),
    )
    op.create_index("ix_password_resets_expires_at", "password_resets", ["expires_at"])
    op.create_table(
        "recovery_codes",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.name"], ondelete="CASCADE", name="fk_recovery_codes_account_accounts"
        ),
        sa.PrimaryKeyConstraint("account", "code_hash", name="pk_recovery_codes"),
    )
