"""Private feeds: who holds the address reads counts, kinds and links, and no word of an event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import feedparser
import pytest
from starlette.applications import Starlette

from rallymap.events import Kind, Place
from rallymap.moderation import Account, Role
from rallymap.store import PlaceCheck
from rallymap.store.accounts import add_account, close_account, set_role
from rallymap.web.private_feeds import private_feed_routes
from rallymap.workflows.waiting import end_feed, make_feed
from tests.web.conftest import Ask
from tests.workflows.moderated import ADA, MIRA, PARIS, World, event, fill, open_world, submit

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
