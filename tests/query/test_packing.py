from __future__ import annotations

import numpy as np
import pytest

from rallymap.query.packing import pack_arrays, smallest
from tests.query.unpack import unpack


@pytest.mark.parametrize(
    ("values", "kind"),
    [([], "u1"), ([0, 255], "u1"), ([-1, 127], "i1"), ([0, 256], "u2"), ([-1, 200], "i2"), ([0, 70_000], "i4")],
)
def test_numbers_take_the_narrowest_type(values: list[int], kind: str) -> None:
    packed = smallest(np.array(values, np.int64))
    assert (packed.dtype.str[1:], packed.tolist()) == (kind, values)


def test_number_beyond_32_bits_is_refused() -> None:
    with pytest.raises(OverflowError):
        smallest(np.array([2**31]))


def test_packed_arrays_are_restored() -> None:
    answer = unpack(pack_arrays({"a": "ä"}, {"odd": np.array([1, 2, 3], np.uint8), "next": np.array([-5], np.int32)}))
    assert answer.head["a"] == "ä"
    assert answer.arrays["odd"].tolist() == [1, 2, 3]
    assert answer.arrays["next"].tolist() == [-5]
