"""Private feeds: who holds the address reads counts, kinds and links, and no word of an event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import feedparser
import pytest
from starlette.applications import Starlette

from rallymap.events import Kind, Place
from rallymap.moderation import Account, Decision, Role
from rallymap.store import PlaceCheck
from rallymap.store.accounts import add_account, close_account, set_role
from rallymap.store.events import get_event
from rallymap.store.own_feed import own_feed_name
from rallymap.web.private_feeds import private_feed_routes
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import store_own
from rallymap.workflows.merges import merge_events
from rallymap.workflows.messages import add_note
from rallymap.workflows.proposals import settle_proposal, undo_refusal
from rallymap.workflows.waiting import end_feed, make_feed
from tests.web.conftest import Ask
from tests.workflows.moderated import ADA, MIRA, PARIS, World, event, fill, new_key, open_world, publish, submit

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

NORA = Account("nora", Role.MODERATOR, ("FR",))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(tmp_path / "rallymap.db")
    fill(opened.db, opened.clock)
    yield opened
    opened.db.close()


@pytest.fixture
def site(world: World) -> Starlette:
    settings: Any = SimpleNamespace(site_name="Rallies & more", behind_tls=True)
    services: Any = SimpleNamespace(settings=settings, db=world.db, now=world.clock)
    return Starlette(routes=private_feed_routes(lambda: services))


def test_feed_says_counts_kinds_and_links(site: Starlette, world: World, ask: Ask) -> None:
    token = make_feed(world.db, MIRA)
    answer = ask(site, f"/feeds/review/{token}")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "private, no-store"
    feed = feedparser.parse(answer.body)
    assert not feed.bozo
    assert feed.feed.title == "Rallies & more: what waits for review"
    assert feed.feed.subtitle == ("2 events to review · 1 message · 1 place to check · 1 report · 1 proposed change")
    page = "https://localhost:8501/review"
    assert sorted((entry.title, entry.link) for entry in feed.entries) == [
        ("A change is proposed · Rally", f"{page}?view=changes"),
        ("A place needs checking · Rally", f"{page}?view=places"),
        ("A visitor reported an event · Rally", f"{page}?view=reports"),
        ("An event waits for review · Rally", page),
        ("An event waits for review · Rally", page),
        ("An organiser wrote · Rally", f"{page}?view=messages"),
    ]
    assert len({entry.id for entry in feed.entries}) == 6


def test_feed_holds_no_word_of_an_event(site: Starlette, world: World, ask: Ask) -> None:
    body = ask(site, f"/feeds/review/{make_feed(world.db, MIRA)}").body
    for word in (b"Oslo", b"Hamilton", b"Bergen", b"someone@example.org", b"parliament", b"oslo-", b"Norway", b"mira"):
        assert word not in body


def test_feed_is_limited_as_its_account_is(site: Starlette, world: World, ask: Ask) -> None:
    world.db.write(add_account, NORA.name, "no hash", NORA.role, NORA.countries)
    token = make_feed(world.db, NORA)
    assert feedparser.parse(ask(site, f"/feeds/review/{token}").body).feed.subtitle == "Nothing waits."
    submit(world.db, event("paris", kind=Kind.VIGIL, location=PARIS, place=Place("Paris")), PlaceCheck("unsure"))
    feed = feedparser.parse(ask(site, f"/feeds/review/{token}").body)
    assert feed.feed.subtitle == "1 event to review · 1 place to check"
    assert {entry.title for entry in feed.entries} == {
        "An event waits for review · Vigil",
        "A place needs checking · Vigil",
    }


def test_address_ends_with_its_token_its_role_and_its_account(site: Starlette, world: World, ask: Ask) -> None:
    def status(token: str) -> int:
        return ask(site, f"/feeds/review/{token}").status

    first = make_feed(world.db, MIRA)
    second = make_feed(world.db, MIRA)
    assert (status(first), status(second), status("x"), status("x" * 5000)) == (404, 200, 404, 404)
    end_feed(world.db, MIRA)
    assert status(second) == 404
    third, admins = make_feed(world.db, MIRA), make_feed(world.db, ADA)
    world.db.write(set_role, "mira", Role.ORGANISER)
    assert (status(third), status(admins)) == (404, 200)
    world.db.write(close_account, "ada")
    assert status(admins) == 404
    assert ask(site, f"/feeds/review/{admins}").text == (
        "This feed does not exist any more. Make a new one where you made it.\n"
    )


def test_token_is_stored_as_a_hash_only(world: World) -> None:
    token = make_feed(world.db, MIRA)
    world.db.checkpoint_wal()
    path = Path(str(world.db._engine.url.database))
    assert token.encode() not in path.read_bytes()


def test_organisers_feed_says_what_happened_and_no_word_of_the_event(site: Starlette, world: World, ask: Ask) -> None:
    token = submit(world.db, event("mine", title="Rally at the fountain"))
    name = world.db.read(own_feed_name, token)
    assert feedparser.parse(ask(site, f"/feeds/mine/{name}").body).entries == []
    decide(
        world.db, "mine", Decision.SEND_BACK, account=MIRA, expected_revision=1, reason="Which square?",
        idempotency_key=new_key(),
    )  # fmt: skip
    world.clock.now += timedelta(minutes=1)
    add_note(world.db, "mine", "Who called it?", account=MIRA, idempotency_key=new_key(), for_organiser=True)
    add_note(world.db, "mine", "A note of ours.", account=MIRA, idempotency_key=new_key())
    world.clock.now += timedelta(minutes=1)
    publish(world.db, "mine")
    answer = ask(site, f"/feeds/mine/{name}")
    feed = feedparser.parse(answer.body)
    assert [entry.title for entry in feed.entries] == [
        "It is published.",
        "A moderator asks",
        "It was sent back to you: please answer or edit it.",
    ]
    assert {entry.link for entry in feed.entries} == {"https://localhost:8501/"}
    world.clock.now += timedelta(minutes=1)
    kept, gone = (world.db.read(get_event, event_id) for event_id in (world.public, "mine"))
    merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key())
    answer = ask(site, f"/feeds/mine/{name}")
    merged = "It was merged with another entry of the same event, which has an edit link of its own."
    assert [entry.title for entry in feedparser.parse(answer.body).entries][:2] == [merged, "It is published."]
    for word in ("fountain", "square", "called", "ours", "mira", token, "Oslo"):
        assert word.encode() not in answer.body


def test_organisers_feed_says_that_a_refusal_was_undone(site: Starlette, world: World, ask: Ask) -> None:
    token = submit(world.db, event("changed"))
    name = world.db.read(own_feed_name, token)
    own = publish(world.db, "changed")
    store_own(world.db, token, own.changed(title="Other"), expected_revision=own.revision, idempotency_key=new_key())
    settle_proposal(
        world.db, "changed", accept=False, account=MIRA, expected_revision=own.revision, reason="In no source.",
        idempotency_key=new_key(),
    )  # fmt: skip
    world.clock.now += timedelta(minutes=1)
    undo_refusal(world.db, "changed", account=MIRA, idempotency_key=new_key())
    feed = feedparser.parse(ask(site, f"/feeds/mine/{name}").body)
    assert [entry.title for entry in feed.entries] == [
        "A moderator decided about your change",
        "A moderator decided about your change",
        "It is published.",
    ]


def test_organisers_feed_opens_by_its_own_address_alone(site: Starlette, world: World, ask: Ask) -> None:
    token = submit(world.db, event("mine"))
    name = world.db.read(own_feed_name, token)
    other = world.db.read(own_feed_name, submit(world.db, event("other")))
    code, other_code = name.rpartition("-")[0], other.rpartition("-")[0]
    mac, other_mac = name.rpartition("-")[2], other.rpartition("-")[2]
    tried = (token, code, f"{code}-", f"{code}-{other_mac}", f"{other_code}-{mac}", f"{name}0", "x" * 500, f"{code}-é")
    assert [ask(site, f"/feeds/mine/{one}").status for one in tried] == [404] * len(tried)
    assert ask(site, f"/feeds/mine/{name}").status == 200
