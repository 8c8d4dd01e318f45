"""Record whether a report hid the event, from which network it came, and how it was closed.

Messages from organisers are open until a moderator has answered or closed them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; old reports and messages keep their state."""
    op.add_column("reports", sa.Column("network", sa.Text, nullable=False, server_default=""))
    op.add_column("reports", sa.Column("outcome", sa.Text, nullable=False, server_default=""))
    op.add_column("reports", sa.Column("hid_at", sa.Double))
    hid = sa.text("hid_at IS NOT NULL")
    op.create_index("ix_reports_hid_at", "reports", ["hid_at"], sqlite_where=hid, postgresql_where=hid)
    op.add_column("notes", sa.Column("is_open", sa.Boolean, nullable=False, server_default=sa.false()))
    is_open = sa.text("is_open")
    op.create_index("ix_notes_open", "notes", ["event_id"], sqlite_where=is_open, postgresql_where=is_open)
