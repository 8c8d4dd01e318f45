"""An index of embargo ends, for snapshots and for the full-text index."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_events_guarded_until", "events", ["guarded_until"])
