"""Recovery phrases of edit links."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column; submissions of earlier versions have no phrase."""
    op.add_column("submissions", sa.Column("phrase_hash", sa.Text, nullable=False, server_default=""))
