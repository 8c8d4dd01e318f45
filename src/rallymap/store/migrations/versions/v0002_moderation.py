"""Tables for moderation: proposals, notes, reports, staged decisions, approvals, URLs, invitations."""

import orjson
import sqlalchemy as sa
from alembic import op

from rallymap.store.web_addresses import url_key

revision = "0002"
down_revision = "0001"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EVENTS_AT_ONCE = 5_000


def upgrade() -> None:
    """Create the tables, and fill the URLs of existing events."""
    _make_review_tables()
    _make_people_tables()
    source_urls = op.create_table(
        "source_urls",
        sa.Column("url_key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event_id", sa.Text, primary_key=True),
    )
    _fill(source_urls)
    op.create_index("ix_source_urls_event_id", "source_urls", ["event_id"])


def _make_review_tables() -> None:
    op.create_table(
        "proposals",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("base_revision", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("created_at", sa.Double, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("for_submitter", sa.Boolean, nullable=False),
    )
    op.create_index("ix_notes_event_id", "notes", ["event_id"])
    op.create_table(
        "reports",
        sa.Column("id", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("closed_at", sa.Double),
        sa.Column("closed_by", sa.Text, nullable=False),
    )
    op.create_index("ix_reports_event_id", "reports", ["event_id"])
    is_open = sa.text("closed_at IS NULL")
    op.create_index("ix_reports_open", "reports", ["at"], sqlite_where=is_open, postgresql_where=is_open)
    op.create_table(
        "staged",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("expected_revision", sa.Integer, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("ix_staged_account", "staged", ["account"])
    op.create_table(
        "approvals",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )


def _make_people_tables() -> None:
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("countries", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Double, nullable=False),
    )
    op.create_index("ix_invitations_expires_at", "invitations", ["expires_at"])
    op.create_table(
        "identities",
        sa.Column("issuer", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_identities_account", "identities", ["account"])


def _fill(source_urls: sa.Table) -> None:
    conn = op.get_bind()
    documents = conn.execute(
        sa.text(
            "SELECT e.id, r.document FROM events e JOIN revisions r ON r.event_id = e.id AND r.revision = e.revision"
        )
    )
    while some := documents.fetchmany(EVENTS_AT_ONCE):
        keys = [
            {"url_key": key, "event_id": event_id}
            for event_id, document in some
            for key in {
                url_key(source["url"]) for source in orjson.loads(document).get("sources", ()) if source.get("url")
            }
        ]
        if keys:
            conn.execute(sa.insert(source_urls), keys)
