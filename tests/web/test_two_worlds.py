"""Nobody can tell two worlds apart that differ only in what is withheld, whatever they ask.

Answers are compared as bytes, with status and headers; the number of SQL statements stands
for the time of an answer. A route without a case here turns the first test red.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route

from rallymap.errors import RallymapError
from rallymap.events import Disclosure, Event, ReviewStatus, Source
from rallymap.exports.formats import FORMATS
from rallymap.exports.references import REFERENCE_FORMATS
from rallymap.moderation import VISITOR, ReportKind, TakedownReason
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import count_facets
from rallymap.query.snapshot.columns import WORLD_BITS, to_mercator
from rallymap.store import Database
from rallymap.store.audit import AuditEntry, list_public_history
from rallymap.store.changes import change_event
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, get_public_event, get_public_events
from rallymap.store.pictures import get_public_picture
from rallymap.trends.compared_sides import FIGURES as COMPARED
from rallymap.trends.request import FIGURES
from rallymap.views.cards import event_card
from rallymap.views.map_labels import label_of
from rallymap.web.app import AppParts, app_parts
from rallymap.workflows.form_events import draft_event
from rallymap.workflows.place_answers import find_place
from rallymap.workflows.proposals import offer_source
from rallymap.workflows.reports import report_event
from rallymap.workflows.similar_events import similar_events
from rallymap.workflows.submissions import submit_event
from rallymap.workflows.takedown import take_down
from tests.web.conftest import exchange, request_for
from tests.web.two_worlds import (
    AHEAD,
    CELLS,
    MIRA,
    NOW,
    QUARTERS,
    WORDS,
    Hidden,
    Secret,
    Secrets,
    World,
    opened_world,
    past,
    secrets,
    shown,
)

UNKNOWN_PICTURE, PICTURES = "f" * 32, 12
"""More pictures are asked for than a world has, the others being unknown."""
Asked = tuple[str, str, Mapping[str, str], bytes]
"""Method, target, headers and body of a request."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once."""
    path = tmp_path_factory.mktemp("template") / "rallymap.db"
    db = Database.open(f"sqlite:///{path}")
    db.checkpoint_wal()
    db.close()
    return path


def parts_of(world: World) -> AppParts:
    parts = app_parts(world.services.settings)
    parts["lifespan"].__self__.services = world.services  # type: ignore[attr-defined]
    return parts


def site_of(world: World) -> Starlette:
    parts = parts_of(world)
    return Starlette(
        routes=parts["routes"], middleware=parts["middleware"], exception_handlers=parts["exception_handlers"]
    )


def get(target: str, **headers: str) -> Asked:
    return "GET", target, headers, b""


def post(target: str, body: bytes) -> Asked:
    return "POST", target, {"content-type": "application/x-www-form-urlencoded"}, body


def views() -> Iterator[str]:
    """Give the parameters of a map's grid over each cell, from the world down to some metres."""
    yield "z=3&x0=0&y0=0&x1=8&y1=8"
    for south, west, _ in CELLS.values():
        for zoom in (9, 14, 22):
            x, y = (int(part) >> WORLD_BITS - zoom for part in to_mercator(south + 0.05, west + 0.05))
            yield f"z={zoom}&x0={x - 20}&y0={y - 20}&x1={x + 20}&y1={y + 20}"


def filters() -> Iterator[str]:
    yield from (
        "",
        "&undated=0",
        "&kind=march",
        "&country=GB",
        "&organiser=Friends+in+Oslo",
        "&community=Iran",
        "&q=youngst",
    )


def ids() -> list[str]:
    return [event.id for event in (*shown(), *past())] + [f"hidden-{number}" for number in range(3)] + ["nowhere"]


def cube(_world: World) -> list[Asked]:
    grids = [get(f"/map/cube?{view}&bins=60") for view in views()]
    filtered = [get(f"/map/cube?{next(views())}&bins=60{part}") for part in filters()]
    return [*grids, *filtered, get("/map/cube?by=country&bins=60"), get("/map/cube?z=99&bins=60")]


