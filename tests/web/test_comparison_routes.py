"""`/api/v1/compare`: two sides next to each other, as JSON and CSV, exact and refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from rallymap.events import Kind
from rallymap.store import Database
from tests.web.conftest import Ask
from tests.web.test_public_data import Site, made

COMPARE = "/api/v1/compare"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    db = Database.open(f"sqlite:///{tmp_path_factory.mktemp('site') / 'rallymap.db'}")
    site = Site(db)
    site.put(
        made("bergen-2019", date(2019, 1, 1), "bergen", kind=Kind.MARCH),
        made("oslo-2019", date(2019, 2, 1), "oslo"),
        made("oslo-2020", date(2020, 2, 1), "oslo", communities=("Tibet", "Iran")),
        made("suva-2020", date(2020, 12, 30), "suva", communities=("Tibet",)),
        made("undated", None, "oslo"),
    )
    yield site
    db.close()


@pytest.mark.slow
def test_two_values_are_compared_by_city_and_over_time(ask: Ask, site: Site) -> None:
    answer = ask(site, f"{COMPARE}?by=community&left=Iran&right=Tibet")
    found = json.loads(answer.body)
    assert (found["by"], found["left"], found["right"]) == ("community", "Iran", "Tibet")
    assert found["warnings"] == [
        "1 event counts on both sides.",
        "Small numbers: Iran has 3 events. A difference may be chance.",
        "Small numbers: Tibet has 2 events. A difference may be chance.",
    ]
    assert found["figures"]["difference"] == {
        "columns": ["City", "Iran", "Tibet", "Iran, in 100 days", "Tibet, in 100 days", "Difference"],
        "rows": [
            ["Oslo, Norway", 3, 1, "0.41", "0.14", "-0.27"],
            ["Bergen, Norway", 1, 0, "0.14", "0.00", "-0.14"],
            ["Suva, Fiji", 0, 1, "0.00", "0.14", "+0.14"],
        ],
        "says": "Iran: 3 events in 730 days, 0.41 in 100 days. Tibet: 2 events in 730 days, 0.27 in 100 days.",
        "leaves_out": (
            "No period is chosen: days and rates are those of the whole record (1 Jan 2019 – 30 Dec 2020), also of "
            "years of which little is recorded. Choose a period to compare rates. "
            "Iran: 1 event without any date not counted."
        ),
    }
    assert found["figures"]["time"]["columns"][1:3] == ["Iran", "Tibet"]
    assert sum(row[1] for row in found["figures"]["time"]["rows"]) == 3


def test_two_periods_are_compared_with_the_filter(ask: Ask, site: Site) -> None:
    answer = ask(site, f"{COMPARE}?by=period&left=2019-01-01/2019-12-31&right=2020-12-31/2020-12-01&country=NO")
    difference = json.loads(answer.body)["figures"]["difference"]
    assert difference["says"] == (
        "2019: 2 events in 365 days, 0.55 in 100 days. 1–31 Dec 2020: 0 events in 31 days, 0.00 in 100 days."
    )
    assert "No period is chosen" not in difference["leaves_out"]


def test_one_figure_is_a_csv_table(ask: Ask, site: Site) -> None:
    answer = ask(
        site, f"{COMPARE}?by=country&left=no&right=FJ&figure=difference&format=csv&from=2020-01-01&to=2020-12-31"
    )
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="difference.csv"'
    assert answer.text.splitlines() == [
        'City,Norway,Fiji,"Norway, in 100 days","Fiji, in 100 days",Difference',
        '"Oslo, Norway",1,0,0.27,0.00,-0.27',
        '"Suva, Fiji",0,1,0.00,0.27,+0.27',
    ]


def test_sides_without_a_dated_event_have_a_sentence(ask: Ask, site: Site) -> None:
    found = json.loads(ask(site, f"{COMPARE}?by=organiser&left=a&right=b").body)["figures"]
    assert found["time"] == {"columns": [], "rows": [], "says": "No event fits into a bar.", "leaves_out": ""}
    assert found["difference"]["rows"] == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "“by” is one of community, country, city, organiser, period."),
        ("by=kind&left=march&right=vigil", "“by” is one of community, country, city, organiser, period."),
        ("by=city&left=Oslo", "“right” says what is compared; it is missing."),
        ("by=period&left=2019&right=2020", "“left” is two days, such as 2019-01-01/2019-12-31."),
        ("by=country&left=NO&right=Atlantis", "“Atlantis” is not a country's two-letter code."),
        ("by=city&left=a&right=b&figure=map", "“figure” is one of difference, time."),
        ("by=city&left=a&right=b&left=c", "“left” can be given once only."),
        ("by=city&left=a&right=b&format=csv", "A CSV file holds one figure; “figure” is one of difference, time."),
        ("by=city&left=a&right=b&format=xml", "“format” is one of json, csv."),
        ("by=city&left=a&right=b&bbox=1", "“bbox” is west,south,east,north in decimal degrees"),
    ],
)
def test_bad_request_is_one_sentence(ask: Ask, site: Site, query: str, sentence: str) -> None:
    answer = ask(site, f"{COMPARE}?{query}")
    assert answer.status == 400
    assert json.loads(answer.body)["error"].startswith(sentence)
