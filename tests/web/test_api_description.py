"""The API against its own description, what it says of gone events, and copies of the data that others keep."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import rallymap
from rallymap.errors import ExportError
from rallymap.events import Campaign, Claim, ClaimKind, CrowdClaim, Translation, Waypoint
from rallymap.hosting import Host
from rallymap.moderation import Account, Decision, Role
from rallymap.query.filter_links import PARAMETERS
from rallymap.query.listing import PAGE_NAMES
from rallymap.store import Database
from rallymap.store.events import get_event
from rallymap.web import deleted_routes
from rallymap.web.api_parameters import MEANINGS
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from tests.web.conftest import Ask
from tests.web.test_public_data import Site, made

MIRA = Account("mira", Role.MODERATOR)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    site = Site(db)
    site.put(
        *(made(f"event-{number:03}", date(2020, 1, 1) + timedelta(days=number // 3), "oslo") for number in range(30))
    )
    yield site
    db.close()


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """The address of the routes behind a real server."""
    server = uvicorn.Server(uvicorn.Config(site, port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def test_every_parameter_of_filters_and_pages_is_described() -> None:
    assert set(MEANINGS) == PARAMETERS | PAGE_NAMES


@pytest.mark.slow
def test_description_is_openapi_3_1_of_the_routes_that_there_are(site: Site, ask: Ask) -> None:
    answer = ask(site, "/api/v1/openapi.json")
    described = json.loads(answer.body)
    assert (described["openapi"], described["info"]["license"]["name"]) == ("3.1.0", "CC BY 4.0")
    assert set(described["paths"]) <= {route.path for route in site.routes}  # type: ignore[attr-defined]
    assert answer.headers["access-control-allow-origin"] == "*"
    again = ask(site, "/api/v1/openapi.json", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.slow
def test_answers_have_what_the_description_says_and_nothing_else(site: Site, ask: Ask) -> None:
    site = Site(site.db, Host(operator="The Archive", takedown_contact="a@rallies.example"))
    point = made("place", None, "oslo").location
    site.put(
        made("full", date(2026, 1, 1), "oslo", route=(Waypoint("Oslo", point), Waypoint("Lysaker")), language="en",
             crowd=(CrowdClaim(1, 2),), claims=(Claim(ClaimKind.SLOGAN, "Act"),),
             translations=(Translation("fa", "ا"),), campaign=Campaign("walk", "Walk")),
    )  # fmt: skip
    components = json.loads(ask(site, "/api/v1/openapi.json").body)["components"]
    for schema in components["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    components["schemas"]["OneEvent"]["allOf"][0] = {"type": "object"}  # its parts do not know of each other
    answers = {
        "EventList": "/api/v1/events", "Stats": "/api/v1/stats?by=kind&by=crowd&by=missed",
        "OneEvent": "/api/v1/events/full",
        "Comparison": "/api/v1/compare?by=country&left=NO&right=DE", "Deleted": "/api/v1/deleted",
        "Error": "/api/v1/events?from=soon",
    }  # fmt: skip
    for name, target in answers.items():
        described = {"$ref": f"#/components/schemas/{name}", "components": components}
        assert ask(site, target).status == (400 if name == "Error" else 200)
        problems = Draft202012Validator(described).iter_errors(json.loads(ask(site, target).body))
        assert [problem.message for problem in problems] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the libraries that read descriptions
def test_server_keeps_to_its_description(address: str) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    schema.validate()
    asked = set()
    for result in schema.get_all_operations():
        operation = result.ok()

        @hypothesis_settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @schemathesis_cases(operation)
        def ask_one(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, timeout=60)  # a busy machine is slow

        ask_one()
        asked.add(operation.path)
    assert len(asked) == 14


def schemathesis_cases(operation: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give cases of one operation, some of them with values that its description does not allow."""
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    return given(case=st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes)))


def withdraw(site: Site, event_id: str) -> None:
    revision = site.db.read(get_event, event_id).revision
    decide(
        site.db, event_id, Decision.WITHDRAW, account=MIRA, expected_revision=revision, reason="A mistake",
        idempotency_key=f"withdraw-{event_id}-{revision}",
    )  # fmt: skip
    site.clock_s += 2


def change(site: Site, event_id: str, title: str) -> None:
    event = site.db.read(get_event, event_id)
    key = f"change-{event_id}-{event.revision}"
    store_edit(site.db, event.changed(title=title), account=MIRA, expected_revision=event.revision, idempotency_key=key)
    site.clock_s += 2


def get(site: Site, ask: Ask, target: str) -> dict[str, Any]:
    answer = ask(site, target)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.body)
    return found


def follow(site: Site, ask: Ask, target: str) -> Iterator[dict[str, Any]]:
    """Give each page from an address on, as `next` leads."""
    while target:
        page = get(site, ask, target)
        yield page
        following = urlsplit(page["next"] or "")
        target = f"{following.path}?{following.query}" if page["next"] else ""


