"""The page of a campaign: its public events in the order of the sun, a map, and sums of what is said of crowds."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Campaign, CrowdClaim, Disclosure, Event, EventStatus, Location, LocationPrecision, Place
from rallymap.language import Language, find_language, languages, use_language
from rallymap.palette import COLOURS
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import public_rows
from rallymap.web import campaign_pages
from rallymap.web.campaign_pages import campaign_page_routes
from rallymap.web.event_pages import event_page_routes
from tests.web.conftest import exchange, request_for
from tests.web.test_public_data import made

DAY = date(2020, 5, 3)
CAMPAIGN = Campaign("day-of-action", 'Day <of> "action"')
PLACES = {"Tokyo": (35.7, 139.7, "JP", "Asia/Tokyo"), "Paris": (48.9, 2.3, "FR", "Europe/Paris"),
          "Toronto": (43.7, -79.4, "CA", "America/Toronto")}  # fmt: skip


def event(city: str, hour: int | None, *crowd: CrowdClaim, **changes: Any) -> Event:
    lat, lon, country, zone = PLACES[city]
    when = EventDate(DAY, DAY, DatePrecision.DAY)
    if hour is not None:
        when = EventDate(DAY, DAY, DatePrecision.MINUTE, time(hour), zone=zone)
    point = Location(lat, lon, LocationPrecision.CITY, 9_000, 0.95, "gazetteer", city, country=country)
    said = {"when": when, "place": Place(city), "location": point, "crowd": crowd, "campaign": CAMPAIGN} | changes
    return made(f"{city.lower()}-1", DAY, "oslo", **said)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield opened
    opened.close()


def app_over(db: Database) -> Starlette:
    snapshot = Snapshot.build(public_rows(db), db.dataset_version())
    keeper = SimpleNamespace(current=lambda: snapshot)
    settings = replace(Settings.from_env({"RALLYMAP_HOME": "no-such-folder"}), site_name="Rallies")
    now = datetime(2020, 6, 1, tzinfo=UTC)
    services: Any = SimpleNamespace(settings=settings, db=db, keeper=keeper, now=lambda: now)
    routes = [*campaign_page_routes(lambda: services, settings), *event_page_routes(lambda: services, settings)]
    return Starlette(routes=routes)


def ask(db: Database, path: str, app: Starlette | None = None, **headers: str) -> Any:
    return asyncio.run(exchange(app or app_over(db), request_for("GET", path, headers, b"")))


def page(db: Database) -> str:
    return str(ask(db, "/campaigns/day-of-action").body.decode())


@pytest.mark.slow
def test_page_is_made_once_for_a_version_and_a_language(db: Database) -> None:
    add_many(db, [event("Toronto", 12), event("Paris", None)], actor="test")
    app, address = app_over(db), "/campaigns/day-of-action"
    first = ask(db, address, app)
    assert (first.status, first.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert first.headers["content-security-policy"].startswith("default-src 'none'")
    statements: list[str] = []
    sa.event.listen(db._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert ask(db, address, app).body == first.body
    assert ask(db, address, app, **{"if-none-match": first.headers["etag"]}).status == 304
    assert statements == []
    persian = find_language("fa", languages())
    assert persian is not None
    with use_language(persian):
        assert '<html lang="fa" dir="rtl" ' in ask(db, address, app).body.decode()
    unknown = ask(db, "/campaigns/another", app)
    assert (unknown.status, "There is no campaign at this address." in unknown.body.decode()) == (404, True)


@pytest.mark.slow
def test_campaign_of_many_events_has_pages_and_is_read_once_for_all_of_them(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_pages, "PER_PAGE", 2)
    made_at = [replace(event("Paris", 9 + n, CrowdClaim(10, 20)), id=f"paris-{n}") for n in range(4)]
    add_many(db, [*made_at, event("Tokyo", 18)], actor="test")
    app, address = app_over(db), "/campaigns/day-of-action"
    first, second, third = (ask(db, f"{address}?page={n}", app).body.decode() for n in (1, 2, 3))
    listed = [re.findall(r'<li><a href="/events/([\w-]+)">', text) for text in (first, second, third)]
    assert listed == [["paris-0", "paris-1"], ["tokyo-1", "paris-2"], ["paris-3"]]
    assert ask(db, f"{address}?fbclid=x", app).body.decode() == first
    assert all("<b>40–80 people, adding up the estimates of 4 events</b>" in text for text in (first, second, third))
    assert [text.count("<circle") for text in (first, second, third)] == [2, 0, 0]
    assert "<title>Paris, France, 4 events</title>" in first
    assert '<a rel="next" href="?page=2">Later</a>' in first
    assert '<a rel="prev" href="?page=1">Earlier</a><span>Page 2 of 3</span>' in second
    nodes = [json.loads(re.search(r"ld\+json\">(.*?)</script>", text)[1]) for text in (first, third)]  # type: ignore[index]
    assert [(len(node["subEvent"]), node["startDate"]) for node in nodes] == [(2, "2020-05-03"), (1, "2020-05-03")]
    assert [ask(db, f"{address}?page={n}", app).status for n in ("4", "0", "x")] == [404, 400, 400]
    statements: list[str] = []
    sa.event.listen(db._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with use_language(Language("de", "", "ltr")):
        ask(db, f"{address}?page=3", app)
    assert len([one for one in statements if "revisions" in one]) == 1


@pytest.mark.slow
def test_events_are_in_the_order_of_the_sun_with_local_times(db: Database) -> None:
    add_many(db, [event("Toronto", 12), event("Paris", None), event("Tokyo", 18)], actor="test")
    found = re.findall(r'<li><a href="/events/(\w+)-1">.*?<small>(.*?) · <bdi>', page(db))
    assert found == [
        ("tokyo", "3 May 2020, 18:00 (Tokyo time)"),
        ("toronto", "3 May 2020, 12:00 (Toronto time)"),
        ("paris", "3 May 2020 · start time not known"),
    ]


@pytest.mark.slow
def test_sums_are_intervals_of_what_is_said_and_name_what_they_leave_out(db: Database) -> None:
    said = (CrowdClaim(800, 1000, by="police"), CrowdClaim(1500, 1500, by="organisers"))
    add_many(
        db, [event("Paris", 15, *said), event("Tokyo", 18, CrowdClaim(200, 300)), event("Toronto", 12)], actor="test"
    )
    text = page(db)
    assert "<b>1,000–1,800 people, adding up the estimates of 2 events</b>" in text
    assert "1 event has no estimate; it is not counted. Who gave each estimate is on the page of its event." in text


@pytest.mark.slow
def test_sum_without_an_upper_limit_has_none(db: Database) -> None:
    expected = CrowdClaim(5000, 6000, is_expected=True)
    add_many(
        db, [event("Paris", 15, CrowdClaim(800), expected), event("Tokyo", 18, CrowdClaim(200, 300))], actor="test"
    )
    assert "<b>at least 1,000 people, adding up the estimates of 2 events</b>" in page(db)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("paris", "size"), [(CrowdClaim(None, 800), "at most 1,100"), (CrowdClaim(0, 800), "200–1,100")]
)
def test_sum_without_a_lower_limit_has_none(db: Database, paris: CrowdClaim, size: str) -> None:
    add_many(db, [event("Paris", 15, paris), event("Tokyo", 18, CrowdClaim(200, 300))], actor="test")
    assert f"<b>{size} people, adding up the estimates of 2 events</b>" in page(db)


@pytest.mark.slow
def test_sum_without_any_limit_says_so(db: Database) -> None:
    add_many(db, [event("Paris", 15, CrowdClaim(None, 800)), event("Tokyo", 18, CrowdClaim(200))], actor="test")
    text = page(db)
    assert "<b>1,000 people, adding up the estimates of 2 events</b>" in text
    assert (
        "1 event without an upper limit, which may have been larger. "
        "1 event without a lower limit, which may have been smaller." in text
    )


@pytest.mark.slow
def test_campaign_without_estimates_says_so(db: Database) -> None:
    add_many(db, [event("Paris", 15)], actor="test")
    assert "No event of this campaign has an estimate of its crowd." in page(db)


@pytest.mark.slow
def test_map_has_a_mark_for_each_place_and_names_what_is_not_on_it(db: Database) -> None:
    nowhere = event("Toronto", None, location=None, place=Place("Xqzz"))
    add_many(db, [event("Paris", 15), event("Tokyo", 18), nowhere], actor="test")
    text = page(db)
    assert text.count("<circle") == 2
    # Land and sea have the colours of the map on the first page, in both themes.
    assert all(f"--sea: {COLOURS['sea'][theme]}; --land: {COLOURS['land'][theme]};" in text for theme in (0, 1))
    assert "background: var(--sea);" in text
    assert "1 event is not on the map." in text
    assert "<script>" not in text
    assert "http://" not in text.replace("http://localhost:8501", "").replace("http://purl.org", "").replace(
        "http://id.loc.gov", ""
    )


@pytest.mark.slow
def test_page_names_itself_to_search_engines_and_escapes_its_name(db: Database) -> None:
    add_many(db, [event("Paris", 15), event("Tokyo", 18)], actor="test")
    text = page(db)
    assert "Day &lt;of&gt; &#34;action&#34;" in text
    node = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])  # type: ignore[index]
    assert (node["@type"], node["name"], node["startDate"]) == ("EventSeries", CAMPAIGN.name, "2020-05-03")
    assert sorted(one["identifier"] for one in node["subEvent"]) == ["paris-1", "tokyo-1"]
    one = ask(db, "/events/paris-1").body.decode()
    assert '<a href="/?campaign=day-of-action">Show on the map</a>' in text
    assert '<a href="/campaigns/day-of-action" target="_self">' in one
    assert '"superEvent":{"@type":"EventSeries"' in one
    assert "/campaigns/day-of-action</loc>" in ask(db, "/sitemap.xml").body.decode()


@pytest.mark.slow
def test_withheld_venue_is_not_on_the_page(db: Database) -> None:
    venue = Location(48.8612, 2.3355, LocationPrecision.VENUE, 50, 1.0, "pin", "Paris", country="FR")
    ahead = EventDate(date(2020, 7, 1), date(2020, 7, 1), DatePrecision.DAY)
    hidden = event(
        "Paris", None, when=ahead, location=venue, place=Place("Paris", "Louvre"), status=EventStatus.ANNOUNCED,
        disclosure=Disclosure.CITY,
    )  # fmt: skip
    add_many(db, [hidden], actor="test")
    text = page(db)
    assert "Louvre" not in text
    assert "48.86" not in text
    assert 'class="exact"' not in text


@pytest.mark.slow
def test_unknown_campaign_is_not_found(db: Database) -> None:
    add_many(db, [event("Paris", 15, campaign=None)], actor="test")
    for name in ("day-of-action", "other"):
        assert ask(db, f"/campaigns/{name}").status == 404


@pytest.mark.slow
def test_title_that_is_the_name_is_said_once_and_the_day_keeps_its_order_in_persian(db: Database) -> None:
    shared = event("Paris", 15)
    assert shared.campaign is not None
    add_many(db, [replace(shared, title=shared.campaign.name), event("Tokyo", 18)], actor="test")
    with use_language(Language("fa", "", "rtl")):
        body = page(db)
    lines = re.findall(r"<small>(.*?)</small></li>", body)
    assert ["<bdi>" in line for line in lines] == [True, False]  # Tokyo has a title of its own
    assert "\N{FIRST STRONG ISOLATE}2020-06-01\N{POP DIRECTIONAL ISOLATE}" in body
