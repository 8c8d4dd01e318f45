"""API, exports, feeds, event pages and sitemap: what needs no session."""

from __future__ import annotations

import asyncio
import csv
import dataclasses
import gzip
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar
from PIL import Image
from starlette.applications import Starlette

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import StoreUnavailableError
from rallymap.events import Campaign, CrowdClaim, Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.exports.calendar_file import calendar_entry
from rallymap.hosting import Host
from rallymap.language import find_language, languages, use_language
from rallymap.networks import network_of
from rallymap.query.snapshot import SnapshotKeeper
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import public_rows, read_public_changes, read_public_rows
from rallymap.store.search import SearchIndex
from rallymap.web import export_routes as export_module
from rallymap.web.api_description import api_description_routes
from rallymap.web.api_routes import api_routes
from rallymap.web.citation_routes import citation_routes
from rallymap.web.comparison_routes import comparison_routes
from rallymap.web.deleted_routes import deleted_routes
from rallymap.web.event_indexes import event_index_routes
from rallymap.web.event_pages import event_page_routes
from rallymap.web.export_routes import MOST_IN, ExportPlaces, export_routes
from rallymap.web.feed_routes import feed_routes
from rallymap.web.preview_routes import preview_routes
from rallymap.web.stats_routes import stats_routes
from tests.web.conftest import Ask

API = "/api/v1/events"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
PAYLOAD = "</script><img src=x onerror=alert(1)> $root `${x}` پاریس"
WALK = Campaign("island-walk", "Walk of the islands")
POLICE, HERALD = CrowdClaim(100, 200, by="Oslo politi"), CrowdClaim(300, by="Herald")
CITIES = {
    "oslo": ("NO", 59.9127, 10.7461), "bergen": ("NO", 60.3913, 5.3221), "suva": ("FJ", -18.1416, 178.4415),
    "apia": ("WS", -13.8333, -171.7667),
}  # fmt: skip


def made(event_id: str, day: date | None, city: str, **changes: Any) -> Event:
    country, lat, lon = CITIES[city]
    when = EventDate(day, day, DatePrecision.DAY) if day else EventDate.unknown()
    point = Location(lat, lon, LocationPrecision.CITY, 9_000, 0.95, "gazetteer", city.title(), country=country)
    event = Event(
        event_id, f"Rally in {city.title()}", Kind.RALLY, when, Place(city.title()), point, communities=("Iran",),
        sources=(Source("https://news.example/a"),), review=ReviewStatus.PUBLISHED,
    )  # fmt: skip
    return dataclasses.replace(event, **changes)


class Site(Starlette):
    """The routes over a store in a file, on 1 June 2026."""

    def __init__(self, db: Database, host: Host | None = None, context: Sequence[Any] = (), **said: Any) -> None:
        self.db = db
        self.clock_s = 0.0
        keeper = SnapshotKeeper(
            load=lambda: public_rows(db),
            changes_since=lambda version: db.read(read_public_changes, version),
            rows_for=lambda ids: db.read(read_public_rows, ids),
            version=db.dataset_version,
            finder=SearchIndex(db),
            clock=lambda: self.clock_s,
        )
        home = {"RALLYMAP_HOME": str(Path(db._engine.url.database or "").parent)}
        shown: dict[str, Any] = {"site_name": "Rallies & more", "host": host or Host()} | said
        settings = dataclasses.replace(Settings.from_env(home), **shown)
        services: Any = SimpleNamespace(
            settings=settings, db=db, keeper=keeper, now=lambda: datetime(2026, 6, 1, tzinfo=UTC), context=context
        )
        super().__init__(
            routes=[
                *stats_routes(lambda: services),
                *comparison_routes(lambda: services),
                *api_routes(lambda: services),
                *deleted_routes(lambda: services),
                *api_description_routes(lambda: services),
                *export_routes(lambda: services, settings),
                *feed_routes(lambda: services),
                *preview_routes(lambda: services, settings),
                *event_index_routes(lambda: services, settings),
                *citation_routes(lambda: services, settings),
                *event_page_routes(lambda: services, settings),
            ]
        )

    def put(self, *events: Event) -> None:
        add_many(self.db, events, actor="test")
        self.clock_s += 2


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    db = Database.open(f"sqlite:///{tmp_path_factory.mktemp('site') / 'rallymap.db'}")
    site = Site(db)
    site.put(
        made("bergen-2019", date(2019, 5, 1), "bergen", kind=Kind.MARCH, crowd=(POLICE,)),
        made("oslo-2020", date(2020, 2, 1), "oslo", title=PAYLOAD, about=PAYLOAD),
        made(
            "oslo-2021",
            date(2021, 2, 1),
            "oslo",
            communities=("Tibet",),
            crowd=(POLICE, HERALD),
            sources=(Source("https://news.example/a", publisher="Herald"),),
        ),
        made("suva-2022", date(2022, 2, 1), "suva", campaign=WALK),
        made("apia-2022", date(2022, 3, 1), "apia", campaign=WALK),
        made("undated", None, "oslo"),
        made("waiting", date(2020, 2, 1), "oslo", review=ReviewStatus.PENDING, campaign=WALK),
    )
    yield site
    db.close()


