"""Charts as Vega-Lite documents: the numbers that they draw, their look, and no text of users where it could run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rallymap.language import Language, use_language
from rallymap.language.languages import languages
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.trends.compared_over_time import compare_over_time
from rallymap.trends.comparing import compare
from rallymap.trends.context_events import Around
from rallymap.trends.crowds import sum_crowds
from rallymap.trends.flows import count_flows
from rallymap.trends.over_time import count_over_time, count_weekdays
from rallymap.trends.quality import rate_quality
from rallymap.trends.rankings import rank
from rallymap.views.charts.bars import (
    chart_around,
    chart_of_crowds,
    chart_of_ranking,
    chart_of_weekdays,
    chart_over_time,
)
from rallymap.views.charts.drawing import Drawing
from rallymap.views.charts.grids import chart_of_days, chart_of_flows, chart_of_months
from rallymap.views.charts.names import name_axis
from rallymap.views.charts.quality import chart_of_shares
from rallymap.views.charts.sides import chart_of_sides, chart_of_sides_over_time
from rallymap.views.charts.theme import DARK, LIGHT, Palette, palette
from tests.query.conftest import day
from tests.query.conftest import row as row
from tests.trends.conftest import choose

NODE = Path(sys.executable).with_name("node")
PAYLOAD = "</script><img src=x onerror=alert(1)> ${alert(1)} datum['x']"


def values_of(chart: Any) -> list[dict[str, Any]]:
    """Return the data of a chart of one layer or more."""
    datasets: dict[str, list[dict[str, Any]]] = chart.to_dict()["datasets"]
    return next(iter(datasets.values()))


def rows(row: Any) -> list[Any]:
    return [
        row("a", "2020-02-01", city="Oslo", crowd_low=10, crowd_high=20),
        row("b", "2020-02-01", city="Oslo", communities=("Tibet",)),
        row("c", "2021-03-05", city="Kiel", country="DE", kind="vigil"),
        row("d", "2021-03-05", city="Kiel", country="DE", organisers=(PAYLOAD,)),
    ]


def test_bars_of_time_are_stacked_and_carry_their_days(row: Any) -> None:
    chosen = choose(rows(row))
    over_time = count_over_time(chosen, "year", "communities")
    assert over_time is not None
    values = values_of(chart_over_time(over_time, "communities", LIGHT, description="x"))
    drawn = [(one["time"], one["group"], one["bottom"], one["top"], one["from"], one["to"]) for one in values]
    first, last = day("2020-01-01"), day("2020-12-31")
    assert drawn == [
        ("2020", "Iran", 0, 1, first, last),
        ("2020", "Tibet", 1, 2, first, last),
        ("2021", "Iran", 0, 2, last + 1, day("2021-12-31")),
    ]


def test_values_that_are_chosen_stand_out(row: Any) -> None:
    ranking = rank(choose(rows(row)), "countries", 5)
    values = values_of(chart_of_ranking(ranking, ("NO",), LIGHT, description="x"))
    assert [(one["name"], one["events"], one["on"]) for one in values] == [("Germany", 2, False), ("Norway", 2, True)]
    values = values_of(chart_of_ranking(ranking, (), LIGHT, description="x"))
    assert {one["on"] for one in values} == {True}


def test_cells_of_months_and_days(row: Any) -> None:
    chosen = choose(rows(row))
    by_month, by_day = count_over_time(chosen, "month"), count_over_time(chosen, "day")
    assert by_month is not None
    assert by_day is not None
    months = {one["time"]: one["events"] for one in values_of(chart_of_months(by_month, LIGHT, description="x"))}
    assert (len(months), months["February 2020"], months["March 2021"], sum(months.values())) == (14, 2, 2, 4)
    days = {one["time"]: one for one in values_of(chart_of_days(by_day, LIGHT, description="x"))}
    assert (days["1 February 2020"]["weekday"], days["1 February 2020"]["events"]) == ("Sat", 2)
    assert days["3 February 2020"]["week"] == days["1 February 2020"]["week"] + 1


def test_cells_of_communities_and_cities(row: Any) -> None:
    values = values_of(chart_of_flows(count_flows(choose(rows(row)), 5, 5), LIGHT, description="x"))
    found = {(one["community"], one["city"]): one["events"] for one in values}
    assert found == {
        ("Iran", "Kiel, DE"): 2,
        ("Iran", "Oslo, NO"): 1,
        ("Tibet", "Kiel, DE"): 0,
        ("Tibet", "Oslo, NO"): 1,
    }


def test_cities_of_a_chart_are_named_in_the_readers_language(row: Any) -> None:
    flows = count_flows(choose(rows(row)), 5, 5)
    with use_language(Language("fa", "", "rtl")):
        axis = chart_of_flows(flows, LIGHT, description="x").to_dict()["layer"][0]["encoding"]["x"]["axis"]
    kiel, oslo = (f'"{city}": {json.dumps(name)}' for city, name in (("Kiel, DE", "کیل"), ("Oslo, NO", "اسلو")))
    assert axis["labelExpr"] == f"{{{kiel}, {oslo}}}[datum.label]"


def test_periods_in_a_legend_have_the_direction_of_the_page(row: Any) -> None:
    snapshot = Snapshot.build([rows(row)], 1)
    names = ("۱ تا ۳ مارس ۲۰۱۸", "Friends of Tibet")
    sides = [(name, EventFilter()) for name in names]
    compared = compare_over_time(snapshot, *(chosen for _, chosen in sides))
    assert compared is not None
    with use_language(Language("fa", "", "rtl")):
        by_city = chart_of_sides(compare(snapshot, sides[0], sides[1], "cities", 5), LIGHT, description="x").to_dict()
        over_time = chart_of_sides_over_time(compared, names, LIGHT, description="x").to_dict()
    isolated = [f"\u2067{name}\u2069" for name in names]
    for layer in (by_city, over_time["layer"][1]):
        assert layer["encoding"]["color"]["scale"]["domain"] == isolated
    drawn = {value["side"] for values in by_city["datasets"].values() for value in values}
    drawn |= {value["side"] for values in over_time["datasets"].values() for value in values if "side" in value}
    assert drawn == set(isolated)


def test_years_without_a_number_of_people_have_their_room(row: Any) -> None:
    numbers = [row("a", "2018-02-01", crowd_low=10, crowd_high=20), row("b", "2021-02-01", crowd_low=5, crowd_high=5)]
    chart = chart_of_crowds(sum_crowds(choose([*numbers, row("c", "2023-02-01")])), LIGHT, description="x")
    years = [layer["encoding"]["x"]["scale"]["domain"] for layer in chart.to_dict()["layer"]]
    assert years == [["2018", "2019", "2020", "2021"]] * 3


@pytest.mark.parametrize(
    ("code", "marks"),
    [
        ("en", ["1", "10K", "1M"]),
        ("de", ["1", "10.000", "1\u00a0Mio."]),
        ("uk", ["1", "10\u00a0тис.", "1\u00a0млн"]),
        ("zh-Hant", ["1", "1萬", "100萬"]),
        ("fa", ["\u2067۱\u2069", "\u2067۱۰\u00a0هزار\u2069", "\u2067۱\u00a0میلیون\u2069"]),
    ],
)
def test_axis_of_people_has_no_english_letters(row: Any, code: str, marks: list[str]) -> None:
    crowds = sum_crowds(choose([row("a", "2018-02-01", crowd_low=10, crowd_high=20)]))
    with use_language(next(one for one in languages() if one.code == code)):
        axis = chart_of_crowds(crowds, LIGHT, description="x").to_dict()["layer"][0]["encoding"]["y"]["axis"]
    labels = json.loads(axis["labelExpr"].removesuffix("[datum.value]"))
    assert [labels[power] for power in ("1", "10000", "1000000")] == marks


def all_charts(row: Any, colours: Palette) -> list[Any]:
    chosen = choose(rows(row))
    by_month = count_over_time(chosen, "month")
    assert by_month is not None
    return [
        chart_over_time(by_month, None, colours, description="what it shows"),
        chart_of_ranking(rank(chosen, "organisers", 5), (), colours, description="what it shows"),
        chart_of_weekdays(count_weekdays(chosen), colours, description="what it shows"),
        chart_of_crowds(sum_crowds(chosen), colours, description="what it shows"),
        chart_around(Around(1, 0, 2, ((-1, 1), (5, 2)), 0), colours, description="what it shows"),
        chart_of_months(by_month, colours, description="what it shows"),
        chart_of_flows(count_flows(chosen, 5, 5), colours, description="what it shows"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
def test_all_charts_have_our_look_and_a_description(row: Any, dark: bool) -> None:
    colours = palette(dark=dark)
    assert colours is (DARK if dark else LIGHT)
    for chart in all_charts(row, colours):
        document = chart.to_dict()
        assert document["description"] == "what it shows"
        assert document["background"] == colours.card
        assert document["config"]["axis"]["labelColor"] == colours.soft
        assert document["config"]["axis"]["labelSeparation"] == 8  # years in a row are no one number
        assert document["width"] == "container"
        assert "url" not in str(document.get("data"))


@pytest.mark.slow
def test_lines_of_a_long_name_are_short_enough_to_be_seen_whole() -> None:
    expression = json.dumps(name_axis(LIGHT).to_dict()["labelExpr"])
    names = [
        "Кейптаун, Південно-Африканська Республіка",
        "Association of Families of Flight PS752 Victims",
        "\u2067نیویورک، ایالات متحدهٔ آمریکا\u2069",
        "Oslo, Norway",
    ]
    script = f"""
        const parts = ["datum", "length", "slice", "lastindexof", "max", "trim", "return " + {expression}];
        const read = new Function(...parts);
        const of = (label) => read({{ label }}, (t) => t.length, (t, a, b) => t.slice(a, b),
            (t, part) => t.lastIndexOf(part), Math.max, (t) => t.trim());
        console.log(JSON.stringify({json.dumps(names)}.map(of)));
    """
    said = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True).stdout
    assert json.loads(said) == [
        ["Кейптаун, Південно-", "Африканська Республіка"],
        ["Association of Families", "of Flight PS752 Victims"],
        ["\u2067نیویورک،", "\u2067ایالات متحدهٔ آمریکا\u2069"],
        "Oslo, Norway",
    ]


@pytest.mark.slow
def test_long_name_takes_two_lines_and_its_row_the_room_for_them(row: Any) -> None:
    us = [row("a", "2020-02-01", country="US"), row("b", "2020-02-01", country="NO")]
    heights = {}
    for language in languages():
        with use_language(language):
            chart = chart_of_ranking(rank(choose(us), "countries", 5), (), LIGHT, description="x").to_dict()
            heights[language.code] = chart["height"]
            axis = chart["layer"][0]["encoding"]["y"]["axis"]
        assert axis["labelExpr"].startswith("length(datum.label) > 24 && ")
    # Dewletên Yekbûyî yên Amerîkayê
    assert (heights["en"], heights["ku"]) == (2 * 24 + 8, 2 * 34 + 8)


def test_names_are_data_and_never_part_of_an_expression(row: Any) -> None:
    chart = chart_of_ranking(rank(choose(rows(row)), "organisers", 5), (PAYLOAD,), LIGHT, description="x")
    document = chart.to_dict()
    assert PAYLOAD in {one["value"] for one in values_of(chart)}
    del document["datasets"]
    assert PAYLOAD not in str(document)


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_shares_have_whole_labels_and_marks_as_the_language_writes_them(row: Any, language: Language) -> None:
    with use_language(language):
        chart = chart_of_shares(rate_quality(choose(rows(row))), LIGHT, description="Shares")
    for value in values_of(chart):
        lines = value["lines"].split("\n")
        assert " ".join(lines) == value["name"]
        assert len(lines) <= 2
        assert max(map(len, lines)) <= 28
    # The two lines of a label are centred beside its bar, and the bars are far enough apart for them.
    most = max(value["lines"].count("\n") for value in values_of(chart)) + 1
    axis = chart.to_dict()["layer"][0]["encoding"]["y"]["axis"]
    two = {"condition": [{"test": "length(split(datum.label, '\\n')) == 2", "value": -6}], "value": 0}
    assert (axis["labelOffset"], chart.to_dict()["height"]) == ((two, 28 * 12 + 40) if most == 2 else (0, 24 * 12 + 40))
    marks = {"en": ["0%", "50%"], "de": ["0\u00a0%", "50\u00a0%"], "tr": ["%0", "%50"], "fa": ["۰٪", "۵۰٪"]}
    said = chart.to_dict()["layer"][0]["encoding"]["x"]["axis"]["labelExpr"]
    assert [mark for mark in marks.get(language.code, []) if json.dumps(mark) not in said] == []


def test_chart_is_drawn_once_for_each_language_and_what_it_shows(row: Any) -> None:
    drawn = []

    def draw() -> Any:
        drawn.append(1)
        weekdays = count_weekdays(choose([row("a", "2020-02-01")]))
        return chart_of_weekdays(weekdays, LIGHT, description=f"Chart {len(drawn)}")

    first = Drawing(("a test of drawings", 1), draw).specification()
    first.clear()  # what a caller does to it does not matter
    again = Drawing(("a test of drawings", 1), draw).specification()
    assert (again["description"], len(drawn)) == ("Chart 1", 1)
    with use_language(next(one for one in languages() if one.code == "fa")):
        assert Drawing(("a test of drawings", 1), draw).specification()["description"] == "Chart 2"
    assert Drawing(("a test of drawings", 2), draw).specification()["description"] == "Chart 3"
