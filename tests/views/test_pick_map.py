from __future__ import annotations

import pytest

from rallymap.views.pick_map import PickCandidate, PickMessage, parse_pick_message

OSLO = PickCandidate(59.91, 10.75, "Oslo, Norway", 9_000.0, "city")
MINNESOTA = PickCandidate(44.20, -94.98, "Oslo, Minnesota", 1_500.0, "city")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"candidate": 1}, PickMessage(1, 44.20, -94.98)),
        ({"pin": [60, 11.5]}, PickMessage(None, 60.0, 11.5)),
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
    assert parse_pick_message(value, [OSLO, MINNESOTA]) == message
