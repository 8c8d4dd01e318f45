"""Decode messages like the browser does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson


@dataclass
class Answer:
    """A header and its arrays; `count` sums up like map/data/answer.js."""

    head: dict[str, Any]
    arrays: dict[str, np.ndarray]

    @property
    def bins(self) -> int:
        return len(self.arrays["edges"]) - 1

    def count(self, first_bar: int, last_bar: int) -> np.ndarray:
        """Return the number of dated events per cluster that overlap the bins from first to last."""
        groups = len(self.arrays["undated"])
        if not groups:
            return np.zeros(0, np.int64)
        starts = self.arrays["starts"].astype(np.int64).reshape(-1, self.bins)
        ends = starts + self.arrays.get("shift", np.zeros(starts.size, np.int64)).astype(np.int64).reshape(starts.shape)
        found = starts[:, : last_bar + 1].sum(axis=1) - ends[:, :first_bar].sum(axis=1)
        return found.reshape(groups, -1).sum(axis=1)


def unpack(data: bytes) -> Answer:
    """Undo :func:`rallymap.query.packing.pack_arrays`."""
    length = int.from_bytes(data[:4], "little")
    head = orjson.loads(data[4 : 4 + length])
    body = data[4 + length :]
    assert length % 4 == 0
    assert all(offset % 4 == 0 for _, offset, _ in head["arrays"].values())
    arrays = {
        name: np.frombuffer(body, f"<{kind}", count, offset) for name, (kind, offset, count) in head["arrays"].items()
    }
    return Answer(head, arrays)
