from __future__ import annotations

import pytest

from rallymap.views.pick_map import PickCandidate, PickMessage, RoutePoint, parse_pick_message

OSLO = PickCandidate(59.91, 10.75, "Oslo, Norway", 9_000.0, "city")
END = RoutePoint(59.9149, 10.7505, "Youngstorget", 3)
MINNESOTA = PickCandidate(44.20, -94.98, "Oslo, Minnesota", 1_500.0, "city")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"candidate": 1}, PickMessage(44.20, -94.98, candidate=1)),
        ({"pin": [60, 11.5]}, PickMessage(60.0, 11.5)),
        ({"point": 3}, PickMessage(59.9149, 10.7505, point=3)),
        ({"point": 1}, None),
        ({"point": "3"}, None),
        ({"candidate": 2}, None),
        ({"candidate": -1}, None),
        ({"candidate": True}, None),
        ({"pin": [91, 0]}, None),
        ({"pin": [0, float("nan")]}, None),
        ({"pin": ["0", 0]}, None),
        ({"pin": 5}, None),
        ({"candidate": None, "pin": None}, None),
        (None, None),
    ],
)
def test_message_of_the_small_map_is_read_or_none(value: object, message: PickMessage | None) -> None:
    assert parse_pick_message(value, [OSLO, MINNESOTA], [END]) == message