def period(_world: World) -> list[Asked]:
    span = f"from={AHEAD}&to={AHEAD + timedelta(days=1)}"
    return [get(f"/map/period?{view}&{span}") for view in views()] + [get("/map/period?by=country&from=x&to=y")]


def events(_world: World) -> list[Asked]:
    asked = [name for name in ids() if not name.startswith("past-")]
    of_all = f"/map/events?ids={','.join(ids())}"
    by_id = [get(of_all), get(f"{of_all}&lang=fa"), *(get(f"/map/events?ids={name}") for name in asked)]
    cells = ",".join(f"{x}.{y}" for x in range(8) for y in range(1, 6))
    by_cell = [get(f"/map/events?z=3&cells={cells}{part}") for part in filters()]
    return [*by_id, *by_cell, get("/map/events?z=3&cells=9.9")]


def pictures(world: World) -> list[Asked]:
    names = (world.picture_ids + [UNKNOWN_PICTURE] * PICTURES)[:PICTURES]
    return [get(f"/pictures/{name}", **{"if-none-match": f'"{name}"'}) for name in names]


def _ask_unknown(method: str, _world: World) -> list[Asked]:
    return [(method, "/nothing/hidden-0", {}, b"")]


def listings() -> Iterator[str]:
    """Give the parameters of lists of events: filters, and areas around and inside each cell, down to some metres."""
    yield from (part.removeprefix("&") for part in filters())
    yield f"from={AHEAD}&to={AHEAD + timedelta(days=1)}"
    for south, west, _ in CELLS.values():
        for size in (0.1, 0.04, 0.01):
            yield f"bbox={west},{south},{west + size},{south + size}"
        for radius_km in (9, 3, 0.5):
            yield f"near={south + 0.05},{west + 0.05}&radius_km={radius_km}"
        yield f"area={west},{south};{west + 0.04},{south};{west},{south + 0.04}"
    yield from (f"q={quote(word)}" for words in (*WORDS, *QUARTERS.values(), "تجمع دیگر") for word in words.split())
    yield from (f"city={quote(quarter)}" for quarter in QUARTERS.values())
    yield from ("place_precision=venue", "place_precision=unknown", "city=Oslo", "crowd=known", "has_source=no")
    yield from ("campaign=day-of-action", "campaign=other", "crowd_by=police", "date_precision=day", "publisher=x")
    yield from ("place_precision=district", "attendance_mode=hybrid", "status=postponed", "topic=x", "crowd_min=1")


def api(_world: World) -> list[Asked]:
    path = "/api/v1/events"
    lists = [get(f"{path}?{listing}") for listing in listings()]
    pages = [get(f"{path}?limit=2&cursor={day}.0") for day in (0, 18_000, 20_000, 21_000)]
    changed = [get(f"{path}?updated_since={version}") for version in (0, 3, 9, "9-1700000000", 99, "x")]
    return [*lists, *pages, *changed, get(f"{path}?format=geojson"), get(f"{path}?q=x"), get(f"{path}?limit=0")]


def stats(_world: World) -> list[Asked]:
    path = "/api/v1/stats"
    figures = [get(f"{path}?{listing}") for listing in listings()]
    split = [get(f"{path}?by=time&unit=month&split={facet}") for facet in ("city", "country", "community", "publisher")]
    split += [get(f"{path}?by={name}") for name in FIGURES] + [get(f"{path}?by=city&bbox=10.7,59.9,10.74,59.94")]
    return [*figures, *split, get(f"{path}?by=city&format=csv"), get(f"{path}?by=x"), get(f"{path}?unit=day")]


def comparisons(_world: World) -> list[Asked]:
    path = "/api/v1/compare"
    sides = ("by=city&left=Oslo,%20NO&right=Suva,%20FJ", "by=country&left=NO&right=FJ", "by=organiser&left=a&right=b")
    periods = f"by=period&left={AHEAD}/{AHEAD + timedelta(days=9)}&right=2020-01-01/2020-12-31"
    figures = [get(f"{path}?{asked}&crowd=none") for asked in (*sides, periods)]
    figures += [get(f"{path}?{sides[1]}&figure={name}") for name in COMPARED]
    return [*figures, get(f"{path}?{sides[0]}&figure=time&format=csv"), get(f"{path}?by=x"), get(f"{path}?{sides[1]}")]


