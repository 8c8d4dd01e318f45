"""Imports of tables: batches that can be undone, and the content of their rows beyond the events."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "imports",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("started_at", sa.Double, nullable=False),
        sa.Column("ended_at", sa.Double),
        sa.Column("file_hash", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
    )
    op.create_index("ix_imports_file_hash", "imports", ["file_hash"])
    op.create_table(
        "import_events",
        sa.Column("import_id", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("revision_before", sa.Integer, nullable=False),
        sa.Column("revision_after", sa.Integer, nullable=False),
    )
    op.create_index("ix_import_events_event_id", "import_events", ["event_id"])
    op.create_table(
        "import_notes",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("import_id", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
    )
    op.create_index("ix_import_notes_import_id", "import_notes", ["import_id"])
    op.create_table(
        "import_mappings",
        sa.Column("headings", sa.Text, primary_key=True),
        sa.Column("options", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Double, nullable=False),
    )
