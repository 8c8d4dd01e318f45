from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.errors import MapRequestError
from rallymap.query.filters import EventFilter
from rallymap.query.map_request import CubeRequest, Grid, ListRequest, NamesRequest, PeriodRequest

VIEW = {"z": ["5"], "x0": ["-8"], "y0": ["0"], "x1": ["8"], "y1": ["16"]}
GOOD = VIEW | {"bins": ["250"], "v": ["1"]}


def test_cube_request_is_read() -> None:
    assert CubeRequest.from_query_params(GOOD | {"kind": ["rally", "march"]}) == CubeRequest(
        Grid(5, -8, 0, 8, 16), EventFilter(kinds=("march", "rally")), 250
    )
    assert CubeRequest.from_query_params(GOOD | {"colour": ["community"]}).colouring == "community"


def test_period_request_is_read() -> None:
    parameters = VIEW | {"from": ["1970-01-02"], "to": ["1970-01-05"], "country": ["NO"]}
    assert PeriodRequest.from_query_params(parameters) == PeriodRequest(
        Grid(5, -8, 0, 8, 16), EventFilter(countries=("NO",)), (1, 4)
    )


def test_period_request_without_a_period_is_refused() -> None:
    with pytest.raises(MapRequestError, match="“from” and “to” are missing"):
        PeriodRequest.from_query_params(VIEW)


def test_country_request_needs_no_view() -> None:
    assert CubeRequest.from_query_params({"by": ["country"], "bins": ["60"]}) == CubeRequest(None, EventFilter(), 60)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"colour": ["mood"]}, "“colour” is either kind or community."),
        ({"z": ["99"]}, "“z” is a whole number from 0 to 22."),
        ({"z": ["٥"]}, "“z” is a whole number from 0 to 22."),
        ({"z": ["5", "6"]}, "“z” may be in the address once."),
        ({"bins": ["9999999999"]}, "“bins” is a whole number from 60 to 500."),
        ({"bins": ["61"]}, "“bins” is one of 60, 120, 250, 500."),
        ({"x1": ["-8"]}, "The view must be at least one cell and at most one world wide."),
        ({"x1": ["25"]}, "The view must be at least one cell and at most one world wide."),
        (
            {"z": ["12"], "x1": ["1000"], "y1": ["1000"]},
            "The view has more than 40000 cells; zoom in or make it smaller.",
        ),
        ({"by": ["planet"]}, "“by” is either cell or country."),
        ({"kind": ["riot"]}, "“riot” is not a kind of event; it is left out."),
        ({"from": ["2020-02-01"]}, "“from” is not a part of this address."),
        ({"drop": ["table"]}, "“drop” is not a part of this address."),
    ],
)
def test_bad_cube_request_is_refused_in_a_sentence(changes: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(MapRequestError) as refused:
        CubeRequest.from_query_params(GOOD | changes)
    assert refused.value.user_message == sentence


def test_list_request_reads_cells() -> None:
    parameters = {"z": ["5"], "cells": ["1.2,31.0"], "offset": ["50"], "country": ["no"]}
    assert ListRequest.from_query_params(parameters) == ListRequest(
        (), 5, ((1, 2), (31, 0)), EventFilter(countries=("NO",)), 50
    )


def test_list_request_reads_ids_once_each() -> None:
    assert ListRequest.from_query_params({"ids": ["oslo,paris,oslo"]}).ids == ("oslo", "paris")


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"ids": [",".join(f"event-{n}" for n in range(101))]}, "At most 100 events can be asked for at once."),
        ({"ids": ["oslo,<img>"]}, "One of the ids is not an id."),
        ({"z": ["3"], "cells": ["8.0"]}, "One of the cells is outside the world."),
        ({"z": ["3"], "cells": ["1;0"]}, "“cells” are written x.y and joined by commas."),
        ({"z": ["3"], "cells": [",".join(["1.1"] * 65)]}, "At most 64 cells can be asked for at once."),
        ({"z": ["3"]}, "“cells” are written x.y and joined by commas."),
    ],
)
def test_bad_list_request_is_refused_in_a_sentence(parameters: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(MapRequestError) as refused:
        ListRequest.from_query_params(parameters)
    assert refused.value.user_message == sentence


names = st.sampled_from(["z", "x0", "x1", "y0", "y1", "bins", "by", "from", "kind", "cells", "ids", "offset"])


@pytest.mark.slow
@given(st.dictionaries(names, st.lists(st.text(max_size=12) | st.integers().map(str), max_size=2)))
def test_any_parameters_are_read_or_refused(parameters: dict[str, list[str]]) -> None:
    for kind in (CubeRequest, PeriodRequest, ListRequest, NamesRequest):
        refusals = []
        try:
            kind.from_query_params(parameters)
        except MapRequestError as err:
            refusals.append(err.user_message)
        assert all(sentence.endswith(".") for sentence in refusals)