def exports(_world: World) -> list[Asked]:
    whole = [get(f"/export/events.{ending}") for ending in (*FORMATS, "html", "pdf")]
    return [*whole, *(get(f"/export/events.geojson?{listing}") for listing in listings())]


def citations(ending: str, _world: World) -> list[Asked]:
    return [get(f"/export/citation.{ending}"), *(get(f"/export/citation.{ending}?{listing}") for listing in listings())]


def feeds(ending: str, _world: World) -> list[Asked]:
    in_persian = get(f"/feeds/events.{ending}?lang=fa")
    return [in_persian, *(get(f"/feeds/events.{ending}?{listing}") for listing in listings())]


def reconciliations(_world: World) -> list[Asked]:
    texts = [*WORDS, *(f"{words}, {city}" for words in WORDS for city in CELLS)]
    queries = quote(json.dumps({f"q{number}": {"query": text} for number, text in enumerate(texts)}))
    return [get(f"/reconcile?queries={queries}"), get("/reconcile"), get("/reconcile?queries=x")]


CASES: dict[tuple[str, str], Callable[[World], list[Asked]]] = {
    ("GET", "/map/cube"): cube,
    ("GET", "/map/period"): period,
    ("GET", "/map/events"): events,
    ("GET", "/map/place-names"): lambda _: [get(f"/map/place-names?{view}") for view in views()],
    ("GET", "/map/context"): lambda _: [get("/map/context")],
    ("GET", "/map/tiles"): lambda _: [get("/map/tiles")],
    ("GET", "/map/version"): lambda _: [get("/map/version")],
    ("GET", "/pictures/{picture_id}"): pictures,
    ("GET", "/reconcile"): reconciliations,
    ("GET", "/import-report/{key}"): lambda _: [get("/import-report/x")],
    ("POST", "/reconcile"): lambda _: [
        post("/reconcile", b"queries=" + quote(json.dumps({"q": {"query": WORDS[0]}})).encode())
    ],
    ("GET", "/reconcile/properties"): lambda _: [get("/reconcile/properties")],
    ("GET", "/healthz"): lambda _: [get("/healthz")],
    ("GET", "/livez"): lambda _: [get("/livez")],
    ("GET", "/readyz"): lambda _: [get("/readyz")],
    ("GET", "/"): lambda _: [
        get("/?event=ahead-city"),
        get("/?event=hidden-0"),
        get("/?event=nowhere"),
        *(get(f"/?{listing}") for listing in listings()),
    ],
    ("GET", "/explore"): lambda _: [get("/explore?event=hidden-0"), get("/explore?lang=fa")],
    ("GET", "/quality"): lambda _: [get("/quality")],
    ("GET", "/compare"): lambda _: [get("/compare?by=city&left=Oslo,%20NO")],
    ("GET", "/trends"): lambda _: [get("/trends?community=Iran")],
    ("GET", "/add"): lambda _: [get("/add?draft=x")],
    ("GET", "/review"): lambda _: [get("/review?event=hidden-0")],
    ("GET", "/about"): lambda _: [get("/about")],
    ("GET", "/import"): lambda _: [get("/import?batch=1")],
    ("GET", "/mine"): lambda _: [get("/mine?key=x")],
    ("GET", "/account"): lambda _: [get("/account")],
    ("GET", "/api/v1/events"): api,
    ("GET", "/api/v1/stats"): stats,
    ("GET", "/api/v1/compare"): comparisons,
    ("GET", "/api/v1/events/{event_id}"): lambda _: [get(f"/api/v1/events/{name}") for name in ids()],
    ("GET", "/api/v1/deleted"): lambda _: [get("/api/v1/deleted"), get("/api/v1/deleted?since=2026-01-01")],
    ("GET", "/api/v1/openapi.json"): lambda _: [get("/api/v1/openapi.json")],
    ("GET", "/export/events.{ending}"): exports,
    **{("GET", f"/export/citation.{ending}"): partial(citations, ending) for ending in REFERENCE_FORMATS},
    **{
        ("GET", f"/events/{{event_id}}.{ending}"): partial(
            lambda ending, _: [get(f"/events/{name}.{ending}") for name in ids()], ending
        )
        for ending in REFERENCE_FORMATS
    },
    ("GET", "/feeds/events.ics"): partial(feeds, "ics"),
    ("GET", "/feeds/events.atom"): partial(feeds, "atom"),
    ("GET", "/feeds/review/{token}"): lambda _: [get("/feeds/review/hidden-0")],
    ("GET", "/feeds/mine/{name}"): lambda _: [get("/feeds/mine/hidden-0"), get("/feeds/mine/AAAAA-AAAAA-0")],
    ("GET", "/embed"): lambda _: [get("/embed"), *(get(f"/embed?event={name}") for name in ids()), get("/embed?q=x")],
    ("GET", "/oembed"): lambda _: [
        *(get(f"/oembed?url=http://localhost:8501/events/{name}") for name in ids()),
        get(f"/oembed?url=http://localhost:8501/explore?q={WORDS[1].split()[0]}"),
    ],
    ("GET", "/events"): lambda _: [get("/events"), get("/events?page=x")],
    ("GET", "/events/{sort}/{name:path}"): lambda _: [
        get(f"/events/{path}")
        for path in (
            "country/NO",
            "country/GB",
            "community/Iran",
            f"year/{AHEAD.year}",
            "year/2020",
            "city/Oslo",
            "country/NO?lang=fa",
        )
    ],
    ("GET", "/events/{event_id}/preview.png"): lambda _: [get(f"/events/{name}/preview.png") for name in ids()],
    ("GET", "/events/{event_id}.ics"): lambda _: [get(f"/events/{name}.ics") for name in ids()],
    ("GET", "/events/{event_id}"): lambda _: [
        get(f"/events/{name}{query}") for name in ids() for query in ("", "?lang=fa")
    ],
    ("GET", "/campaigns/{campaign_id}"): lambda _: [
        get(f"/campaigns/{path}") for path in ("day-of-action", "day-of-action?lang=fa", "other")
    ],
    ("GET", "/sitemap.xml"): lambda _: [get("/sitemap.xml"), get("/sitemap.xml?page=1"), get("/sitemap.xml?page=x")],
    ("GET", "/robots.txt"): lambda _: [get("/robots.txt")],
    **{
        (method, "/{path:not_of_streamlit}"): partial(_ask_unknown, method)
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    },
    ("GET", "/icon.svg"): lambda _: [get("/icon.svg")],
    ("GET", "/assets/{version}/{name:path}"): lambda _: [get("/assets/x/map/map.css"), get("/assets/x/hidden-0")],
    ("GET", "/frame/{version}/{name}"): lambda _: [get("/frame/x/hidden-0")],
    ("GET", "/sign-in"): lambda _: [get("/sign-in")],
    ("POST", "/sign-in"): lambda _: [post("/sign-in", b"name=mira&password=hidden-0")],
    ("GET", "/sign-out"): lambda _: [get("/sign-out")],
    ("POST", "/sign-out"): lambda _: [post("/sign-out", b"")],
    ("GET", "/invite/{token}"): lambda _: [get("/invite/hidden-0")],
    ("POST", "/invite/{token}"): lambda _: [post("/invite/hidden-0", b"name=x")],
    ("GET", "/audit-log.csv"): lambda _: [get("/audit-log.csv")],
    ("GET", "/reset/{token}"): lambda _: [get("/reset/hidden-0")],
    ("POST", "/reset/{token}"): lambda _: [post("/reset/hidden-0", b"password=x")],
}


