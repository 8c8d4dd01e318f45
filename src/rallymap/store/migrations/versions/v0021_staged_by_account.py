"""Each moderator keeps their own prepared decision about an event."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the table anew, as SQLite cannot change a primary key."""
    op.rename_table("staged", "staged_before")
    op.drop_index("ix_staged_account", "staged_before")
    op.create_table(
        "staged",
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("expected_revision", sa.Integer, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("event_id", "account", name="staged_by_account"),
    )
    op.execute(
        "INSERT INTO staged (event_id, account, decision, reason, expected_revision, at) "
        "SELECT event_id, account, decision, reason, expected_revision, at FROM staged_before"
    )
    op.drop_table("staged_before")
    op.create_index("ix_staged_account", "staged", ["account"])
