"""Tables for moderation; part of the same schema as the others."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.store.schema import Serial, metadata

# Common reasons for decisions, one per line; a language without a row has the built-in ones.
reasons = sa.Table(
    "reasons",
    metadata,
    sa.Column("language", sa.Text, primary_key=True),
    sa.Column("words", sa.Text, nullable=False),
)

# One-time password-reset links, created by an administrator; at most one per account.
password_resets = sa.Table(
    "password_resets",
    metadata,
    sa.Column("account", sa.Text, sa.ForeignKey("accounts.name", ondelete="CASCADE"), primary_key=True),
    sa.Column("token_hash", sa.Text, nullable=False, unique=True),
    sa.Column("expires_at", sa.Double, nullable=False, index=True),
)

# Recovery codes, each of which replaces a one-time code once.
recovery_codes = sa.Table(
    "recovery_codes",
    metadata,
    sa.Column("account", sa.Text, sa.ForeignKey("accounts.name", ondelete="CASCADE"), primary_key=True),
    sa.Column("code_hash", sa.Text, primary_key=True),
)

# One-time invitation links.
invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("countries", sa.Text, nullable=False),  # "NO SE", "" for all
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Double, nullable=False, index=True),
)

# Places and periods that were searched; days are ISO 8601.
coverage = sa.Table(
    "coverage",
    metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True),
    sa.Column("country", sa.Text, nullable=False),
    sa.Column("city", sa.Text, nullable=False),  # "" for the whole country
    sa.Column("first_day", sa.Text, nullable=False),
    sa.Column("last_day", sa.Text, nullable=False),
    sa.Column("looked_on", sa.Text, nullable=False),
    sa.Column("looked_by", sa.Text, nullable=False),
    sa.Column("sources", sa.Text, nullable=False),
)

# Proposed changes that were not accepted, whole or in part, as they were proposed; the log says by whom and why.
refused_proposals = sa.Table(
    "refused_proposals",
    metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True),
    sa.Column("event_id", sa.Text, nullable=False),
    sa.Column("base_revision", sa.Integer, nullable=False),
    sa.Column("document", sa.Text, nullable=False),  # JSON
    sa.Column("created_at", sa.Double, nullable=False),  # when it was proposed
    sa.Column("refused_at", sa.Double, nullable=False),  # the same time as its entry in the log
    sa.Column("is_whole", sa.Boolean, nullable=False),
)
sa.Index("ix_refused_proposals_event_id_refused_at", refused_proposals.c.event_id, refused_proposals.c.refused_at)

# Edit links of events that were taken down: enough to say so to people who have such a link, and to nobody else.
ended_links = sa.Table(
    "ended_links",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("token_hash", sa.Text, primary_key=True, index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("reason_code", sa.Text, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
)
