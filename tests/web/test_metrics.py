"""``/metrics``: only with the token, and nothing in it names a visitor or an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from rallymap.events import ReviewStatus
from rallymap.settings import Settings
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event
from rallymap.store.removal import remove_event
from rallymap.store.review_queue import count_reviews
from rallymap.web.health import health_routes
from rallymap.web.metrics import Measured, kind_of, metrics_of, metrics_routes
from rallymap.web.open_pages import OpenPages
from rallymap.web.proxies import TrustedProxies
from rallymap.web.startup import Startup
from rallymap.workflows.services import Services, start_services, stop_services

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

TOKEN = "a-token-of-the-operator"
SENT = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def app(tmp_path: Path, nine_events: Path) -> Iterator[Starlette]:
    env = {"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_DATA": str(nine_events), "RALLYMAP_METRICS_TOKEN": TOKEN}
    settings = Settings.from_env(env)
    startup = Startup(settings, print)
    startup.services = start_services(settings)
    metrics = metrics_of(settings)
    assert metrics
    pages = OpenPages(5)
    pages.enter("192.0.2.0/24")
    yield Starlette(
        routes=[
            Route("/events/{event_id}", lambda _request: PlainTextResponse("An event")),
            *health_routes(startup),
            *metrics_routes(startup, pages, metrics),
        ],
        middleware=[Middleware(Measured, metrics=metrics), Middleware(TrustedProxies, proxies=("127.0.0.0/8",))],
    )
    stop_services()


def figures(text: str) -> dict[str, float]:
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize("sent", ["", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_without_the_token_there_is_nothing_to_read(app: Starlette, ask, sent: str) -> None:
    answer = ask(app, "/metrics", headers={"authorization": sent} if sent.isascii() else {})
    assert (answer.status, answer.text) == (401, "Send the token of the settings: Authorization: Bearer TOKEN\n")


def test_figures(app: Starlette, ask) -> None:
    for event_id in ("secret-place-1", "secret-place-2"):
        ask(app, f"/events/{event_id}", client="203.0.113.77")
    ask(app, "/nothing/here")
    answer = ask(app, "/metrics", headers=SENT)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    found = figures(answer.text)
    assert {name: value for name, value in found.items() if name.startswith("rallymap_requests_total")} == {
        "rallymap_requests_total events 2xx": 2,
        "rallymap_requests_total other 4xx": 1,
    }
    assert found["rallymap_request_seconds_count events"] == 2
    assert (found["rallymap_ready"], found["rallymap_public_events"], found["rallymap_open_pages"]) == (1, 9, 1)
    assert found["rallymap_disk_free_bytes"] > 0
    assert found["process_resident_memory_bytes"] > 0
    assert re.findall(r"secret-place|203\.0|nothing/here", answer.text) == []


def test_two_monitors_at_once_both_read_that_the_site_is_ready(app: Starlette, tmp_path: Path) -> None:
    settings = Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_METRICS_TOKEN": TOKEN})
    services, pages, metrics = start_services(settings), OpenPages(5), metrics_of(settings)
    assert metrics
    read: list[str] = []

    class Asked(Startup):
        def require(self) -> Services:
            read.append(generate_latest(metrics.registry).decode())  # what the other one is sent at this moment
            return services

    startup = Asked(settings, print)
    read += [metrics.read(startup, pages).decode() for _ in range(2)]
    assert [figures(text)["rallymap_ready"] for text in read] == [0, 1, 1, 1]


def test_review_status_that_no_event_has_any_more_counts_none(app: Starlette, ask) -> None:
    db = start_services(Settings.from_env({})).db  # of the app
    waiting = db.read(get_event, "oslo-2020-02").changed(id="waiting", review=ReviewStatus.PENDING)
    for number in (0, 1, 0):
        if number:
            add_many(db, [waiting], actor="test")
        elif db.read(count_reviews):
            with db.writing() as tx:
                remove_event(tx, waiting, reason_code="request")
        assert figures(ask(app, "/metrics", headers=SENT).text)["rallymap_reviews pending"] == number


def test_age_of_the_newest_backup(app: Starlette, ask, tmp_path: Path) -> None:
    assert figures(ask(app, "/metrics", headers=SENT).text)["rallymap_backup_age_seconds"] != 0
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "rallymap-20200101T000000Z.tar.gz").touch()
    assert figures(ask(app, "/metrics", headers=SENT).text)["rallymap_backup_age_seconds"] > 1e8


def test_no_token_in_the_settings_means_no_page_and_no_counting(tmp_path: Path) -> None:
    settings = Settings.from_env({"RALLYMAP_HOME": str(tmp_path)})
    metrics = metrics_of(settings)
    assert metrics is None
    assert metrics_routes(Startup(settings, print), OpenPages(5), metrics) == []


def test_readiness_says_with_the_token_how_the_proxy_passed_it_on(app: Starlette, ask) -> None:
    forwarded = {"x-forwarded-for": "203.0.113.77", "x-forwarded-proto": "https"}
    plain = ask(app, "/readyz", headers=forwarded, client="127.0.0.1")
    assert "scheme" not in plain.text
    for client, expected in (
        ("127.0.0.1", '"scheme":"https","forwarded":true'),
        ("192.0.2.1", '"scheme":"http","forwarded":false'),
    ):
        answer = ask(app, "/readyz", headers=forwarded | SENT, client=client)
        assert expected in answer.text
        assert "203.0.113.77" not in answer.text


@pytest.mark.parametrize(
    ("path", "kind"), [("/map/events", "map"), ("/events/x", "events"), ("/eventsx", "other"), ("/", "other")]
)
def test_kinds_of_routes(path: str, kind: str) -> None:
    assert kind_of(path) == kind
