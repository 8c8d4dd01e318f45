"""Context events on the timeline."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rallymap.intake.context import ContextMark, marks_for, read_context


def days(day: str) -> int:
    return (date.fromisoformat(day) - date(1970, 1, 1)).days


def test_marks_come_earliest_first() -> None:
    marks, complaints = read_context(
        b"start,end,title,note,source\n"
        b"2019-11,,Protests,What happened,Who says so\n"
        b"1968-06~,1968-08~,Summer,,\n"
        b"2019-11-01,2019-11-03,A day,,\n"
    )
    assert complaints == []
    assert marks == [
        ContextMark(days("1968-06-01"), days("1968-08-31"), "Summer", date_text="1968-06~/1968-08~"),
        ContextMark(days("2019-11-01"), days("2019-11-03"), "A day", date_text="2019-11-01/2019-11-03"),
        ContextMark(
            days("2019-11-01"), days("2019-11-30"), "Protests", "What happened", "Who says so", date_text="2019-11"
        ),
    ]


def test_marks_of_communities_include_those_for_all() -> None:
    marks, _ = read_context(b"start,title,communities\n2019,A,Iran; Kurds\n2020,B,\n2021,C,Sudan\n")
    assert [mark.communities for mark in marks] == [("Iran", "Kurds"), (), ("Sudan",)]
    assert [mark.title for mark in marks_for(marks, ["Kurds"])] == ["A", "B"]
    assert [mark.title for mark in marks_for(marks, [])] == ["B"]


def test_invalid_rows_are_left_out_and_reported() -> None:
    marks, complaints = read_context(
        b"start,end,title\nsoon,,A\n2020,2019,B\n2020,,\n,,D\n2020,,E\n2020-01-01,2020-01-01,F\n2020\n"
    )
    assert [mark.title for mark in marks] == ["E", "F"]
    lead = "Row {} of the context table is left out. {}"
    assert complaints == [
        lead.format(2, "“soon” is not a date; write 2020-02-01, 2020-02-01/2020-02-02, 2022-06~ or 2018."),
        lead.format(3, "The end (2019-12-31) is before the start (2020-01-01); change one of them."),
        lead.format(4, "Give the event a title."),
        lead.format(5, "A mark needs a date; write it like 2019-11-15 or 2019-11."),
        lead.format(8, "Give the event a title."),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"when,what\n2020,A\n", "The context table has no column “start”."),
        (b"start\n2020\n", "The context table has no column “title”."),
        (b"start,title\n2020,\xff\n", "Line 2 is not UTF-8 text; save the table as “CSV UTF-8” and try again."),
    ],
)
def test_unreadable_file_gives_a_timeline_without_marks(content: bytes, sentence: str) -> None:
    assert read_context(content) == ([], [f"The context of the time line cannot be shown. {sentence}"])


def test_missing_file(tmp_path: Path) -> None:
    sentence = "The file context.csv cannot be read: No such file or directory."
    assert read_context(tmp_path / "context.csv") == (
        [],
        [f"The context of the time line cannot be shown. {sentence}"],
    )