def answers(world: World) -> list[object]:
    """Ask every route, and again with the ETag of its answer."""
    site, asked = site_of(world), [request for make in CASES.values() for request in make(world)]

    async def ask_all() -> list[object]:
        found = list[object]()
        for method, target, headers, body in asked:
            first = await _ask(world, site, (method, target, headers, body))
            etag = dict(first[1]).get("etag", "")
            again = await _ask(world, site, (method, target, {**headers, "if-none-match": etag}, body))
            found.append(("a picture" if "/pictures/" in target else target, method, first, again))
        return found

    return asyncio.run(ask_all())


async def _ask(world: World, site: Starlette, asked: Asked) -> tuple[int, tuple[tuple[str, str], ...], bytes, int]:
    method, target, headers, body = asked
    before = world.statements
    answer = await exchange(site, request_for(method, target, {"host": "localhost:8501", **headers}, body))
    # Each answer has a random id of its own.
    shown = tuple(header for header in answer.all_headers if header[0] != "x-request-id")
    return answer.status, shown, answer.body, world.statements - before


def said(world: World, ask: Callable[..., object], *arguments: object, **options: Any) -> tuple[object, int]:
    """Return what a function gives or raises, and how many statements that took."""
    before = world.statements
    try:
        result = ask(*arguments, **options)
    except RallymapError as err:
        result = (type(err).__name__, err.user_message)
    return result, world.statements - before


