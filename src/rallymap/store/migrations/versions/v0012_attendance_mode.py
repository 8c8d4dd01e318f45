"""The attendance mode: in person, online or both; every existing event was in person."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column; documents without a value have the default."""
    op.add_column("events", sa.Column("attendance_mode", sa.Text, nullable=False, server_default="in_person"))
