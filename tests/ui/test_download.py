from __future__ import annotations

import pytest

from rallymap.language import find_language, languages, use_language
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import ViewBox
from rallymap.query.snapshot.columns import WORLD, to_mercator
from rallymap.ui.explore.download import box_in_degrees, feed_query


def test_box_of_the_map_is_given_in_degrees() -> None:
    x, y = to_mercator([57.9, 71.2], [4.1, 31.2])
    box = ViewBox(x[0] / WORLD, y[1] / WORLD, x[1] / WORLD, y[0] / WORLD)
    assert box_in_degrees(box) == pytest.approx((57.9, 4.1, 71.2, 31.2), abs=1e-4)


def test_box_over_the_antimeridian_has_its_west_above_its_east() -> None:
    south, west, north, east = box_in_degrees(ViewBox(0.95, 0.4, 1.05, 0.6))
    assert (west, east) == (162.0, -162.0)
    assert south == -north


def test_box_of_the_whole_world_and_more_is_the_world() -> None:
    assert box_in_degrees(ViewBox(-0.3, -0.5, 1.3, 1.5)) == (-85.0511, -180.0, 85.0511, 180.0)


@pytest.mark.parametrize(("code", "query"), [("en", "country=NO"), ("fa", "country=NO&lang=fa")])
def test_feed_names_the_language_of_the_page_that_gives_its_address(code: str, query: str) -> None:
    language = find_language(code, languages())
    assert language is not None
    with use_language(language):
        assert feed_query(Listing(EventFilter(countries=("NO",)))) == query