FILTERS = (
    EventFilter(),
    EventFilter(kinds=("march",)),
    EventFilter(countries=("NO",)),
    *(EventFilter(text=words) for words in ("rally oslo", *WORDS)),
    *(EventFilter(cities=(quarter,)) for quarter in QUARTERS.values()),
    EventFilter(cities=("Oslo",), statuses=("announced", "confirmed")),
    EventFilter(place_precisions=("venue",)),
    EventFilter(campaigns=("day-of-action",)),
    EventFilter(crowd_by=("police", "others")),
    EventFilter(near=(59.91, 10.74, 2.0)),
    EventFilter(area=((59.9, 10.7), (59.9, 10.8), (59.92, 10.75))),
    EventFilter(bbox=(59.9, 10.7, 59.92, 10.8), crowd_known=False, has_source=True),
)


def pages(world: World) -> list[object]:
    """Ask everything that the pages show: Explore, its panel and history, reports."""
    db, now = world.db, world.now
    snapshot = world.services.keeper.current()
    found: list[object] = [snapshot.version, snapshot.bounds(), snapshot.years_with_events(), len(snapshot)]
    for wanted in FILTERS:
        selection, facets = snapshot.select(wanted), count_facets(snapshot, wanted)
        found += [selection.total, selection.on_map, [(name, list(facets[name].items())) for name in facets]]
        for page in (selection.page, selection.undated_page, selection.without_place_page):
            listed, statements = said(world, db.read, get_public_events, page(0, 99), now)
            found.append([(label_of(event), event_card(event), event) for event in listed])  # type: ignore[attr-defined]
            found.append(statements)
    for event_id in ids():
        found += [
            said(world, db.read, get_public_event, event_id, now),
            said(world, db.read, list_public_history, event_id, now),
        ]
        found.append(snapshot.position(event_id))
    for event_id in (*(f"hidden-{number}" for number in range(3)), "nowhere"):
        source, key = Source("https://x.example/"), f"a-form-about-{event_id}"
        found += [
            said(
                world,
                report_event,
                db,
                event_id,
                ReportKind.RISK,
                "",
                account=VISITOR,
                address="",
                now=now,
                idempotency_key=key,
            ),
            said(world, offer_source, db, event_id, source, address="", now=now, idempotency_key=key),
            said(world, db.read, read_own_event, f"no-link-of-{event_id}"),
        ]
    for picture_id in (world.picture_ids + [UNKNOWN_PICTURE] * PICTURES)[:PICTURES]:
        found.append(said(world, db.read, get_public_picture, picture_id, now))
    return found


