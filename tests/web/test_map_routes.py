from __future__ import annotations

import dataclasses
import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli
import orjson
import pytest
from starlette.applications import Starlette

from rallymap.assets import asset_version, bundle_name
from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.intake.context import ContextMark
from rallymap.query.map_request import PAGE
from rallymap.query.snapshot import SnapshotKeeper
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import public_rows, read_public_changes, read_public_rows
from rallymap.store.search import SearchIndex
from rallymap.web.assets import asset_routes
from rallymap.web.map_routes import map_routes
from rallymap.web.reader_language import ReaderLanguage
from tests.query.unpack import unpack
from tests.web.conftest import Ask

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

OSLO = Location(59.9127, 10.7461, LocationPrecision.CITY, 9_000, 0.95, "gazetteer", name="Oslo", country="NO")
CUBE = "/map/cube?z=5&x0=0&y0=0&x1=32&y1=32&bins=250"
PAYLOAD = "<img src=x onerror=alert(1)> `${x}` C:\\users پاریس"


def event(event_id: str, day: date = date(2020, 2, 1), **changes: Any) -> Event:
    made = Event(
        event_id,
        "A rally",
        Kind.RALLY,
        EventDate(day, day, DatePrecision.DAY),
        Place("Oslo"),
        OSLO,
        sources=(Source("https://news.example/a"),),
        review=ReviewStatus.PUBLISHED,
    )
    return dataclasses.replace(made, **changes)


class Site(Starlette):
    """The map's routes over a store in a file; `clock_s` moves the keeper's clock."""

    def __init__(self, db: Database, **settings: Any) -> None:
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
        services: Any = SimpleNamespace(
            settings=dataclasses.replace(Settings.from_env({"RALLYMAP_HOME": "no-such-folder"}), **settings),
            db=db,
            keeper=keeper,
            context=(
                ContextMark(17712, 17712, PAYLOAD),
                ContextMark(17800, 17801, "In Iran", communities=("Iran",)),
                ContextMark(17900, 17901, "In Sudan", communities=("Sudan", "Tigrayans")),
            ),
            now=lambda: datetime(2026, 6, 1, tzinfo=UTC),
        )
        super().__init__(routes=[*map_routes(lambda: services), *asset_routes()])

    def put(self, *events: Event) -> None:
        add_many(self.db, events, actor="test")
        self.clock_s += 2


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield Site(db)
    db.close()


def test_cube_is_open_to_the_sandboxed_frame(site: Site, ask: Ask) -> None:
    site.put(event("oslo-2020"))
    answer = ask(site, CUBE)
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-cache"
    assert unpack(answer.body).arrays["ids"].tobytes() == b"oslo-2020"


def test_unpublished_event_is_on_no_route(site: Site, ask: Ask) -> None:
    site.put(event("oslo-2020", review=ReviewStatus.PENDING))
    assert unpack(ask(site, CUBE).body).head["total"] == 0
    assert orjson.loads(ask(site, "/map/events?ids=oslo-2020").body)["events"] == []


@pytest.mark.parametrize(
    ("accepted", "encoding", "undo"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ],
)
def test_cube_is_packed_as_the_browser_likes(
    site: Site, ask: Ask, accepted: str, encoding: str | None, undo: Callable[[bytes], bytes]
) -> None:
    site.put(event("oslo-2020"))
    answer = ask(site, CUBE, headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert unpack(undo(answer.body)).head["total"] == 1


def test_known_answer_is_not_sent_again_until_a_public_event_changes(site: Site, ask: Ask) -> None:
    site.put(event("oslo-2020"))
    etag = ask(site, CUBE).headers["etag"]
    unchanged = ask(site, CUBE, headers={"if-none-match": etag})
    assert (unchanged.status, unchanged.body, unchanged.headers["etag"]) == (304, b"", etag)
    site.put(event("oslo-2021", date(2021, 2, 1)))
    changed = ask(site, CUBE, headers={"if-none-match": etag})
    assert (changed.status, unpack(changed.body).head["total"]) == (200, 2)
    assert changed.headers["etag"] != etag


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("/map/cube", "“z” is a whole number from 0 to 22."),
        ("/map/cube?z=99&x0=0&y0=0&x1=1&y1=1&bins=60", "“z” is a whole number from 0 to 22."),
        (
            "/map/period?by=country&from=x",
            "“x” is not a day; write 2020-02-01, 2020-02 or 2020. The link's “from” is left out.",
        ),
        (CUBE + "&organiser=" + "x" * 9000, "This address is too long."),
        (CUBE + "&kind=" * 300, "This address has too many parts."),
        ("/map/events?ids=;drop", "One of the ids is not an id."),
        ("/map/place-names?z=5", "“x0” is a whole number from -128 to 160."),
    ],
)
def test_bad_request_gets_a_sentence_and_asks_nothing_of_the_store(
    site: Site, ask: Ask, target: str, sentence: str
) -> None:
    site.db.close()
    answer = ask(site, target)
    assert (answer.status, orjson.loads(answer.body)) == (400, {"error": sentence})
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.slow
def test_events_are_named_as_text_whatever_their_titles_hold(site: Site, ask: Ask) -> None:
    site.put(event("oslo-2020", title=PAYLOAD, kind=Kind.MARCH))
    answer = ask(site, "/map/events?ids=oslo-2020,unheard-of")
    assert answer.headers["content-type"] == "application/json"
    assert orjson.loads(answer.body)["events"] == [
        {
            "id": "oslo-2020",
            "title": PAYLOAD,
            "kind": "march",
            "when": "1 Feb 2020",
            "where": "Oslo, Norway",
            "name": "Oslo",
            "at": [59.9127, 10.7461],
        }
    ]