def ids(body: bytes) -> list[str]:
    return [event["id"] for event in json.loads(body)["events"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["apia-2022", "suva-2022", "oslo-2021", "oslo-2020", "bergen-2019", "undated"]),
        ("from=2020-01-01&to=2021-02-01", ["oslo-2021", "oslo-2020"]),
        ("country=NO&undated=0", ["oslo-2021", "oslo-2020", "bergen-2019"]),
        ("country=no&kind=march", ["bergen-2019"]),
        ("community=Tibet&community=Iran&from=2021-01-01&to=2021-12-31", ["oslo-2021"]),
        ("bbox=4,59,6,61", ["bergen-2019"]),
        ("bbox=170,-30,-160,0", ["apia-2022", "suva-2022"]),
        ("area=10,59;11,59;11,60.5;10,60", ["oslo-2021", "oslo-2020", "undated"]),
        ("area=170,-30;200,-30;200,-14;185,-14;185,-10;170,-10", ["suva-2022"]),
        ("campaign=island-walk", ["apia-2022", "suva-2022"]),
        ("campaign=another", []),
        ("crowd_by=police", ["oslo-2021", "bergen-2019"]),
        ("crowd_by=press&crowd_by=organisers", ["oslo-2021"]),
        ("near=59.9,10.7&radius_km=50", ["oslo-2021", "oslo-2020", "undated"]),
        ("near=59.9,10.7&radius_km=400&to=2020-12-31", ["oslo-2020", "bergen-2019"]),
        ("near=-16,-179&radius_km=1000", ["apia-2022", "suva-2022"]),
        ("kind=vigil", []),
    ],
)
def test_api_lists_the_events_of_the_filter_newest_first(site: Site, ask: Ask, query: str, found: list[str]) -> None:
    answer = ask(site, f"{API}?{query}")
    assert (answer.status, ids(answer.body)) == (200, found)
    assert json.loads(answer.body)["total"] == len(found)


def test_api_pages_hold_each_event_once(site: Site, ask: Ask) -> None:
    seen, target = list[str](), f"{API}?limit=2&undated=1"
    for _ in range(3):
        body = json.loads(ask(site, target).body)
        seen += [event["id"] for event in body["events"]]
        assert body["total"] == 6
        target = (body["next"] or "").removeprefix("http://localhost:8501")
    assert target == ""
    assert seen == ["apia-2022", "suva-2022", "oslo-2021", "oslo-2020", "bergen-2019", "undated"]


