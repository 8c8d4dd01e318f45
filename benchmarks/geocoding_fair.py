"""The gazetteer without the names from which the benchmark's cases were made."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from rallymap.places.codes import FROM_CLDR_CITIES
from rallymap.places.gazetteer import GAZETTEER_FILE, Gazetteer
from rallymap.places.gazetteer_file import read_columns
from tools.gazetteer_writer import write_columns


def load_without_cldr_cities() -> Gazetteer:
    """Load the shipped gazetteer without the names that only CLDR's time zone cities provide."""
    columns = read_columns(GAZETTEER_FILE)
    kept = (columns["posting_rank"] & FROM_CLDR_CITIES) == 0
    counts = columns["posting_count"]
    key_of_posting = np.repeat(np.arange(len(counts)), counts)
    columns["posting_count"] = np.bincount(key_of_posting[kept], minlength=len(counts)).astype(counts.dtype)
    for name in ("posting_place", "posting_rank"):
        columns[name] = columns[name][kept]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.bin"
        write_columns(columns, path)
        gazetteer = Gazetteer(path)
        gazetteer.keys_like("", "", range(0))  # loads the one column that is loaded lazily
    return gazetteer
