"""`/api/v1/stats`: counts of what a filter leaves, as JSON and CSV, exact and refused in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest

from rallymap.dates import EventDate
from rallymap.events import CrowdClaim, Kind, ReviewStatus
from rallymap.store import Database
from rallymap.web.reader_language import ReaderLanguage
from tests.web.conftest import Ask
from tests.web.test_public_data import Site, made

STATS = "/api/v1/stats"
KNOWN = (
    "time, community, country, city, organiser, kind, status, topic, publisher, weekday, crowd, claims, flow, missed, "
    "quality, coverage, looked"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    db = Database.open(f"sqlite:///{tmp_path_factory.mktemp('site') / 'rallymap.db'}")
    site = Site(db)
    site.put(
        made("bergen-2019", date(2019, 5, 1), "bergen", kind=Kind.MARCH, crowd=(CrowdClaim(100, 300, by="police"),)),
        made("oslo-2020", date(2020, 2, 1), "oslo", organisers=("=SUM(A1)",)),
        made("oslo-2021", date(2021, 2, 1), "oslo", communities=("Tibet", "Iran")),
        made("suva-in-2022", None, "suva", when=EventDate.year(2022)),
        made("undated", None, "oslo"),
        made("waiting", date(2020, 2, 1), "oslo", review=ReviewStatus.PENDING),
    )
    yield site
    db.close()


def stats(ask: Ask, site: Site, query: str = "") -> dict[str, Any]:
    answer = ask(site, f"{STATS}?{query}")
    assert answer.status == 200, answer.body
    found: dict[str, Any] = json.loads(answer.body)
    return found


@pytest.mark.slow
def test_figures_are_exact(ask: Ask, site: Site) -> None:
    found = stats(ask, site, "unit=year")
    assert (found["total"], found["undated"], found["undated_left_out"]) == (5, 1, 0)
    figures = found["figures"]
    assert figures["time"] == {
        "columns": ["Year", "Events"],
        "rows": [["2019", 1], ["2020", 1], ["2021", 1], ["2022", 1]],
        "says": "Most events in one year: 1, in 2019. The chart shows 4 events.",
        "leaves_out": "1 event without any date.",
    }
    assert figures["community"] == {
        "columns": ["Community", "Events"],
        "rows": [["Iran", 5], ["Tibet", 1]],
        "says": "Most events: Iran, 5 of 5 (100%), then Tibet with 1.",
        "leaves_out": "1 event with several communities, counted for each.",
    }
    assert figures["country"]["rows"] == [["Norway", "NO", 4], ["Fiji", "FJ", 1]]
    assert figures["city"]["rows"] == [["Oslo, Norway", 3], ["Bergen, Norway", 1], ["Suva, Fiji", 1]]
    assert figures["kind"]["rows"] == [["Rally", 4], ["March", 1]]
    assert figures["organiser"]["leaves_out"] == "4 events without a known organiser."
    assert figures["weekday"]["rows"] == [
        ["Monday", 1],
        ["Tuesday", 0],
        ["Wednesday", 1],
        ["Thursday", 0],
        ["Friday", 0],
        ["Saturday", 1],
        ["Sunday", 0],
    ]
    assert figures["weekday"]["leaves_out"] == (
        "1 event left out: not dated closely enough for one day. 1 event without any date."
    )
    assert figures["crowd"]["rows"] == [
        ["2019", 1, 1, 100, 300, 0, 0],
        ["2020", 1, 0, 0, 0, 0, 0],
        ["2021", 1, 0, 0, 0, 0, 0],
        ["2022", 1, 0, 0, 0, 0, 0],
    ]
    assert figures["crowd"]["says"] == "Numbers are known for 1 of 5 events (20%): together 100 to 300 people."
    assert figures["claims"]["columns"] == ["Who says so", "Events", "Lowest, summed", "Highest, summed"]
    assert figures["claims"]["rows"] == [
        ["Police", 1, 100, 300], ["Organisers", 0, 0, 0], ["Publishers of the sources", 0, 0, 0],
        ["Others who are named", 0, 0, 0], ["Not said who", 0, 0, 0],
    ]  # fmt: skip
    assert figures["flow"]["columns"] == [
        "Community",
        "Oslo, Norway",
        "Bergen, Norway",
        "Suva, Fiji",
        "Elsewhere or unknown",
    ]
    assert figures["flow"]["rows"] == [["Iran", 3, 1, 1, 0], ["Tibet", 1, 0, 0, 0]]
    assert figures["missed"]["says"] == (
        "No estimate for any city here. For Oslo, Norway, with most events: an estimate needs two independent sources "
        "that list 7 events each; here is no such source."
    )
    assert figures["quality"]["rows"] == [
        ["day known", 3, 5, "60%"],
        ["weekend to year known", 1, 5, "20%"],
        ["no date", 1, 5, "20%"],
        ["venue known", 0, 5, "0%"],
        ["city or district known", 5, 5, "100%"],
        ["no place on the map", 0, 5, "0%"],
        ["online, without a place", 0, 5, "0%"],
        ["organiser named", 1, 5, "20%"],
        ["source given", 5, 5, "100%"],
        ["publisher of a source named", 0, 5, "0%"],
        ["crowd in numbers", 1, 5, "20%"],
        ["crowd estimates far apart", 1, 1, "100%"],
    ]
    assert figures["quality"]["says"] == (
        "Of 5 events: day known 60%, venue known 0%, source given 100%, crowd in numbers 20%."
    )
    assert figures["coverage"]["columns"] == ["Country", "Newest event", "2019", "2020", "2021", "2022"]
    assert figures["coverage"]["rows"] == [
        ["Norway", "1 February 2021", 1, 1, 1, 0],
        ["Fiji", "1 January 2022", 0, 0, 0, 1],
    ]
    assert figures["coverage"]["says"] == ("Events in 4 of 8 cells of a country and a year: 2 countries, 2019 to 2022.")
    assert "does not mean that nobody rallied" in figures["coverage"]["leaves_out"]
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_split_gives_a_column_for_each_group(ask: Ask, site: Site) -> None:
    figure = stats(ask, site, "by=time&unit=year&split=city")["figures"]["time"]
    assert figure["columns"] == ["Year", "Events", "Oslo, Norway", "Bergen, Norway", "Suva, Fiji"]
    assert figure["rows"][0] == ["2019", 1, 0, 1, 0]
    assert figure["rows"][3] == ["2022", 1, 0, 0, 1]


def test_filter_is_the_same_as_everywhere(ask: Ask, site: Site) -> None:
    found = stats(ask, site, "by=kind&from=2020-01-01&to=2021-12-31")
    assert (found["total"], found["undated"], found["undated_left_out"]) == (2, 0, 1)
    assert found["figures"] == {
        "kind": {
            "columns": ["Kind", "Events"],
            "rows": [["Rally", 2]],
            "says": "Most events: rally, 2 of 2 (100%).",
            "leaves_out": "",
        }
    }
    assert list(stats(ask, site, "by=weekday&by=kind")["figures"]) == ["kind", "weekday"]


def test_nothing_that_fits_is_an_answer(ask: Ask, site: Site) -> None:
    figures = stats(ask, site, "community=Nobody")["figures"]
    assert figures["time"]["says"] == "No event fits into a bar."
    assert figures["community"]["rows"] == []
    assert figures["quality"]["says"] == "There is no event."
    assert figures["coverage"]["says"] == "No event has both a known country and a date."
    assert figures["looked"]["says"] == "Nobody has recorded yet which places and periods were looked at."
    assert figures["crowd"]["says"] == "No event gives the size of its crowd in numbers."
    assert figures["claims"]["says"] == "No event gives the size of its crowd in numbers."


def test_csv_is_the_table_with_formulas_defused(ask: Ask, site: Site) -> None:
    answer = ask(site, f"{STATS}?by=organiser&format=csv")
    assert answer.body == b"Organiser,Events\r\n'=SUM(A1),1\r\n"
    headers = dict(answer.all_headers)
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == 'attachment; filename="organiser.csv"'
    assert headers["access-control-allow-origin"] == "*"


def test_known_etag_is_answered_304(ask: Ask, site: Site) -> None:
    etag = dict(ask(site, STATS).all_headers)["etag"]
    again = ask(site, STATS, headers={"if-none-match": etag})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("by=weather", f"“weather” is not a figure; “by” is one of {KNOWN}."),
        ("unit=hour", "“unit” is one of day, week, month, year."),
        ("unit=day&unit=week", "“unit” can be given once only."),
        (
            "by=time&unit=day",
            "“unit=day” is too fine for so long a period; choose one of week, month, year, or a shorter period.",
        ),
        ("split=weekday", "“split” is one of community, country, city, organiser, kind, status, topic, publisher."),
        ("format=xlsx", "“format” is one of json, csv."),
        ("format=csv", f"A CSV file holds one figure; name it by “by”, one of {KNOWN}."),
        (
            "kind=parade",
            (
                "“parade” is not a kind of event; known are: "
                "conference, exhibition, march, other, performance, picket, rally, vigil."
            ),
        ),
        ("from=soon", "“soon” is not a day; write 2020-02-01, 2020-02 or 2020."),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(ask: Ask, site: Site, query: str, sentence: str) -> None:
    answer = ask(site, f"{STATS}?{query}")
    assert (answer.status, json.loads(answer.body)) == (400, {"error": sentence})


def test_unknown_parameter_is_refused_with_those_that_are_known(ask: Ask, site: Site) -> None:
    answer = ask(site, f"{STATS}?colour=red")
    assert answer.status == 400
    assert json.loads(answer.body)["error"].startswith("“colour” is not a parameter here; known are: ")


@pytest.mark.parametrize("ask_for", ["by=city", "by=city&format=csv"])
def test_names_in_data_have_no_marks_of_pages_from_right_to_left(ask: Ask, site: Site, ask_for: str) -> None:
    reader = ReaderLanguage(site)
    answer = ask(reader, f"{STATS}?{ask_for}&lang=fa")
    if "csv" in ask_for:
        first = next(csv.reader(io.StringIO(answer.text.partition("\r\n")[2])))
    else:
        first = json.loads(answer.body)["figures"]["city"]["rows"][0]
    assert (first[0], int(first[1])) == ("اسلو، نروژ", 3)
    assert ask(reader, f"/api/v1/events?limit=1&{urlencode({'city': first[0]})}").text.count('"id":"') == 1
