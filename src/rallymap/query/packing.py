"""Encode numbers for the browser: a JSON header, then plain little-endian arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

_ALIGNMENT = 4
_TYPES = (np.uint8, np.int8, np.uint16, np.int16, np.int32)


def smallest(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Convert integers to the smallest of the supported types that can represent them all."""
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    for kind in _TYPES:
        limits = np.iinfo(kind)
        if limits.min <= low and high <= limits.max:
            return values.astype(kind)
    raise OverflowError("a count does not fit into 32 bits")


def pack_arrays(header: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """Encode a header and arrays as one message.

    The message begins with the header's length (4 bytes, little-endian), then the header as JSON, whose ``arrays``
    lists for each name its type (``u1 i1 u2 i2 i4 f4``), its byte offset after the header, and its length. Header and
    arrays are padded with spaces and zeros to 4 bytes, so that the browser reads them without copying.
    """
    places: dict[str, tuple[str, int, int]] = {}
    parts: list[bytes] = []
    offset = 0
    for name, values in arrays.items():
        data = values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes()
        places[name] = (values.dtype.str[1:], offset, len(values))
        data += b"\0" * (-len(data) % _ALIGNMENT)
        parts.append(data)
        offset += len(data)
    head = orjson.dumps({**header, "arrays": places})
    head += b" " * (-len(head) % _ALIGNMENT)
    return b"".join([len(head).to_bytes(4, "little"), head, *parts])
