"""The map in one file: what is in it, and that no text gets out of it."""

from __future__ import annotations

import base64
import csv
import dataclasses
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import zlib
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import ExportError
from rallymap.events import Claim, ClaimKind, Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.exports.provenance import Provenance
from rallymap.intake.context import ContextMark
from rallymap.language import ENGLISH, add_wording, find_language, languages, use_language
from rallymap.views import single_file
from rallymap.views.single_file import write_single_file

BREAKOUT = "</script><script>alert(1)</script><!-- ${x} & \" '"
DATA = Path(__file__).parents[2] / "data"
INFO = Provenance(date(2026, 11, 26), "Rallies", "https://rallies.example/", "12", "events in Norway")


def made(event_id: str, day: date | None, **changes: Any) -> Event:
    point = Location(59.9127, 10.7461, LocationPrecision.CITY, 9_000, 0.95, "gazetteer", "Oslo", country="NO")
    when = EventDate(day, day, DatePrecision.DAY) if day else EventDate.unknown()
    event = Event(
        event_id, f"Rally {event_id}", Kind.RALLY, when, Place("Oslo"), point, communities=("Iran",),
        sources=(Source("https://news.example/a", "Headline", "The News", date(2020, 2, 4)),),
        review=ReviewStatus.PUBLISHED,
    )  # fmt: skip
    return dataclasses.replace(event, **changes)


def page_of(events: list[Event], provenance: Provenance = INFO, **options: Any) -> str:
    return b"".join(write_single_file(events, provenance, **options)).decode()


def data_in(page: str) -> dict[str, Any]:
    packed = re.search(r'<script type="text/plain" id="data">([A-Za-z0-9+/=]*)</script>', page)
    assert packed is not None
    found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed[1])))
    return found