def test_api_answer_says_licence_version_and_is_open_to_other_sites(site: Site, ask: Ask) -> None:
    answer = ask(site, f"{API}?country=FJ")
    body = json.loads(answer.body)
    assert body["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert body["citation"].startswith("Rallies & more: events in Fiji, version ")
    assert body["events"][0]["url"] == "http://localhost:8501/events/suva-2022"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"] == "application/json"
    packed = ask(site, f"{API}?country=FJ", headers={"accept-encoding": "gzip"})
    assert (packed.headers["content-encoding"], gzip.decompress(packed.body)) == ("gzip", answer.body)


def test_api_gives_geojson(site: Site, ask: Ask) -> None:
    answer = ask(site, f"{API}?country=FJ&format=geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    body = json.loads(answer.body)
    assert body["type"] == "FeatureCollection"
    assert [feature["geometry"]["coordinates"] for feature in body["features"]] == [[178.4415, -18.1416]]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=soon", "“soon” is not a day; write 2020-02-01, 2020-02 or 2020."),
        (
            "kind=party",
            "“party” is not a kind of event; known are: conference, exhibition, march, other,",
        ),
        ("country=Atlantis", "“Atlantis” is not a country's two-letter code."),
        ("country=NO&country=QQ", "“QQ” is not a country's two-letter code."),
        (
            "query=iran",
            "“query” is not a parameter here; known are: area, attendance_mode, bbox, campaign, city, community",
        ),
        (
            "area=10,59;11,59",
            "“area” has 3 to 100 corners, each longitude,latitude in decimal degrees and joined by “;”",
        ),
        (
            "status=over",
            "“over” is not a life status; known are: announced, cancelled, confirmed, held, moved_online, postponed.",
        ),
        ("crowd_min=few", "“crowd_min” is a whole number of people from 0 to 100000000."),
        ("has_source=maybe", "“has_source” is yes or no."),
        ("bbox=1,2,3", "“bbox” is west,south,east,north in decimal degrees, such as 4.1,57.9,31.2,71.2."),
        ("bbox=1,2,3,nan", "“bbox” is west,south,east,north in decimal degrees"),
        ("near=59.9,10.7", "“near” needs “radius_km”, a number of kilometres from 0.001 to 20040."),
        ("near=200,0&radius_km=1", "“near” is latitude,longitude in decimal degrees, such as 59.91,10.75."),
        ("limit=501", "“limit” is a whole number from 1 to 500."),
        ("limit=000000001999", "“limit” is a whole number from 1 to 500."),
        (f"limit=000000050{'9' * 5000}", "“limit” is a whole number from 1 to 500."),
        ("cursor=99999999999.1", "“cursor” is the “next” of an earlier answer."),
        ("cursor=1.99999999999999999999", "“cursor” is the “next” of an earlier answer."),
        ("from=2020-02-02&to=2020-02-01", "“from” is later than “to”."),
        ("updated_since=yesterday", "“updated_since” is the “version” of an earlier answer, such as 1204."),
        ("format=xml", "“format” is one of json, geojson."),
        ("undated=no", "“undated” is 0 or 1."),
        ("country=", "“country” is empty; give it a value or leave it out."),
        ("community=Iran&community=", "“community” is empty; give it a value or leave it out."),
        ("from=%20&to=2021", "“from” is empty; give it a value or leave it out."),
        ("from=2020-01-01&from=2021-01-01", "“from” can be given once only."),
        ("community=" + "x" * 9000, "This address is too long."),
    ],
)
def test_bad_request_is_one_sentence(site: Site, ask: Ask, query: str, sentence: str) -> None:
    answer = ask(site, f"{API}?{query}")
    assert answer.status == 400
    assert json.loads(answer.body)["error"].startswith(sentence)


def test_api_gives_one_event_and_knows_no_other(site: Site, ask: Ask) -> None:
    answer = ask(site, f"{API}/oslo-2020")
    assert (answer.status, json.loads(answer.body)["title"]) == (200, PAYLOAD)
    for event_id in ("waiting", "nowhere"):
        unknown = ask(site, f"{API}/{event_id}")
        assert (unknown.status, json.loads(unknown.body)) == (404, {"error": "There is no event at this address."})


@pytest.mark.slow
def test_known_answer_is_not_sent_again_until_something_changes(tmp_path: Path, ask: Ask) -> None:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    site = Site(db)
    site.put(made("oslo-2020", date(2020, 2, 1), "oslo"))
    targets = (API, "/export/events.csv", "/feeds/events.ics", "/feeds/events.atom", "/events/oslo-2020")
    first = {target: ask(site, target) for target in targets}
    version = json.loads(first[API].body)["version"]
    for target in targets:
        again = ask(site, target, headers={"if-none-match": first[target].headers["etag"]})
        assert (again.status, again.body) == (304, b"")
    assert ids(ask(site, f"{API}?updated_since={version}").body) == []
    site.put(made("oslo-2021", date(2021, 2, 1), "oslo"))
    for target in targets:
        assert ask(site, target, headers={"if-none-match": first[target].headers["etag"]}).status == 200
    assert ids(ask(site, f"{API}?updated_since={version}").body) == ["oslo-2021"]
    db.close()


