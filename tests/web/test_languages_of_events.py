"""Pages, feeds and the API say an event in the reader's language, else as it was written, marked with its language."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date

import pytest
from icalendar import Calendar

from rallymap.events import Translation
from rallymap.store import Database
from rallymap.web.reader_language import ReaderLanguage
from tests.web.conftest import Ask
from tests.web.test_public_data import ATOM, Site, made

FA = Translation("fa", "تجمع در اسلو", "دربارهٔ <b>آزادی</b>")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    db = Database.open(f"sqlite:///{tmp_path_factory.mktemp('site') / 'rallymap.db'}")
    site = Site(db)
    site.put(
        made(
            "oslo-2020", date(2020, 2, 1), "oslo", title="Kundgebung", about="Worum", language="de", translations=(FA,)
        ),
        made("oslo-2021", date(2021, 2, 1), "oslo"),
        made("apia-a", date(2022, 3, 1), "apia", title="Samling"),
        made("apia-b", date(2022, 3, 1), "apia", translations=(Translation("sv", "Samling"),)),
    )
    yield site
    db.close()


@pytest.mark.slow
def test_event_page_is_in_the_readers_language_and_lists_the_others(site: Site, ask: Ask) -> None:
    html = ask(ReaderLanguage(site), "/events/oslo-2020?lang=fa").text
    assert "<title>تجمع در اسلو – Rallies &amp; more</title>" in html
    assert '<meta property="og:title" content="تجمع در اسلو">' in html
    assert '<h1 class="rm-title" dir="auto">تجمع در اسلو</h1><dl' in html
    assert "دربارهٔ &lt;b&gt;آزادی&lt;/b&gt;" in html
    assert '<li><bdi lang="de">Kundgebung</bdi><small>متن اصلی: آلمانی</small><p lang="de" dir="auto">Worum</p>' in html


def test_event_page_marks_an_original_that_the_reader_may_not_read(site: Site, ask: Ask) -> None:
    html = ask(ReaderLanguage(site), "/events/oslo-2020").text
    assert '<h1 class="rm-title" dir="auto" lang="de">Kundgebung</h1><p class="rm-written-in" dir="auto">' in html
    assert "Original language: German" in html
    assert '<li><bdi lang="fa">تجمع در اسلو</bdi><small>Persian</small>' in html
    german = ask(ReaderLanguage(site), "/events/oslo-2020?lang=de").text
    assert '<h1 class="rm-title" dir="auto">Kundgebung</h1><dl' in german


@pytest.mark.parametrize("path", ["/events/year/2020", "/events/oslo-2021"])
def test_lists_and_neighbours_name_it_for_each_reader(site: Site, ask: Ask, path: str) -> None:
    assert "<bdi>تجمع در اسلو</bdi>" in ask(ReaderLanguage(site), f"{path}?lang=fa").text
    assert '<bdi lang="de">Kundgebung</bdi>' in ask(ReaderLanguage(site), path).text


def test_feeds_have_the_readers_title_and_all_words(site: Site, ask: Ask) -> None:
    atom = ask(ReaderLanguage(site), "/feeds/events.atom?lang=fa").text
    assert "<title>تجمع در اسلو</title>" in atom
    assert "آلمانی: Kundgebung – Worum" in atom
    calendar = Calendar.from_ical(ask(ReaderLanguage(site), "/feeds/events.ics").body)
    [event] = [one for one in calendar.walk("VEVENT") if one["uid"].startswith("oslo-2020")]
    assert (str(event["summary"]), event["summary"].params["LANGUAGE"]) == ("Kundgebung", "de")
    assert "Persian: تجمع در اسلو – دربارهٔ <b>آزادی</b>" in str(event["description"])


def test_further_pages_and_the_feeds_own_address_stay_in_the_language_of_the_answer(site: Site, ask: Ask) -> None:
    reader = ReaderLanguage(site)
    answer = json.loads(ask(reader, "/api/v1/events?country=NO&limit=1&lang=fa").body)
    assert re.fullmatch(
        r"http://localhost:8501/api/v1/events\?country=NO&limit=1&cursor=[-.\d]+&lang=fa", answer["next"]
    )
    following = json.loads(ask(reader, answer["next"].removeprefix("http://localhost:8501")).body)
    assert following["citation"] == answer["citation"]
    assert "lang" not in json.loads(ask(reader, "/api/v1/events?limit=1").body)["next"]
    for spoken, query in (("?lang=fa", "lang=fa"), ("?country=NO&lang=fa", "country=NO&lang=fa"), ("", "")):
        feed = ET.fromstring(ask(reader, f"/feeds/events.atom{spoken}").body)
        links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
        base, asked = "http://localhost:8501/", f"?{query}" if query else ""
        assert (links["self"], links["alternate"]) == (f"{base}feeds/events.atom{asked}", f"{base}{asked}")
        assert "lang" not in feed.findtext("a:id", "", ATOM)


def test_api_table_and_jsonld_keep_every_language_whoever_reads(site: Site, ask: Ask) -> None:
    answers = [ask(ReaderLanguage(site), f"/api/v1/events/oslo-2020{query}").body for query in ("", "?lang=fa")]
    event = json.loads(answers[0])
    assert answers[0] == answers[1]
    assert (event["title"], event["language"], event["translations"]) == (
        "Kundgebung",
        "de",
        [{"language": "fa", "title": FA.title, "about": FA.about}],
    )
    table = csv.DictReader(io.StringIO(ask(site, "/export/events.csv?city=Oslo").body.decode()))
    row = next(row for row in table if row["id"] == "oslo-2020")
    assert [row[f"translation1_{name}"] for name in ("language", "title", "about")] == ["fa", FA.title, FA.about]
    page = ask(ReaderLanguage(site), "/events/oslo-2020?lang=fa").text
    node = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert node["name"] == [{"@language": "de", "@value": "Kundgebung"}, {"@language": "fa", "@value": FA.title}]


@pytest.mark.slow
def test_preview_picture_has_the_readers_title(site: Site, ask: Ask) -> None:
    def preview(name: str, code: str) -> bytes:
        return ask(ReaderLanguage(site), f"/events/{name}/preview.png?lang={code}").body

    assert preview("apia-a", "sv") == preview("apia-b", "sv")
    assert preview("apia-a", "en") != preview("apia-b", "en")


@pytest.mark.parametrize("code", ["de", "fa", "zh-Hant"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "status=x",
            "“x” is not a life status; known are: announced, cancelled, confirmed, held, moved_online, postponed.",
        ),
        ("from=soon", "“soon” is not a day; write 2020-02-01, 2020-02 or 2020."),
        ("from=2021&to=2020", "“from” is later than “to”."),
    ],
)
def test_refused_request_is_not_said_to_be_answered_without_its_wrong_part(
    site: Site, ask: Ask, code: str, query: str, sentence: str
) -> None:
    for path in ("/api/v1/events", "/export/events.csv", "/feeds/events.atom"):
        refused = ask(ReaderLanguage(site), f"{path}?{query}&lang={code}")
        assert (refused.status, json.loads(refused.body)) == (400, {"error": sentence})
