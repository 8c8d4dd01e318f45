"""Reports that say what they did: hid the event or not, from which network, and how a moderator closed them.

Messages by organisers are open until a moderator has dealt with them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; reports and messages of before count as dealt with as far as they were."""
    op.add_column("reports", sa.Column("network", sa.Text, nullable=False, server_default=""))
    op.add_column("reports", sa.Column("outcome", sa.Text, nullable=False, server_default=""))
    op.add_column("reports", sa.Column("hid_at", sa.Double))
    hid = sa.text("hid_at IS NOT NULL")
    op.create_index("ix_reports_hid_at", "reports", ["hid_at"], sqlite_where=hid, postgresql_where=hid)
    op.add_column("notes", sa.Column("is_open", sa.Boolean, nullable=False, server_default=sa.false()))
    is_open = sa.text("is_open")
    op.create_index("ix_notes_open", "notes", ["event_id"], sqlite_where=is_open, postgresql_where=is_open)