@pytest.mark.slow
def test_deleted_says_id_and_time_of_what_was_public_and_nothing_else(site: Site, ask: Ask) -> None:
    assert get(site, ask, "/api/v1/deleted")["deleted"] == []
    withdraw(site, "event-004")
    found = get(site, ask, "/api/v1/deleted")
    assert [set(one) for one in found["deleted"]] == [{"id", "at"}]
    assert found["deleted"][0]["id"] == "event-004"
    assert set(found) == {"version", "next", "deleted"}
    day = found["deleted"][0]["at"][:10]
    assert len(get(site, ask, f"/api/v1/deleted?since={day}")["deleted"]) == 1
    assert get(site, ask, "/api/v1/deleted?since=2999-01-01")["deleted"] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "sentence"),
    [("since=soon", "“since” is a day, such as 2026-02-01."),
     ("cursor=x", "“cursor” is part of the “next” of an earlier answer."),
     ("q=x", "“q” is not a parameter here; known are: cursor, since."),
     ("since=2026-01-01&since=2026-01-02", "“since” can be given once only.")],
)  # fmt: skip
def test_deleted_refuses_with_a_sentence(site: Site, ask: Ask, query: str, sentence: str) -> None:
    answer = ask(site, f"/api/v1/deleted?{query}")
    assert (answer.status, json.loads(answer.body)) == (400, {"error": sentence})


@pytest.mark.slow
def test_deleted_has_pages(site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deleted_routes, "PER_PAGE", 2)
    for number in range(5):
        withdraw(site, f"event-00{number}")
    pages = [[one["id"] for one in page["deleted"]] for page in follow(site, ask, "/api/v1/deleted")]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(one for page in pages for one in page) == [f"event-00{number}" for number in range(5)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_pages_lose_and_double_no_event_while_others_write(site: Site, ask: Ask, seed: int) -> None:
    draw = random.Random(seed)
    steady = {f"event-{number:03}" for number in range(0, 30, 2)}
    seen: list[str] = []
    for turn, page in enumerate(follow(site, ask, "/api/v1/events?limit=3")):
        seen += [event["id"] for event in page["events"]]
        site.put(made(f"new-{turn:03}", date(2020, 1, 1) + timedelta(days=draw.randrange(10)), "bergen"))
        odd = f"event-{draw.randrange(1, 30, 2):03}"
        if any(event.id == odd for event in [site.db.read(get_event, odd)] if event.review.value == "published"):
            withdraw(site, odd)
    assert len(seen) == len(set(seen))
    assert steady <= set(seen)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_copy_that_follows_updates_and_deletions_stays_equal(site: Site, ask: Ask, seed: int) -> None:
    draw = random.Random(seed)
    copy: dict[str, str] = {}
    version, gone = "", set[str]()
    for turn in range(8):
        since = f"&updated_since={version}" if version else ""
        pages = list(follow(site, ask, f"/api/v1/events?limit=7{since}"))
        version = pages[0]["version"]
        copy |= {event["id"]: event["title"] for page in pages for event in page["events"]}
        gone = {one["id"] for page in follow(site, ask, "/api/v1/deleted") for one in page["deleted"]}
        copy = {event_id: title for event_id, title in copy.items() if event_id not in gone}
        whole = [event for page in follow(site, ask, "/api/v1/events?limit=500") for event in page["events"]]
        assert copy == {event["id"]: event["title"] for event in whole}
        change(site, draw.choice(sorted(copy)), f"Turn {turn}")
        withdraw(site, draw.choice(sorted(copy)))
        site.put(made(f"new-{turn:03}", date(2020, 1, 1), "bergen"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "found"),
    [("", 30), ("/?from=2020-01-02&to=2020-01-03&at=59.9,10.7,8", 6), ("/explore?country=SE", 0), ("/?q=زن زندگی", 0)],
)
def test_frame_is_loaded_from_a_site(address: str, query: str, found: int) -> None:
    frame = rallymap.load(f"{address}{query}")
    assert len(frame) == found
    assert list(frame.columns[:2]) == ["id", "title"]
    assert str(frame["start"].dtype) == "datetime64[s]"


@pytest.mark.slow
def test_site_that_cannot_be_read_says_why(address: str) -> None:
    with pytest.raises(ExportError, match=r"/export/events\.csv\?from=soon cannot be read: “soon” is not a day"):
        rallymap.load(f"{address}/?from=soon")
    with pytest.raises(ExportError, match=r"^http://127\.0\.0\.1:9/export/events\.csv cannot be read: "):
        rallymap.load("http://127.0.0.1:9/")
    with pytest.raises(ExportError, match="answered 404; give the address of the site, or a link to its Explore page"):
        rallymap.load(f"{address}/events/event-001")