def form(world: World) -> list[object]:
    """Ask everything that the form shows: places, suggestions, similar events, the preview, and what becomes of it."""
    texts = [*WORDS, *(f"{words}, {city}" for words in WORDS for city in CELLS), *CELLS, "Osl", "nowhere at all"]
    found: list[object] = [said(world, find_place, world.resolver, text) for text in texts]
    found += [said(world, world.resolver.suggest, text) for text in texts]
    for asked in sketches():
        again = asked.changed(id="sketch")
        options = {"address": "", "now": world.now, "limit": 20}
        found.append(said(world, similar_events, world.db, asked, again, **options))
    for text in texts[:6]:
        fields = {"title": "Mine", "precision": "day", "start": "2020-02-01", "place_text": text}
        draft, statements = said(world, draft_event, world.resolver, fields, now=world.now)
        found += [draft.event and _place(draft.event), draft.errors, draft.to_check, statements]  # type: ignore[attr-defined]
        sent = submit_event(world.db, world.resolver, fields, idempotency_key=f"form-of-{text}-123456", now=world.now)
        found.append(_place(world.db.read(read_own_event, sent.receipts[0].edit_token).event))
    return found


def _place(event: Event) -> tuple[object, ...]:
    """Return what an event of the form says of its place; its id is another one each time."""
    return event.place, event.location, event.when, event.review


def sketches() -> Iterator[Event]:
    """Give events as a visitor may type them: towns around each cell, the same sources and titles."""
    sketch = shown()[0].changed(id="sketch", title="-", sources=())
    for south, west, country in CELLS.values():
        for north in (-0.25, -0.2, 0.05, 0.3, 0.35):
            for east in (-0.4, 0.05):
                assert sketch.location is not None
                place = dataclasses.replace(
                    sketch.location, lat=south + north, lon=west + east, country=country, name="Town"
                )
                yield sketch.changed(location=place)
    yield sketch.changed(location=None, sources=(Source("https://news.example/campaign"),))
    yield sketch.changed(location=None, sources=(Source("https://other.example/x"),))
    yield sketch.changed(title="Rally city")
    yield sketch.changed(title="Vigil", when=past()[0].when)


def everything(template: Path, folder: Path, told: Secrets, at: datetime) -> list[object]:
    with opened_world(template, folder, told) as world:
        world.now = at
        return [*answers(world), *pages(world), *form(world)]


def differences(one: list[object], other: list[object]) -> list[tuple[object, object]]:
    return [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]


@pytest.mark.slow
def test_every_route_has_a_case(template: Path, tmp_path: Path) -> None:
    with opened_world(template, tmp_path / "world", Secrets(tuple(Secret() for _ in shown()))) as world:
        routes = [route for route in parts_of(world)["routes"] if isinstance(route, Route)]
        assert len(routes) == len(parts_of(world)["routes"])
        there = {(method, route.path) for route in routes for method in (route.methods or {"GET"}) - {"HEAD"}}
    assert there == CASES.keys()


PLAIN = Secrets(tuple(Secret() for _ in shown()))
TOLD = Secrets(
    tuple(
        Secret(0.012, 0.088, WORDS[1], WORDS[0], has_picture=True, moves=2, note="Which?", contact="a@example.org",
               proposal="Another title", is_reported=True, is_remembered=True, method="landmark", confidence=0.97,
               names_quarter=True)
        for _ in shown()
    ),
    tuple(
        Hidden("Oslo", 0.02, 0.03, AHEAD, "Rally city", "https://other.example/x", review)
        for review in (ReviewStatus.PENDING, ReviewStatus.REJECTED, ReviewStatus.WITHDRAWN)
    ),
)  # fmt: skip


MOMENTS = (NOW, NOW + timedelta(days=2.9))


