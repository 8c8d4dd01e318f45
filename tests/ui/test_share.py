from __future__ import annotations

import pytest

from rallymap.language import find_language, languages, use_language
from rallymap.ui.explore.share import OF_THE_READER, code_of_link, frame_query, shared_link
from tests.ui.bundled_page import html_of, open_page

VIEW = {"from": ["2020-01-01"], "community": ["ایران x", "a,b"], "at": ["59.91,10.75,7"]}
QUERY = "?from=2020-01-01&community=%D8%A7%DB%8C%D8%B1%D8%A7%D9%86%20x&community=a%2Cb&at=59.91%2C10.75%2C7"


@pytest.mark.parametrize(
    ("entered_by", "site"),
    [
        ("https://rallies.example/", "https://rallies.example/"),
        ("https://rallies.example/?from=2018-01-01&event=old#x", "https://rallies.example/"),
        ("https://rallies.example/about", "https://rallies.example/"),
        ("http://localhost:8501/base/add?x=/y/z", "http://localhost:8501/base/"),
    ],
)
def test_shared_link_is_the_site_with_the_view(entered_by: str, site: str) -> None:
    assert shared_link(entered_by, VIEW) == site + QUERY


def test_code_of_a_long_link_is_larger_and_one_that_no_camera_reads_is_left_out() -> None:
    site = "https://rallies.example/?country=NO"
    for length, width in ((60, 132), (900, 235)):
        code, drawn = code_of_link(site.ljust(length, "x"))
        assert (code.startswith("data:image/svg+xml"), drawn) == (True, width)
    for length in (1_001, 8_000):
        assert code_of_link(site.ljust(length, "x")) == ("", 0)


def test_shared_link_of_the_default_view_is_the_site() -> None:
    assert shared_link("https://rallies.example/explore?kind=march", {}) == "https://rallies.example/"


def test_shared_link_of_another_page() -> None:
    assert shared_link("https://rallies.example/base/explore", {"kind": ["march"]}, page="trends") == (
        "https://rallies.example/base/trends?kind=march"
    )


def test_a_frame_speaks_the_language_of_the_page_where_it_was_made() -> None:
    persian = find_language("fa", languages())
    assert persian is not None
    with use_language(persian):
        assert frame_query({"kind": ["march"], "sort": ["oldest"]}, theme="", language="") == "kind=march&lang=fa"
        assert frame_query({}, theme="dark", language="uk") == "theme=dark&lang=uk"
        assert frame_query({"kind": ["march"]}, theme="", language=OF_THE_READER) == "kind=march"


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_services")
def test_share_sheet_links_the_citation_of_the_view() -> None:
    explore = html_of(open_page("explore_app.py", "share_view", country="NO", q="50% & {a}"))
    assert 'href="export/citation.bib?q=50%25%20%26%20%7Ba%7D&amp;country=NO" download>BibTeX</a>' in explore
    trends = html_of(open_page("trends_app.py", "share_view", country="NO"))
    assert 'href="export/citation.ris?country=NO&amp;page=trends" download>RIS' in trends
