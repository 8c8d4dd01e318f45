"""The tables, the same on SQLite and PostgreSQL; migrations lead to this schema.

Times are Unix seconds, days are days since 1970-01-01. `events` only has narrow columns, so that a map of a million
events reads little; the whole event is in `revisions`, once per revision.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite only generates row numbers for a column of type INTEGER.
Serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

meta = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

events = sa.Table(
    "events",
    metadata,
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
    sa.Column("attendance_mode", sa.Text, nullable=False, server_default="in_person"),
    sa.Column("organisers", sa.Text, nullable=False),  # JSON
    sa.Column("communities", sa.Text, nullable=False),  # JSON
    sa.Column("city", sa.Text, nullable=False, server_default=""),
    sa.Column("topics", sa.Text, nullable=False, server_default="[]"),  # JSON
    sa.Column("publishers", sa.Text, nullable=False, server_default="[]"),  # JSON
    # Lowest and highest number that an estimate gives; both NULL if there are none.
    sa.Column("crowd_low", sa.Integer),
    sa.Column("crowd_high", sa.Integer),
    # Whether an estimate has no lower limit, as in "up to 300", and whether one has no upper limit ("more than 300").
    sa.Column("crowd_open_below", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("crowd_open_above", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("crowd_by", sa.Text, nullable=False, server_default="[]"),  # JSON: who gives the numbers
    sa.Column("has_source", sa.Boolean, nullable=False, server_default=sa.false()),
    # When the embargo ends; until then the public view is coarsened; see public_view.embargo_ends_at.
    sa.Column("guarded_until", sa.Double),
    # Id in the full-text index, the table `search` (see search.py); never shown.
    sa.Column("search_id", sa.BigInteger),
    # When to renew the index because the public view changes by itself; NULL: only when somebody changes the event.
    sa.Column("search_due", sa.Double),
    # The dataset version of the latest public change.
    sa.Column("changed_in", sa.BigInteger, nullable=False),
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("campaign", sa.Text, nullable=False, server_default=""),  # campaign id, "" for none
)
sa.Index("ix_events_campaign", events.c.campaign)
sa.Index("ix_events_changed_in", events.c.changed_in)
sa.Index("ix_events_guarded_until", events.c.guarded_until)
sa.Index("ix_events_search_id", events.c.search_id, unique=True)
SEARCH_IS_DUE = events.c.search_due.is_not(None)
sa.Index("ix_events_search_due", events.c.search_due, sqlite_where=SEARCH_IS_DUE, postgresql_where=SEARCH_IS_DUE)
sa.Index("ix_events_start_day", events.c.start_day)
UNDER_REVIEW = events.c.review != "published"
sa.Index(
    "ix_events_under_review",
    events.c.review,
    events.c.created_at,
    sqlite_where=UNDER_REVIEW,
    postgresql_where=UNDER_REVIEW,
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("review", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),  # JSON, see documents.py
)

tombstones = sa.Table(
    "tombstones",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("redirect_to", sa.Text, nullable=False),  # "" for an event that was taken down
    sa.Column("reason_code", sa.Text, nullable=False),
    sa.Column("was_public", sa.Boolean, nullable=False),
    sa.Column("changed_in", sa.BigInteger, nullable=False, index=True),
    sa.Column("at", sa.Double, nullable=False),
)

# Two columns keep their names from the first schema; the code uses current names.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("seq", Serial, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("verb", sa.Text, key="action", nullable=False),
    sa.Column("event_id", sa.Text),
    sa.Column("revision", sa.Integer),
    sa.Column("review", sa.Text, nullable=False, server_default=""),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    # JSON: {field: [before, after]}; for an undone import, the result of undoing it
    sa.Column("changes", sa.Text, nullable=False, server_default=""),
    # Hash of the form's idempotency key: the same form sent twice writes once. NULLs are not equal to each other.
    sa.Column("nonce_hash", sa.Text, key="key_hash", unique=True),
)
sa.Index("ix_audit_event_id_seq", audit.c.event_id, audit.c.seq)
sa.Index("ix_audit_actor_seq", audit.c.actor, audit.c.seq)

submissions = sa.Table(
    "submissions",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, unique=True),
    sa.Column("contact", sa.Text, nullable=False),  # never public
    sa.Column("edit_token_hash", sa.Text, nullable=False, unique=True),
    sa.Column("account", sa.Text, nullable=False, index=True),  # "" without sign-in
    sa.Column("created_at", sa.Double, nullable=False),
    # For a form with several events: the shared receipt and edit link; else "".
    sa.Column("campaign_code", sa.Text, nullable=False, server_default=""),
    sa.Column("campaign_token_hash", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("phrase_hash", sa.Text, nullable=False, server_default=""),
)

place_checks = sa.Table(
    "place_checks",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("candidates", sa.Text, nullable=False),  # JSON
    sa.Column("created_at", sa.Double, nullable=False),
)

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("countries", sa.Text, nullable=False),  # "NO SE", "" for all
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("totp_secret", sa.Text, nullable=False),  # encrypted, see secret_key.py
    sa.Column("created_at", sa.Double, nullable=False),
    sa.Column("closed_at", sa.Double),  # also NULL for accounts closed before this column existed
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, sa.ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("expires_at", sa.Double, nullable=False, index=True),
    sa.Column("started_at", sa.Double, nullable=False, server_default="0"),
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True),
    sa.Column("address_hash", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", sa.Double, nullable=False, index=True),
)
sa.Index("ix_attempts_address_hash_kind_at", attempts.c.address_hash, attempts.c.kind, attempts.c.at)

# Proposals for published events; at most one per event.
proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("base_revision", sa.Integer, nullable=False),
    sa.Column("document", sa.Text, nullable=False),  # JSON
    sa.Column("created_at", sa.Double, nullable=False),
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True),
    sa.Column("event_id", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("for_submitter", sa.Boolean, nullable=False),
    # Whether it is an unanswered message from the organiser.
    sa.Column("is_open", sa.Boolean, nullable=False, server_default=sa.false()),
)
WAITS_FOR_MODERATOR = notes.c.is_open
sa.Index("ix_notes_open", notes.c.event_id, sqlite_where=WAITS_FOR_MODERATOR, postgresql_where=WAITS_FOR_MODERATOR)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", Serial, primary_key=True, autoincrement=True),
    sa.Column("event_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
    sa.Column("closed_at", sa.Double),
    sa.Column("closed_by", sa.Text, nullable=False),
    # Distinguishes networks while the report is open; see reports.py.
    sa.Column("network", sa.Text, nullable=False, server_default=""),
    # The ReportOutcome of a closed report; "" for open ones, and those closed before outcomes existed.
    sa.Column("outcome", sa.Text, nullable=False, server_default=""),
    sa.Column("hid_at", sa.Double),  # when this report hid its event automatically
)
IS_OPEN = reports.c.closed_at.is_(None)
HID = reports.c.hid_at.is_not(None)
sa.Index("ix_reports_hid_at", reports.c.hid_at, sqlite_where=HID, postgresql_where=HID)
sa.Index("ix_reports_open", reports.c.at, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)

staged = sa.Table(
    "staged",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, primary_key=True, index=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("expected_revision", sa.Integer, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
)

# Approvals of events, if the operator requires two moderators.
approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("at", sa.Double, nullable=False),
)

# The current source URLs of events.
source_urls = sa.Table(
    "source_urls",
    metadata,
    sa.Column("url_key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("event_id", sa.Text, primary_key=True),
)
sa.Index("ix_source_urls_event_id", source_urls.c.event_id)

# OpenID Connect identities that may sign in here.
identities = sa.Table(
    "identities",
    metadata,
    sa.Column("issuer", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, sa.ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False, index=True),
)

# Unsent forms. They belong only to their author: no moderator list reads them.
drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("fields", sa.Text, nullable=False),  # JSON
    sa.Column("saved_at", sa.Double, nullable=False, index=True),
    # Increased by each save, so that two tabs with one form do not overwrite each other.
    sa.Column("revision", sa.Integer, nullable=False, server_default="1"),
    sa.Column("started_at", sa.Double, nullable=False, server_default="0"),
)

draft_pictures = sa.Table(
    "draft_pictures",
    metadata,
    sa.Column("token_hash", sa.Text, sa.ForeignKey("drafts.token_hash", ondelete="CASCADE"), primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
)

# Picture files, as written by rallymap.pictures. All other data of a picture is part of its event.
pictures = sa.Table(
    "pictures",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, nullable=False, index=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("created_at", sa.Double, nullable=False),
)
