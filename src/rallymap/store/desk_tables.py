"""The tables of the moderators' desk; they belong to the same schema as the others."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.store.schema import metadata

# Common reasons for decisions, one in each line; a language without a row has those of rallymap.
reasons = sa.Table(
    "reasons",
    metadata,
    sa.Column("language", sa.Text, primary_key=True),
    sa.Column("words", sa.Text, nullable=False),
)
