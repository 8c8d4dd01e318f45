"""The tables of how people are told what is new; they belong to the same schema as the others."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.store.schema import metadata

# The private feed of an account: at most one, found by a hash of its token.
feed_tokens = sa.Table(
    "feed_tokens",
    metadata,
    sa.Column("account", sa.Text, sa.ForeignKey("accounts.name", ondelete="CASCADE"), primary_key=True),
    sa.Column("token_hash", sa.Text, nullable=False, unique=True),
    sa.Column("made_at", sa.Double, nullable=False),
)
