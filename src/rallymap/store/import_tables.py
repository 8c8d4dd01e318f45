"""The tables of imports; they belong to the same schema as the others."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.store.schema import metadata

# Imports of tables, each a batch that can be undone.
imports = sa.Table(
    "imports",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # "running", "done" or "undone"
    sa.Column("started_at", sa.Double, nullable=False),
    sa.Column("ended_at", sa.Double),
    sa.Column("file_hash", sa.Text, nullable=False, index=True),
    sa.Column("options", sa.Text, nullable=False),  # the mapping, as TOML
    sa.Column("counts", sa.Text, nullable=False),  # JSON
)

# The events of a batch: the revision that each had before (0: it was new) and that the import gave it.
import_events = sa.Table(
    "import_events",
    metadata,
    sa.Column("import_id", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("revision_before", sa.Integer, nullable=False),
    sa.Column("revision_after", sa.Integer, nullable=False),
)
sa.Index("ix_import_events_event_id", import_events.c.event_id)

# What a row of a table says beyond its event, for moderators only.
import_notes = sa.Table(
    "import_notes",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("import_id", sa.Text, nullable=False, index=True),
    sa.Column("notes", sa.Text, nullable=False),  # JSON: [[column, value, what became of it]]
)

# Mappings that were used, by the headings of their table.
import_mappings = sa.Table(
    "import_mappings",
    metadata,
    sa.Column("headings", sa.Text, primary_key=True),  # a hash
    sa.Column("options", sa.Text, nullable=False),  # TOML
    sa.Column("saved_at", sa.Double, nullable=False),
)
