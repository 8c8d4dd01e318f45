"""Ids that people can read: ``gothenburg-2020-02-01-rally-3f9a2c``."""

from __future__ import annotations

import hashlib
import re

from anyascii import anyascii

from rallymap.dates import EventDate
from rallymap.events import Kind, Place

_PLACE_LETTERS = 24


def readable_id(place: Place, when: EventDate, kind: Kind, seed: str) -> str:
    """Make an id from place, date and kind, kept apart from others by a short mark.

    Parameters
    ----------
    place, when, kind
        Say what the id reads like; later corrections of them do not change it.
    seed
        What tells two such events apart: the title for a row of a table (the same row gives the same id again),
        a random text for a form.

    Returns
    -------
    id
        Small ASCII letters, digits and hyphens, at most 64.
    """
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(place.text.split(",")[0]).casefold()).strip("-")
    day = when.edtf.split("/")[0].split("T")[0].rstrip("~") or "undated"
    mark = hashlib.blake2s("\n".join((place.text, when.edtf, kind, seed)).encode(), digest_size=4).hexdigest()
    return "-".join(part for part in (words[:_PLACE_LETTERS].strip("-") or "event", day, kind, mark) if part)
