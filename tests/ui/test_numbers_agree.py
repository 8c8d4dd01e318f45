"""For any filter, pages, API, files and feeds count the same events, or say in the same numbers what they leave out."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from starlette.applications import Starlette

from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import count_facets
from rallymap.web.api_routes import api_routes
from rallymap.web.export_routes import export_routes
from rallymap.web.feed_routes import IN_CALENDAR, IN_FEED, feed_routes
from rallymap.web.stats_routes import stats_routes
from rallymap.workflows.exports import export_events
from rallymap.workflows.services import running_services
from tests.ui.bundled_page import html_of, open_page
from tests.views.test_single_file import data_in
from tests.web.conftest import exchange, request_for

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("bundled_services")]
Query = dict[str, list[str]]
WORDS = ["freedom", "embassy", "Kundgebung", "تهران", "protests", "genoicde", "Kalifornien", '"human rights"', "zzzz"]
PLACES = {"near": ["52.5,13.4"], "radius_km": ["600"]}, {"bbox": ["-10,35,30,60"]}, {"area": ["-130,20;-60,20;-60,55"]}
FACETS = {
    "country": lambda event: [event.location.country] if event.location else [],
    "city": lambda event: [event.location.name] if event.location and event.location.name else [],
    "community": lambda event: event.communities,
    "organiser": lambda event: event.organisers,
    "topic": lambda event: event.topics,
    "kind": lambda event: [event.kind.value],
    "status": lambda event: [event.status.value],
    "publisher": lambda event: [source.publisher for source in event.sources if source.publisher],
    "date_precision": lambda event: [event.when.precision.value],
}


@cache
def values() -> dict[str, list[str]]:
    """Values of all bundled events by the name of their parameter, frequent ones more often."""
    shared = running_services()
    events = list(export_events(shared.db, shared.keeper.current(), Listing(), shared.now()))
    return {name: [value for event in events for value in read(event)] for name, read in FACETS.items()}


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Draw one to three conditions of a link."""
    facets = draw(st.lists(st.sampled_from(sorted(FACETS)), max_size=2, unique=True))
    query = {
        name: draw(st.lists(st.sampled_from(values()[name]), min_size=1, max_size=4, unique=True)) for name in facets
    }
    if draw(st.booleans()):
        first, last = sorted(draw(st.tuples(st.integers(1985, 2026), st.integers(1985, 2026))))
        query |= {"from": [f"{first}-01-01"], "to": [f"{last}-12-31"]}
    more: list[Query] = [{}, {}, *PLACES, {"undated": ["0"]}, {"crowd": ["known"]}, {"crowd_min": ["100"]}]
    more += [{"q": [word]} for word in WORDS]
    return query | draw(st.sampled_from(more))


@pytest.fixture(scope="module")
def app() -> Starlette:
    shared = running_services
    settings = shared().settings
    return Starlette(
        routes=[*api_routes(shared), *stats_routes(shared), *feed_routes(shared), *export_routes(shared, settings)]
    )


def ask(app: Starlette, path: str, query: Query) -> bytes:
    target = f"{path}?{urlencode(query, doseq=True)}"
    answer = asyncio.run(exchange(app, request_for("GET", target, {"host": "localhost"}, b"")))
    assert answer.status == 200, (target, answer.body[:200])
    return answer.body


def paged(app: Starlette, query: Query) -> Iterator[dict[str, Any]]:
    """Yield the answers of the API to the last page."""
    following: Query | None = query | {"limit": ["97"]}
    while following is not None:
        answer = json.loads(ask(app, "/api/v1/events", following))
        yield answer
        following = parse_qs(urlsplit(answer["next"]).query) if answer["next"] else None


def number(text: str, pattern: str) -> int:
    found = re.search(pattern, text)
    return int(found[1].replace(",", "")) if found else 0


@given(queries())
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_all_say_the_same_number(app: Starlette, query: Query) -> None:
    pages = list(paged(app, query))
    ids = [event["id"] for page in pages for event in page["events"]]
    undated = sum(event["start"] is None for page in pages for event in page["events"])
    total = len(ids)
    assert {page["total"] for page in pages} == {total}
    assert len(set(ids)) == total

    explore = html_of(open_page("explore_app.py", **query))
    trends = html_of(open_page("trends_app.py", **query))
    stats = json.loads(ask(app, "/api/v1/stats", query))
    counted = r'class="rm-count"[^>]*>.*?<b>([\d,]+) events?</b>'
    assert (number(explore, counted), number(trends, counted)) == (total, total)
    assert number(explore, r'class="rm-list-title"[^>]*>([\d,]+) events?') == total
    assert (stats["total"], stats["undated"]) == (total, undated)
    left_out = r"([\d,]+) undated not counted"
    assert number(explore, left_out) == number(trends, left_out) == stats["undated_left_out"]

    rows = list(csv.DictReader(io.StringIO(ask(app, "/export/events.csv", query).decode())))
    assert sorted(row["id"] for row in rows) == sorted(ids)
    single = data_in(ask(app, "/export/events.html", query).decode()) if total else {"events": []}
    assert sorted(event[0] for event in single["events"]) == sorted(ids)
    calendar = Calendar.from_ical(ask(app, "/feeds/events.ics", query))
    assert len(calendar.events) == min(total - undated, IN_CALENDAR)
    assert ask(app, "/feeds/events.atom", query).count(b"<entry>") == min(total, IN_FEED)

    figures = stats["figures"]
    events_of = {
        name: figure["columns"].index("Events") for name, figure in figures.items() if "Events" in figure["columns"]
    }
    sums = {name: sum(int(row[at]) for row in figures[name]["rows"]) for name, at in events_of.items()}
    assert sums["kind"] == sums["status"] == total
    for name in ("time", "weekday"):
        missing = sum(
            int(n.replace(",", "")) for n in re.findall(r"([\d,]+) (?:undated|events?)", figures[name]["leaves_out"])
        )
        assert sums[name] + missing == total + stats["undated_left_out"], (name, figures[name]["leaves_out"])
    without = number(figures["country"]["leaves_out"], r"([\d,]+) events? without a known country")
    if "not shown" not in figures["country"]["leaves_out"]:
        assert sums["country"] + without == total

    offered = count_facets(running_services().keeper.current(), EventFilter.from_query_params(query)[0])
    for value, count in offered["kinds"].items():
        assert json.loads(ask(app, "/api/v1/events", query | {"kind": [value], "limit": ["1"]}))["total"] == count
