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
