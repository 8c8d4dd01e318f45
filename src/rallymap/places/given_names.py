"""Given names of people, in the languages of street names: `data/given_names.txt.gz`.

`make gazetteer` (`tools/build_given_names.py`) writes the file from Faker's lists.
"""

from __future__ import annotations

import functools
import gzip
from pathlib import Path
from typing import Final

from rallymap.errors import AssetError
from rallymap.file_faults import shipped_file_fault

NAMES_FILE: Final = Path(__file__).parent / "data" / "given_names.txt.gz"


@functools.cache
def _names() -> bytes:
    """Return all names, separated by line ends: searching one text needs a tenth of the memory of a set."""
    try:
        return b"\n" + gzip.decompress(NAMES_FILE.read_bytes()) + b"\n"
    except (OSError, EOFError) as err:
        raise AssetError(
            shipped_file_fault("The list of given names", err, NAMES_FILE),
            detail=f"{NAMES_FILE}: {err}",
        ) from err


@functools.lru_cache(maxsize=4096)
def is_given_name(word: str) -> bool:
    """Return whether a folded word is a given name.

    Raises
    ------
    AssetError
        If the shipped list is missing or damaged.
    """
    return b"\n" + word.encode("utf-8", "replace") + b"\n" in _names()
