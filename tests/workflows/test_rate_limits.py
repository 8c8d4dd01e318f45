"""Rate limits through the public door: forms, series, and many at the same moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rallymap.errors import EventNotFoundError, RateLimitError, SettingsError
from rallymap.events import ReviewStatus, Source
from rallymap.limits import Limits
from rallymap.moderation import Account, Role
from rallymap.places import default_resolver
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.workflows.edit_links import answer_moderators, change_own
from rallymap.workflows.proposals import offer_source
from rallymap.workflows.rate_limits import (
    SHARED_FACTOR,
    check_rate,
    check_rate_of_link,
)
from rallymap.workflows.review_queue import list_queue
from rallymap.workflows.submissions import submit_event

RESOLVER = default_resolver()
FIELDS = {
    "title": "Vigil for political prisoners",
    "kind": "vigil",
    "precision": "day",
    "start": "2024-05-03",
    "place_text": "Gothenburg",
    "organisers": "Group A",
    "source_url": "https://example.org/report",
}
YEAR_OF_VIGILS = {"repeat": "weekly", "repeat_until": "2025-06-13"}
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield opened
    opened.close()


def passes(db: Database, number: int, changes: dict[str, str] | None = None) -> bool:
    """Send a form from one network; return whether it was taken."""
    key = f"a-key-of-enough-letters-{number}"
    try:
        sent = submit_event(db, RESOLVER, FIELDS | (changes or {}), idempotency_key=key, address="192.0.2.7", now=NOW)
    except RateLimitError:
        return False
    return bool(sent.receipts)


def waiting(db: Database) -> int:
    """Return how many events wait; a campaign is one row of the queue."""
    return sum(row.in_campaign for row in list_queue(db, Account("mira", Role.MODERATOR), [ReviewStatus.PENDING]))


@pytest.mark.slow
def test_of_sixty_forms_at_once_twenty_pass(db: Database) -> None:
    with ThreadPoolExecutor(16) as threads:
        results = Counter(threads.map(lambda number: passes(db, number), range(60)))
    assert results == {True: 20, False: 40}
    assert waiting(db) == 20


@pytest.mark.slow
def test_series_counts_as_its_number_of_events(db: Database) -> None:
    assert [passes(db, number, YEAR_OF_VIGILS) for number in range(3)] == [True, True, False]
    assert waiting(db) == 2 * 59
    assert [passes(db, 10 + number) for number in range(3)] == [True, True, False]


@pytest.mark.slow
def test_visitors_without_a_known_address_share_a_higher_limit(db: Database) -> None:
    for _ in range(Limits().change * SHARED_FACTOR):
        check_rate(db, "change", "", NOW)
    with pytest.raises(RateLimitError, match="400 changes were sent from your network within an hour"):
        check_rate(db, "change", "", NOW)


@pytest.mark.slow
def test_edit_link_has_a_limit_whatever_network_it_is_used_from(db: Database) -> None:
    for _ in range(Limits().change):
        check_rate_of_link(db, "change", "token", NOW)
    with pytest.raises(RateLimitError, match="40 changes were sent with this link within an hour"):
        check_rate_of_link(db, "change", "token", NOW)
    check_rate_of_link(db, "change", "another token", NOW)
    check_rate_of_link(db, "message", "token", NOW)


@pytest.mark.slow
def test_messages_and_changes_behind_an_edit_link_are_limited(db: Database) -> None:
    key = submit_event(db, RESOLVER, FIELDS, idempotency_key="a-key-of-enough-letters", now=NOW).receipts[0].edit_token

    def answered(number: int) -> bool:
        try:
            answer_moderators(db, key, f"Words {number}", idempotency_key=f"message-of-enough-letters-{number}")
        except RateLimitError:
            return False
        return True

    assert Counter(answered(number) for number in range(Limits().message + 5)) == {True: Limits().message, False: 5}
    for _ in range(Limits().change):
        check_rate_of_link(db, "change", key, db.now())
    with pytest.raises(RateLimitError):
        change_own(db, RESOLVER, key, FIELDS, expected_revision=1, idempotency_key="change-of-enough-letters")


@pytest.mark.slow
def test_the_operator_chooses_the_numbers(tmp_path: Path) -> None:
    limits = Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_LIMITS": "submission=2, hidden=0"}).limits
    assert limits == Limits(submission=2, hidden=0)
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}", limits=limits)
    assert [passes(db, number) for number in range(3)] == [True, True, False]
    with pytest.raises(RateLimitError, match="2 forms were sent from your network within an hour"):
        check_rate(db, "submission", "192.0.2.7", NOW)
    db.close()


@pytest.mark.slow
def test_sources_that_are_offered_count_as_reports(db: Database) -> None:
    def offered(address: str) -> bool:
        with pytest.raises((RateLimitError, EventNotFoundError)) as raised:
            offer_source(
                db, "none", Source("https://a.example/"), address=address, now=NOW, idempotency_key="offer-of-enough"
            )
        return isinstance(raised.value, EventNotFoundError)

    assert [offered("192.0.2.7") for _ in range(Limits().report + 2)] == [True] * Limits().report + [False] * 2
    assert offered("198.51.100.7")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("submision=3", "RALLYMAP_LIMITS is 'submision'; accepted: perhaps submission."),
        ("report=0", "RALLYMAP_LIMITS is 'report=0'; accepted: report= and a whole number from 1 to 100000."),
        ("hidden=-1", "RALLYMAP_LIMITS is 'hidden=-1'; accepted: hidden= and a whole number from 0 to 100000."),
    ],
)
def test_wrong_numbers_stop_the_start(text: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env({"RALLYMAP_LIMITS": text})
    assert str(raised.value) == sentence
