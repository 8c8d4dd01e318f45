"""Tables for imports; part of the same schema as the others."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.store.schema import metadata

# Imports, each of which is a batch that can be undone.
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

# Events of a batch, with their revision before (0 for a new event) and after the import.
import_events = sa.Table(
    "import_events",
    metadata,
    sa.Column("import_id", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("revision_before", sa.Integer, nullable=False),
    sa.Column("revision_after", sa.Integer, nullable=False),
)
sa.Index("ix_import_events_event_id", import_events.c.event_id)

# Content of a table row beyond its event, for moderators only.
import_notes = sa.Table(
    "import_notes",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("import_id", sa.Text, nullable=False, index=True),
    sa.Column("notes", sa.Text, nullable=False),  # JSON: [[column, value, result]]
)

# Stored mappings by the headings of their table.
import_mappings = sa.Table(
    "import_mappings",
    metadata,
    sa.Column("headings", sa.Text, primary_key=True),  # a hash
    sa.Column("options", sa.Text, nullable=False),  # TOML
    sa.Column("saved_at", sa.Double, nullable=False),
)
