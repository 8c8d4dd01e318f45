"""Human-readable ids: ``rally-at-the-parliament-2020-02-01-3f9a2c4e``."""

from __future__ import annotations

import hashlib
import re

from anyascii import anyascii

from rallymap.dates import EventDate

_MOST_LETTERS = 40
_OTHERS = re.compile(r"[^a-z0-9]+")


def readable_id(title: str, when: EventDate, place_text: str) -> str:
    """Generate an id for a row without one; the same row always gives the same id.

    Parameters
    ----------
    title, when
        Readable parts of the id. Both are public, while the place of a future event may not be.
    place_text
        Only used in the hash, to distinguish two events with the same title and day.

    Returns
    -------
    id
        Lower-case ASCII letters, digits and hyphens, at most 64.
    """
    words = slug(title[:200])[:_MOST_LETTERS].strip("-")
    edtf = when.edtf
    day = edtf.split("/")[0].split("T")[0].rstrip("~") or "undated"
    mark = hashlib.blake2s("\n".join((title, edtf, place_text)).encode(errors="replace"), digest_size=4)
    return f"{words or 'event'}-{day}-{mark.hexdigest()}"


def slug(text: str) -> str:
    """Convert a text to lower-case ASCII letters, digits and hyphens."""
    return _OTHERS.sub("-", (text if text.isascii() else anyascii(text)).casefold()).strip("-")
