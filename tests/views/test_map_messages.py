from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.query.snapshot import ViewBox
from rallymap.views.map_messages import (
    AreaDrawn,
    BoxShown,
    DataChanged,
    EventChosen,
    MapMessage,
    PeriodChosen,
    PeriodCleared,
    RingDrawn,
    ViewChanged,
    parse_map_message,
)
from rallymap.views.map_view import MapView


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"event": "oslo-2020"}, EventChosen("oslo-2020")),
        ({"period": [18293, 18294]}, PeriodChosen(18293, 18294)),
        ({"period": None}, PeriodCleared()),
        ({"view": [59.9, 10.7, 7], "layer": "heat"}, ViewChanged(MapView(59.9, 10.7, 7, "heat"))),
        ({"view": [-90, 180, 1], "layer": "clusters"}, ViewChanged(MapView(-90, 180, 1, "clusters"))),
        ({"view": None, "layer": "heat"}, ViewChanged(MapView(layer="heat"))),
        (
            {"view": None, "layer": "clusters", "colour": "community"},
            ViewChanged(MapView(colouring="community")),
        ),
        ({"view": None, "layer": "clusters", "colour": "mood"}, None),
        ({"view": [0, 0, 0], "layer": "clusters"}, ViewChanged(MapView(0, 0, 0, "clusters"))),
        ({"box": [-0.1, 0.2, 0.9, 0.8]}, BoxShown(ViewBox(-0.1, 0.2, 0.9, 0.8))),
        ({"area": [10.5, 59, 11, 60]}, AreaDrawn((59, 10.5, 60, 11))),
        ({"area": [179, -20, -179, -10]}, AreaDrawn((-20, 179, -10, -179))),
        ({"ring": [[10.5, 59], [11, 59], [11, 60]]}, RingDrawn(((59, 10.5), (59, 11), (60, 11)))),
        ({"ring": [[178, -18], [182, -18], [180, -15]]}, RingDrawn(((-18, 178), (-18, 182), (-15, 180)))),
        ({"data": "7"}, DataChanged()),
    ],
)
def test_message_of_the_map_is_read(properties: dict[str, Any], message: MapMessage) -> None:
    assert parse_map_message({**properties, "seq": 1, "session": "a"}) == message


@pytest.mark.parametrize(
    "properties",
    [
        {"area": [10, 60, 11, 59]},
        {"area": [10, 59, 181, 60]},
        {"area": [10, 59, True, 60]},
        {"area": [10, 59, 11]},
        {"area": "10,59,11,60"},
        {"ring": [[10, 59], [11, 59]]},
        {"ring": [[10, 59], [11, 59], [11, 91]]},
        {"ring": [[10, 59], [11, 59], [361, 60]]},
        {"ring": [[10, 59], [11, 59], [11, True]]},
        {"ring": [[10, 59], [11, 59], [11]]},
        {"ring": [[10, 59], [11, 59], [11, float("nan")]]},
        {"ring": [[10, 59]] * 101},
        {"ring": "10,59;11,59;11,60"},
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
        {"view": [0, 0, 18], "layer": "heat"},
        {"view": [0, 0, -1], "layer": "heat"},
        {"view": [0, 0, 3.5], "layer": "heat"},
        {"view": [0, float("nan"), 3], "layer": "heat"},
        {"view": [0, 0], "layer": "heat"},
        {"view": [0, 0, 3], "layer": "satellite"},
        {"box": [0.9, 0, 0.1, 1]},
        {"box": [0, 0, 1, "1"]},
        {"box": [0, 0, 1]},
        {"box": [0, 0, 1, float("inf")]},
        {"box": [0, 0, 1e9, 1]},
        {"box": "all"},
        {"view": [0, 0, 3], "layer": ["heat"]},
        {},
        None,
        "event",
    ],
)
def test_malformed_message_is_none(properties: object) -> None:
    assert parse_map_message(properties) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["event", "period", "view", "layer", "data", "seq"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.slow
@given(json_values)
def test_anything_from_the_frame_is_read_or_none(value: object) -> None:
    message = parse_map_message(value)
    assert message is None or isinstance(message, MapMessage)
