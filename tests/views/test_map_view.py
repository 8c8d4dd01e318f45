from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.views.map_view import COLOURINGS, LAYERS, MAX_ZOOM, MIN_ZOOM, MapView

views = st.builds(
    MapView,
    st.integers(-900_000, 900_000).map(lambda n: n / 10_000),
    st.integers(-1_800_000, 1_800_000).map(lambda n: n / 10_000),
    st.integers(MIN_ZOOM, MAX_ZOOM),
    st.sampled_from(LAYERS),
    st.sampled_from(COLOURINGS),
)


@given(views)
def test_view_comes_back_from_its_link(view: MapView) -> None:
    assert MapView.from_query_params(view.to_query_params()) == view


def test_default_view_has_no_parameters() -> None:
    assert MapView().to_query_params() == {}


@pytest.mark.parametrize(
    "at", ["", "1,2", "1,2,3,4", "a,b,c", "nan,0,3", "0,0,1e400", "91,0,3", "0,0,3.5", "0,0,18", "0,0,-1"]
)
def test_link_that_cannot_be_read_means_the_default_view(at: str) -> None:
    assert MapView.from_query_params({"at": [at], "layer": ["satellite"], "colour": ["mood"]}) == MapView()
