"""The reconciliation API, with the requests that OpenRefine sends."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette

from rallymap.places import default_resolver
from rallymap.settings import Settings
from rallymap.web.reconcile import reconcile_routes
from rallymap.workflows.services import Services
from tests.web.conftest import Answer, Ask

RESOLVER = default_resolver()
Call = Callable[..., tuple[Answer, Any]]


@pytest.fixture
def call(ask: Ask) -> Call:
    settings = Settings.from_env({"RALLYMAP_SITE_NAME": "Rallies"})
    services = Services(settings, None, None, RESOLVER, (), ())  # type: ignore[arg-type]
    app = Starlette(routes=reconcile_routes(lambda: services))

    def called(target: str = "/reconcile", **options: Any) -> tuple[Answer, Any]:
        answer = ask(app, target, **options)
        return answer, json.loads(answer.text)

    return called


def queried(call: Call, **queries: Any) -> Any:
    return call(method="POST", form={"queries": json.dumps(queries)})[1]


def test_manifest_names_versions_and_type(call: Call) -> None:
    answer, told = call()
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, "*")
    assert (told["versions"], told["name"], told["defaultTypes"]) == (
        ["0.1", "0.2"],
        "Rallies: places",
        [{"id": "place", "name": "Place"}],
    )
    assert told["identifierSpace"] == "http://localhost:8501/reconcile/place/"


def test_batch_of_queries(call: Call) -> None:
    found = queried(
        call,
        q0={"query": "Gothenburg", "type": "place", "limit": 3, "type_strict": "should"},
        q1={"query": "Springfield"},
        q2={"query": "Xyzzyqqburg"},
    )
    first = found["q0"]["result"][0]
    assert (first["name"], first["match"], first["type"]) == (
        "Gothenburg, Västra Götaland, Sweden",
        True,
        [{"id": "place", "name": "Place"}],
    )
    assert first["score"] > 80
    assert len(found["q1"]["result"]) > 1
    assert not any(one["match"] for one in found["q1"]["result"])
    assert found["q2"]["result"] == []


@pytest.mark.parametrize(
    ("query", "description"),
    [("Kurdistan", "region"), ("Ruhrgebiet", "region in Germany"), ("Kiel", "city in Germany")],
)
def test_description_names_a_country_if_there_is_one(call: Call, query: str, description: str) -> None:
    assert queried(call, q0={"query": query})["q0"]["result"][0]["description"] == description


def test_country_of_another_column_decides(call: Call) -> None:
    (one, *_) = queried(
        call, q0={"query": "Hamilton", "properties": [{"pid": "country", "v": "New Zealand"}], "limit": 1}
    )["q0"]["result"]
    assert one["name"].endswith("New Zealand")


def test_queries_in_the_address(call: Call) -> None:
    _, found = call('/reconcile?queries={"q0":{"query":"Oslo"}}')
    assert found["q0"]["result"][0]["match"] is True


def test_coordinates_are_fetched_for_reconciled_cells(call: Call) -> None:
    place_id = queried(call, q0={"query": "Oslo"})["q0"]["result"][0]["id"]
    asked = {"ids": [place_id, "unknown"], "properties": [{"id": "lat"}, {"id": "country"}]}
    _, told = call(method="POST", form={"extend": json.dumps(asked)})
    assert told == {
        "meta": [{"id": "lat", "name": "latitude"}, {"id": "country", "name": "country code"}],
        "rows": {
            place_id: {"lat": [{"str": "59.91273"}], "country": [{"str": "NO"}]},
            "unknown": {"lat": [], "country": []},
        },
    }


def test_properties_are_proposed(call: Call) -> None:
    _, told = call("/reconcile/properties?type=place")
    assert [one["id"] for one in told["properties"]][:2] == ["lat", "lon"]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"queries": "{"}, "The queries are not JSON."),
        ({"queries": "[]"}, "The queries are an object with one entry for each query."),
        ({"queries": '{"q0": {"query": 5}}'}, "Each query is an object with a text in “query”."),
        *(
            (
                {"queries": json.dumps({"q0": {"query": "Oslo", "properties": properties}})},
                "The “properties” of a query are a list.",
            )
            for properties in (5, True, {"pid": "country"}, "country")
        ),
        (
            {"queries": json.dumps({f"q{n}": {"query": "Oslo"} for n in range(51)})},
            "At most 50 queries are answered at once.",
        ),
        ({"queries": "x" * 300_000}, "A request has at most 256 kB; send fewer queries at once."),
        ({"extend": '{"ids": 1}'}, "“extend” is an object with the lists “ids” and “properties”."),
    ],
)
def test_request_that_cannot_be_answered(call: Call, form: dict[str, str], sentence: str) -> None:
    answer, told = call(method="POST", form=form)
    assert (answer.status, told) == (400, {"error": sentence})
