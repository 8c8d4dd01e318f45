"""The nine events contain exactly what the five articles report."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from rallymap.dates import EventDate
from rallymap.events import ClaimKind, Event, EventStatus, Kind
from rallymap.intake.context import read_context
from rallymap.intake.table import read_table

DATA = Path(__file__).parents[1] / "data"
WEEKEND = ("2020-02-01/2020-02-02", "weekend")
SUPPORTERS = ("MEK supporters", "NCRI supporters")


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    result = read_table(DATA / "events.csv")
    assert (result.errors, result.not_read) == ((), ())
    return {event.id: event for event in result.events}


def test_every_rally_has_its_day_and_its_place_as_written(events: dict[str, Event]) -> None:
    assert {
        event.id: (event.when.edtf, str(event.when.precision), event.place.text, event.place.country_hint)
        for event in events.values()
    } == {
        "paris-2018-06": ("2018-06-30", "day", "Paris", "FR"),
        "ottawa-2020-02": (*WEEKEND, "Ottawa, Canada", "CA"),
        "toronto-2020-02": (*WEEKEND, "Toronto, Canada", "CA"),
        "oslo-2020-02": (*WEEKEND, "Oslo, Norway", "NO"),
        "gothenburg-2020-02": (*WEEKEND, "Gothenburg, Sweden", "SE"),
        "malmo-2020-02": (*WEEKEND, "Malmo", "SE"),
        "aarhus-2020-02": (*WEEKEND, "Arhus, Denmark", "DK"),
        "oslo-2022-06": ("2022-06~", "month", "Oslo, Norway", "NO"),
        "oslo-bookstand-undated": ("", "unknown", "Oslo, Norway", "NO"),
    }


def test_undated_exhibition_has_no_day(events: dict[str, Event]) -> None:
    assert events["oslo-bookstand-undated"].when == EventDate.unknown()
    assert events["oslo-bookstand-undated"].kind is Kind.EXHIBITION
    assert {event.kind for event in events.values() if event.id != "oslo-bookstand-undated"} == {Kind.RALLY}


def test_organisers_are_named_as_the_sources_name_them(events: dict[str, Event]) -> None:
    assert events["paris-2018-06"].organisers == (
        "National Council of Resistance (NCRI)",
        "Organization of Iranian American Communities (OIAC)",
    )
    assert events["oslo-2022-06"].organisers == ("Supporters of the Iranian Resistance",)
    assert events["oslo-bookstand-undated"].organisers == ("MEK supporters in Oslo",)
    assert {event.organisers for event in events.values() if event.id.endswith("-2020-02")} == {SUPPORTERS}


def test_rally_in_two_articles_is_one_event(events: dict[str, Event]) -> None:
    assert {event.id: len(event.sources) for event in events.values() if len(event.sources) != 1} == {
        "paris-2018-06": 2
    }
    assert {claim.source for claim in events["paris-2018-06"].claims} == {0, 1}


def test_every_place_is_named_in_an_article(events: dict[str, Event]) -> None:
    assert "villepinte" not in (DATA / "events.csv").read_text("utf-8").casefold()
    assert {event.id: event.place.venue for event in events.values() if event.place.venue} == {
        "oslo-2022-06": "in front of the Norwegian parliament"
    }


def test_every_statement_is_attributed_and_has_a_source(events: dict[str, Event]) -> None:
    for event in events.values():
        assert event.communities == ("Iran",)
        assert event.status is EventStatus.HELD
        assert event.about
        assert event.claims
        assert all(claim.by and claim.source is not None for claim in event.claims)
        assert all(estimate.by and estimate.source is not None for estimate in event.crowd)
        assert all(source.title and not source.url for source in event.sources)


def test_words_of_others_are_in_quotation_marks(events: dict[str, Event]) -> None:
    literal = (ClaimKind.SLOGAN, ClaimKind.BANNER, ClaimKind.SPEECH)
    for claim in (claim for event in events.values() for claim in event.claims if claim.kind in literal):
        assert (claim.text[0], claim.text[-1]) == ("“", "”")
    assert events["gothenburg-2020-02"].claims[0].text == "“From Tehran to Baghdad our slogan is Revolution”"


def test_no_article_gives_the_number_of_a_crowd(events: dict[str, Event]) -> None:
    crowd = [
        (event.id, claim.low, claim.high, claim.words, claim.by) for event in events.values() for claim in event.crowd
    ]
    assert crowd == [("paris-2018-06", None, None, "widely attended", "Iran Focus")]


def test_context_is_dated_and_no_rally() -> None:
    marks, complaints = read_context(DATA / "context.csv")
    assert complaints == []
    assert [(mark.date_text, mark.title) for mark in marks] == [
        ("1988-06~/1988-08~", "Killing of political prisoners in Iran"),
        ("2018-03", "Maryam Rajavi of the NCRI calls for “a year full of uprisings”"),
        ("2018-06", "Foiled bomb plot against the rally in or near Paris"),
        ("2019-11", "First wave of protests in Iran and their suppression"),
        ("2019-11-15", "Fuel price protests begin in Khuzestan province"),
        ("2019-12-15", "The MEK publishes its count of the killed and arrested"),
        ("2020-01", "Second wave of protests in Iran"),
        ("2020-11", "Trial over the foiled plot of June 2018 begins"),
        ("2022-05", "Court in Antwerp upholds the sentences over the plot of 2018"),
        ("2022-05~", "Metropol building in Abadan collapses"),
    ]
    assert all(mark.note and mark.source for mark in marks)


def test_files_are_plain_for_people_and_spreadsheets() -> None:
    for name in ("events.csv", "context.csv", "rallies.csv", "communities.csv"):
        content = (DATA / name).read_bytes()
        assert b"\r" not in content
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert all(cell == cell.strip() and not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_readme_names_every_file_and_every_source() -> None:
    readme = (DATA / "README.md").read_text("utf-8")
    assert [path.name for path in sorted(DATA.iterdir()) if path.name not in ("README.md", *readme.split("`"))] == []
    titles = {source.title for event in read_table(DATA / "events.csv").events for source in event.sources}
    assert [title for title in titles if title not in readme and not title.startswith("Untitled")] == []
