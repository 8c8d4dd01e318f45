"""Merging, splitting and possible duplicates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import EventNotFoundError, InvalidEventError, ModerationError, RightsError, StaleEventError
from rallymap.events import (
    Claim,
    ClaimKind,
    CrowdClaim,
    Event,
    Location,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
)
from rallymap.moderation import VISITOR, Account, Decision, ReportKind
from rallymap.store import AddResult, Database, PublicChanges, Tombstone
from rallymap.store.audit import list_audit
from rallymap.store.bulk import add_many
from rallymap.store.duplicates import list_possible_duplicates
from rallymap.store.events import get_event, get_events, get_public_event, read_public_changes
from rallymap.store.follow_up import list_awaiting_follow_up
from rallymap.store.messages import list_notes
from rallymap.store.reports import list_open_reports
from rallymap.store.takedown import get_tombstone, list_tombstones
from rallymap.store.web_addresses import normalise_url, url_key
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.merges import join, merge_events, split_event
from rallymap.workflows.messages import add_note
from rallymap.workflows.reports import report_event
from rallymap.workflows.submissions import send_events
from tests.store.acts import merge

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]
PARIS = Location(48.85, 2.35, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Paris", "", "FR")


def test_join_renumbers_the_sources_of_claims(make_event: Make) -> None:
    kept = make_event(
        sources=(Source("https://a.example/1"), Source(title="Leaflet")),
        claims=(Claim(ClaimKind.SLOGAN, "One", source=1),),
        topics=("x",),
    )
    gone = make_event(
        "other-1",
        sources=(
            Source("https://c.example/3"),
            Source("http://www.a.example/1/?utm_source=z"),
            Source(title="Leaflet"),
        ),
        claims=(
            Claim(ClaimKind.SLOGAN, "Three", source=0),
            Claim(ClaimKind.SLOGAN, "A", source=1),
            Claim(ClaimKind.SLOGAN, "One", source=2),
            Claim(ClaimKind.SLOGAN, "Nobody's"),
        ),
        crowd=(CrowdClaim(10, 20, source=0),),
        topics=("y", "x"),
        about="A summary.",
    )

    assert join(kept, gone) == kept.changed(
        sources=(Source("https://a.example/1"), Source(title="Leaflet"), Source("https://c.example/3")),
        claims=(
            Claim(ClaimKind.SLOGAN, "One", source=1),
            Claim(ClaimKind.SLOGAN, "Three", source=2),
            Claim(ClaimKind.SLOGAN, "A", source=0),
            Claim(ClaimKind.SLOGAN, "Nobody's"),
        ),
        crowd=(CrowdClaim(10, 20, source=2),),
        topics=("x", "y"),
        about="A summary.",
    )


def test_join_fills_only_what_is_missing(make_event: Make) -> None:
    empty = make_event(when=EventDate.unknown(), place=Place(), location=None, organisers=(), sources=(), about="Own.")
    full = make_event("other-1", about="Other.")

    assert join(empty, full) == full.changed(id="oslo-2020", about="Own.")
    assert join(full, empty) == full


@pytest.mark.slow
def test_merged_event_redirects(
    db: Database, make_event: Make, moderator: Account, clock: Callable[[], datetime]
) -> None:
    other = Source("https://other.example/b")
    add_many(db, [make_event("kept-1"), make_event("gone-1", sources=(other,))], actor="import")
    version = db.dataset_version()
    kept, gone = db.read(get_events, ["kept-1", "gone-1"])
    merged = merge_events(db, kept, gone, account=moderator, idempotency_key="merge")

    assert merged.sources == (Source("https://news.example/oslo"), other)
    assert db.read(get_public_event, "gone-1", clock()) == merged
    assert db.read(get_tombstone, "gone-1") == Tombstone("gone-1", "merged", clock(), "kept-1")
    assert db.read(get_tombstone, "kept-1") is None
    changes = db.read(read_public_changes, version)
    assert (changes.version, [row.id for row in changes.rows], changes.removed) == (version + 1, ["kept-1"], ["gone-1"])
    with pytest.raises(EventNotFoundError):
        db.read(get_event, "gone-1")
    assert [entry.action for entry in db.read(list_audit, "gone-1")] == ["imported", "merged away"]
    assert merge_events(db, kept, gone, account=moderator, idempotency_key="merge") == merged


def test_merged_twice_redirects_all_the_way(
    db: Database, make_event: Make, moderator: Account, clock: Callable[[], datetime]
) -> None:
    add_many(db, [make_event(f"event-{n}") for n in range(3)], actor="import")
    merge(db, "event-1", "event-0", account=moderator, expected_revision=1, gone_revision=1, idempotency_key="one")
    merge(db, "event-2", "event-1", account=moderator, expected_revision=1, gone_revision=2, idempotency_key="two")

    assert db.read(get_public_event, "event-0", clock()).id == "event-2"


def test_merged_id_is_never_used_again(db: Database, make_event: Make, moderator: Account) -> None:
    add_many(db, [make_event("kept-1"), make_event("gone-1")], actor="import")
    merge(db, "kept-1", "gone-1", account=moderator, expected_revision=1, gone_revision=1, idempotency_key="merge")

    assert add_many(db, [make_event("gone-1")], actor="import") == AddResult(withdrawn=1)
    assert send_events(db, [make_event("gone-1")], idempotency_key="form")[0].event_id == "gone-1-2"


def test_merge_moves_notes_and_reports(db: Database, make_event: Make, moderator: Account) -> None:
    add_many(db, [make_event("kept-1"), make_event("gone-1")], actor="import")
    add_note(db, "gone-1", "Same as kept-1?", account=moderator, idempotency_key="note")
    report_event(
        db,
        "gone-1",
        ReportKind.WRONG_PLACE,
        "",
        idempotency_key="report",
        account=VISITOR,
        address="",
        now=db.now(),
    )
    merge(db, "kept-1", "gone-1", account=moderator, expected_revision=1, gone_revision=1, idempotency_key="merge")

    assert [note.words for note in db.read(list_notes, "kept-1")] == ["Same as kept-1?"]
    assert [report.event.id for report in db.read(list_open_reports)] == ["kept-1"]


def test_merge_that_cannot_be(db: Database, make_event: Make, moderator: Account) -> None:
    many = tuple(Source(f"https://news.example/{n}") for n in range(40))
    add_many(
        db,
        [make_event("a-1"), make_event("b-1", sources=many), make_event("c-1", review=ReviewStatus.PENDING)],
        actor="import",
    )

    def attempt(kept: str, gone: str, *, revision: int = 1, actor: Account = moderator) -> None:
        merge(
            db,
            kept,
            gone,
            account=actor,
            expected_revision=1,
            gone_revision=revision,
            idempotency_key=f"{kept}{gone}",
        )

    with pytest.raises(ModerationError, match="cannot be merged with itself"):
        attempt("a-1", "a-1")
    with pytest.raises(ModerationError, match="merge the other way round"):
        attempt("c-1", "a-1")
    with pytest.raises(InvalidEventError):
        attempt("a-1", "b-1")
    with pytest.raises(StaleEventError):
        attempt("a-1", "c-1", revision=2)
    with pytest.raises(RightsError):
        attempt("a-1", "c-1", actor=VISITOR)
    assert [event.revision for event in db.read(get_events, ["a-1", "b-1", "c-1"])] == [1, 1, 1]


def test_split_makes_a_pending_copy(db: Database, make_event: Make, moderator: Account) -> None:
    add_many(db, [make_event()], actor="import")
    copy = split_event(db, make_event(), account=moderator, idempotency_key="split")

    assert copy.id.startswith("oslo-")
    assert copy == make_event(copy.id, review=ReviewStatus.PENDING)
    assert db.read(get_event, copy.id) == copy
    assert split_event(db, make_event(), account=moderator, idempotency_key="split") == copy
    assert db.dataset_version() == 1


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://www.Example.org/a/?utm_source=x&b=2&a=1#top", "example.org/a?a=1&b=2"),
        ("http://m.example.org/a?a=1&b=2", "example.org/a?a=1&b=2"),
        ("https://example.org", "example.org?"),
    ],
)
def test_same_page_of_two_links(url: str, page: str) -> None:
    assert normalise_url(url) == page


def test_url_key_fits_a_database_number() -> None:
    assert -(2**63) <= url_key("https://example.org/") < 2**63
    assert url_key("https://example.org/") == url_key("http://www.example.org") != url_key("https://example.org/a")


def test_duplicates_say_why(db: Database, make_event: Make) -> None:
    far = Location(63.43, 10.39, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Trondheim", "", "NO")
    other = (Source("https://other.example/x"),)
    later = EventDate(date(2020, 2, 4), precision=DatePrecision.DAY)
    events = {
        "all": make_event("all-1", when=later),
        "source": make_event("source-1", when=EventDate.unknown(), location=PARIS, title="Vigil"),
        "place": make_event("place-1", title="Vigil", sources=other),
        "title": make_event("title-1", title="RALLY in Oslo!", location=None, sources=other),
        "campaign": make_event("campaign-1", title="RALLY in Oslo!", location=far, sources=other),
        "too late": make_event("late-1", when=EventDate(date(2020, 2, 6), precision=DatePrecision.DAY), sources=other),
        "elsewhere": make_event("paris-1", location=PARIS, sources=other),
    }
    add_many(db, events.values(), actor="import")
    found = db.read(list_possible_duplicates, make_event("new-1"))

    assert [(duplicate.event, duplicate.reasons) for duplicate in found] == [
        (events["all"], ("same source", "same place, 2 days apart", "similar title")),
        (events["source"], ("same source",)),
        (events["place"], ("same place and days",)),
        (events["title"], ("similar title",)),
    ]
    assert [found.event.id for found in db.read(list_possible_duplicates, make_event("new-1"), limit=1)] == ["all-1"]


def test_duplicates_leave_out_the_event_itself_and_what_was_rejected(
    db: Database, make_event: Make, moderator: Account
) -> None:
    add_many(db, [make_event(), make_event("spam-1", review=ReviewStatus.PENDING)], actor="import")
    decide(db, "spam-1", Decision.REJECT, account=moderator, expected_revision=1, reason="Spam.", idempotency_key="no")

    assert db.read(list_possible_duplicates, make_event()) == []


def test_duplicates_for_visitors_are_public_and_without_venue(
    db: Database, make_event: Make, future_rally: Event, clock: Callable[[], datetime]
) -> None:
    public = future_rally.changed(id="public-1", review=ReviewStatus.PUBLISHED)
    add_many(db, [future_rally, public], actor="import")
    asked = future_rally.changed(id="new-1")
    (found,) = db.read(list_possible_duplicates, asked, public_at=clock())

    assert found.event == db.read(get_public_event, "public-1", clock())
    assert found.event.place == Place("Oslo", "", "NO")
    assert len(db.read(list_possible_duplicates, asked)) == 2


def test_duplicates_follow_the_sources_as_they_are_now(db: Database, make_event: Make, moderator: Account) -> None:
    asked = make_event("new-1", when=EventDate.unknown(), location=None)
    add_many(db, [make_event()], actor="import")
    assert [found.event.id for found in db.read(list_possible_duplicates, asked)] == ["oslo-2020"]

    moved = make_event(sources=(Source("https://elsewhere.example/x"),))
    store_edit(db, moved, account=moderator, expected_revision=1, idempotency_key="edit")
    assert db.read(list_possible_duplicates, asked) == []


def test_duplicates_across_the_antimeridian(db: Database, make_event: Make) -> None:
    def at(lon: float) -> Location:
        return Location(-17.0, lon, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Taveuni", "", "FJ")

    add_many(db, [make_event("east-1", location=at(179.95), sources=(), title="Vigil")], actor="import")
    asked = make_event("west-1", location=at(-179.95), sources=())

    assert [found.reasons for found in db.read(list_possible_duplicates, asked)] == [("same place and days",)]


def test_duplicates_of_a_year_are_not_all_events_of_it(db: Database, make_event: Make) -> None:
    add_many(db, [make_event()], actor="import")

    assert db.read(list_possible_duplicates, make_event("new-1", when=EventDate.year(2020), sources=())) == []


def test_public_changes_after_merge_of_drafts_are_none(db: Database, make_event: Make, moderator: Account) -> None:
    add_many(db, [make_event(f"event-{n}", review=ReviewStatus.PENDING) for n in "ab"], actor="import")
    merge(db, "event-a", "event-b", account=moderator, expected_revision=1, gone_revision=1, idempotency_key="merge")

    assert db.read(read_public_changes, 0) == PublicChanges(0, [], [])
    assert db.read(get_tombstone, "event-b") is None
    assert db.read(list_tombstones) == []


def test_follow_up_from_the_day_after(
    db: Database, future_rally: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    announced = future_rally.changed(status="announced", review=ReviewStatus.PUBLISHED)
    add_many(db, [announced, announced.changed(id="held-1", status="held")], actor="import")
    noon = clock() + timedelta(days=14)

    assert db.read(list_awaiting_follow_up, noon) == []
    assert db.read(list_awaiting_follow_up, noon + timedelta(hours=12)) == [announced]
    assert db.read(list_awaiting_follow_up, noon + timedelta(days=1), countries=("FR",)) == []
    held = announced.changed(status="held")
    store_edit(db, held, account=moderator, expected_revision=1, idempotency_key="held")
    assert db.read(list_awaiting_follow_up, noon + timedelta(days=1)) == []
