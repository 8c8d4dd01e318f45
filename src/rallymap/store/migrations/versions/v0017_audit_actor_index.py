"""An index of the audit log by actor, for its filter and its list of names."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_audit_actor_seq", "audit", ["actor", "seq"])
