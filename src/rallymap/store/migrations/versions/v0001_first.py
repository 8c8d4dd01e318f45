"""The first schema: events with their revisions, audit, submissions, accounts."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables and the few values that every database has."""
    meta = op.create_table(
        "meta",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.bulk_insert(
        meta,
        [{"name": "dataset_version", "value": "0"}, {"name": "secret", "value": secrets.token_hex(32)}],
    )
    _make_events()
    _make_trails()
    _make_people()


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("review", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("start_day", sa.Integer),
        sa.Column("end_day", sa.Integer),
        sa.Column("date_precision", sa.Text, nullable=False),
        sa.Column("lat", sa.Double),
        sa.Column("lon", sa.Double),
        sa.Column("location_precision", sa.Text, nullable=False),
        sa.Column("radius_m", sa.Double),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("organisers", sa.Text, nullable=False),
        sa.Column("communities", sa.Text, nullable=False),
        sa.Column("guarded_until", sa.Double),
        sa.Column("changed_in", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )
    op.create_index("ix_events_changed_in", "events", ["changed_in"])
    op.create_index("ix_events_start_day", "events", ["start_day"])
    under_review = sa.text("review != 'published'")
    op.create_index(
        "ix_events_under_review",
        "events",
        ["review", "created_at"],
        sqlite_where=under_review,
        postgresql_where=under_review,
    )
    op.create_table(
        "revisions",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("review", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "tombstones",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("redirect_to", sa.Text, nullable=False),
        sa.Column("reason_code", sa.Text, nullable=False),
        sa.Column("was_public", sa.Boolean, nullable=False),
        sa.Column("changed_in", sa.BigInteger, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("ix_tombstones_changed_in", "tombstones", ["changed_in"])


def _make_trails() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("event_id", sa.Text),
        sa.Column("revision", sa.Integer),
        sa.Column("review", sa.Text, nullable=False, server_default=""),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("changes", sa.Text, nullable=False, server_default=""),
        sa.Column("nonce_hash", sa.Text, unique=True),
    )
    op.create_index("ix_audit_event_id_seq", "audit", ["event_id", "seq"])
    op.create_table(
        "submissions",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("edit_token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )
    op.create_index("ix_submissions_account", "submissions", ["account"])
    op.create_table(
        "place_checks",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("candidates", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )


def _make_people() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("countries", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("totp_secret", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
        sa.Column("expires_at", sa.Double, nullable=False),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "attempts",
        sa.Column("id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("address_hash", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("ix_attempts_at", "attempts", ["at"])
    op.create_index("ix_attempts_address_hash_kind_at", "attempts", ["address_hash", "kind", "at"])