@pytest.fixture(scope="module")
def plain(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[datetime, list[object]]:
    """Everything that is to be seen of the world in which nothing special is withheld, at each moment."""
    folder = tmp_path_factory.mktemp("plain")
    return {at: everything(template, folder / str(number), PLAIN, at) for number, at in enumerate(MOMENTS)}


@pytest.mark.slow
@pytest.mark.parametrize("at", MOMENTS)
def test_world_with_one_secret_of_each_kind_looks_like_one_without(
    template: Path, tmp_path: Path, plain: dict[datetime, list[object]], at: datetime
) -> None:
    assert differences(plain[at], everything(template, tmp_path / "told", TOLD, at)) == []


@pytest.mark.slow
def test_worlds_differ_once_the_places_are_public(template: Path, tmp_path: Path) -> None:
    found = []
    for name, told in (("a", PLAIN), ("b", TOLD)):
        with opened_world(template, tmp_path / name, told) as world:
            world.now += timedelta(days=60)
            found.append(pages(world))
    assert differences(*found) != []


@pytest.mark.slow
@pytest.mark.timeout(1200)  # 15 s alone; a machine with much else to do took many times as long
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=secrets(), at=st.sampled_from(MOMENTS))
def test_worlds_that_differ_in_what_is_withheld_are_alike(
    template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    plain: dict[datetime, list[object]],
    told: Secrets,
    at: datetime,
) -> None:
    folder = tmp_path_factory.mktemp("worlds")
    assert differences(plain[at], everything(template, folder / "told", told, at)) == []


RETRACTED = "Zygarden"
"""A venue that was announced, and then withheld again."""


def retracted_asks() -> list[Asked]:
    """Ask all that would show a venue, as caches and snapshots may hold it from before."""
    name, files = "ahead-city", [one for one in FORMATS if one not in ("xlsx", "parquet", "zip")]
    paths = [
        f"/events/{name}",
        f"/events/{name}.ics",
        f"/api/v1/events/{name}",
        f"/map/events?ids={name}",
        "/sitemap.xml",
    ]
    paths += [
        f"/api/v1/events?q={RETRACTED}",
        "/api/v1/events",
        "/api/v1/events?updated_since=0",
        "/?q=" + RETRACTED,
        "/",
    ]
    paths += [f"/feeds/events.{ending}" for ending in ("ics", "atom")]
    paths += [f"/export/events.{ending}" for ending in (*files, "html")]
    paths += ["/campaigns/day-of-action", "/events/country/NO", "/api/v1/events?place_precision=venue"]
    return [get(path) for path in paths]


@pytest.mark.slow
def test_venue_that_is_withheld_again_and_event_that_is_gone_stay_nowhere(template: Path, tmp_path: Path) -> None:
    with opened_world(template, tmp_path / "world", PLAIN) as world:
        site, asked, name = site_of(world), retracted_asks(), "ahead-city"
        known: dict[str, str] = {}

        async def bodies() -> dict[str, bytes]:
            found = {}
            for method, target, headers, body in asked:
                since = {"if-none-match": known[target]} if target in known else {}
                answer = await exchange(
                    site, request_for(method, target, {"host": "localhost", **headers, **since}, body)
                )
                assert answer.status in (200, 404), target
                known[target] = dict(answer.all_headers).get("etag", "")
                found[target] = answer.body
            return found

        def showing(word: str) -> list[str]:
            return [target for target, body in asyncio.run(bodies()).items() if word.encode() in body]

        def change(**changes: Any) -> None:
            now = world.db.read(get_event, name)
            with world.db.writing() as tx:
                change_event(tx, now, now.changed(**changes), AuditEntry("mira", "edited"))
            world.now += timedelta(seconds=3)

        place = dataclasses.replace(world.db.read(get_event, name).place, venue=RETRACTED)
        change(place=place, disclosure=Disclosure.PUBLIC)
        assert len(showing(RETRACTED)) > 12
        change(disclosure=Disclosure.CITY)
        assert [target for target in showing(RETRACTED) if RETRACTED not in target] == []
        history = world.db.read(list_public_history, name, world.now)
        assert RETRACTED not in repr(history)
        revision = world.db.read(get_event, name).revision
        take_down(
            world.db, world.resolver, name, TakedownReason.RISK, account=MIRA, expected_revision=revision,
            idempotency_key="a-takedown-of-this-test",
        )  # fmt: skip
        world.now += timedelta(seconds=3)
        assert [target for target in showing(name) if name not in target] == []
        world.now += timedelta(days=60)
        assert [target for target in showing(RETRACTED) if RETRACTED not in target] == []
