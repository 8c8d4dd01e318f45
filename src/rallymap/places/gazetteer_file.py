"""Reading the gazetteer's file: a header, then named columns, each compressed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from rallymap.errors import AssetError

#: The first bytes of the file.
MAGIC: Final = b"rallymap gazetteer 1\n"


def ends_of(lengths: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return where each of consecutive texts of these lengths ends, with a 0 before the first."""
    ends = np.zeros(len(lengths) + 1, np.uint32)
    np.cumsum(lengths, out=ends[1:], dtype=np.uint32)
    return ends


def read_columns(path: Path, wanted: Callable[[str], bool] = lambda _name: True) -> dict[str, Any]:
    """Read the columns whose names are wanted: arrays, or bytes where the header gives no type.

    Raises
    ------
    AssetError
        If the file is missing or damaged.
    """
    try:
        content = path.read_bytes()
        if not content.startswith(MAGIC):
            raise ValueError("not a gazetteer of this version")
        at = len(MAGIC) + 4
        size = int.from_bytes(content[len(MAGIC) : at], "little")
        header = json.loads(content[at : at + size])
        body = memoryview(content)[at + size :]
        columns: dict[str, Any] = {}
        for name, entry in header.items():
            if not wanted(name):
                continue
            raw = zlib.decompress(body[entry["at"] : entry["at"] + entry["size"]], bufsize=entry["raw"])
            columns[name] = np.frombuffer(raw, entry["dtype"]) if entry["dtype"] else raw
    except (OSError, ValueError, KeyError, zlib.error) as err:
        raise AssetError(
            "The list of place names that ships with rallymap is missing or damaged; reinstall rallymap.",
            detail=f"{path}: {err}",
        ) from err
    return columns
