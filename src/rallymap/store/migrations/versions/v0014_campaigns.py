"""Campaigns: the campaign of an event, and one receipt and edit link for all events of a form."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the columns and their indexes; existing events and submissions belong to no campaign."""
    op.add_column("events", sa.Column("campaign", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_events_campaign", "events", ["campaign"])
    op.add_column("submissions", sa.Column("campaign_code", sa.Text, nullable=False, server_default=""))
    op.add_column("submissions", sa.Column("campaign_token_hash", sa.Text, nullable=False, server_default=""))
    op.create_index("ix_submissions_campaign_token_hash", "submissions", ["campaign_token_hash"])
