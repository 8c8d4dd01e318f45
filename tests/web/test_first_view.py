"""What Explore shows before Streamlit is there: the newest events that the link names, in plain HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from html import escape, unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import StoreUnavailableError
from rallymap.events import Disclosure, EventStatus, Place
from rallymap.language import Language, add_wording, catalogue, use_language
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import public_rows
from rallymap.views.headline import HEADLINE
from rallymap.views.map_page import map_page_path
from rallymap.web.first_view import ROWS, FirstView
from rallymap.web.open_pages import OpenPages
from rallymap.web.start_page import start_page_routes
from tests.web.conftest import Ask
from tests.web.test_public_data import made

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

HTML = "<html><head></head><body><div id=root></div></body></html>"
NOW = datetime(2020, 6, 1, tzinfo=UTC)
PAYLOAD = "<img src=x onerror=alert(1)> {{7*7}}"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield opened
    opened.close()


def site(db: Database) -> Starlette:
    snapshot = Snapshot.build(public_rows(db), db.dataset_version())
    services: Any = SimpleNamespace(db=db, guided=(), keeper=SimpleNamespace(current=lambda: snapshot), now=lambda: NOW)
    first = FirstView(lambda: services, "Rallies & Co")
    return Starlette(routes=start_page_routes(HTML, "Rallies", OpenPages(9), first_view=first))


def rows(html: str) -> list[list[str]]:
    """Return address, title, place and date of each row."""
    pattern = r'<li><a href="([^"]*)"><bdi>(.*?)</bdi></a><small>(.*?)</small><time>(.*?)</time></li>'
    return [[unescape(part) for part in row] for row in re.findall(pattern, html)]


def timed(hour: int) -> EventDate:
    return EventDate(date(2020, 2, 1), precision=DatePrecision.MINUTE, start_time=time(hour), zone="Europe/Oslo")


def test_newest_events_are_first_and_those_of_one_day_as_in_the_list(db: Database, ask: Ask) -> None:
    early = made("early", date(2020, 2, 1), "oslo", when=timed(9), title="Morning rally")
    late = made("late", date(2020, 2, 1), "oslo", when=timed(18), title=PAYLOAD)
    old = made("old", date(2019, 2, 1), "oslo", title="Old rally")
    add_many(db, [early, late, old], actor="test")
    text = ask(site(db), "/").text
    assert rows(text) == [
        ["./events/late", PAYLOAD, "Oslo, Norway", "1 Feb 2020"],
        ["./events/early", "Morning rally", "Oslo, Norway", "1 Feb 2020"],
        ["./events/old", "Old rally", "Oslo, Norway", "1 Feb 2019"],
    ]
    assert "<img" not in text
    assert "Rallies &amp; Co" in text
    assert text.index('id="rm-first"') < text.index("id=root")


def test_filter_of_the_link_holds_and_the_rows_are_few(db: Database, ask: Ask) -> None:
    add_many(db, [made(f"day-{n:02}", date(2020, 1, n), "oslo") for n in range(1, ROWS + 9)], actor="test")
    app = site(db)
    assert len(rows(ask(app, "/").text)) == ROWS
    found = rows(ask(app, "/?from=2020-01-03&to=2020-01-04&at=1,2,3&event=day-09").text)
    assert [row[0] for row in found] == ["./events/day-04", "./events/day-03"]
    assert rows(ask(app, "/?kind=march").text) == []


def test_venue_and_events_that_are_withheld_stay_so(db: Database, ask: Ask) -> None:
    ahead = made(
        "ahead",
        date(2020, 7, 1),
        "oslo",
        place=Place("Youngstorget, Oslo", "Youngstorget", "NO"),
        status=EventStatus.ANNOUNCED,
        disclosure=Disclosure.CITY,
    )
    add_many(db, [ahead], actor="test")
    [row] = rows(ask(site(db), "/").text)
    assert row[2] == "Oslo, Norway"


def test_words_are_in_the_reader_s_language(db: Database, ask: Ask) -> None:
    add_many(db, [made("one", date(2020, 2, 1), "oslo")], actor="test")
    with use_language(Language("de", "", "ltr")):
        text = ask(site(db), "/").text
    assert rows(text)[0][2:] == ["Oslo, Norwegen", "1. Feb. 2020"]
    assert "Die Karte wird geladen." in text


def test_map_is_that_of_the_link(db: Database, ask: Ask) -> None:
    add_many(db, [made("one", date(2020, 2, 1), "oslo"), made("two", date(2021, 2, 1), "oslo")], actor="test")
    text = ask(site(db), "/?country=NO&from=2020-01-01&to=2020-12-31&at=59.9,10.7,8&event=one&layer=heat").text
    data = dict(re.findall(r'data-(page|title|choice)="([^"]*)"', text))
    assert (data["page"], data["title"]) == (map_page_path("explore"), "Map of events")
    choice = json.loads(unescape(data["choice"]))
    assert {name: choice[name] for name in ("filter", "period", "selected", "view", "layer", "version", "shown")} == {
        "filter": "country=NO",
        "period": [18262, 18627],
        "selected": "one",
        "view": [59.9, 10.7, 8],
        "layer": "heat",
        "version": str(db.dataset_version()),
        "shown": 1,
    }
    wrong = ask(site(db), "/?event=<b>&at=north").text
    assert "<b>&" not in wrong
    assert json.loads(unescape(re.findall(r'data-choice="([^"]*)"', wrong)[0]))["selected"] is None


@pytest.mark.parametrize("path", ["/add", "/about", "/trends", "/?" + "a=1&" * 300])
def test_other_pages_and_links_that_cannot_be_read_have_none(db: Database, ask: Ask, path: str) -> None:
    answer = ask(site(db), path)
    assert (answer.status, "rm-first" in answer.text) == (200, False)


def test_page_is_there_without_it_while_the_database_is_not(ask: Ask) -> None:
    def away() -> Any:
        raise StoreUnavailableError("away")

    routes = start_page_routes(HTML, "Rallies", OpenPages(9), first_view=FirstView(away, "Rallies"))
    answer = ask(Starlette(routes=routes), "/")
    assert (answer.status, "rm-first" in answer.text, "id=root" in answer.text) == (200, False, True)


def test_page_is_sent_again_once_the_events_are_others(db: Database, ask: Ask) -> None:
    add_many(db, [made("one", date(2020, 2, 1), "oslo")], actor="test")
    before = ask(site(db), "/")
    etag = before.headers["etag"]
    assert ask(site(db), "/", headers={"if-none-match": etag}).status == 304
    add_many(db, [made("two", date(2020, 2, 2), "oslo")], actor="test")
    after = ask(site(db), "/", headers={"if-none-match": etag})
    assert (after.status, len(rows(after.text))) == (200, 2)


def test_wording_that_the_operator_changes_is_shown_at_once(
    db: Database, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_many(db, [made("one", date(2020, 2, 1), "oslo")], actor="test")
    app = site(db)
    assert escape(HEADLINE) in ask(app, "/").text
    monkeypatch.setattr(catalogue, "_own", [])
    folder = tmp_path / "language"
    folder.mkdir()
    (folder / "en.po").write_text(
        f'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "{HEADLINE}"\nmsgstr "Our rallies"\n', "utf-8"
    )
    add_wording(folder)
    after = ask(app, "/").text
    assert ("Our rallies" in after, escape(HEADLINE) in after) == (True, False)
