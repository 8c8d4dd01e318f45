"""Whether people come to a place, take part online, or may do either; every event so far was in person."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column; documents without it mean its default."""
    op.add_column("events", sa.Column("attendance_mode", sa.Text, nullable=False, server_default="in_person"))
