"""Guided views: the built-in ones, and an operator's table that replaces them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rallymap.events import Kind
from rallymap.language import Language, use_language
from rallymap.query.filters import EventFilter
from rallymap.query.guided_views import BUILT_IN, FILE_NAME, MOST, guided_views, read_guided_views, view_text

HEAD = "name,about,link\n"


def test_built_in_views_are_shown_if_the_operator_has_no_table(tmp_path: Path) -> None:
    assert guided_views(tmp_path) == (BUILT_IN, ())
    assert len({view.name for view in BUILT_IN}) == len(BUILT_IN)
    assert all(view.wanted != EventFilter() and view.about.count(". ") == 1 for view in BUILT_IN)


def test_a_table_replaces_the_built_in_views(tmp_path: Path) -> None:
    line = '"Oslo, since 2020","Every rally. In Oslo.",https://map.example/?city=Oslo&from=2020-01-01&kind=rally\n'
    (tmp_path / FILE_NAME).write_text("\ufeff" + HEAD + line, "utf-8")
    (view,), complaints = guided_views(tmp_path)
    assert (view.name, view.about) == ("Oslo, since 2020", "Every rally. In Oslo.")
    assert (view.wanted.cities, view.wanted.kinds) == (("Oslo",), (Kind.RALLY,))
    assert view.wanted.period is not None
    assert view.wanted.period[0] == date(2020, 1, 1)
    assert complaints == ()


def test_a_table_without_lines_shows_no_views(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(HEAD, "utf-8")
    assert guided_views(tmp_path) == ((), ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",about,?kind=rally", "line 2 is left out: it needs a name, and a link that says which events it shows."),
        ("name,about,", "line 2 is left out: it needs a name, and a link that says which events it shows."),
        ("name,about,?kind=party", "line 2 is left out: “party” is not a kind of event; it is left out."),
    ],
)
def test_a_line_that_shows_nothing_is_left_out_with_a_sentence(line: str, reason: str) -> None:
    views, complaints = read_guided_views(HEAD + line + "\nOslo,,?city=Oslo\n")
    assert [view.name for view in views] == ["Oslo"]
    assert complaints == (f"{FILE_NAME}, {reason}",)


def test_a_table_with_other_columns_or_bytes_is_reported(tmp_path: Path) -> None:
    assert read_guided_views("title,link\n")[1] == (f"{FILE_NAME} lacks the column name; it needs name, about, link.",)
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    views, (complaint,) = guided_views(tmp_path)
    assert views == BUILT_IN
    assert complaint.startswith(f"{FILE_NAME} cannot be read")


def test_no_more_views_than_a_line_holds_and_each_further_one_is_named() -> None:
    views, complaints = read_guided_views(HEAD + "Oslo,,?city=Oslo\n" * (MOST + 2))
    assert len(views) == MOST
    assert complaints == tuple(
        f"{FILE_NAME}, line {line} is left out: At most {MOST} views are shown." for line in (MOST + 2, MOST + 3)
    )


def test_long_texts_are_kept_and_a_name_that_its_button_cuts_is_named() -> None:
    name, about = "A name that is too long for a button of one line", "A word. " * 200
    (view,), complaints = read_guided_views(f"{HEAD}{name},{about},?city=Oslo\n")
    assert (view.name, view.about) == (name, about.strip())
    assert complaints == (
        f"{FILE_NAME}, line 2: the name has more than 40 characters; its button shows only the beginning.",
    )


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_tables_of_spreadsheets_have_other_delimiters(delimiter: str) -> None:
    table = HEAD.replace(",", delimiter) + delimiter.join(["Oslo", "In one city, every year.", "?city=Oslo"])
    (view,), complaints = read_guided_views(table)
    assert (view.name, view.about, view.wanted.cities, complaints) == (
        "Oslo",
        "In one city, every year.",
        ("Oslo",),
        (),
    )


def test_text_of_an_operator_is_not_translated() -> None:
    with use_language(Language("de", "Deutsch", "ltr")):
        assert view_text("Trends in Oslo") == "Trends in Oslo"
        assert view_text("Review") == "Review"
        assert view_text("Tibetans on 10 March") != "Tibetans on 10 March"