def test_export_has_the_filter_of_a_link_to_explore(site: Site, ask: Ask) -> None:
    link = "country=NO&from=2020-01-01&to=2021-12-31&event=oslo-2020&at=59.9,10.7,8&list=view&sort=oldest&layer=heat"
    link += "&colour=community&unit=year&split=country&happening=2022-09-16"
    answer = ask(site, f"/export/events.csv?{link}")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["id"] for row in rows] == ["oslo-2020", "oslo-2021"]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert re.fullmatch(r'attachment; filename="events-\d+\.csv"', answer.headers["content-disposition"])
    assert answer.headers["link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    packed = ask(site, f"/export/events.csv?{link}", headers={"accept-encoding": "gzip, br"})
    assert gzip.decompress(packed.body) == answer.body
    assert ask(site, f"/export/events.csv?{link}&bom=1").body == b"\xef\xbb\xbf" + answer.body
    for wrong in ("bom=yes", "bom=1&bom=0"):
        refused = ask(site, f"/export/events.csv?{wrong}")
        assert (refused.status, json.loads(refused.body)) == (400, {"error": "“bom” is 0 or 1."})


@pytest.mark.parametrize(
    ("ending", "start"),
    [("xlsx", b"PK"), ("geojson", b'{"type":"FeatureCollection"'), ("kml", b"<?xml"), ("ics", b"BEGIN:VCALENDAR"),
     ("jsonld", b'{"@context"'), ("zip", b"PK"), ("parquet", b"PAR1"), ("html", b"<!doctype html>")],
)  # fmt: skip
def test_export_gives_every_format(site: Site, ask: Ask, ending: str, start: bytes) -> None:
    answer = ask(site, f"/export/events.{ending}")
    assert answer.status == 200
    assert answer.body.startswith(start)


def test_head_of_an_export_says_what_the_file_would_be_and_not_that_it_is_empty(
    site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, head = (ask(site, "/export/events.xlsx", method=method) for method in ("GET", "HEAD"))
    assert (head.status, head.body, head.headers) == (200, b"", whole.headers)
    monkeypatch.setitem(MOST_IN, "xlsx", 2)
    assert ask(site, "/export/events.xlsx", method="HEAD").status == 400


@pytest.mark.parametrize("ending", ["xlsx", "html"])
def test_export_with_more_events_than_its_format_holds_says_so_at_once(
    site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setitem(MOST_IN, ending, 2)
    answer = ask(site, f"/export/events.{ending}?kind=rally")
    sentence = "This format holds at most 2 events; choose CSV, or narrow the filter."
    assert (answer.status, json.loads(answer.body)["error"]) == (400, sentence)
    assert ask(site, f"/export/events.{ending}?kind=march").status == 200


def test_export_of_unknown_format_or_bad_filter_is_one_sentence(site: Site, ask: Ask) -> None:
    unknown = ask(site, "/export/events.pdf")
    sentence = "There is no such format; there are: csv, xlsx, geojson, parquet, kml, ics, jsonld, zip, html."
    assert (unknown.status, json.loads(unknown.body)) == (404, {"error": sentence})
    # Who presses the link of a file reads a page, with a way back.
    pressed = ask(site, "/export/events.pdf", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (pressed.status, pressed.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert (sentence in pressed.text, '<a href="/">Go to the start page</a>' in pressed.text) == (True, True)
    bad = ask(site, "/export/events.csv?from=soon")
    assert (bad.status, json.loads(bad.body)["error"]) == (
        400,
        "“soon” is not a day; write 2020-02-01, 2020-02 or 2020.",
    )


def test_exports_free_their_place(site: Site, ask: Ask) -> None:
    for _ in range(9):
        assert ask(site, "/export/events.geojson?country=FJ").status == 200


def test_export_whose_database_is_away_is_an_answer_and_no_broken_file(
    site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object) -> Iterator[Event]:
        raise StoreUnavailableError("The database cannot be reached just now; please try again in a moment.")
        yield

    monkeypatch.setattr(export_module, "export_as", read)
    for ending in ("csv", "xlsx", "geojson", "kml", "ics", "zip"):  # more than there are places
        answer = ask(site, f"/export/events.{ending}")
        assert (answer.status, list(json.loads(answer.body))) == (503, ["error"])
        assert "content-disposition" not in answer.headers


def test_file_of_a_search_for_unprintable_signs_can_be_opened(site: Site, ask: Ask) -> None:
    query = "q=%01Rally%1b%7f%EF%BF%BE&country=NO"
    with zipfile.ZipFile(io.BytesIO(ask(site, f"/export/events.xlsx?{query}").body)) as book:
        core = ET.fromstring(book.read("docProps/core.xml"))
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title")
    assert title == "events that match “Rally”, in Norway"
    for target in ("/export/events.ics", "/feeds/events.ics"):
        written = ask(site, f"{target}?{query}").body
        assert "that match “Rally”" in str(Calendar.from_ical(written)["description"])
        assert not re.search(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]", written)


def test_slow_readers_of_one_network_leave_places_for_others(
    site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, mine, other = ExportPlaces(), network_of("192.0.2.1"), network_of("198.51.100.7")
    assert [places.acquire(one) for one in (mine, mine, mine, other, "", other)] == [
        True,
        True,
        False,
        True,
        True,
        False,
    ]
    places.release(mine)
    assert [places.acquire(one) for one in (other, other)] == [True, False]

    monkeypatch.setattr(export_module, "OF_NETWORK", 0)
    refused = ask(site, "/export/events.csv")
    assert (refused.status, refused.headers["retry-after"]) == (503, "60")
    assert json.loads(refused.body)["error"].startswith("Too many exports are being made just now.")
    assert ask(site, "/export/events.csv", client="127.0.0.1").status == 200


def test_export_that_nobody_takes_in_ends_and_frees_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_module, "LONGEST_S", 0.01)
    freed, sent = list[bool](), list[Any]()

    async def read_nothing(message: Any) -> None:
        sent.append(message)
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def stay() -> Any:
        await asyncio.Event().wait()

    held = export_module.HeldResponse(iter([b"a", b"b"]), lambda: freed.append(True))
    asyncio.run(held({"type": "http", "asgi": {"spec_version": "2.4"}}, stay, read_nothing))
    assert (freed, [one["type"] for one in sent]) == ([True], ["http.response.start", "http.response.body"])


def test_calendar_feed_holds_the_dated_events_of_the_filter(site: Site, ask: Ask) -> None:
    answer = ask(site, "/feeds/events.ics?country=NO")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    entries = Calendar.from_ical(answer.body).walk("VEVENT")
    assert [str(entry["uid"]) for entry in entries] == [
        "bergen-2019@rallymap", "oslo-2020@rallymap", "oslo-2021@rallymap",
    ]  # fmt: skip


def test_sequence_of_an_upcoming_event_rises_with_each_public_change_only(tmp_path: Path, ask: Ask) -> None:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}", clock=lambda: datetime(2026, 6, 1, tzinfo=UTC))
    site = Site(db)
    ahead = made("oslo-ahead", date(2026, 7, 1), "oslo", place=Place("Oslo", "Stortinget"), title="First")
    versions = [
        (ahead, "1"),
        (ahead := ahead.changed(place=Place("Oslo", "Youngstorget")), "1"),  # withheld
        (ahead := ahead.changed(title="Second"), "2"),
        (ahead := ahead.changed(when=EventDate(date(2026, 7, 2), date(2026, 7, 2), DatePrecision.DAY)), "3"),
        (ahead := ahead.changed(title="First"), "4"),
        (ahead.changed(disclosure="public"), "6"),  # nothing is withheld any more: the revision
    ]
    for event, sequence in versions:
        site.put(event)
        for address in ("/events/oslo-ahead.ics", "/feeds/events.ics"):
            [entry] = Calendar.from_ical(ask(site, address).body).walk("VEVENT")
            assert str(entry["sequence"]) == sequence
    db.close()


def test_calendar_after_a_change_reads_only_the_changed_event(
    tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = [datetime(2026, 6, 1, tzinfo=UTC)]
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}", clock=lambda: moment[0])
    site = Site(db)
    ahead = made("oslo-ahead", date(2026, 6, 2), "oslo", place=Place("Oslo", "Stortinget"))
    site.put(made("bergen-2019", date(2019, 5, 1), "bergen"), made("oslo-2020", date(2020, 2, 1), "oslo"), ahead)
    read = list[str]()
    monkeypatch.setattr(
        "rallymap.workflows.calendars.calendar_entry",
        lambda event, said: (read.append(event.id), calendar_entry(event, said))[1],
    )

    def asked(query: str = "") -> list[str]:
        read.clear()
        body = ask(site, f"/feeds/events.ics{query}").body
        again = list(read)
        assert body == ask(Site(db), f"/feeds/events.ics{query}").body
        return again

    assert asked() == ["bergen-2019", "oslo-2020", "oslo-ahead"]
    assert asked("?country=NO&to=2020") == []  # the same events in another calendar
    german = find_language("de", languages())
    assert german is not None
    with use_language(german):
        assert asked("?from=2019") == ["bergen-2019", "oslo-2020", "oslo-ahead"]
    site.put(made("oslo-2020", date(2020, 2, 1), "oslo", title="Changed"))
    assert asked() == ["oslo-2020", "oslo-ahead"]  # what is withheld changes with time
    db.close()


def test_event_has_a_calendar_file_of_its_own(site: Site, ask: Ask) -> None:
    answer = ask(site, "/events/oslo-2020.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="oslo-2020.ics"'
    [entry] = Calendar.from_ical(answer.body).walk("VEVENT")
    assert str(entry["uid"]) == "oslo-2020@rallymap"
    assert b"all events" not in answer.body
    page = ask(site, "/events/oslo-2020").text
    assert 'href="/events/oslo-2020.ics"' in page
    assert ask(site, "/events/nowhere-1.ics").status == 404
    assert answer.headers["access-control-allow-origin"] == "*"
    assert ask(site, "/events/oslo-2020.ics", headers={"if-none-match": answer.headers["etag"]}).status == 304
    odd = ask(site, '/events/"%0d%0aa: b.ics')
    assert (odd.status, "a" in odd.headers) == (404, False)
    undated = ask(site, "/events/undated.ics")
    assert (undated.status, undated.text) == (404, "No source gives the day of this event, so it is in no calendar.")
    assert ".ics" not in ask(site, "/events/undated").text


def test_atom_feed_holds_the_latest_changes_of_the_filter(site: Site, ask: Ask) -> None:
    answer = ask(site, "/feeds/events.atom?country=FJ&country=WS")
    feed = ET.fromstring(answer.body)
    assert feed.findtext("a:title", "", ATOM) == "Rallies & more: events in Fiji or Samoa"
    assert {entry.findtext("a:id", "", ATOM) for entry in feed.findall("a:entry", ATOM)} == {
        "http://localhost:8501/events/suva-2022", "http://localhost:8501/events/apia-2022",
    }  # fmt: skip
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links["self"] == "http://localhost:8501/feeds/events.atom?country=FJ&country=WS"
    moments = [entry.findtext("a:updated", "", ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment) for moment in moments)


@pytest.mark.slow
def test_ids_of_an_atom_feed_are_the_same_by_every_address_of_the_site(tmp_path: Path, ask: Ask) -> None:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    site = Site(db, address="https://rallies.example/")
    site.put(made("oslo-2020", date(2020, 2, 1), "oslo"))
    for host in ("rallies.example", "www.rallies.example", "abcdef.onion"):
        feed = ET.fromstring(ask(site, "/feeds/events.atom?country=NO", headers={"host": host}).body)
        assert [one.text for one in feed.iterfind(".//a:id", ATOM)] == [
            "https://rallies.example/feeds/events.atom?country=NO", "https://rallies.example/events/oslo-2020",
        ]  # fmt: skip
        entry = feed.find("a:entry/a:link", ATOM)
        assert entry is not None
        assert entry.get("href") == f"http://{host}/events/oslo-2020"
    db.close()


@pytest.mark.slow
def test_atom_feed_of_many_that_changed_together_holds_those_of_the_latest_days(tmp_path: Path, ask: Ask) -> None:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    site = Site(db)
    site.put(*(made(f"oslo-{90 - day}", date(2020, 1, 1) + timedelta(days=day), "oslo") for day in range(60)))
    site.put(made("bergen-1990", date(1990, 1, 1), "bergen"))
    statements: list[str] = []
    sa.event.listen(db._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    feed = ET.fromstring(ask(site, "/feeds/events.atom").body)
    found = {entry.findtext("a:id", "", ATOM).rpartition("/")[2] for entry in feed.findall("a:entry", ATOM)}
    assert found == {"bergen-1990", *(f"oslo-{90 - day}" for day in range(11, 60))}
    assert not [statement for statement in statements if "ORDER BY events" in statement]
    db.close()


def test_event_page_says_all_and_runs_nothing(site: Site, ask: Ask) -> None:
    answer = ask(site, "/events/oslo-2020")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    html = answer.text
    assert html.count("<script") == html.count("</script") == 1
    assert "<img" not in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found is not None
    node = json.loads(found[1])
    assert (node["@type"], node["name"], node["startDate"]) == ("Event", PAYLOAD, "2020-02-01")
    assert node["url"] == "http://localhost:8501/events/oslo-2020"
    assert re.findall("<h1[^>]*>(.*?)</h1>", html) == [html_of(PAYLOAD)]
    tags = dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)">', html))
    assert unescape(tags["og:title"]) == PAYLOAD
    assert tags["og:url"] == "http://localhost:8501/events/oslo-2020"
    assert tags["og:site_name"] == "Rallies &amp; more"
    assert re.findall(r'<a rel="(prev|next)" href="([^"]*)">', html) == [
        ("prev", "/events/bergen-2019"), ("next", "/events/oslo-2021"),
    ]  # fmt: skip
    assert '<a href="/?event=oslo-2020">Report a mistake</a>' in html


def test_event_page_names_nearby_events_and_a_preview_picture(site: Site, ask: Ask) -> None:
    html = ask(site, "/events/oslo-2020").text
    near = html.partition("<h2>Nearby</h2>")[2].partition("</section>")[0]
    assert re.findall(r'href="/events/([^"]+)"', near) == ["oslo-2021"]
    assert "<h2>Nearby</h2>" not in ask(site, "/events/apia-2022").text
    assert '<meta property="og:image" content="http://localhost:8501/events/oslo-2020/preview.png">' in html
    assert 'type="application/json+oembed" href="http://localhost:8501/oembed?url=' in html


@pytest.mark.slow
def test_preview_picture_is_of_the_size_that_programs_want(site: Site, ask: Ask) -> None:
    answer = ask(site, "/events/bergen-2019/preview.png")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    picture = Image.open(io.BytesIO(answer.body))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert picture.convert("RGB").getpixel((5, 300)) == (181, 82, 27)
    assert ask(site, "/events/bergen-2019/preview.png").body == answer.body
    assert ask(site, "/events/oslo-2020/preview.png").body != answer.body
    for unknown in ("waiting", "nowhere"):
        assert ask(site, f"/events/{unknown}/preview.png").status == 404


@pytest.mark.parametrize(
    ("path", "title", "found"),
    [
        ("country/NO", "Events in Norway", ["oslo-2021", "oslo-2020", "bergen-2019", "undated"]),
        ("community/Tibet", "Events: Tibet", ["oslo-2021"]),
        ("year/2022", "Events: 2022", ["apia-2022", "suva-2022"]),
    ],
)
def test_list_of_events_has_their_pages_newest_first(
    site: Site, ask: Ask, path: str, title: str, found: list[str]
) -> None:
    answer = ask(site, f"/events/{path}")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert re.findall("<h1[^>]*>(.*?)</h1>", answer.text) == [title]
    assert re.findall(r'<li><a href="/events/([^"]+)"', answer.text) == found
    assert "<script" not in answer.text
    assert "<img" not in answer.text


def test_list_of_lists_leads_to_each_with_its_count(site: Site, ask: Ask) -> None:
    html = ask(site, "/events").text
    assert '<a href="/events/country/NO"><bdi>Norway</bdi></a> <small>4</small>' in html
    assert '<a href="/events/community/Tibet"><bdi>Tibet</bdi></a> <small>1</small>' in html
    assert '<a href="/events/year/2019"><bdi>2019</bdi></a>' in html


@pytest.mark.slow
def test_list_of_a_community_with_a_slash_in_its_name_is_found(tmp_path: Path, ask: Ask) -> None:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    site = Site(db)
    site.put(made("oslo-2020", date(2020, 2, 1), "oslo", communities=("Bosnia/Herzegovina",)))
    lists = ask(site, "/events").text
    [path] = re.findall(r'href="(/events/community/[^"]*)"', lists)
    listed = ask(site, path)
    assert (listed.status, "/events/oslo-2020" in listed.text) == (200, True)
    assert ask(site, f"{path}/more").status == 404
    db.close()


@pytest.mark.parametrize(
    ("path", "status"),
    [("country/SE", 404), ("country/no", 404), ("community/Mars", 404), ("year/1900", 404), ("year/x", 404),
     ("topic/x", 404), ("country/NO?page=2", 404), ("country/NO?page=0", 400), ("country/NO?q=x", 400)],
)  # fmt: skip
def test_unknown_list_is_not_found(site: Site, ask: Ask, path: str, status: int) -> None:
    assert ask(site, f"/events/{path}").status == status


def test_list_of_many_events_has_pages(site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rallymap.web.event_indexes.PER_PAGE", 3)
    second = ask(site, "/events/country/NO?page=2").text
    assert re.findall(r'<li><a href="/events/([^"]+)"', second) == ["undated"]
    assert '<a rel="prev" href="?page=1">Newer</a><span>Page 2 of 2</span>' in second


def html_of(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("event_id", ["waiting", "nowhere", "%3Cb%3E"])
def test_page_of_unknown_event_is_not_found(site: Site, ask: Ask, event_id: str) -> None:
    answer = ask(site, f"/events/{event_id}")
    assert answer.status == 404
    assert "There is no event at this address." in answer.text
    assert event_id not in answer.text


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/events/oslo-2020.", "/events/oslo-2020"),
        ("/events/Oslo-2020", "/events/oslo-2020"),
        ("/events/oslo-2020%C2%BB).?lang=nb", "/events/oslo-2020?lang=nb"),
        ("/events/oslo-2020/", "/events/oslo-2020"),
        ("/events/country/NO/?page=1", "/events/country/NO?page=1"),
    ],
)
def test_link_with_more_than_the_address_leads_to_it(site: Site, ask: Ask, path: str, leads_to: str) -> None:
    answer = ask(site, path)
    assert (answer.status, answer.headers["location"]) == (301, leads_to)
    assert ask(site, leads_to).status == 200
    assert ask(site, "/events/oslo-2019.").status == 404


@pytest.mark.slow
def test_damaged_event_is_no_reason_to_wait(tmp_path: Path, ask: Ask) -> None:
    site = Site(Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}"))
    site.put(made("broken-one", date(2020, 1, 1), "oslo"))
    with site.db.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE revisions SET document = '{'")
    page = ask(site, "/events/broken-one")
    assert (page.status, "<h1>This did not work</h1>" in page.text) == (500, True)
    for target in ("/events/broken-one", "/events/broken-one.ics", "/api/v1/events/broken-one"):
        answer = ask(site, target)
        assert (answer.status, "is damaged, so it cannot be shown; ask the operator." in answer.text) == (500, True)


def test_first_and_undated_event_have_no_event_before_them(site: Site, ask: Ask) -> None:
    assert 'rel="prev"' not in ask(site, "/events/bergen-2019").text
    assert 'class="next"' not in ask(site, "/events/undated").text


def test_sitemap_lists_every_event_page(site: Site, ask: Ask) -> None:
    found = [loc.text or "" for loc in ET.fromstring(ask(site, "/sitemap.xml").body).findall("s:url/s:loc", SITEMAP)]
    base = "http://localhost:8501/"
    assert found[0] == base
    pages = [name for name in found[1:] if "/events/" in name and name.count("/") == 4]
    lists = [name.removeprefix(f"{base}events") for name in found[1:] if name not in pages]
    assert lists == [
        "", "/community/Iran", "/community/Tibet", "/country/FJ", "/country/NO", "/country/WS",
        "/year/2022", "/year/2021", "/year/2020", "/year/2019", f"{base}campaigns/island-walk",
    ]  # fmt: skip
    assert sorted(pages) == sorted(
        f"{base}events/{name}"
        for name in ("apia-2022", "suva-2022", "oslo-2021", "oslo-2020", "bergen-2019", "undated")
    )
    assert ask(site, "/sitemap.xml?page=x").status == 400


def test_sitemap_of_many_events_is_an_index(site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rallymap.web.event_pages.IN_SITEMAP", 4)
    site.put(made("oslo-2023", date(2023, 2, 1), "oslo"))
    index = ET.fromstring(ask(site, "/sitemap.xml").body)
    pages = [loc.text or "" for loc in index.findall("s:sitemap/s:loc", SITEMAP)]
    assert pages == [f"http://localhost:8501/sitemap.xml?page={number}" for number in (1, 2)]
    found = [
        loc.text
        for page in pages
        for loc in ET.fromstring(ask(site, page.removeprefix("http://localhost:8501")).body).iter(
            f"{{{SITEMAP['s']}}}loc"
        )
    ]
    assert len(found) == len(set(found)) == 8 + 12  # the start page, 7 events, 11 lists, a campaign


def test_robots_are_asked_to_stay_away_from_forms_and_find_the_sitemap(site: Site, ask: Ask) -> None:
    answer = ask(site, "/robots.txt")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    lines = answer.text.splitlines()
    assert lines[:2] == ["User-agent: *", "Disallow: /mine"]
    assert "Disallow: /account" in lines
    assert lines[-1] == "Sitemap: http://localhost:8501/sitemap.xml"


@pytest.mark.slow
def test_area_holds_no_event_without_a_place(tmp_path: Path, ask: Ask) -> None:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    site = Site(db)
    site.put(made("oslo-2020", date(2020, 2, 1), "oslo"), made("placeless", date(2020, 2, 1), "oslo", location=None))
    assert sorted(ids(ask(site, API).body)) == ["oslo-2020", "placeless"]
    assert ids(ask(site, f"{API}?bbox=-180,-90,180,90").body) == ["oslo-2020"]
    assert ids(ask(site, f"{API}?near=0,0&radius_km=20040").body) == ["oslo-2020"]
    db.close()
