from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.views.map_messages import (
    DataChanged,
    EventChosen,
    MapMessage,
    PeriodChosen,
    PeriodCleared,
    ViewChanged,
    message_number,
    parse_map_message,
)
from rallymap.views.map_view import MapView


def sent(properties: object) -> dict[str, Any]:
    return {"last_active_drawing": {"type": "Feature", "geometry": None, "properties": properties}}


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"event": "oslo-2020"}, EventChosen("oslo-2020")),
        ({"period": [18293, 18294]}, PeriodChosen(18293, 18294)),
        ({"period": None}, PeriodCleared()),
        ({"view": [59.9, 10.7, 7], "layer": "heat"}, ViewChanged(MapView(59.9, 10.7, 7, "heat"))),
        ({"view": [-90, 180, 1], "layer": "clusters"}, ViewChanged(MapView(-90, 180, 1, "clusters"))),
        ({"data": "7"}, DataChanged()),
    ],
)
def test_message_of_the_map_is_read(properties: dict[str, Any], message: MapMessage) -> None:
    assert parse_map_message(sent({**properties, "seq": 1})) == message


@pytest.mark.parametrize(
    "properties",
    [
        {"event": "<img onerror>"},
        {"event": "../x"},
        {"event": ["oslo"]},
        {"period": [5, 4]},
        {"period": [1.5, 2]},
        {"period": [True, 4]},
        {"period": [0, 10**9]},
        {"period": "0,1"},
        {"view": [91, 0, 3], "layer": "heat"},
        {"view": [0, 181, 3], "layer": "heat"},
        {"view": [0, 0, 99], "layer": "heat"},
        {"view": [0, 0, 3.5], "layer": "heat"},
        {"view": [0, float("nan"), 3], "layer": "heat"},
        {"view": [0, 0], "layer": "heat"},
        {"view": [0, 0, 3], "layer": "satellite"},
        {"view": [0, 0, 3], "layer": ["heat"]},
        {},
        None,
        "event",
    ],
)
def test_malformed_message_is_none(properties: object) -> None:
    assert parse_map_message(sent(properties)) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["event", "period", "view", "layer", "properties", "seq"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values)
def test_anything_from_the_frame_is_read_or_none(value: object) -> None:
    for given_value in (value, {"last_active_drawing": value}, sent(value)):
        message = parse_map_message(given_value)
        assert message is None or isinstance(message, MapMessage)
        assert isinstance(message_number(given_value), int)


@pytest.mark.parametrize(("value", "number"), [(None, 0), ({}, 0), (sent({"seq": 7}), 7), (sent({"seq": "7"}), 0)])
def test_message_number_is_the_one_the_map_gave(value: object, number: int) -> None:
    assert message_number(value) == number