class Elements(HTMLParser):
    """Collects every tag with its attributes, and what scripts hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.text = ""
        self.inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.scripts[-1] += data
        elif self.inside != "style":
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return [
        made("b-2019", date(2019, 5, 1), kind=Kind.MARCH, communities=("Tibet", "Iran")),
        made("a-2020", date(2020, 2, 1), title=BREAKOUT, about=BREAKOUT,
             claims=(Claim(ClaimKind.SLOGAN, BREAKOUT, BREAKOUT, 0),),
             sources=(Source("https://x.example/", BREAKOUT),)),
        made("c-2020", date(2020, 2, 1), location=None, place=Place("Somewhere")),
        made("undated", None),
    ]  # fmt: skip


def test_file_holds_every_event_newest_first_with_text_and_sources(events: list[Event]) -> None:
    data = data_in(page_of(events))
    assert [event[0] for event in data["events"]] == ["c-2020", "a-2020", "b-2019", "undated"]
    event_id, title, kind, when, where, name, at, country, communities, lines, sources, lang = data["events"][2]
    assert (event_id, title, kind, when, where, name, at, country, communities) == (
        "b-2019", "Rally b-2019", "march", "1 May 2019", "Oslo, Norway", "Oslo", [59.9127, 10.7461], "NO",
        ["Tibet", "Iran"],
    )  # fmt: skip
    assert lang == ""
    assert lines[:2] == ["March", "When: 1 May 2019"]
    assert sources == [["Headline", "https://news.example/a", "The News · 4 February 2020", ""]]
    assert not [line for line in lines if line.startswith("Source")]
    columns = data["columns"]
    assert (columns["start"], columns["kind"]) == ([18293, 18293, 18017, -(2**31)], [0, 0, 1, 0])
    assert [x == -1 for x in columns["x"]] == [True, False, False, False]
    assert (data["communities"], columns["community"]) == (["Iran", "Tibet", ""], [0, 0, 1, 0])
    assert data["bounds"] == [18017, 18293]
    search = data["search"]
    assert {"norge", "norwegen", "نروژ"} <= search["rules"]["names"].keys()
    assert search["communities"]["iranian"] == "iran"
    assert search["cities"]["kristiania"] == ["oslo"]
    shown = "\n".join([title, *lines, *sources[0]])
    names = [shown[at : at + size] for at, size in batched(search["pieces"][2][1])]
    assert names == ["Tibet", "Iran", "Oslo", "Oslo", "Norway", "March"]


def batched(numbers: list[int]) -> list[tuple[int, int]]:
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_no_text_of_an_event_leaves_its_place(events: list[Event]) -> None:
    page = page_of(events, dataclasses.replace(INFO, site=f"A {BREAKOUT}"))
    found = Elements(page)
    assert [attributes.get("type") for tag, attributes in found.tags if tag == "script"] == [
        "application/json", "text/plain", "text/plain", "text/plain", None, "module",
    ]  # fmt: skip
    assert "alert(1)" not in "".join(found.scripts)
    assert data_in(page)["events"][1][1] == BREAKOUT


def test_only_our_scripts_may_run_and_nothing_may_be_asked_for(events: list[Event]) -> None:
    found = Elements(page_of(events))
    policy = next(a["content"] or "" for tag, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in found.scripts]
    assert rules["script-src"].split() == hashes[-2:]
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    asking = [(tag, a) for tag, a in found.tags if a.get("src") or (tag == "link" and a.get("rel") != "license")]
    assert asking == []


def test_file_says_licence_citation_day_and_a_statement_without_script(events: list[Event]) -> None:
    found = Elements(page_of(events))
    named = {a.get("name"): a.get("content") for tag, a in found.tags if tag == "meta"}
    assert named["dcterms.license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert named["dcterms.issued"] == "2026-11-26"
    citation = "Rallies: events in Norway, version 12, exported 2026-11-26. CC BY 4.0. https://rallies.example/"
    assert named["dcterms.bibliographicCitation"] == citation
    assert f"Cite as: {citation}" in found.text
    assert "This file needs JavaScript to show its map and list. It holds 4 events as of 26 November 2026" in found.text


def test_happenings_are_those_of_the_communities(events: list[Event]) -> None:
    marks = (ContextMark(18000, 18000, "Everybody's"), ContextMark(18001, 18002, "Sudan's", communities=("Sudan",)),
             ContextMark(18003, 18003, "Tibet's", communities=("Tibet",)))  # fmt: skip
    found = data_in(page_of(events, context=marks, cities=[("Oslo", 5, 6)]))
    assert [mark["title"] for mark in found["context"]] == ["Everybody's", "Tibet's"]
    assert found["places"] == [["Oslo", 5, 6]]


@pytest.mark.slow
def test_same_events_give_the_same_bytes_and_none_gives_a_file(events: list[Event]) -> None:
    assert page_of(events) == page_of(events)
    empty = data_in(page_of([]))
    assert (empty["events"], empty["bounds"]) == ([], None)


def in_england() -> list[Event]:
    where = Location(53.8, -1.55, LocationPrecision.CITY, 9_000, 0.95, "gazetteer", "Leeds", "England", "GB")
    return [made("leeds", date(2020, 2, 1), location=where, communities=("Kurdistan", "Tigrayans", "Kashmiris"))]


@pytest.mark.slow
def test_another_process_writes_the_same_bytes() -> None:
    """Sets have another order in each process; regions have many names in other languages."""
    code = "from tests.views.test_single_file import *; print(page_of(in_england()))"
    root = Path(__file__).parents[2]
    other = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        cwd=root,
        capture_output=True,
        check=True,
    )
    assert other.stdout.decode().removesuffix("\n") == page_of(in_england())


def test_too_many_events_are_refused(events: list[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_file, "MOST_EVENTS", 3)
    with pytest.raises(ExportError, match="narrow the filter"):
        page_of(events)


@pytest.mark.slow
def test_ten_thousand_events_stay_below_six_megabytes() -> None:
    """With texts of the bundled events, each broken up by words of its own so that no two are alike."""
    with (DATA / "rallies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    draw = random.Random(1)
    words = sorted({word for row in rows for word in row["about"].split()})
    events = []
    for number in range(10_000):
        row = rows[number % len(rows)]
        own = " ".join(draw.choices(words, k=25))
        point = Location(draw.uniform(-60, 70), draw.uniform(-180, 180), LocationPrecision.CITY, 9_000, 0.9, "given")
        source = Source(
            f"https://news.example/{draw.getrandbits(64):x}", row["source1_title"], row["source1_publisher"]
        )
        day = date(1990, 1, 1) + timedelta(days=draw.randrange(13_000))
        events.append(
            made(f"event-{number}", day, title=row["title"], about=own, location=point, sources=(source, source))
        )
    size = len(page_of(sorted(events, key=lambda event: event.when.start or date.min)))
    assert size < 6_000_000, f"{size:,} bytes"


@pytest.mark.slow
def test_file_is_written_in_the_present_language(
    events: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rallymap.language.catalogue._own", [])
    catalogue = Catalog(locale="he", fuzzy=False)
    catalogue.add("Play", "נגן", locations=[("rallymap/assets/map/controls/player.js", 0)])
    one = "It holds {n} event as of {day}, with their sources."
    many = "It holds {n} events as of {day}, with their sources."
    catalogue.add((one, many), ("<{n} אירוע, {day}>",) * catalogue.num_plurals)
    catalogue.add("Licence: {licence}.", "{licence} <ב>")
    with (tmp_path / "he.po").open("wb") as file:
        write_po(file, catalogue)
    add_wording(tmp_path)
    with use_language(find_language("he", languages(tmp_path)) or ENGLISH):
        page = page_of(events)
    assert '<html lang="he" dir="rtl">' in page
    assert "&lt;4 אירוע, 26 בנובמבר 2026&gt;" in page
    assert ">CC BY 4.0</a> &lt;ב&gt;" in page
    messages = re.search(r'<script type="application/json" id="messages">(.*?)</script>', page)
    assert messages is not None
    said = json.loads(messages[1])
    assert (said["lang"], said["messages"]) == ("he-u-nu-latn", {"Play": "נגן"})
    assert said["dates"]["names"]["LLL"][:2] == ["ינו׳", "פבר׳"]
    assert data_in(page)["countries"] == {"NO": "נורווגיה"}
    assert '<html lang="en" dir="ltr">' in page_of(events)
