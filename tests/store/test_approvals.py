"""Two moderators for a future venue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Disclosure, Event, EventStatus, Place, ReviewStatus
from rallymap.moderation import Account, Decision, Role
from rallymap.store import Database
from rallymap.store.audit import list_audit
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event, get_public_event
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import store_own
from rallymap.workflows.edits import store_edit
from rallymap.workflows.merges import merge_events
from rallymap.workflows.proposals import settle_proposal
from rallymap.workflows.submissions import send_events
from tests.store.acts import list_approvals_of
from tests.store.conftest import FakeClock
from tests.workflows.moderated import new_key

Make = Callable[..., Event]
NORA = Account("nora", Role.MODERATOR, ("NO",))


@pytest.fixture
def careful(url: str, clock: Callable[[], datetime]) -> Iterator[Database]:
    """A store of an operator who asks for two moderators."""
    db = Database.open(url, clock=clock, two_moderators=True)
    yield db
    db.close()


@pytest.mark.slow
def test_future_venue_is_published_by_two(careful: Database, future_rally: Event, moderator: Account) -> None:
    send_events(careful, [future_rally], idempotency_key="form")[0]
    for key in ("one", "one", "one again"):
        event = decide(
            careful, "oslo-2026", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key=key
        )
        assert event.review is ReviewStatus.PENDING
    assert list_approvals_of(careful, "oslo-2026") == ("mina",)
    assert careful.dataset_version() == 0

    event = decide(careful, "oslo-2026", Decision.PUBLISH, account=NORA, expected_revision=1, idempotency_key="two")

    assert event.review is ReviewStatus.PUBLISHED
    assert [entry.action for entry in careful.read(list_audit, "oslo-2026")] == [
        "submitted",
        "approved",
        "approved",
        "published",
    ]


@pytest.mark.slow
def test_approval_ends_with_a_change(careful: Database, future_rally: Event, moderator: Account) -> None:
    send_events(careful, [future_rally], idempotency_key="form")[0]
    decide(careful, "oslo-2026", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="one")
    store_edit(
        careful, future_rally.changed(about="Changed."), account=NORA, expected_revision=1, idempotency_key="edit"
    )
    event = decide(careful, "oslo-2026", Decision.PUBLISH, account=NORA, expected_revision=2, idempotency_key="two")

    assert event.review is ReviewStatus.PENDING
    assert list_approvals_of(careful, "oslo-2026") == ("nora",)


@pytest.mark.slow
def test_one_moderator_is_enough_for_past_events_and_mere_cities(
    careful: Database, make_event: Make, future_rally: Event, moderator: Account
) -> None:
    past = make_event(place=Place("Oslo", "Stortinget"))
    city = future_rally.changed(place=Place("Oslo"), location=make_event().location)
    for event in (past, city):
        send_events(careful, [event], idempotency_key=event.id)[0]
        decided = decide(
            careful, event.id, Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key=f"p{event.id}"
        )
        assert decided.review is ReviewStatus.PUBLISHED


PLACE = Place("Youngstorget, Oslo", "Youngstorget", "NO")


def public_of(db: Database, now: datetime) -> Event:
    with db.reading() as tx:
        return get_public_event(tx, "oslo-2026", now)


def publish_with_both(db: Database, moderator: Account) -> None:
    for account in (moderator, NORA):
        decide(db, "oslo-2026", Decision.PUBLISH, account=account, expected_revision=1, idempotency_key=account.name)


def accept(db: Database, account: Account, fields: list[str] | None = None) -> Event:
    event = db.read(get_event, "oslo-2026")
    key = new_key()
    return settle_proposal(
        db, event.id, accept=True, account=account, expected_revision=event.revision, idempotency_key=key,
        reason="A reason.", fields=fields,
    )  # fmt: skip


@pytest.mark.slow
def test_public_sees_an_event_as_it_was_until_the_second_moderator_agrees_to_its_new_place(
    careful: Database, clock: FakeClock, future_rally: Event, moderator: Account
) -> None:
    add_many(careful, [future_rally.changed(review=ReviewStatus.PUBLISHED)], actor="import")
    renamed = future_rally.changed(title="March in Oslo")
    store_edit(careful, renamed, account=moderator, expected_revision=1, idempotency_key="title")
    before, version = public_of(careful, clock()), careful.dataset_version()

    moved = renamed.changed(place=PLACE, title="Moved")
    edited = store_edit(careful, moved, account=moderator, expected_revision=2, idempotency_key="move")
    again = accept(careful, moderator)

    assert (edited, again) == (before.changed(**withheld(edited)), edited)
    assert public_of(careful, clock()) == before
    assert careful.dataset_version() == version
    assert list_approvals_of(careful, "oslo-2026") == ("mina",)
    agreed = accept(careful, NORA)
    assert (agreed.title, agreed.place, agreed.review) == ("Moved", PLACE, ReviewStatus.PUBLISHED)
    assert list_approvals_of(careful, "oslo-2026") == ()


def withheld(event: Event) -> dict[str, object]:
    names = ("place", "location", "route", "picture", "revision")
    return {name: getattr(event, name) for name in names}


@pytest.mark.slow
def test_accepting_a_new_date_keeps_the_event_public_and_part_of_a_change_needs_both(
    careful: Database, clock: FakeClock, future_rally: Event, moderator: Account
) -> None:
    receipt = send_events(careful, [future_rally], idempotency_key="form")[0]
    publish_with_both(careful, moderator)
    day = future_rally.when.start
    assert day is not None
    later = EventDate(day + timedelta(days=3), precision=DatePrecision.DAY, zone="Europe/Oslo")
    wanted = future_rally.changed(when=later, about="Three days later.")
    store_own(careful, receipt.edit_token, wanted, expected_revision=2, idempotency_key="later")

    accept(careful, moderator)
    assert public_of(careful, clock()).when == future_rally.when
    # Nora has seen the whole change, but accepts only the date: Mina has not agreed to the date alone.
    accept(careful, NORA, fields=["when"])
    assert public_of(careful, clock()).when == future_rally.when
    assert list_approvals_of(careful, "oslo-2026") == ("nora",)
    done = accept(careful, moderator)

    assert (done.when, done.about) == (later, future_rally.about)


@pytest.mark.slow
def test_refused_change_leaves_no_approval(careful: Database, future_rally: Event, moderator: Account) -> None:
    add_many(careful, [future_rally.changed(review=ReviewStatus.PUBLISHED)], actor="import")
    moved = future_rally.changed(place=PLACE)
    store_edit(careful, moved, account=moderator, expected_revision=1, idempotency_key="move")
    settle_proposal(
        careful, "oslo-2026", accept=False, account=NORA, expected_revision=1, reason="No.", idempotency_key="no"
    )
    assert list_approvals_of(careful, "oslo-2026") == ()

    store_edit(careful, moved, account=NORA, expected_revision=1, idempotency_key="same again")

    assert careful.read(get_event, "oslo-2026").place == future_rally.place


@pytest.mark.slow
def test_what_protects_people_is_public_at_once(
    careful: Database, clock: FakeClock, future_rally: Event, moderator: Account
) -> None:
    shown_early = future_rally.changed(
        review=ReviewStatus.PUBLISHED, disclosure=Disclosure.FROM_TIME, disclosed_from=clock() + timedelta(hours=1)
    )
    add_many(careful, [shown_early], actor="import")
    wanted = shown_early.changed(
        status=EventStatus.CANCELLED, disclosure=Disclosure.CITY, disclosed_from=None, place=PLACE
    )
    after = store_edit(careful, wanted, account=moderator, expected_revision=1, idempotency_key="off")

    assert after == shown_early.changed(
        status=EventStatus.CANCELLED, disclosure=Disclosure.CITY, disclosed_from=None, revision=2
    )
    assert public_of(careful, clock()).status is EventStatus.CANCELLED
    assert accept(careful, NORA).place == PLACE


@pytest.mark.slow
def test_date_in_the_past_does_not_reveal_a_future_venue(
    careful: Database, clock: FakeClock, future_rally: Event, moderator: Account
) -> None:
    add_many(careful, [future_rally.changed(review=ReviewStatus.PUBLISHED)], actor="import")
    past = EventDate((clock() - timedelta(days=9)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo")
    store_edit(careful, future_rally.changed(when=past), account=moderator, expected_revision=1, idempotency_key="past")

    assert public_of(careful, clock()).place.venue == ""


@pytest.mark.slow
def test_moderators_change_is_added_to_that_of_the_organiser(
    careful: Database, clock: FakeClock, future_rally: Event, moderator: Account
) -> None:
    receipt = send_events(careful, [future_rally], idempotency_key="form")[0]
    publish_with_both(careful, moderator)
    about = future_rally.changed(about="By its organiser.")
    store_own(careful, receipt.edit_token, about, expected_revision=2, idempotency_key="about")
    moved = future_rally.changed(place=PLACE)
    store_edit(careful, moved, account=moderator, expected_revision=2, idempotency_key="move")

    assert list_approvals_of(careful, "oslo-2026") == ()  # nobody has agreed to both
    accept(careful, moderator)
    both = accept(careful, NORA)
    assert (both.about, both.place) == ("By its organiser.", PLACE)


@pytest.mark.slow
def test_merge_keeps_an_event_public_and_its_new_place_waits(
    careful: Database, clock: FakeClock, future_rally: Event, moderator: Account
) -> None:
    open_place = future_rally.changed(place=Place(""), location=None, review=ReviewStatus.PUBLISHED)
    other = future_rally.changed(id="oslo-other", communities=("Tibet",))
    add_many(careful, [open_place, other], actor="import")
    kept, gone = careful.read(get_event, "oslo-2026"), careful.read(get_event, "oslo-other")
    merge_events(careful, kept, gone, account=moderator, idempotency_key="merge")

    now = careful.read(get_event, "oslo-2026")
    assert (now.review, now.location, now.communities) == (
        ReviewStatus.PUBLISHED, None, (*kept.communities, "Tibet")
    )  # fmt: skip
    assert accept(careful, Account("ada", Role.MODERATOR)).location == future_rally.location
