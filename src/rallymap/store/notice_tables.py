"""Tables for mail and feeds; part of the same schema as the others."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.store.schema import Serial, metadata

# The private feed of an account: at most one, looked up by the hash of its token.
feed_tokens = sa.Table(
    "feed_tokens",
    metadata,
    sa.Column("account", sa.Text, sa.ForeignKey("accounts.name", ondelete="CASCADE"), primary_key=True),
    sa.Column("token_hash", sa.Text, nullable=False, unique=True),
    sa.Column("made_at", sa.Double, nullable=False),
)

# Queued mails; a sent mail is deleted.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True),
    # Message-ID of the mail, the same at each attempt.
    sa.Column("message_id", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("event_id", sa.Text, nullable=False, index=True),  # "" for none
    sa.Column("account", sa.Text, nullable=False, index=True),  # "" for none
    sa.Column("address", sa.Text, nullable=False),  # encrypted; "" once it is given up
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),  # JSON, encrypted; "" once it is given up
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("due_at", sa.Double, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    # Claim of the sending process, "" for none, and its time.
    sa.Column("claim", sa.Text, nullable=False),
    sa.Column("claimed_at", sa.Double, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("given_up_at", sa.Double),
)

# Mail subscriptions of accounts.
account_mail = sa.Table(
    "account_mail",
    metadata,
    sa.Column("account", sa.Text, sa.ForeignKey("accounts.name", ondelete="CASCADE"), primary_key=True),
    sa.Column("address", sa.Text, nullable=False),  # encrypted
    sa.Column("pace", sa.Text, nullable=False),
    sa.Column("with_titles", sa.Boolean, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("told_at", sa.Double, nullable=False),
)

# Mail subscriptions of organisers; never public, and separate from their contact.
event_mail = sa.Table(
    "event_mail",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),  # encrypted
    sa.Column("with_words", sa.Boolean, nullable=False),
    sa.Column("only_decision", sa.Boolean, nullable=False),  # delete the address after the decision
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("left_at", sa.Double, nullable=False),
    sa.Column("was_asked", sa.Boolean, nullable=False),  # asked whether the event was held
)