def test_all_events_at_one_spot_are_listed_page_by_page(site: Site, ask: Ask) -> None:
    site.put(*(event(f"event-{n:03}", date(2000, 1, 1).replace(year=1900 + n)) for n in range(120)))
    found = []
    for offset in range(0, 120, PAGE):
        page = orjson.loads(ask(site, f"/map/events?z=5&cells=16.9&offset={offset}").body)
        assert page["total"] == 120
        found += [listed["id"] for listed in page["events"]]
    assert found == [f"event-{n:03}" for n in reversed(range(120))]


def test_place_names_are_the_largest_cities_of_the_view(site: Site, ask: Ask) -> None:
    names = orjson.loads(ask(site, "/map/place-names?z=8&x0=130&y0=70&x1=140&y1=82").body)
    assert [name for name, _, _ in names][:3] == ["Copenhagen", "Oslo", "Gothenburg"]


def test_place_names_are_in_the_readers_language_where_it_names_them(site: Site, ask: Ask) -> None:
    names = orjson.loads(ask(ReaderLanguage(site), "/map/place-names?z=8&x0=130&y0=70&x1=140&y1=82&lang=fa").body)
    assert [name for name, _, _ in names][:3] == ["کپنهاگ", "اسلو", "گوتنبرگ"]


def test_context_marks_are_listed(site: Site, ask: Ask) -> None:
    marks = orjson.loads(ask(site, "/map/context").body)
    assert marks[0] == {"start": 17712, "end": 17712, "title": PAYLOAD}
    assert [mark["title"] for mark in marks] == [PAYLOAD, "In Iran", "In Sudan"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("community=Iran", [PAYLOAD, "In Iran"]),
        ("community=Tigrayans&community=Iran", [PAYLOAD, "In Iran", "In Sudan"]),
        ("community=", [PAYLOAD]),
        ("community=Nobody", [PAYLOAD]),
    ],
)
def test_context_marks_of_communities_come_with_those_of_everybody(
    site: Site, ask: Ask, query: str, titles: list[str]
) -> None:
    assert [mark["title"] for mark in orjson.loads(ask(site, f"/map/context?{query}").body)] == titles


def test_context_of_too_many_communities_is_refused(site: Site, ask: Ask) -> None:
    assert ask(site, "/map/context?" + "&".join(f"community={n}" for n in range(51))).status == 400


def test_street_tiles_are_offered_only_where_the_operator_names_them(site: Site, ask: Ask) -> None:
    assert orjson.loads(ask(site, "/map/tiles").body) == {}
    url = "https://tiles.example/{z}/{x}/{y}.png"
    offering = Site(site.db, tile_url=url, tile_attribution="© Someone")
    expected = {"url": url, "credit": "© Someone", "host": "tiles.example"}
    assert orjson.loads(ask(offering, "/map/tiles").body) == expected


def test_version_rises_with_the_public_data(site: Site, ask: Ask) -> None:
    before = orjson.loads(ask(site, "/map/version").body)
    site.put(event("oslo-2020"))
    after = orjson.loads(ask(site, "/map/version").body)
    assert int(after["version"]) > int(before["version"])


def test_file_of_this_version_is_kept_for_good(site: Site, ask: Ask) -> None:
    kept = ask(site, f"/assets/{asset_version()}/{bundle_name('explore.js')}", headers={"accept-encoding": "br"})
    assert (kept.status, kept.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert (kept.headers["content-encoding"], kept.headers["content-type"]) == ("br", "text/javascript; charset=utf-8")
    assert kept.headers["access-control-allow-origin"] == "*"
    assert ask(site, f"/assets/another/{bundle_name('explore.js')}").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    ["", "map/", "map/none.js", "map/explore.js", "../errors.py", "%2e%2e/errors.py", "__init__.py", "leaflet/LICENSE"],
)
def test_only_listed_files_are_served(site: Site, ask: Ask, name: str) -> None:
    assert ask(site, f"/assets/{asset_version()}/{name}").status == 404
