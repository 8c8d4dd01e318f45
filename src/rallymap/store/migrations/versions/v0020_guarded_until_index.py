"""An index of the times at which venues are disclosed, for copies of the data and for the index of words."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_events_guarded_until", "events", ["guarded_until"])
