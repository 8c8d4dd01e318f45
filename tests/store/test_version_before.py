"""A database of the version before opens, and every link, draft, session and form in it still works."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision, Role
from rallymap.store import Database
from rallymap.store.accounts import get_credentials
from rallymap.store.audit import list_audit
from rallymap.store.drafts import get_draft
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event
from rallymap.store.messages import list_notes
from rallymap.store.reports import list_open_reports
from rallymap.store.sessions import get_session_account
from rallymap.store.submissions import list_receipts
from rallymap.workflows.decisions import apply_staged_decisions, decide
from rallymap.workflows.proposals import settle_proposal
from rallymap.workflows.submissions import send_events
from tests.store.conftest import NOW, FakeClock

MIRA = Account("mira", Role.MODERATOR)
WAITING_TOKEN, PUBLIC_TOKEN = "jg4tx5mqc7ahekwgn7c2utw2m553sgne", "ujpduhzw2wldx3wqw6tldullbxbfk7ey"
SESSION = "Hg4ZVKsi74AJVS8xYYtGTjZQGGME7bpzm1p3UmWvPjA"


@pytest.fixture
def before(tmp_path: Path, clock: FakeClock) -> Iterator[Database]:
    path = tmp_path / "rallymap.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(Path(__file__).with_name("version_before.sql").read_text("utf-8"))
    path.with_suffix(".key").write_text("5a" * 32 + "\n")
    path.with_suffix(".key").chmod(0o600)
    opened = Database.open(f"sqlite:///{path}", clock=clock)
    yield opened
    opened.close()


def test_links_drafts_sessions_and_second_factors_open(before: Database) -> None:
    waiting, public = (before.read(read_own_event, token) for token in (WAITING_TOKEN, PUBLIC_TOKEN))
    assert (waiting.event.id, waiting.code, waiting.contact) == ("oslo-waiting", "JTBB6-DYGNN", "someone@example.org")
    assert [note.words for note in waiting.notes] == ["It begins at noon."]
    assert public.proposed is not None
    assert (public.event.title, public.proposed.title) == ("Rally oslo-public", "A better title")
    draft = before.read(get_draft, "a-draft-of-the-version-before")
    assert draft is not None
    assert draft.fields == {"title": "Vigil"}
    assert before.read(get_session_account, SESSION, NOW) == MIRA
    known = before.read(get_credentials, "mira")
    assert known is not None
    assert known.totp_secret == "JBSWY3DPEHPK3PXP"


@pytest.mark.slow
def test_form_of_the_version_before_is_one_write(before: Database) -> None:
    event: Event = before.read(get_event, "oslo-waiting")
    key = "form-of-the-version-before-oslo-waiting"
    [receipt] = send_events(before, [event], idempotency_key=key)
    assert (receipt.event_id, receipt.code, receipt.edit_token) == ("oslo-waiting", "JTBB6-DYGNN", WAITING_TOKEN)
    assert before.read(list_receipts, key) == (receipt,)

    entries = before.read(list_audit, "oslo-public")
    again = decide(
        before,
        "oslo-public",
        Decision.PUBLISH,
        account=MIRA,
        expected_revision=1,
        idempotency_key="published-by-the-version-before",
    )
    assert (again.revision, before.read(list_audit, "oslo-public")) == (2, entries)


def test_what_moderators_began_goes_on(before: Database) -> None:
    [published] = apply_staged_decisions(before, account=MIRA, idempotency_key="carried-out-in-this-version")
    assert (published.id, published.review) == ("oslo-waiting", ReviewStatus.PUBLISHED)
    assert [note.is_open for note in before.read(list_notes, "oslo-waiting")] == [False]
    [report] = before.read(list_open_reports)
    assert (report.event.id, report.words) == ("oslo-public", "It was in Bergen.")
    changed = settle_proposal(
        before,
        "oslo-public",
        accept=True,
        account=MIRA,
        expected_revision=2,
        idempotency_key="accepted-in-this-version",
    )
    assert (changed.title, changed.revision) == ("A better title", 3)
